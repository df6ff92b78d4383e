"""Ties what the company printed to what its ledger gives."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import LANGUAGES, Text
from leafledger.engine import tie_out as engine
from leafledger.engine import tie_table
from leafledger.engine.tie_out import Tied
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.warned import warned
from leafledger.library.published import Difference, read_differences, read_published


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedOut:
    """Every printed figure beside ours; warnings of our figures, and an error for each thing that nobody has explained."""

    tied: tuple[Tied, ...]
    findings: tuple[Finding, ...]


def tie_out(path: Path) -> TiedOut:
    """Refused when the company has no `published.csv`."""
    calculated = calculate(path)
    tied, differences = _tied(calculated)
    if not tied:
        template = (
            "there is no published.csv here, so there is nothing to tie out; enter what was printed, one row a figure"
        )
        raise Refused(Finding(rule="tie_out", template=template, place=Place(name="published.csv")))
    return TiedOut(tied=tied, findings=(*warned(calculated.facts), *engine.problems(tied, differences)))


def reasons(calculated: Calculated) -> dict[str, Text]:
    """Why figures are not what was printed, by their keys: the recorded reasons that still fit."""
    found: dict[str, list[Text]] = {}
    for one in _tied(calculated)[0]:
        known = found.setdefault(one.published.key, [])
        if one.reason and one.reason not in known:
            known.append(one.reason)
    return {
        key: {one: " ".join(text[one] for text in said) for one in LANGUAGES} for key, said in found.items() if said
    }


def _tied(calculated: Calculated) -> tuple[tuple[Tied, ...], tuple[Difference, ...]]:
    path, library = calculated.folder.path, calculated.folder.library
    differences = read_differences(path, library)
    tied = engine.tie_out(calculated.facts, read_published(path, library), differences, calculated.entries)
    return tied, differences


def table_csv(tied: tuple[Tied, ...]) -> str:
    """Every row, for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(tie_table.COLUMNS)
    writer.writerows(tie_table.rows(tied))
    return text.getvalue()
