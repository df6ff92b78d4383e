"""Shows a receipt in a terminal."""

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from leafledger.cli.app import out
from leafledger.report.receipt import EntryLine, FactorLine, Line, Receipt
from leafledger.report.words import word


def show(receipt: Receipt, language: str) -> None:
    """Everything that the receipt says, from the value down to the evidence."""
    _line(Text.assemble((receipt.title, "bold"), " ", (receipt.subtitle, "dim")))
    _line(Text(receipt.value, "bold yellow" if receipt.hole else "bold green"))
    for finding in receipt.findings:
        _line(Text(f"→ {finding}", "yellow"))
    if receipt.formula:
        _head("how_computed", language)
        _line(Text(receipt.formula), 2)
    if receipt.formula_source:
        _line(Text(receipt.formula_source, "dim"), 2)
    if receipt.method:
        _line(Text(receipt.method), 2)
    if receipt.source:
        _line(Text(f"{word(language, 'definition_source')}{word(language, 'colon')}{receipt.source}", "dim"), 2)
    for name, lines in (("steps", receipt.steps), ("inputs", receipt.inputs)):
        if lines:
            _head(name, language)
            _lines(lines)
    if receipt.factors:
        _head("factors", language)
        for factor in receipt.factors:
            _factor(factor)
    if receipt.entries:
        _head("entries", language)
        for entry in receipt.entries:
            _entry(entry, language)
    for name, pairs in (("quality", receipt.quality), ("identity", receipt.identity)):
        if pairs:
            _head(name, language)
            _columns([(Text(what, "dim"), Text(said)) for what, said in pairs])


def _head(name: str, language: str) -> None:
    out.print()
    out.print(Text(word(language, name), "bold"))


def _lines(lines: tuple[Line, ...]) -> None:
    _columns(
        [(Text("  " * line.depth + line.what), Text(line.value), Text(line.note, "dim")) for line in lines], right=1
    )


def _columns(rows: list[tuple[Text, ...]], right: int | None = None) -> None:
    """Rows under each other, one column to the right; in a file every row is one line, without spaces at its end."""
    if out.is_terminal:
        table = Table.grid(padding=(0, 2))
        for at in range(len(rows[0])):
            table.add_column(justify="right" if at == right else "left")
        for row in rows:
            table.add_row(*row)
        out.print(Padding(table, (0, 2)))
        return
    widths = [max(row[at].cell_len for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            " " * (width - cell.cell_len) + cell.plain if at == right else cell.plain + " " * (width - cell.cell_len)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        _line(Text("  ".join(cells).rstrip()), 2)


def _line(text: Text, indent: int = 0) -> None:
    """One line; on a screen it is folded to its width, in a file it is not broken."""
    if out.is_terminal:
        out.print(Padding(text, (0, indent)))
    else:
        out.print(Text(" " * indent + text.plain.rstrip()), soft_wrap=True)


def _factor(factor: FactorLine) -> None:
    _line(Text.assemble((factor.name, ""), "  ", (factor.value, "bold"), "  ", factor.region), 2)
    for said in filter(None, (factor.source, factor.note)):
        _line(Text(said, "yellow" if factor.assumed else "dim"), 4)


def _entry(entry: EntryLine, language: str) -> None:
    _line(Text.assemble((entry.id, "bold"), f"  {entry.what}  ", (entry.value, "bold")), 2)
    who = [f"{word(language, name)}{word(language, 'colon')}{person}" for name, person in _people(entry) if person]
    files = [
        f"{word(language, 'evidence')}{word(language, 'colon')}{file.name}  {file.sha256}" for file in entry.evidence
    ]
    for said in filter(None, (entry.note, entry.source, *who, *files)):
        _line(Text(said, "dim"), 4)


def _people(entry: EntryLine) -> tuple[tuple[str, str], ...]:
    return (("recorded_by", entry.recorded_by), ("approved_by", entry.approved_by))
