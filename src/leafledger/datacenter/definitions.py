"""Reads `datacenter.yaml` and what it names; every error with its file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.definition import DataCenter, finding, sound
from leafledger.datacenter.meters import Tree, read_tree
from leafledger.datacenter.tariff import Tariff
from leafledger.datacenter.tariffs import read_tariff
from leafledger.library.build import build
from leafledger.library.load import LIBRARY
from leafledger.library.naming import nearest_of
from leafledger.library.strict_yaml import NotStrict, parse, read_text

NAME = "datacenter.yaml"
TARIFFS = LIBRARY / "tariffs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A data center with what its file names: its tariff, its meters, and the files of telemetry in their order."""

    of: DataCenter
    tariff: Tariff
    tree: Tree
    telemetry: tuple[Path, ...]
    folder: Path


def read_datacenters(folder: Path, sites: Iterable[str]) -> tuple[DataCenter, ...]:
    """Every block of the file. Refused with every error in it, and where there is no such file."""
    path = folder / NAME
    if not path.is_file():
        template = "there is no datacenter.yaml in {folder}; describe the data center there (docs/datacenter.md shows each key)"
        raise Refused(finding(Place(name=folder.resolve().name), template, folder=folder))
    try:
        document = parse(read_text(path, NAME), NAME)
    except NotStrict as error:
        raise Refused(error.finding) from None
    if not isinstance(document.data, list):
        raise Refused(
            finding(
                Place(name=NAME, line=1), "a list is expected here: one block for each data center, begun with a dash"
            )
        )
    findings: list[Finding] = []
    found = []
    for n, data in enumerate(document.data):
        made = build(DataCenter, data, (n,), document, NAME, findings)
        if made is not None:
            found.append(made)
            findings.extend(_known(made, list(sites), found[:-1], folder))
            findings.extend(sound(made))
    if findings:
        raise Refused(findings)
    return tuple(found)


def read_datacenter(folder: Path, sites: Iterable[str], site: str) -> Read:
    """The data center of a site with its files. Refused where the site has none, or a file of it is not sound."""
    every = read_datacenters(folder, sites)
    of = next((one for one in every if one.site == site), None)
    if of is None:
        hint = nearest_of(site, [one.site for one in every], "datacenter.yaml has")
        raise Refused(finding(Place(name=NAME), "there is no data center at {site!r}; {hint}", site=site, hint=hint))
    return Read(of=of, tariff=read_tariff(tariff_file(folder, of.tariff)), tree=read_tree(folder / of.meters), folder=folder,
                telemetry=tuple(sorted({path for pattern in of.telemetry for path in folder.glob(pattern)})))  # fmt: skip


def tariff_file(folder: Path, named: str) -> Path:
    """A file of the folder goes before a tariff of the library."""
    own = folder / named
    return own if own.is_file() else TARIFFS / f"{named}.yaml"


def _known(of: DataCenter, sites: list[str], before: list[DataCenter], folder: Path) -> Iterable[Finding]:
    if of.site not in sites:
        hint = nearest_of(of.site, sites, "company.yaml lists")
        yield finding(of.place, "unknown site {site!r}; {hint}", site=of.site, hint=hint)
    if of.site in {one.site for one in before}:
        yield finding(of.place, "the site {site} is given twice; each has one block", site=of.site)
    if not tariff_file(folder, of.tariff).is_file():
        hint = nearest_of(of.tariff, sorted(path.stem for path in TARIFFS.glob("*.yaml")), "the library has")
        yield finding(
            of.place,
            "there is no tariff {id!r}, neither a file of the folder nor one of the library; {hint}",
            id=of.tariff,
            hint=hint,
        )
    named = [("meters", of.meters, of.place)]
    named += [("jobs", of.jobs.file, of.jobs.place)] if of.jobs else []
    named += [("weather", of.cooling.weather, of.cooling.place)] if of.cooling else []
    named += [("carbon series", of.carbon.series, of.carbon.place)] if of.carbon.series else []
    for what, file, place in named:
        if not (folder / file).is_file():
            yield finding(
                place, "the file {file} ({what}) is not there; put it into the company folder", file=file, what=what
            )
    for pattern in of.telemetry:
        try:
            there = any(folder.glob(pattern))
        except (ValueError, NotImplementedError):
            there = False
        if not there:
            yield finding(
                of.place,
                "no file fits the telemetry {pattern!r}; give files or a pattern within the company folder",
                pattern=pattern,
            )
