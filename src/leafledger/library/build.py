"""From plain data to frozen nouns: every error of a file at once, each with its file and line."""

from collections.abc import Hashable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from leafledger.core.finding import Finding, Place
from leafledger.core.text import LANGUAGES, Text
from leafledger.library.naming import did_you_mean
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
    for path, text in _texts(kind, data):
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


def _texts(kind: Any, data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Every title, note, name and reason in the data: where `kind` has a text."""
    if kind == Text:
        if isinstance(data, dict):
            yield path, data
    elif _is_noun(kind) and isinstance(data, dict):
        for name in data:
            yield from _texts(_hints(kind).get(name), data[name], (*path, name))
    elif isinstance(data, list) and (args := get_args(kind)):
        for n, child in enumerate(data):
            yield from _texts(args[0], child, (*path, n))
    elif isinstance(data, dict) and get_origin(kind) is dict:
        for key, child in data.items():
            yield from _texts(get_args(kind)[1], child, (*path, key))


def _is_noun(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    """The types of a noun's fields; an optional field by what it is when it is there."""
    return {
        name: next((one for one in get_args(hint) if one is not NoneType), hint) if NoneType in get_args(hint) else hint
        for name, hint in get_type_hints(kind).items()
    }


def _check_languages(text: dict[str, Any], name: str, line: int, findings: list[Finding]) -> None:
    lacking = [language for language in LANGUAGES if not str(text.get(language) or "").strip()]
    if lacking:
        problem = f"the text in {' and '.join(lacking)} is missing; a report says the same in each language"
        findings.append(_finding(problem, name, line))
    for other in sorted(text.keys() - set(LANGUAGES)):
        findings.append(_finding(f"{other!r} is not a language here; there are {', '.join(LANGUAGES)}", name, line))


def _say(kind: type, problem: Any, where: Path_) -> str:
    key = ".".join(str(part) for part in where) or "this block"
    if problem["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        noun = _noun_at(kind, where[:-1])
        hint = did_you_mean(str(where[-1]), [field.name for field in fields(noun)])
        return f"unknown key {key!r}; {hint or f'{noun.__name__.lower()} has no such key'}"
    if problem["type"] in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"the key {key!r} is missing"
    found = str(problem["input"])[:60]
    if problem["type"] == "dict_type" and _noun_at(kind, where) == Text:
        return f"{key}: a text in each of {', '.join(LANGUAGES)} is expected (found {found!r})"
    if problem["type"].startswith("date"):
        return f"{key}: {found!r} is not a date such as 2024-03-15"
    return f"{key}: {problem['msg']} (found {found!r})"


def _noun_at(kind: Any, where: Path_) -> Any:
    """The noun that stands at a path below `kind`, so that a hint names its keys."""
    for part in where:
        kind = _hints(kind)[str(part)] if _is_noun(kind) else get_args(kind)[isinstance(part, str)]
    return kind


def _finding(problem: str, name: str, line: int) -> Finding:
    return Finding(
        rule="definition", template="{problem}", values={"problem": problem}, place=Place(name=name, line=line)
    )
