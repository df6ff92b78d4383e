"""Footnotes that say how a rate was worked out, against the rates that were printed."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.mention import Mention, Reading, Table
from leafledger.audit.rules.alike import likeness
from leafledger.audit.rules.facts import is_count, is_percent, kind_of, measure
from leafledger.audit.rules.notes import note_of
from leafledger.audit.rules.ranges import Range, total, written
from leafledger.audit.rules.saying import named, number, plus, short, verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Verdict, rule

_FORMULA = re.compile(
    r"(?P<name>[^=。;;:、\d.]{3,40}?)\s*[=]\s*(?P<over>[^=/]{3,60}?)\s*[/÷]\s*(?P<under>[^=。;;]{3,80})"
)
_TIMES_100 = re.compile(r"[*×x]\s*100\s*%?")
_OWN = re.compile(
    r"该类别|该类|该组|各类别|相应类别|of (?:that|the|each|this) (?:category|group)|in (?:that|the|each|this) (?:category|group)",
    re.I,
)
_ALL = re.compile(r"总|全部|全体|\btotal\b|\ball\b", re.I)
_WITH_LEAVERS = re.compile(
    r"\(?[^()]*(?:期末|年末|year-end|end of)[^()]*[++][^()]*(?:离职|流失|leavers|left|departed)", re.I
)
_LEAVERS = re.compile(r"离职|流失|leavers|left|departed|turnover", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """`name = over / under`, as a note says; quote: in its own words."""

    sentence: Sentence
    quote: str
    name: str
    over: str
    under: str

    @property
    def of_all(self) -> bool:
        """Each group over all that were counted: shares of one whole, which make 100 %."""
        return bool(_OWN.search(self.over)) and bool(_ALL.search(self.under)) and not _OWN.search(self.under)

    @property
    def of_leavers(self) -> bool:
        """Leavers over those who were there at the end and the leavers."""
        return bool(_LEAVERS.search(self.over)) and bool(_WITH_LEAVERS.search(self.under))


def formulas(reading: Reading) -> Iterator[Formula]:
    for sentence in sentences(reading):
        folded = _TIMES_100.sub(lambda found: " " * len(found.group()), sentence.folded)
        found = _FORMULA.search(folded)
        if found:
            parts = {part: folded[slice(*found.span(part))].strip() for part in ("name", "over", "under")}
            quote = " ".join(sentence.text[found.start() : found.end()].split()).strip(" 。;")
            yield Formula(sentence=sentence, quote=quote, **parts)


@rule
def footnote_formula(reading: Reading) -> Iterator[Verdict]:
    """A note gives a formula that the printed figures do not follow."""
    for formula in formulas(reading):
        table = note_of(reading, formula.sentence)
        if table is None:
            continue
        if formula.of_all:
            yield from _not_shares(formula, table)
        elif formula.of_leavers:
            yield from _no_whole_number(formula, table)
            yield from _leavers_apart(formula, table)


def _not_shares(formula: Formula, table: Table) -> Iterator[Verdict]:
    """Each group over all: then the groups of one split make 100 %."""
    for cells in _groups(formula, table):
        made = total(measure(cell) for cell in cells)
        if len(cells) > 1 and not made.meets(Range(Fraction(1), Fraction(1))):
            yield verdict(
                "footnote-formula",
                "certain",
                "medium",
                "The note says {formula}: by that {first} and the others of its split would make 100 %, but they make {sum} %.",
                about=cells,
                places=(formula.sentence.where,),
                proof=f"{plus(cells)} = {written(made.middle * 100)} % ≠ 100 %",
                settle="State the formula that was used; rates within a group have the number of that group below the line.",
                formula=short(formula.quote, 90),
                first=f"{named(cells[0])} {number(cells[0])}",
                sum=written(made.middle * 100),
            )
            return


def _groups(formula: Formula, table: Table) -> Iterator[list[Mention]]:
    """The percentages of each group of rows, in the column or rows that the formula names."""
    for column, header in enumerate(table.columns):
        groups: dict[str, list[Mention]] = {}
        for row in table.rows:
            cell = row.cells[column] if column < len(row.cells) else None
            named_so = likeness(header, formula.name) > 0.5 or likeness(row.label, formula.name) > 0.5
            in_group = likeness(row.group, formula.name) > 0.3
            if cell and cell.amount.value is not None and is_percent(cell) and row.group and (named_so or in_group):
                groups.setdefault(row.group, []).append(cell)
        yield from groups.values()


def _rated(table: Table) -> Iterator[tuple[Mention, Mention]]:
    """(heads, rate) of each row of a table that prints both."""
    for row in table.rows:
        cells = [cell for cell in row.cells if cell is not None and cell.amount.value is not None]
        heads = [cell for cell in cells if is_count(cell) or (kind_of(cell) == "" and cell.amount.decimals == 0)]
        rates = [cell for cell in cells if is_percent(cell)]
        if len(heads) == 1 and len(rates) == 1 and heads[0].amount.value:
            yield heads[0], rates[0]


def leavers(heads: Mention, rate: Mention) -> Range:
    """How many must have left, by leavers / (heads at the end + leavers)."""
    left = measure(rate)
    count = Fraction(heads.amount.value or 0)
    return Range(count * left.low / (1 - left.low), count * left.high / (1 - left.high))


def _no_whole_number(formula: Formula, table: Table) -> Iterator[Verdict]:
    for heads, rate in _rated(table):
        if measure(rate).high >= 1:
            continue
        left = leavers(heads, rate)
        if round(left.middle) >= left.low and round(left.middle) <= left.high:
            continue
        yield verdict(
            "footnote-formula",
            "likely",
            "medium",
            "{label}: no whole number of leavers makes {rate} of {heads} by the formula of the note.",
            about=(heads, rate),
            places=(formula.sentence.where,),
            proof=_tries(heads, rate, left),
            settle="Give the number of leavers of this group.",
            label=named(rate),
            rate=number(rate),
            heads=number(heads),
        )


def _tries(heads: Mention, rate: Mention, left: Range) -> str:
    count = Fraction(heads.amount.value or 0)
    below = int(left.low)
    tried = [f"{n} / ({number(heads)} + {n}) = {written(n / (count + n) * 100)} %" for n in (below, below + 1)]
    return f"{', '.join(tried)}; ≠ {number(rate)}"


def _leavers_apart(formula: Formula, table: Table) -> Iterator[Verdict]:
    """Leavers by one split against leavers by another: the same people."""
    sums: list[tuple[str, Range, list[Mention]]] = []
    groups: dict[str, list[tuple[Mention, Mention]]] = {}
    rows = {row.number: row.group for row in table.rows}
    for heads, rate in _rated(table):
        groups.setdefault(rows.get(rate.row or 0, ""), []).append((heads, rate))
    for group, pairs in groups.items():
        if group and len(pairs) > 1 and all(measure(rate).high < 1 for _, rate in pairs):
            made = total(leavers(heads, rate) for heads, rate in pairs)
            sums.append((group, made, [mention for pair in pairs for mention in pair]))
    for (one, ours, mine), (other, theirs, yours) in itertools.pairwise(sums):
        same = total(measure(m) for m in mine if not is_percent(m)).meets(
            total(measure(m) for m in yours if not is_percent(m))
        )
        if same and not ours.meets(theirs):
            yield verdict(
                "footnote-formula",
                "certain",
                "medium",
                "By the formula of the note {one} makes {ours} leavers, but {other} makes {theirs}: they are the same people.",
                about=(*mine, *yours),
                places=(formula.sentence.where,),
                proof=f"{_span(ours)} ∩ {_span(theirs)} = ∅",
                settle="Recompute the rates of both splits from one list of leavers.",
                one=short(one),
                other=short(other),
                ours=_span(ours),
                theirs=_span(theirs),
            )


def _span(made: Range) -> str:
    return f"{written(made.low, 1)}–{written(made.high, 1)}"
