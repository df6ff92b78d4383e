"""Verdicts in the reader's language: their templates are English and the keys of their translations."""

from functools import cache
from pathlib import Path
from typing import Any

from leafledger.audit.verdict import RULES, Verdict, filled
from leafledger.library.strict_yaml import parse, read_text

HERE = Path(__file__).parent
_OTHERS = {
    "changed-since": "A figure of an earlier year is another one than the earlier report printed, and nothing says so."
}


def said(verdict: Verdict, language: str) -> str:
    """What it says, filled."""
    return translated(verdict.template, language).format(**filled(verdict.values, language))


def settled(verdict: Verdict, language: str) -> str:
    """What would settle it."""
    return translated(verdict.settle, language).format(**filled(verdict.values, language)) if verdict.settle else ""


def about(rule: str, language: str) -> str:
    """What a check finds: the first line of its docstring."""
    check = RULES.get(rule)
    text = (check.__doc__ or "").strip().splitlines()[0] if check and check.__doc__ else _OTHERS.get(rule, rule)
    return translated(text, language)


def word(key: str, language: str) -> str:
    """A fixed word of the pages that show verdicts."""
    return str(_read("output/words.yaml")[key][language])


def translated(template: str, language: str) -> str:
    """KeyError for a template that nobody translated, which is a mistake of ours."""
    return template if language == "en" else str(messages()[template][language])


@cache
def messages() -> dict[str, dict[str, str]]:
    """Every template with its translations."""
    return {block["en"]: block for block in _read("rules/messages.yaml")}


@cache
def _read(name: str) -> Any:
    return parse(read_text(HERE / name, name), name).data
