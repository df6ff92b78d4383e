"""Reads a tariff from its file."""

from pathlib import Path

from leafledger.core.finding import Finding, Refused
from leafledger.datacenter.tariff import Tariff, sound
from leafledger.library.build import build
from leafledger.library.strict_yaml import NotStrict, parse, read_text


def read_tariff(path: Path) -> Tariff:
    """The tariff of a YAML file. Refused with every error in it, such as an hour that no line gives a price."""
    findings: list[Finding] = []
    try:
        document = parse(read_text(path, path.name), path.name)
    except NotStrict as error:
        raise Refused(error.finding) from None
    tariff = build(Tariff, document.data, (), document, path.name, findings)
    if tariff is not None:
        findings.extend(sound(tariff))
    if tariff is None or findings:
        raise Refused(findings)
    return tariff
