"""A report of an invented company with every kind of block, in three languages, for the tests of what is rendered from reports."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import sample_texts as say

from leafledger.report.blocks import (
    Bullets,
    Callout,
    Chapter,
    Figure,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    Missing,
    Number,
    PageRef,
    Paragraph,
    Report,
    Row,
    Strong,
    Table,
    Words,
)
from leafledger.report.render.chart_specs import Point, mix, share_bars, stacked_split, trend
from leafledger.report.render.charts import draw
from leafledger.report.render.pdf import render_pdf
from leafledger.report.words import renderer_words

DIGEST = "sha256:5d1c0b7a99e3f4420a6bb4f1c8d0e7f35a2f90cc1be84d6e7712a3fd90b8c6e1"

AT = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
RECEIPTS = "https://reports.example.org/2024/receipts/{fact_id}.html"


def sample_report(language: str, *, copies: int = 1) -> Report:
    """The whole report. copies: how often its numbered chapters come, to make a long one."""
    numbered = [
        make(language, str(2 * i + n), f"-{i}" if i else "")
        for i in range(copies)
        for n, make in ((1, environment), (2, people))
    ]
    return Report(
        language=language,
        company=say.COMPANY[language],
        title=say.TITLE[language],
        period="2024",
        prevailing="zh-Hant",
        chapters=(letter(language), *numbered, appendix(language), indices(language, copies)),
        words={**renderer_words(language), **{f"goal.{n}": name[language] for n, name in say.GOALS.items()}},
        digest=DIGEST,
        key_fingerprint="SHA256:Zk1rE0m6Gq0n4cQyT8uJf3oLw2sVx7aBdP9hNi5KeYc",
        draft=True,
        cover_note=say.NOTE[language],
        legal_name="Harbour Lights Energy Ltd",
        contact="esg@harbour.example",
    )


def sample_charts(report: Report) -> dict[str, bytes]:
    return {
        block.id: draw(block.spec, block.width, block.height, report.language)
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Figure)
    }


def number(text: str, key: str = "energy.total@2024", mark: str = "") -> Number:
    return Number(key, "f" + key.encode().hex()[:31], text, mark)


def words(text: str) -> Inlines:
    return (Words(text),)


def letter(language: str) -> Chapter:
    return Chapter(
        id="letter",
        number="",
        title=say.LETTER[language],
        lead=say.LETTER_LEAD[language],
        opener=False,
        blocks=tuple(Paragraph(inlines=words(text)) for text in say.LONG[language]),
    )


def environment(language: str, number_of: str, copy: str = "") -> Chapter:
    first, electricity, fuel, see, end = say.USED[language]
    unit = {"en": "\N{NO-BREAK SPACE}MWh"}.get(language, say.MWH[language])
    use = Paragraph(
        inlines=(
            Words(first),
            number(f"9,482.3{unit}"),
            Words(electricity),
            number(f"8,951.0{unit}", "energy.electricity@2024", say.MARK[language]),
            Words(fuel),
            Missing("energy.hired@2024", "f0", say.HOLE[language]),
            Words(see),
            PageRef(f"method{copy}", f"{number_of}.2 {say.METHOD[language]}"),
            Words(end),
        )
    )
    return Chapter(
        id=f"environment{copy}",
        number=number_of,
        title=say.ENVIRONMENT[language],
        lead=say.ENVIRONMENT_LEAD[language],
        goals=(7, 9, 12, 13),
        blocks=(
            Heading(id=f"energy{copy}", level=2, text=say.ENERGY[language], number=f"{number_of}.1"),
            *(Paragraph(inlines=words(text)) for text in say.LONG[language]),
            use,
            figures_of(language),
            chart(language, f"energy-trend{copy}", "trend"),
            energy_table(language, f"energy{copy}"),
            Heading(id=f"ghg{copy}", level=2, text=say.GHG[language], number=f"{number_of}.2"),
            Paragraph(inlines=words(say.LONG[language][1])),
            chart(language, f"scopes{copy}", "stack"),
            Heading(id=f"method{copy}", level=3, text=say.METHOD[language]),
            Bullets(items=tuple(words(text) for text in say.POINTS[language])),
            Callout(kind="note", title=say.ASIDE_TITLE[language], paragraphs=(words(say.ASIDE[language]),)),
            Heading(id=f"water{copy}", level=2, text=say.WATER[language], number=f"{number_of}.3"),
            Callout(kind="hole", title=say.MISSING_TITLE[language], paragraphs=(words(say.MISSING_TEXT[language]),)),
        ),
    )


def people(language: str, number_of: str, copy: str = "") -> Chapter:
    return Chapter(
        id=f"people{copy}",
        number=number_of,
        title=say.PEOPLE[language],
        lead=say.PEOPLE_LEAD[language],
        goals=(3, 4, 5, 8, 10, 16, 17),
        blocks=(
            Heading(id=f"workforce{copy}", level=2, text=say.WORKFORCE[language], number=f"{number_of}.1"),
            Paragraph(
                inlines=(
                    Strong(say.PEOPLE_LEAD[language]),
                    Words(" " if language == "en" else ""),
                    *words(say.LONG[language][0]),
                )
            ),
            chart(language, f"heads{copy}", "shares"),
            chart(language, f"regions{copy}", "mix"),
            Heading(id=f"safety{copy}", level=2, text=say.SAFETY[language], number=f"{number_of}.2"),
            *(Paragraph(inlines=words(text)) for text in say.LONG[language]),
        ),
    )


def appendix(language: str) -> Chapter:
    return Chapter(
        id="appendix",
        number="",
        title=say.APPENDIX[language],
        opener=False,
        blocks=(
            Heading(id="appendix.figures", level=2, text=say.ALL_FIGURES[language]),
            long_table(language),
        ),
    )


def indices(language: str, copies: int) -> Chapter:
    return Chapter(
        id="indices",
        number="",
        title=say.INDICES[language],
        opener=False,
        blocks=(
            Heading(id="indices.gri", level=2, text=say.GRI[language]),
            gri_index(language, copies),
            Heading(id="indices.sdg", level=2, text=say.SDG[language]),
            sdg_index(language),
        ),
    )


def figures_of(language: str) -> KeyFigures:
    unit, tonnes, persons = say.MWH[language], say.TONNES[language], say.PERSONS[language]
    return KeyFigures(
        items=(
            KeyFigure(value=number("9,482.3"), unit=unit, label=say.ENERGY[language], note="2023: 9,901.6"),
            KeyFigure(
                value=number("5,012.8", mark=say.MARK[language]),
                unit=tonnes,
                label=say.GHG[language],
                note="2023: 5,530.2",
            ),
            KeyFigure(value=Missing("water@2024", "f1", say.NONE[language]), unit=persons, label=say.WATER[language]),
        )
    )


def energy_table(language: str, name: str) -> Table:
    unit = say.MWH[language]
    energy = next(iter(say.FIGURE_ROWS[language].values()))
    return Table(
        id=name,
        caption=say.ENERGY[language],
        header=(say.INDICATOR[language], say.UNIT[language], *say.YEARS[language]),
        rows=(
            Row(cells=(words(energy[5]), words(unit), *values("10,204.8", "9,901.6", "9,482.3"))),
            Row(kind="part", cells=(words(energy[0]), words(unit), *values("36.1", "35.0", "30.2"))),
            Row(kind="part", cells=(words(energy[2]), words(unit), *values("512.4", "480.9", "501.1"))),
            Row(
                kind="part",
                cells=(
                    words(energy[3]),
                    words(unit),
                    *values("9,656.3"),
                    (number("9,385.7", mark=say.RESTATED_MARK[language]),),
                    (number("8,951.0", mark=say.MARK[language]),),
                ),
            ),
            Row(kind="part", cells=(words(energy[4]), words(unit), *holes(language, 2), *values("412.9"))),
        ),
        widths=(4, 2, 1.6, 1.6, 1.6),
        align="llrrr",
        notes=tuple(words(text[language]) for text in (say.RESTATED, say.ESTIMATED_NOTE, say.NO_FIGURE_NOTE)),
    )


def long_table(language: str) -> Table:
    """Longer than two pages, in groups; every fifth row lacks a year."""
    return Table(
        id="figures",
        caption=say.ALL_FIGURES[language],
        header=(say.INDICATOR[language], say.UNIT[language], *say.YEARS[language]),
        rows=tuple(_rows(language)),
        widths=(4.4, 2, 1.5, 1.5, 1.5),
        align="llrrr",
        notes=(words(say.NO_FIGURE_NOTE[language]),),
    )


def _rows(language: str) -> Iterator[Row]:
    for turn in range(3):
        for group, names in say.FIGURE_ROWS[language].items():
            yield Row(kind="group", cells=(words(group if not turn else f"{group} ({turn + 1})"),))
            for i, name in enumerate(names):
                three = [(number(f"{1234.5 * (i + 1 + turn) * (1 + y / 9):,.1f}"),) for y in range(3)]
                if i % 5 == 4:
                    three[0] = (Missing("x@2022", "f2", say.NONE[language]),)
                kind = "part" if 0 < i < 3 else "row"
                yield Row(kind=kind, cells=(words(name), words(say.MWH[language]), *three))


def values(*texts: str) -> tuple[Inlines, ...]:
    return tuple((number(text),) for text in texts)


def holes(language: str, count: int) -> tuple[Inlines, ...]:
    return ((Missing("solar@2022", "f3", say.NONE[language]),),) * count


def gri_index(language: str, copies: int) -> Table:
    comma = say.COMMA[language]
    refs = {
        "302-1": [
            PageRef("energy", f"1.1 {say.ENERGY[language]}"),
            PageRef("appendix.figures", say.ALL_FIGURES[language]),
        ],
        "305-1": [PageRef("ghg", f"1.2 {say.GHG[language]}"), PageRef("method", say.METHOD[language])],
        "305-2": [PageRef("ghg", f"1.2 {say.GHG[language]}")],
        "401-1": [PageRef("workforce", f"2.1 {say.WORKFORCE[language]}")],
        "403-9": [PageRef("safety", f"2.2 {say.SAFETY[language]}")],
    }
    rows = []
    for name, what in say.DISCLOSURES.items():
        if name == "305-3":
            where: list[Words | PageRef | Missing] = [Words(say.OMITTED[language])]
        else:
            where = [part for ref in refs[name] for part in (ref, Words(comma))][:-1]
        rows.append(Row(cells=(words(name), words(what[language]), tuple(where))))
    rows.append(
        Row(cells=(words("403-10"), words(say.SAFETY[language]), (Missing("403-10", "", say.UNANSWERED[language]),)))
    )
    later = [
        Row(
            cells=(
                words(f"302-1 ({i + 1})"),
                words(say.ENERGY[language]),
                (PageRef(f"energy-{i}", say.ENERGY[language]),),
            )
        )
        for i in range(1, copies)
    ]
    return Table(
        id="gri",
        caption="",
        header=say.INDEX_HEADER[language],
        rows=(Row(kind="group", cells=(words("GRI 302–403"),)), *rows, *later),
        widths=(1.2, 3, 3.2),
        align="lll",
    )


def sdg_index(language: str) -> Table:
    goal = (Words(say.POINTS[language][1] + " "), PageRef("energy", f"1.1 {say.ENERGY[language]}"))
    head = say.INDEX_HEADER[language]
    return Table(
        id="sdg",
        caption="",
        header=(head[0], head[2]),
        rows=(Row(cells=(words("7"), goal)),),
        widths=(1, 4),
        align="ll",
    )


def chart(language: str, name: str, kind: str) -> Figure:
    years, unit, none = say.YEARS[language], say.MWH[language], say.NONE[language]
    energy, emissions, _, staff, *_ = say.FIGURE_ROWS[language].values()
    caption = {"trend": say.ENERGY, "stack": say.GHG, "shares": say.WORKFORCE, "mix": say.PEOPLE}[kind][language]
    if kind == "trend":
        spec, height = trend([*points(years, ("10,204.8", "9,901.6", "9,482.3"))], unit), 170
    elif kind == "stack":
        low = points(years, ("169.6", "227.3", "222.4"), emissions[0])
        high = points(years, ("5,384.1", "5,302.9", "4,790.4"), emissions[1])
        totals = points(years, ("5,553.7", "5,530.2", "5,012.8"))
        spec, height = stacked_split([*high, *low], say.TONNES[language], [*totals]), 210
    elif kind == "shares":
        ages = [
            Point(group=say.WORKFORCE[language], part=n, value=Decimal(v), label=v)
            for n, v in zip(staff[1:4], ("412", "893", "71"), strict=True)
        ]
        genders = [
            Point(group=say.PEOPLE[language], part=n, value=Decimal(v), label=v)
            for n, v in zip(staff[4:6], ("503", "873"), strict=True)
        ]
        spec, height = share_bars([*genders, *ages]), 130
    else:
        bars = [
            Point(group=n, value=Decimal(v.replace(",", "")), label=v)
            for n, v in zip(energy[:4], ("30.2", "0.9", "501.1", "8,951.0"), strict=True)
        ]
        spec, height = mix([*bars, Point(group=energy[4], value=None, label=none)], unit), 150
    data = energy_table(language, f"{name}.data")
    return Figure(
        id=name, caption=caption, alt=f"{caption}: {', '.join(years)}.", spec=spec, width=476, height=height, table=data
    )


def points(years: tuple[str, ...], labels: tuple[str, ...], part: str = "") -> list[Point]:
    return [
        Point(group=y, part=part, value=Decimal(v.replace(",", "")), label=v)
        for y, v in zip(years, labels, strict=True)
    ]


@cache
def sample_pdf(language: str) -> bytes:
    """The sample as it is set, made once for all tests of a process."""
    report = sample_report(language)
    return render_pdf(report, charts=sample_charts(report), at=AT, receipt_url=RECEIPTS)
