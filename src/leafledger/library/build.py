"""From plain data to frozen nouns: every error of a file at once, each with its file and line."""

from collections.abc import Hashable
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast

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
    return _placed(made, Place(name=name, line=document.line(at)))


def _placed(made: T, place: Place) -> T:
    """The same noun with its place, if it is one that has a place."""
    if any(field.name == "place" for field in fields(cast(Any, made))):
        return cast(T, replace(cast(Any, made), place=place))
    return made


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
        close = get_close_matches(str(where[-1]), [field.name for field in fields(kind)], 1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; {kind.__name__.lower()} has no such key"
        return f"unknown key {key!r}{hint}"
    if problem["type"] in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"the key {key!r} is missing"
    return f"{key}: {problem['msg']} (found {str(problem['input'])[:60]!r})"


def _finding(problem: str, name: str, line: int) -> Finding:
    return Finding(
        rule="definition", template="{problem}", values={"problem": problem}, place=Place(name=name, line=line)
    )
