"""Shows a tie-out in a terminal: counts first, then what differs, and why."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from rich.table import Table
from rich.text import Text

from leafledger.cli.app import counted, out
from leafledger.engine.origin import How
from leafledger.engine.tie_out import Compares, Tied
from leafledger.engine.tie_table import COLUMNS, rows


def show(tied: Sequence[Tied]) -> None:
    """How many figures we have in which way, and every figure that does not simply agree."""
    tables = sum(one.published.kind == "table" for one in tied)
    out.print(f"{counted(len(tied), 'printed figure')}, {tables} of them in tables\n")
    counts = Counter((one.how, one.compares) for one in tied)
    across = [word for word in get_args(Compares) if any(compares == word for _, compares in counts)]
    grid = Table(box=None, padding=(0, 2))
    grid.add_column("")
    for word in across:
        grid.add_column(word, justify="right")
    for how in get_args(How):
        if any(have == how for have, _ in counts):
            grid.add_row(how, *(str(counts[how, compares] or "·") for compares in across))
    out.print(grid)
    for one, row in zip(tied, rows(tied), strict=True):
        if one.compares in ("differs", "absent here"):
            _difference(dict(zip(COLUMNS, row, strict=True)))


def _difference(row: dict[str, str]) -> None:
    out.print()
    out.print(
        Text.assemble(
            (row["id"], "dim"),
            "  ",
            (row["figure"], "bold"),
            f"  printed {row['printed']}, ours {row['ours'] or 'none'} {row['unit']}",
        )
    )
    out.print(Text(f"      {row['reason'] or 'no reason is recorded'}", "" if row["reason"] else "bold red"))
