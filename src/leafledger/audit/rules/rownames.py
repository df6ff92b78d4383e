"""Words of tables that name something else: rows under the name of another column, notes that quote rows there are not, "mainly"."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction

from leafledger.audit.dictionary import dictionary
from leafledger.audit.fold import fold
from leafledger.audit.labels import meaning
from leafledger.audit.mention import Mention, Reading, Table, Where
from leafledger.audit.rules.facts import kind_of, measure
from leafledger.audit.rules.notes import note_of
from leafledger.audit.rules.ranges import total, written
from leafledger.audit.rules.saying import named, number, short, verdict
from leafledger.audit.rules.sentences import sentences
from leafledger.audit.verdict import Verdict, rule


@rule
def row_named_after_column(reading: Reading) -> Iterator[Verdict]:
    """A row has the name of the figure of one column, and holds that of another column too."""
    for table in reading.tables:
        heads = [meaning(column) for column in table.columns]
        if len({head.metric for head in heads if head.metric}) < 2:
            continue
        for row in table.rows:
            own = meaning(row.label).metric
            others = [
                (column, cell)
                for column, cell in enumerate(row.cells)
                if cell is not None and cell.amount.value is not None and heads[column].metric not in ("", own)
            ]
            if own and any(head.metric == own for head in heads) and others:
                column, cell = others[0]
                yield verdict(
                    "row-named-after-column",
                    "likely",
                    "low",
                    "The row “{row}” has the name of one column only; its {value} stands under “{column}”.",
                    about=(cell,),
                    proof=f"“{short(row.label)}”: {number(cell)}",
                    settle="Give the row a name that fits all its columns, such as the total.",
                    row=short(row.label),
                    value=number(cell),
                    column=short(table.columns[column]),
                )


NEAR = 0.6
_QUOTED = re.compile(r"[「“\"](?P<quoted>(?:按|by )[^「」“”\"]{2,20})[」”\"]", re.I)


@rule
def misquoted_row(reading: Reading) -> Iterator[Verdict]:
    """A note quotes a heading that its table does not have."""
    for sentence in sentences(reading):
        for found in _QUOTED.finditer(sentence.folded):
            table = note_of(reading, sentence)
            if table is None:
                continue
            words = [fold(text) for row in table.rows for text in (row.group, row.label) if text]
            quoted = found["quoted"]
            near = max(words, key=lambda text: _same_letters(text, quoted), default="")
            if quoted in words or _same_letters(near, quoted) < NEAR:
                continue
            yield verdict(
                "misquoted-row",
                "likely",
                "low",
                "The note speaks of “{quoted}”, but the table says “{there}”.",
                places=(sentence.part(*found.span("quoted")), *_where(table, near)),
                settle="Quote the table as it is printed.",
                quoted=sentence.text[slice(*found.span("quoted"))],
                there=next(text for row in table.rows for text in (row.group, row.label) if fold(text) == near),
            )


def _same_letters(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _where(table: Table, words: str) -> Iterator[Where]:
    yield from (row.where for row in table.rows if fold(row.group) == words or fold(row.label) == words)


HALF = Fraction(1, 2)
_MAINLY = re.compile(r"主要(?:来自|来源于|源自|为|是)|\bmainly\b|\bprimarily\b|\bmostly\b|\bpredominantly\b", re.I)
_DIRECT = re.compile(
    r"范围一|范围1|范畴一|范畴1|直接(?:温室气体|能源|排放)|scope 1|direct (?:emission|energy|ghg)", re.I
)


@rule
def said_mainly(reading: Reading) -> Iterator[Verdict]:
    """A sentence says what direct energy or emissions mainly come from, and the table of fuels says otherwise."""
    fuels = _fuels(reading)
    if len(fuels) < 2:
        return
    every = total(measure(m) for m in fuels.values()).middle
    for sentence in sentences(reading):
        found = _MAINLY.search(sentence.folded)
        if found is None or not _DIRECT.search(sentence.folded[: found.start()]):
            continue
        said = re.split(r"[;;。]|范围二|范围2|范畴二|scope 2", sentence.folded[found.end() :])[0]
        claimed = [fuel for fuel in fuels if _names(fuel, said)]
        largest = max(fuels, key=lambda fuel: measure(fuels[fuel]).middle)
        share = sum((measure(fuels[fuel]).middle for fuel in claimed), Fraction(0)) / every if every else Fraction(1)
        if claimed and largest not in claimed and share < HALF:
            yield verdict(
                "said-mainly",
                "likely",
                "medium",
                "“{quote}”: but of the fuels in the table {largest} is {value}, and what the sentence names is {share} % of all.",
                about=tuple(fuels.values()),
                places=(sentence.part(found.start(), found.end()),),
                proof=f"{' + '.join(number(fuels[fuel]) for fuel in claimed)} / {written(_printed(fuels), 1)} = {written(share * 100, 1)} %",
                settle="Name the largest source first, or correct the table.",
                quote=short(sentence.text, 80),
                largest=named(fuels[largest]),
                value=number(fuels[largest]),
                share=written(share * 100, 1),
            )


def _fuels(reading: Reading) -> dict[str, Mention]:
    """Direct energy by fuel in the year of the report, from one table."""
    for table in reading.tables:
        found = {
            dict(cell.labels)["fuel"]: cell
            for row in table.rows
            for cell in row.cells
            if cell is not None and cell.year == reading.year and cell.amount.value is not None and set(dict(cell.labels)) == {"fuel"}
            and cell.metric.startswith("energy.") and kind_of(cell) == "energy"
        }  # fmt: skip
        if len(found) > 1:
            return found
    return {}


def _printed(fuels: dict[str, Mention]) -> Fraction:
    return sum((Fraction(m.amount.value or 0) for m in fuels.values()), Fraction(0))


def _names(fuel: str, text: str) -> bool:
    known = next(one for one in dictionary().dimensions if one.id == "fuel")
    return any(phrase.of == fuel and phrase.text.strip() in text.lower() for phrase in known.phrases)
