"""What the engine found about a figure, told in the reader's language."""

from functools import cache
from pathlib import Path

from leafledger.core.finding import Finding
from leafledger.core.period import Period
from leafledger.library.strict_yaml import parse, read_text
from leafledger.report.numbers import period
from leafledger.report.reader import Reader

HERE = Path(__file__).parent
NAME = "findings.yaml"
FOR = " for "
"""How the engine begins the labels of a figure, where it has any."""


def told(reader: Reader, finding: Finding) -> str:
    """The whole message, with its place. A template that has no translation is told in English."""
    values = {key: _value(reader, key, str(value)) for key, value in finding.values.items()}
    text = translated(finding.template, reader.language).format(**values)
    return reader.word("at_place", what=text, place=finding.place) if finding.place else text


def translated(template: str, language: str) -> str:
    return templates().get(template, {}).get(language, template)


@cache
def templates() -> dict[str, dict[str, str]]:
    """Every template that has translations, with them."""
    data: dict[str, dict[str, str]] = parse(read_text(HERE / NAME, NAME), NAME).data
    return data


def _value(reader: Reader, key: str, value: str) -> str:
    """A figure is named by its title beside its id, as people and files know it, a period in words; all else stands as it is."""
    if key == "period":
        return _days(reader, value)
    if value.startswith(FOR):
        return reader.word("for_labels", labels=value.removeprefix(FOR))
    id = value.split(" ")[0].partition("[")[0]
    if reader.definition(id):
        return reader.word("in_unit", title=reader.title(id), unit=value)
    return translated(value, reader.language)


def _days(reader: Reader, value: str) -> str:
    try:
        return period(Period.parse(value), reader.language)
    except ValueError:
        return value
