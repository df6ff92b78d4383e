"""Small invented reports, written in a few words, as the rules see them: tables, sentences, headings and references."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import count
from unicodedata import normalize

from leafledger.audit.document import Document, Line, Page, Span
from leafledger.audit.mention import Amount, Heading, Mention, Reading, Reference, Table, TableRow, Where
from leafledger.core.entry import Bound
from leafledger.core.labels import parse_labels

ABSENT = {"", "-", "—", "╱", "n/a"}


def amount(text: str, bound: Bound = "exact") -> Amount:
    """What `1,054.1` or `89%` leaves open."""
    bare = text.strip().rstrip("%").replace(",", "")
    if text.strip() in ABSENT:
        return Amount(text=text.strip(), value=None)
    value = Decimal(bare)
    decimals = len(bare.partition(".")[2])
    half = Fraction(1, 2 * 10**decimals)
    return Amount(
        text=text.strip(),
        value=value,
        low=Fraction(value) - half,
        high=Fraction(value) + half,
        decimals=decimals,
        bound=bound,
    )


class Build:
    """Collects what a small report holds; `reading()` is what the rules get."""

    def __init__(self, year: int | None = 2024, language: str = "en", name: str = "report.txt") -> None:
        self.year, self.language, self.name = year, language, name
        self.lines: list[str] = []
        self.tables: list[Table] = []
        self.mentions: list[Mention] = []
        self.headings: list[tuple[str, str, int, int]] = []
        self.references: list[Reference] = []
        self._ids = count(1)

    def _line(self, text: str) -> int:
        """As readers give it: NFKC-normalised."""
        self.lines.append(normalize("NFKC", text))
        return len(self.lines)

    def table(self, title: str, columns: str, rows: str) -> "Build":
        """columns: `2022 2023` or `Total (A) | Male (B)`. rows: `label | metric gender=male | unit | 1 | 2`; `[group]`; `· ` indents."""
        names = [c.strip() for c in columns.split("|")] if "|" in columns else columns.split()
        years = tuple(int(c) if re.fullmatch(r"20\d\d", c) else None for c in names)
        where = Where(page=1, line=self._line(title), quote=title)
        id = len(self.tables)
        made: list[TableRow] = []
        group = ""
        for text in filter(None, (line.strip() for line in rows.strip().splitlines())):
            if text.startswith("["):
                group = text.strip("[]")
                self._line(group)
                continue
            label, what, unit, *cells = (part.strip() for part in text.split("|"))
            depth = len(label) - len(label.lstrip("·"))
            made.append(self._row(id, len(made), label.strip("· "), what, unit, cells, years, group, depth))
        self.tables.append(Table(id=id, title=title, columns=tuple(names), years=years, rows=tuple(made), where=where))
        return self

    def _row(self, table, at, label, what, unit, cells, years, group, depth) -> TableRow:  # type: ignore[no-untyped-def]
        where = Where(page=1, line=self._line(" ".join([label, unit, *cells])), quote=" ".join([label, unit, *cells]))
        units = [u.strip() for u in unit.split("/ ")] if "/ " in unit else [unit] * len(cells)
        whats = [w.strip() for w in what.split("/ ")] if "/ " in what else [what] * len(cells)
        found: list[Mention | None] = []
        for column, text in enumerate(cells):
            if text == "":
                found.append(None)
                continue
            metric, _, labels = whats[column].partition(" ")
            mention = Mention(
                id=next(self._ids),
                amount=amount(text),
                unit=units[column],
                label=label,
                where=where,
                metric=metric,
                labels=parse_labels(labels.replace(" ", ";")),
                year=years[column] or self.year,
                table=table,
                row=at,
                column=column,
            )
            found.append(mention)
            self.mentions.append(mention)
        return TableRow(
            number=at, label=label, unit=units[0], cells=tuple(found), where=where, group=group, depth=depth
        )

    def says(self, sentence: str, *numbers: str) -> "Build":
        """A sentence, and what of it was read: `12.3 | training.hours_per_head | h | 2024`, with a bound after a comma."""
        line = self._line(sentence)
        for number in numbers:
            text, what, unit, *year = (part.strip() for part in number.split("|"))
            text, _, bound = text.partition("~")
            metric, _, labels = what.partition(" ")
            self.mentions.append(
                Mention(
                    id=next(self._ids),
                    amount=replace(amount(text.strip()), bound=bound.strip() or "exact"),
                    unit=unit,
                    label=what,
                    where=Where(page=1, line=line, quote=sentence),
                    metric=metric,
                    labels=parse_labels(labels.replace(" ", ";")),
                    year=int(year[0]) if year else self.year,
                    kind="prose",
                )
            )
        return self

    def change(self, sentence: str, number: str, metric: str, unit: str) -> "Build":
        """A percentage of change that was read in a sentence that is there already."""
        line = self.lines.index(normalize("NFKC", sentence)) + 1
        self.mentions.append(
            Mention(
                id=next(self._ids),
                amount=amount(number),
                unit=unit,
                label=metric,
                where=Where(page=1, line=line, quote=sentence),
                metric=metric,
                year=self.year,
                basis="change",
                kind="prose",
            )
        )
        return self

    def heading(self, text: str, level: int = 1) -> "Build":
        number = re.match(r"[\d.]+(?=\s)", text)
        words = text[number.end() :].strip() if number else text
        self.headings.append((number.group() if number else "", words, level, self._line(text)))
        return self

    def refers(self, standard: str, disclosure: str, asked: str, target: str) -> "Build":
        text = f"{disclosure} {asked} {target}"
        where = Where(page=1, line=self._line(text), quote=text)
        self.references.append(
            Reference(standard=standard, disclosure=disclosure, asked=asked, target=target, where=where)
        )
        return self

    def reading(self) -> Reading:
        lines = tuple(Line(page=1, number=n, spans=(Span(text=text),)) for n, text in enumerate(self.lines, 1))
        document = Document(
            name=self.name,
            kind="text",
            language=self.language,  # type: ignore[arg-type]
            pages=(Page(number=1, lines=lines),),
        )
        return Reading(
            document=document,
            tables=tuple(self.tables),
            mentions=tuple(self.mentions),
            headings=tuple(self._heading(n) for n in range(len(self.headings))),
            references=tuple(self.references),
            year=self.year,
        )

    def _heading(self, n: int) -> Heading:
        number, text, level, line = self.headings[n]
        after = (at for _, _, other, at in self.headings[n + 1 :] if other <= level)
        last = next(after, len(self.lines) + 1) - 1
        return Heading(
            number=number, text=text, level=level, where=Where(page=1, line=line, quote=text), last_line=last
        )


def said(verdicts: Iterable[object]) -> list[str]:
    """`certain: message` of each verdict."""
    return [f"{v.certainty}: {v.message}" for v in verdicts]  # type: ignore[attr-defined]
