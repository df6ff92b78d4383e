"""Shows a receipt in a terminal."""

from rich.text import Text

from leafledger.cli.app import out
from leafledger.cli.columns import columns, line
from leafledger.report.receipt import EntryLine, FactorLine, Line, Receipt
from leafledger.report.words import word


def show(receipt: Receipt, language: str) -> None:
    """Everything that the receipt says, from the value down to the evidence."""
    line(Text.assemble((receipt.title, "bold"), " ", (receipt.subtitle, "dim")))
    line(Text(receipt.value, "bold yellow" if receipt.hole else "bold green"))
    for finding in receipt.findings:
        line(Text(f"→ {finding}", "yellow"))
    if receipt.formula:
        _head("how_computed", language)
        line(Text(receipt.formula), 2)
    if receipt.formula_source:
        line(Text(receipt.formula_source, "dim"), 2)
    if receipt.method:
        line(Text(receipt.method), 2)
    if receipt.source:
        line(Text(f"{word(language, 'definition_source')}{word(language, 'colon')}{receipt.source}", "dim"), 2)
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
            columns([(Text(what, "dim"), Text(said)) for what, said in pairs])


def _head(name: str, language: str) -> None:
    out.print()
    out.print(Text(word(language, name), "bold"))


def _lines(lines: tuple[Line, ...]) -> None:
    columns(
        [(Text("  " * line.depth + line.what), Text(line.value), Text(line.note, "dim")) for line in lines], right=(1,)
    )


def _factor(factor: FactorLine) -> None:
    line(Text.assemble((factor.name, ""), "  ", (factor.value, "bold"), "  ", factor.region), 2)
    for said in filter(None, (factor.source, factor.note)):
        line(Text(said, "yellow" if factor.assumed else "dim"), 4)


def _entry(entry: EntryLine, language: str) -> None:
    line(Text.assemble((entry.id, "bold"), f"  {entry.what}  ", (entry.value, "bold")), 2)
    who = [f"{word(language, name)}{word(language, 'colon')}{person}" for name, person in _people(entry) if person]
    files = [
        f"{word(language, 'evidence')}{word(language, 'colon')}{file.name}  {file.sha256}" for file in entry.evidence
    ]
    for said in filter(None, (entry.note, entry.source, *who, *files)):
        line(Text(said, "dim"), 4)


def _people(entry: EntryLine) -> tuple[tuple[str, str], ...]:
    return (("recorded_by", entry.recorded_by), ("approved_by", entry.approved_by))
