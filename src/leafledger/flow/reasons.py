"""Reads why a year is restated from a file that says it in each language."""

from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import LANGUAGES
from leafledger.library.strict_yaml import NotStrict, parse, read_text


def read_reasons(path: Path) -> dict[str, str]:
    """A YAML file with zh-Hant, zh-Hans and en. Refused where it cannot be read, or has anything else."""
    try:
        said = parse(read_text(path, path.name), path.name).data
    except NotStrict as error:
        raise Refused(error.finding) from None
    if not isinstance(said, dict) or set(said) != set(LANGUAGES) or not all(isinstance(t, str) for t in said.values()):
        template = "it has to say why in three languages, and nothing else: zh-Hant, zh-Hans and en, each with a text"
        raise Refused(Finding(rule="restate.reason", template=template, place=Place(name=path.name)))
    return {language: said[language] for language in LANGUAGES}
