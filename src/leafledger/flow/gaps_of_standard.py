"""How far a company answers a standard in a year, chosen or not, from its facts, its texts and what it says of them."""

from pathlib import Path

from leafledger.core.finding import Finding, Refused
from leafledger.core.text import LANGUAGES
from leafledger.flow.calculate import calculate
from leafledger.flow.places import reporting_year
from leafledger.flow.publish import sources
from leafledger.library.company import read_company
from leafledger.library.naming import nearest_of
from leafledger.report.reader import Reader
from leafledger.report.standing import Gaps, gaps


def gaps_of_standard(path: Path, standard: str, year: int = 0, language: str = "en") -> Gaps:
    """Compute the year and hold it against the standard. Refused for a standard, year or language that is not there."""
    if language not in LANGUAGES:
        template, there = "{language!r} is not a language of reports; there are {known}", ", ".join(LANGUAGES)
        raise Refused(Finding(rule="gaps", template=template, values={"language": language, "known": there}))
    year = reporting_year(read_company(path), year)
    calculated = calculate(path, [year])
    known = calculated.folder.library.standards
    if standard not in known:
        template, hint = "there is no standard {id!r}; {hint}", nearest_of(standard, sorted(known), "there are")
        raise Refused(Finding(rule="gaps", template=template, values={"id": standard, "hint": hint}))
    return gaps(Reader(sources=sources(calculated, year), language=language), known[standard])
