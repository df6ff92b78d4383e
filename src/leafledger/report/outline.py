"""The outline of a report: which chapter, section, table and chart stands where, read from one YAML file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import Text
from leafledger.library.build import build
from leafledger.library.strict_yaml import NotStrict, parse, read_text

SHIPPED = Path(__file__).parent.parent / "library" / "reports" / "annual.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpec:
    """A row of a table: a group's title, or a metric with its splits as indented rows (and without itself when `total` is false).

    optional: left out of the print where the company has nothing of it and has not said that it belongs.
    """

    __pydantic_config__ = STRICT

    group: Text | None = None
    metric: str = ""
    labels: str = ""
    title: Text | None = None
    splits: tuple[str, ...] = ()
    total: bool = True
    optional: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """Rows by years, or, with `columns` and `by`, the members of a dimension by metrics in the latest year."""

    __pydantic_config__ = STRICT

    id: str
    caption: Text
    order: Literal["oldest", "newest"] = "oldest"
    years: int = 0
    rows: tuple[RowSpec, ...] = ()
    columns: tuple[str, ...] = ()
    by: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """A drawing of metrics, or of the members of one split of a metric. total: what a stack of metrics adds up to."""

    __pydantic_config__ = STRICT

    id: str
    kind: Literal["trend", "stack", "share"]
    metrics: tuple[str, ...]
    caption: Text
    split: str = ""
    total: str = ""
    years: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in the body of a section: exactly one of these is given."""

    __pydantic_config__ = STRICT

    text: bool = False
    figures: tuple[str, ...] = ()
    chart: ChartSpec | None = None
    table: TableSpec | None = None
    index: str = ""
    heading: Text | None = None
    marks: bool = False
    restatements: bool = False
    basis: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    __pydantic_config__ = STRICT

    id: str
    title: Text
    body: tuple[Item, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSpec:
    __pydantic_config__ = STRICT

    id: str
    title: Text
    numbered: bool = True
    opener: bool = True
    goals: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    __pydantic_config__ = STRICT

    title: Text
    chapters: tuple[ChapterSpec, ...]
    place: Place = NOWHERE

    @property
    def sections(self) -> dict[str, Section]:
        return {section.id: section for chapter in self.chapters for section in chapter.sections}

    def numbers(self) -> dict[str, str]:
        """The number of each chapter and section by id: `3`, `3.2`; empty where a chapter is not numbered."""
        numbers, count = {}, 0
        for chapter in self.chapters:
            count += chapter.numbered
            numbers[chapter.id] = str(count) if chapter.numbered else ""
            for position, section in enumerate(chapter.sections, 1):
                numbers[section.id] = f"{count}.{position}" if chapter.numbered else ""
        return numbers


def read_outline(company_folder: Path, standards: tuple[str, ...] | None = None) -> Outline:
    """The company's `report.yaml`, else the shipped outline. Refused with every error in it.

    The shipped outline has an index for each standard that may be reported by; only those in `standards` are kept, if given.
    """
    own = company_folder / "report.yaml"
    if own.exists():
        return outline_from(own, "report.yaml")
    shipped = outline_from(SHIPPED, "library/reports/annual.yaml")
    return shipped if standards is None else _reporting_by(shipped, standards)


def _reporting_by(outline: Outline, standards: tuple[str, ...]) -> Outline:
    """The outline without the indices of other standards, and without sections and chapters that held nothing else."""
    chapters = []
    for chapter in outline.chapters:
        sections = [
            replace(section, body=tuple(item for item in section.body if not item.index or item.index in standards))
            for section in chapter.sections
        ]
        kept = tuple(one for one, was in zip(sections, chapter.sections, strict=True) if one.body or not was.body)
        if kept or not chapter.sections:
            chapters.append(replace(chapter, sections=kept))
    return replace(outline, chapters=tuple(chapters))


def outline_from(path: Path, name: str) -> Outline:
    findings: list[Finding] = []
    try:
        document = parse(read_text(path, name), name)
    except NotStrict as error:
        raise Refused(error.finding) from None
    outline = build(Outline, _written_out(document.data), (), document, name, findings)
    if outline is None:
        raise Refused(findings)
    return outline


def items(outline: Outline) -> Iterator[tuple[Section, Item]]:
    for section in outline.sections.values():
        for item in section.body:
            yield section, item


def _written_out(data: Any, kind: str | int = "") -> Any:
    """Short forms in their long form: `- text`, `- marks`, `- restatements` and `- basis` in a body, `- energy.total` in the rows of a table."""
    if isinstance(data, list):
        return [_written_out(_long(kind, child)) for child in data]
    return {key: _written_out(child, key) for key, child in data.items()} if isinstance(data, dict) else data


def _long(kind: str | int, given: Any) -> Any:
    if kind == "body" and given in ("text", "marks", "restatements", "basis"):
        return {given: True}
    return {"metric": given} if kind == "rows" and isinstance(given, str) else given
