"""Shows a receipt in a terminal."""

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from leafledger.cli.app import out
from leafledger.report.receipt import EntryLine, FactorLine, Line, Receipt
from leafledger.report.words import word


def show(receipt: Receipt, language: str) -> None:
    """Everything that the receipt says, from the value down to the evidence."""
    out.print(Text(receipt.title, "bold"), Text(receipt.subtitle, "dim"))
    out.print(Text(receipt.value, "bold yellow" if receipt.hole else "bold green"))
    for finding in receipt.findings:
        out.print(Text(f"→ {finding}", "yellow"))
    if receipt.formula:
        _head("how_computed", language)
        out.print(Padding(Text(receipt.formula), (0, 2)))
        out.print(Padding(Text(receipt.formula_source, "dim"), (0, 2)))
    if receipt.method:
        out.print(Padding(Text(receipt.method), (0, 2)))
    if receipt.source:
        out.print(
            Padding(
                Text(f"{word(language, 'definition_source')}{word(language, 'colon')}{receipt.source}", "dim"), (0, 2)
            )
        )
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
        _head(name, language)
        table = Table.grid(padding=(0, 2))
        for what, said in pairs:
            table.add_row(Text(what, "dim"), said)
        out.print(Padding(table, (0, 2)))


def _head(name: str, language: str) -> None:
    out.print()
    out.print(Text(word(language, name), "bold"))


def _lines(lines: tuple[Line, ...]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(style="dim")
    for line in lines:
        table.add_row("  " * line.depth + line.what, line.value, line.note)
    out.print(Padding(table, (0, 2)))


def _factor(factor: FactorLine) -> None:
    out.print(Padding(Text.assemble((factor.name, ""), "  ", (factor.value, "bold"), "  ", factor.region), (0, 2)))
    for said in filter(None, (factor.source, factor.note)):
        out.print(Padding(Text(said, "yellow" if factor.assumed else "dim"), (0, 4)))


def _entry(entry: EntryLine, language: str) -> None:
    out.print(Padding(Text.assemble((entry.id, "bold"), f"  {entry.what}  ", (entry.value, "bold")), (0, 2)))
    who = [f"{word(language, name)}{word(language, 'colon')}{person}" for name, person in _people(entry) if person]
    files = [
        f"{word(language, 'evidence')}{word(language, 'colon')}{file.name}  {file.sha256}" for file in entry.evidence
    ]
    for said in filter(None, (entry.note, entry.source, *who, *files)):
        out.print(Padding(Text(said, "dim"), (0, 4)))


def _people(entry: EntryLine) -> tuple[tuple[str, str], ...]:
    return (("recorded_by", entry.recorded_by), ("approved_by", entry.approved_by))
