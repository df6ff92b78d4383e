"""What people wrote: Markdown read into paragraphs in which every number is a reference to a figure."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from leafledger.core import prose
from leafledger.core.finding import Finding, Place
from leafledger.core.text import LANGUAGES

_FRONT = re.compile(r"\A---\ntranslated_from: *(\S*)\n---\n?")
_CJK_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_APOSTROPHE = re.compile(r"(?<=[a-zA-Z])'(?=[a-zA-Z\s])")
_MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "emphasis"])
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Said:
    """Plain words; `strong` where they stand out."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a figure by its key; `bare` prints the value without its unit."""

    key: str
    bare: bool
    line: int


Piece = Said | Ref


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a heading, or the items of a list."""

    kind: Literal["paragraph", "heading", "bullets"]
    items: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """One file: its parts, what is wrong with it, and which source text it says it translates.

    said: its years and the digits of its marked names, which each language has alike.
    """

    id: str
    language: str
    name: str
    hash: str
    translated_from: str
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    said: frozenset[str] = frozenset()

    @property
    def refs(self) -> tuple[Ref, ...]:
        return tuple(piece for part in self.parts for item in part.items for piece in item if isinstance(piece, Ref))


Narratives = Mapping[str, Mapping[str, Narrative]]
"""By language, then by the id of the section or chapter."""


def read_narratives(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> Narratives:
    """Every `narrative/<lang>/<id>.md` under `folder`. What is wrong with a text stands in its findings."""
    return {language: {one.id: one for one in _read_language(folder, language)} for language in languages}


def read(text: str, *, id: str, language: str, name: str) -> Narrative:
    """Read one text. `name` is the file that its findings name."""
    front = _FRONT.match(text)
    body, skipped = (text[front.end() :], front[0].count("\n")) if front else (text, 0)
    findings: list[Finding] = []
    parts = tuple(_parts(body, skipped, language, name, findings))
    return Narrative(
        id=id,
        language=language,
        name=name,
        hash=text_hash(body),
        translated_from=front[1] if front else "",
        parts=parts,
        findings=tuple(findings),
        said=prose.said(body),
    )


def text_hash(body: str) -> str:
    """The first 16 hex digits of the SHA-256 of a text without its front matter, stripped."""
    return hashlib.sha256(_FRONT.sub("", body).strip().encode()).hexdigest()[:16]


def stamp(
    folder: Path, prevailing: str, languages: tuple[str, ...] = LANGUAGES, *, sections: Set[str] | None = None
) -> list[str]:
    """Write into each translation under `folder` which source text it translates; of `sections` only, if given. Returns the files changed.

    Call it once the translations have been read against their source: it says that they fit.
    """
    changed = []
    for language in languages:
        for path in sorted((folder / "narrative" / language).glob("*.md")):
            source = folder / "narrative" / prevailing / path.name
            left_out = sections is not None and path.stem not in sections
            if left_out or language == prevailing or not source.exists():
                continue
            text = path.read_text(encoding="utf-8")
            front = f"---\ntranslated_from: {text_hash(source.read_text(encoding='utf-8'))}\n---\n"
            if not text.startswith(front):
                path.write_text(front + _FRONT.sub("", text), encoding="utf-8")
                changed.append(f"narrative/{language}/{path.name}")
    return changed


def _read_language(folder: Path, language: str) -> Iterator[Narrative]:
    for path in sorted((folder / "narrative" / language).glob("*.md")):
        name = f"narrative/{language}/{path.name}"
        try:
            text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
            problem = "" if len(text) <= _LONGEST else "the text is too long for a section; split the section"
        except UnicodeDecodeError:
            text, problem = "", "the file is not UTF-8 text; save it as UTF-8"
        if problem:
            bad = Finding(
                rule="narrative.file", template="{problem}", values={"problem": problem}, place=Place(name=name)
            )
            yield Narrative(
                id=path.stem, language=language, name=name, hash="", translated_from="", parts=(), findings=(bad,)
            )
        else:
            yield read(text, id=path.stem, language=language, name=name)


def _parts(body: str, skipped: int, language: str, name: str, findings: list[Finding]) -> Iterator[Part]:
    kind: Literal["paragraph", "heading", "bullets"] = "paragraph"
    bullets: list[tuple[Piece, ...]] = []
    for token in _MARKDOWN.parse(body):
        line = skipped + (token.map[0] + 1 if token.map else 1)
        match token.type:
            case "heading_open":
                kind = "heading"
                if token.tag != "h3":
                    findings.append(
                        _odd(name, line, "only `###` headings may stand in a section; its title comes from the outline")
                    )
            case "ordered_list_open":
                findings.append(_odd(name, line, "numbered lists are not printed; use `-`"))
                kind, bullets = "bullets", []
            case "bullet_list_open" if token.level == 0:
                kind, bullets = "bullets", []
            case "bullet_list_close" | "ordered_list_close" if token.level == 0:
                yield Part("bullets", tuple(bullets))
                kind = "paragraph"
            case "heading_close":
                kind = "paragraph"
            case "inline":
                pieces = tuple(_pieces(token, line, language, name, findings))
                if kind == "bullets":
                    bullets.append(pieces)
                else:
                    yield Part(kind, (pieces,))


def _pieces(inline: Token, line: int, language: str, name: str, findings: list[Finding]) -> Iterator[Piece]:
    """The pieces of a paragraph. Its numbers are looked at in the whole of it, as a year is known by the words round it."""
    tokens = inline.children or []
    findings.extend(_numbers("".join(token.content for token in tokens), line, language, name))
    strong = 0
    for token in tokens:
        strong += token.nesting if token.type.startswith("strong") else 0
        yield from pieces(token.content, line=line, strong=strong > 0)
        line += token.content.count("\n")


def pieces(text: str, *, line: int = 1, strong: bool = False) -> Iterator[Piece]:
    """Words and the references between them; marked names without their marks."""
    at = 0
    for found in prose.PIECE.finditer(text):
        yield from _said(text[at : found.start()], strong)
        at = found.end()
        ref = (
            Ref(found["key"].strip(), bool(found["value"]), line + text.count("\n", 0, found.start()))
            if found["key"]
            else None
        )
        yield ref or Said(found["name"], strong)
    yield from _said(text[at:], strong)


def _said(text: str, strong: bool) -> Iterator[Said]:
    if joined := _APOSTROPHE.sub("’", _CJK_BREAK.sub("", text).replace("\n", " ")):
        yield Said(joined, strong)


def _numbers(text: str, line: int, language: str, name: str) -> Iterator[Finding]:
    """Digits that nothing stands behind, and marks that are left open."""
    for offset, row in enumerate(prose.PIECE.sub("", text).split("\n")):
        if "{" in row or "}" in row or "[[" in row:
            open_ = "a brace or [[ is left open; a reference is {metric@year}, a name [[ISO 27001]]"
            yield _odd(name, line + offset, open_)
    for offset, digits in prose.strays(text, language):
        template = (
            "the number {digits} has no figure behind it; write {{metric@year}} for a figure, or [[…]] round a name "
            "that has digits in it, or round a year that is not told by the words beside it (in 2024; 2024年)"
        )
        place = Place(name=name, line=line + offset)
        yield Finding(rule="narrative.number", template=template, values={"digits": digits}, place=place)


def _odd(name: str, line: int, problem: str) -> Finding:
    return Finding(
        rule="narrative.form", template="{problem}", values={"problem": problem}, place=Place(name=name, line=line)
    )
