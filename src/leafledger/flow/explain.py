"""The receipt of one figure, by its name."""

from difflib import get_close_matches
from pathlib import Path

from leafledger.core.fact import fact_key
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import parse_labels
from leafledger.core.period import Period
from leafledger.core.text import LANGUAGES
from leafledger.flow.calculate import calculate
from leafledger.flow.publish import sources
from leafledger.report.receipt import Receipt
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
        key = fact_key(metric, Period.parse(period), parse_labels(labels))
    except ValueError as error:
        raise _refused("{problem}", problem=error) from None
    calculated = calculate(path)
    fact = calculated.facts.get(key)
    if fact is None:
        near = get_close_matches(key, list(calculated.facts), 3, 0.4)
        template = "there is no figure {key}; the nearest are {near}. `leaf facts --list` names them all"
        raise _refused(template, key=key, near=", ".join(near) or "none")
    return receipt(sources(calculated, fact.period.end.year), fact, language)


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="explain", template=template, values=values))
