"""From plain data to frozen nouns: every error of a file at once, each with its file and line."""

from collections.abc import Hashable
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from leafledger.core.finding import Finding, Place
from leafledger.core.text import LANGUAGES
from leafledger.library.strict_yaml import Document, Path_

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, kind))


def build(kind: type[T], data: Any, at: Path_, document: Document, name: str, findings: list[Finding]) -> T | None:
    """Make one `kind` out of `data`, which stands at `at` in the document; None when findings were added."""
    if not isinstance(data, dict):
        findings.append(_finding("a block of `key: value` lines is expected here", name, document.line(at)))
        return None
    before = len(findings)
    for path, text in _texts(data):
        _check_languages(text, name, document.line((*at, *path)), findings)
    try:
        made: T = _adapter(cast(Hashable, kind)).validate_python(data)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            where = tuple(problem["loc"])
            findings.append(_finding(_say(kind, problem, where), name, document.line((*at, *where))))
        return None
    if len(findings) > before:
        return None
    return cast(T, _placed(made, at, document, name))


def _placed(made: Any, at: Path_, document: Document, name: str) -> Any:
    """The same noun, and those in it, each with its place if it is one that has a place."""
    if isinstance(made, tuple) and made and is_dataclass(made[0]):
        return tuple(_placed(one, (*at, n), document, name) for n, one in enumerate(made))
    if not is_dataclass(made) or isinstance(made, type):
        return made
    changes: dict[str, Any] = {
        field.name: _placed(getattr(made, field.name), (*at, field.name), document, name) for field in fields(made)
    }
    if "place" in changes:
        changes["place"] = Place(name=name, line=document.line(at))
    return replace(made, **changes)


def _texts(data: Any, path: Path_ = ()) -> list[tuple[Path_, dict[str, Any]]]:
    """Every title, note, name and reason in the data: maps that have a language as a key."""
    if isinstance(data, list):
        return [found for n, child in enumerate(data) for found in _texts(child, (*path, n))]
    if not isinstance(data, dict):
        return []
    if any(language in data for language in LANGUAGES):
        return [(path, data)]
    return [found for key, child in data.items() for found in _texts(child, (*path, key))]


def _check_languages(text: dict[str, Any], name: str, line: int, findings: list[Finding]) -> None:
    for language in LANGUAGES:
        if not str(text.get(language) or "").strip():
            findings.append(
                _finding(f"the text in {language} is missing; a report says the same in each language", name, line)
            )


def _say(kind: type, problem: Any, where: Path_) -> str:
    key = ".".join(str(part) for part in where) or "this block"
    if problem["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        noun = _noun_at(kind, where[:-1])
        close = get_close_matches(str(where[-1]), [field.name for field in fields(noun)], 1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; {noun.__name__.lower()} has no such key"
        return f"unknown key {key!r}{hint}"
    if problem["type"] in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"the key {key!r} is missing"
    found = str(problem["input"])[:60]
    if problem["type"].startswith("date"):
        return f"{key}: {found!r} is not a date such as 2024-03-15"
    return f"{key}: {problem['msg']} (found {found!r})"


def _noun_at(kind: Any, where: Path_) -> Any:
    """The noun that stands at a path below `kind`, so that a hint names its keys."""
    for part in where:
        kind = get_type_hints(kind)[str(part)] if is_dataclass(kind) else get_args(kind)[isinstance(part, str)]
        kind = next((one for one in get_args(kind) if is_dataclass(one)), kind) if NoneType in get_args(kind) else kind
    return kind


def _finding(problem: str, name: str, line: int) -> Finding:
    return Finding(
        rule="definition", template="{problem}", values={"problem": problem}, place=Place(name=name, line=line)
    )
