"""Lines and columns in a terminal, and as plain lines in a file."""

from collections.abc import Collection, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from leafledger.cli.app import out

BAR = 20


def columns(rows: Sequence[tuple[Text, ...]], right: Collection[int] = ()) -> None:
    """Rows under each other, some columns to the right; in a file every row is one line, without spaces at its end."""
    if not rows:
        return
    if out.is_terminal:
        table = Table.grid(padding=(0, 2))
        for at in range(len(rows[0])):
            table.add_column(justify="right" if at in right else "left")
        for row in rows:
            table.add_row(*row)
        out.print(Padding(table, (0, 2)))
        return
    widths = [max(row[at].cell_len for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            " " * (width - cell.cell_len) + cell.plain if at in right else cell.plain + " " * (width - cell.cell_len)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        line(Text("  ".join(cells).rstrip()), 2)


def line(text: Text, indent: int = 0) -> None:
    """One line; on a screen it is folded to its width, in a file it is not broken."""
    if out.is_terminal:
        out.print(Padding(text, (0, indent)))
    else:
        out.print(Text(" " * indent + text.plain.rstrip()), soft_wrap=True)


def head(text: str) -> None:
    out.print()
    out.print(Text(text, "bold"))


def heads(*names: str) -> tuple[Text, ...]:
    """What columns are called, quietly above them."""
    return tuple(Text(name, "dim") for name in names)


def bar(share: float) -> Text:
    """A share of one as a bar, at least a sliver for what is not nothing."""
    return Text("█" * max(round(share * BAR), int(share > 0)), "cyan")
