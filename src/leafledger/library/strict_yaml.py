"""YAML without surprises: every scalar is text, `true`, `false` or null, and every value knows its line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from leafledger.core.finding import Finding, Place

MOST_BYTES = 4_000_000
MOST_DEPTH = 24
Path_ = tuple[str | int, ...]
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data and the line of each part of it. `line(("title", "en"))` is the nearest line that is known."""

    data: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int:
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


class NotStrict(Exception):
    """The text is not strict YAML; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_text(path: Path, name: str) -> str:
    """The text of a definition file. NotStrict when it is too large, missing, or not UTF-8 text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _bad(name, 1, f"the file is larger than {MOST_BYTES // 1_000_000} MB, so it is not a definition")
        raw = path.read_bytes()
    except OSError as error:
        raise _bad(name, 1, f"the file cannot be read ({error.strerror})") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(name, 1, "the file is not UTF-8 text") from None
    if "\x00" in text:
        raise _bad(name, text[: text.index("\x00")].count("\n") + 1, "the file holds bytes that are not text")
    return text


def parse(text: str, name: str) -> Document:
    """Read one document. NotStrict for duplicate keys, anchors, tags, deep nesting or bad syntax."""
    try:
        _refuse_cleverness(text, name)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _bad(name, mark.line + 1 if mark else 1, f"not readable as YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        code = error.character if isinstance(error.character, int) else ord(error.character)
        raise _bad(name, line, f"the character U+{code:04X} may not stand in YAML") from None
    except yaml.YAMLError:
        raise _bad(name, 1, "not readable as YAML") from None
    lines: dict[Path_, int] = {}
    return Document(_plain(node, (), lines, name), lines)


def _refuse_cleverness(text: str, name: str) -> None:
    """Before anything is built of it: no anchors, which make small files huge, no tags, no bottomless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if getattr(event, "anchor", None) or isinstance(event, yaml.AliasEvent):
            raise _bad(name, _line(event), "anchors and aliases are not allowed; write the value out")
        if getattr(event, "tag", None):
            raise _bad(name, _line(event), "tags are not allowed; write plain text")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise _bad(name, _line(event), f"nested deeper than {MOST_DEPTH} levels")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(node: yaml.Node | None, path: Path_, lines: dict[Path_, int], name: str) -> Any:
    if node is None:
        return None
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _WORDS.get(node.value, node.value) if not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, n), lines, name) for n, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _bad(name, key.start_mark.line + 1, "a key must be plain text")
        if key.value in result:
            line, first = key.start_mark.line + 1, lines[(*path, key.value)]
            raise _bad(name, line, f"the key {key.value!r} is already given in line {first}; keep one of them")
        result[key.value] = _plain(child, (*path, key.value), lines, name)
        lines[(*path, key.value)] = key.start_mark.line + 1
    return result


def _bad(name: str, line: int, problem: str) -> NotStrict:
    place = Place(name=name, line=line)
    return NotStrict(Finding(rule="file.yaml", template="{problem}", values={"problem": problem}, place=place))
