"""On what basis the year's figures are drawn up: whose emissions count, by which potentials, and which sources are left out and why."""

from collections.abc import Iterator

from leafledger.core.org import Screening
from leafledger.report.blocks import Block, Callout, Inlines, Row, Table, Words
from leafledger.report.reader import Reader

WIDTHS = (4.0, 1.6, 5.0)


def basis(reader: Reader) -> Iterator[Block]:
    """The consolidation approach and the GWP set, and a table of what was screened out in the year of the report, if anything was."""
    company = reader.sources.company
    lines = [
        reader.word("basis_approach", approach=reader.word(company.approach)),
        reader.word("basis_gwp", gwp=company.gwp),
    ]
    if others := _other_sets(reader):
        lines.append(reader.word("basis_other_gwp", gwp=reader.listed(others)))
    if not company.screening:
        lines.append(reader.word("basis_unscreened"))
    paragraphs: tuple[Inlines, ...] = tuple((Words(line),) for line in lines)
    yield Callout(kind="note", title=reader.word("basis"), paragraphs=paragraphs)
    if out := list(screened_out(reader)):
        yield Table(
            id="screening",
            caption=reader.word("screening"),
            header=tuple(reader.word(name) for name in ("screening_source", "screening_standing", "screening_reason")),
            rows=tuple(_row(reader, one) for one in out),
            widths=WIDTHS,
            align="lll",
        )


def screened_out(reader: Reader) -> Iterator[Screening]:
    """Sources that are out of the inventory on some day of the year, in the order in which the company lists them."""
    year = reader.days(reader.sources.year)
    for one in reader.sources.company.screening:
        begun = one.since is None or one.since <= year.end
        if one.standing != "relevant" and begun and (one.until is None or one.until >= year.start):
            yield one


def _row(reader: Reader, one: Screening) -> Row:
    standing = reader.word("not_relevant" if one.standing == "not_relevant" else "left_out")
    return Row(cells=((Words(reader.title(one.source)),), (Words(standing),), (Words(reader.say(one.reason)),)))


def _other_sets(reader: Reader) -> list[str]:
    """The GWP sets, beside the company's own, on which factors behind figures of the year are stated."""
    year = reader.days(reader.sources.year)
    behind = {name for fact in reader.sources.facts.values() if fact.period == year for name in fact.gwp.split(", ")}
    return sorted(behind - {"", reader.sources.company.gwp})
