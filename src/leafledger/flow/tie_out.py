"""Ties what the company printed to what its ledger gives."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine import tie_out as engine
from leafledger.engine import tie_table
from leafledger.engine.tie_out import Tied
from leafledger.flow.calculate import calculate
from leafledger.library.published import read_differences, read_published


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedOut:
    """Every printed figure beside ours, and what nobody has explained."""

    tied: tuple[Tied, ...]
    findings: tuple[Finding, ...]


def tie_out(path: Path) -> TiedOut:
    """Refused when the company has no `published.csv`."""
    calculated = calculate(path)
    published = read_published(path, calculated.folder.library)
    if not published:
        template = (
            "there is no published.csv here, so there is nothing to tie out; enter what was printed, one row a figure"
        )
        raise Refused(Finding(rule="tie_out", template=template, place=Place(name=path.name)))
    differences = read_differences(path, calculated.folder.library)
    tied = engine.tie_out(calculated.facts, published, differences, calculated.entries)
    return TiedOut(tied=tied, findings=engine.problems(tied, differences))


def table_csv(tied: tuple[Tied, ...]) -> str:
    """Every row, for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(tie_table.COLUMNS)
    writer.writerows(tie_table.rows(tied))
    return text.getvalue()
