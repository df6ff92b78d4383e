"""The receipt of one figure, by its name."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from leafledger.core.fact import Fact, fact_key
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import parse_labels
from leafledger.core.period import Period, meant
from leafledger.core.quantity import rounded
from leafledger.core.text import LANGUAGES
from leafledger.engine.uncertainty import places_of
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.publish import sources
from leafledger.flow.uncertain import how_uncertain
from leafledger.report.reader import Reader
from leafledger.report.receipt import Receipt
from leafledger.report.receipt_lines import amount
from leafledger.report.receipt_quality import uncertain
from leafledger.report.receipts import receipt


def explain(path: Path, metric: str, period: str, labels: str, language: str) -> Receipt:
    """Compute and take one figure's receipt. Refused when there is no such figure, with the nearest names."""
    if language not in LANGUAGES:
        raise _refused(
            "{language!r} is not a language of reports; there are {known}",
            language=language,
            known=", ".join(LANGUAGES),
        )
    try:
        days, of = Period.parse(period), parse_labels(labels)
    except ValueError as error:
        raise _refused("{problem}", problem=error) from None
    calculated = calculate(path)
    key = fact_key(metric, meant(days, calculated.folder.company.year_ends), of)
    fact = calculated.facts.get(key)
    if fact is None:
        near = get_close_matches(key, list(calculated.facts), 3, 0.4)
        template = "there is no figure {key}; the nearest are {near}. `leaf facts --list` names them all"
        raise _refused(template, key=key, near=", ".join(near) or "none")
    of_year = sources(calculated, fact.period.end.year)
    made = receipt(of_year, fact, language)
    return replace(made, quality=(*made.quality, *_range(calculated, fact, Reader(sources=of_year, language=language))))


def _range(calculated: Calculated, fact: Fact, reader: Reader) -> Iterator[tuple[str, str]]:
    """Between which values the figure lies, where something of it is known."""
    found = how_uncertain(calculated, fact)
    if found is None or found.propagated is None or found.simulated is None:
        return
    low, high = (
        amount(reader, str(rounded(Decimal(one), places_of(found))), fact.unit)
        for one in (found.simulated.low, found.simulated.high)
    )
    half, share = (Decimal(f"{one:.6f}") for one in (found.propagated.percent / 100, found.known))
    yield uncertain(reader, half, low, high, found.draws, share)


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="explain", template=template, values=values))
