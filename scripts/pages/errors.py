"""docs/errors.md: what a person sees when something is wrong, each case run."""

import hashlib
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scripts.pages.run import Seen, leaf

HEAD = """# When something is wrong

Written by `make docs`: each case below was run. A message says where, what, why it matters where that is not plain, and what to do;
all errors of all files come at once. The status is 2 and nothing was written, unless the case says otherwise.
"""
SERIES = "activity,site,labels,since,until,owner\nenergy.electricity,head-office,,,,recorder\n"
ENTRIES = "id,activity,site,labels,period,value,unit\n"
GOOD = ENTRIES + "e-1,energy.electricity,head-office,,2025,1200.5,MWh\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that goes wrong: what a person does, and the command that meets it."""

    title: str
    told: str
    spoil: Callable[[Path], None]
    command: tuple[str, ...] = ("load",)
    status: int = 2


def page(scratch: Path) -> str:
    begin(scratch)
    return "\n".join([HEAD, *(_shown(case, run(case, scratch / str(n))) for n, case in enumerate(CASES))])


def begin(scratch: Path) -> None:
    """The small company that every case spoils a copy of."""
    seen = leaf("init", "acme", "--name", "Acme", "--year", "2025", at=scratch)
    assert seen.status == 0, seen.shown
    company = scratch / "acme"
    (company / "series.csv").write_text(SERIES, encoding="utf-8")
    (company / "entries" / "first.csv").unlink()
    (company / "entries" / "2025.csv").write_text(GOOD, encoding="utf-8")


def run(case: Case, place: Path) -> Seen:
    """Spoil a copy of the small company as the case says, and run its command. A refusal must have written nothing."""
    place.mkdir()
    company = place / "acme"
    shutil.copytree(place.parent / "acme", company)
    case.spoil(company)
    before = _kept(company)
    seen = leaf(*case.command, at=company)
    assert seen.status == case.status, f"{case.title}: status {seen.status}\n{seen.shown}"
    assert seen.status == 0 or _kept(company) == before, f"{case.title}: something was written"
    return seen


def _kept(company: Path) -> tuple[str, ...]:
    """What the ledger of a company says, row by row, and the files that it keeps; an empty ledger says nothing."""
    place = company / ".leaf"
    files = sorted(
        path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file() and "sqlite3" not in path.name
    )
    if not (place / "ledger.sqlite3").exists():
        return ("", *files)
    with closing(sqlite3.connect(place / "ledger.sqlite3")) as ledger:
        said = "\n".join(line for line in ledger.iterdump() if line.startswith('INSERT INTO "leaf_'))
    return (hashlib.sha256(said.encode()).hexdigest() if said else "", *files)


def _shown(case: Case, seen: Seen) -> str:
    status = "" if seen.status == 2 else f"\n\nStatus {seen.status}."
    return f"## {case.title}\n\n{case.told}\n\n```text\n$ leaf {' '.join(case.command)}\n{seen.shown}\n```{status}\n"


def _entries(*rows: str, header: str = ENTRIES) -> Callable[[Path], None]:
    return lambda company: _write(company / "entries" / "2025.csv", header + "".join(row + "\n" for row in rows))


def _collected(activity: str, row: str) -> Callable[[Path], None]:
    """A row of something that series.csv declares."""

    def spoil(company: Path) -> None:
        _write(company / "series.csv", f"{SERIES}{activity},head-office,,,,recorder\n")
        _entries(row)(company)

    return spoil


def _file(name: str, text: str) -> Callable[[Path], None]:
    return lambda company: _write(company / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _junk(company: Path) -> None:
    (company / "entries" / "2025.csv").write_bytes(bytes(range(256)) * 40_000)


def _junk_text(company: Path) -> None:
    _write(company / "metrics" / "ours.yaml", "{[" * 5_000_000)


def _bomb(company: Path) -> None:
    with zipfile.ZipFile(company / "bill.zip", "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("bill.txt", "w") as inside:
        for _ in range(600):
            inside.write(bytes(1_000_000))
    leaf("load", at=company)


def _loaded(company: Path) -> None:
    leaf("load", at=company)


def _both(company: Path) -> None:
    text = (company / "company.yaml").read_text(encoding="utf-8")
    _write(company / "company.yaml", text.replace("roles: [recorder]", "roles: [recorder, approver]"))
    _loaded(company)


def _changed(company: Path) -> None:
    _loaded(company)
    _entries("e-1,energy.electricity,head-office,,2025,1300.5,MWh")(company)


def _half(company: Path) -> None:
    _collected("water.consumption", "e-1,energy.electricity,head-office,,2025-01/2025-06,600,MWh")(company)
    _loaded(company)
    leaf("approve", "--all", at=company)


def _next(company: Path) -> None:
    text = (company / "company.yaml").read_text(encoding="utf-8")
    _write(company / "company.yaml", text.replace("years:\n", "years:\n  - {year: 2100, factors_as_of: 2101-03-31}\n"))


def _closed(company: Path) -> None:
    _loaded(company)
    leaf("approve", "--all", at=company)
    leaf("close", "2025", "--with-holes", at=company)
    _entries(
        "e-1,energy.electricity,head-office,,2025,1200.5,MWh", "e-2,energy.electricity,head-office,,2025-12-31,3,MWh"
    )(company)
    leaf("load", at=company)


def _metric(formula: str, unit: str = "MWh") -> Callable[[Path], None]:
    block = """- id: {id}
  title: {{zh-Hant: 甲, zh-Hans: 甲, en: Ours}}
  unit: {unit}
  kind: flow
  formula: {formula}
"""
    first = block.format(id="ours.first", unit=unit, formula=formula)
    second = block.format(id="ours.second", unit=unit, formula="ours.first + ours.first")
    return _file("metrics/ours.yaml", first + "\n" + second)


CASES = (
    Case(
        title="A wrong unit",
        told="A bill in kilograms of electricity.",
        spoil=_entries("e-1,energy.electricity,head-office,,2025,1200.5,kg"),
    ),
    Case(
        title="An unknown unit",
        told="A unit that nobody defined.",
        spoil=_entries("e-1,energy.electricity,head-office,,2025,1200.5,MWhh"),
    ),
    Case(
        title="An unknown activity",
        told="A slip in the name of what was measured.",
        spoil=_entries("e-1,energy.electricty,head-office,,2025,1200.5,MWh"),
    ),
    Case(
        title="An unknown series",
        told="An entry for something nobody has undertaken to collect.",
        spoil=_entries("e-1,water.consumption,head-office,,2025,12,t"),
    ),
    Case(
        title="A bad date, a bad number, and an estimate without its method",
        told="Three rows, three mistakes, told at once.",
        spoil=_entries(
            "e-1,energy.electricity,head-office,,2025-02-30,1200.5,MWh,",
            'e-2,energy.electricity,head-office,,2025,"1.200,5",MWh,',
            "e-3,energy.electricity,head-office,,2025,1200.5,MWh,yes",
            header=ENTRIES.strip() + ",estimated\n",
        ),
    ),
    Case(
        title="A slip in a site and in a label",
        told="The nearest is named; labels stand in series.csv and in the entries alike.",
        spoil=_entries(
            "e-1,energy.electricity,haed-office,,2025-01/2025-03,100,MWh",
            "e-2,energy.fuel,head-office,fuel=desel,31/12/2025,100,MWh",
            "e-3,energy.fuel,head-office,fuel=desel,2025,100,MWh",
        ),
    ),
    Case(
        title="A bill of water in cubic metres",
        told="A volume is no mass, except of water and by convention, which the unit then says.",
        spoil=_collected("water.consumption", "e-1,water.consumption,head-office,,2025,12,m3"),
    ),
    Case(
        title="Part of a person",
        told="What is counted is whole.",
        spoil=_collected("people.part_time", "e-1,people.part_time,head-office,,2025-12-31,100.5,person"),
    ),
    Case(
        title="Semicolons for commas",
        told="As spreadsheets of many countries write CSV.",
        spoil=_entries(header="id;activity;site;labels;period;value;unit\n"),
    ),
    Case(
        title="A workbook among the records",
        told="It is not read, and nothing is left out silently.",
        spoil=_file("entries/bills.xlsx", "a workbook"),
    ),
    Case(
        title="The same id twice",
        told="Two rows with one id.",
        spoil=_entries(
            "e-1,energy.electricity,head-office,,2025-01,100,MWh",
            "e-1,energy.electricity,head-office,,2025-02,100,MWh",
        ),
    ),
    Case(
        title="An unknown column",
        told="A header with a slip in it.",
        spoil=_entries(header="id,activity,site,labels,periode,value,unit\n"),
    ),
    Case(
        title="A row that is too short",
        told="A comma is missing.",
        spoil=_entries("e-1,energy.electricity,head-office,2025,1200.5,MWh"),
    ),
    Case(title="Ten megabytes of junk for records", told="A file that is not text.", spoil=_junk),
    Case(
        title="Ten megabytes of junk for a definition", told="A file far too large for a definition.", spoil=_junk_text
    ),
    Case(
        title="A key given twice",
        told="YAML would silently take the second.",
        spoil=_file("metrics/ours.yaml", "- id: ours.one\n  unit: MWh\n  unit: kWh\n"),
    ),
    Case(
        title="A key that does not exist",
        told="A slip in a definition.",
        spoil=_file("activities/ours.yaml", "- id: ours.one\n  units: MWh\n"),
    ),
    Case(
        title="A formula with a cycle",
        told="A figure computed from itself.",
        spoil=_metric("ours.second + energy.total"),
    ),
    Case(
        title="A formula with the wrong unit",
        told="Tonnes of water are not megawatt hours.",
        spoil=_metric("energy.total + water.consumption"),
    ),
    Case(
        title="A formula that is not one",
        told="Only names, numbers and arithmetic are allowed.",
        spoil=_metric("__import__('os').getcwd()"),
    ),
    Case(
        title="A zip bomb as evidence",
        told="Six hundred megabytes packed into half a megabyte.",
        spoil=_bomb,
        command=("attach", "e-1", "bill.zip"),
    ),
    Case(
        title="Evidence that is not there",
        told="A file name with a slip.",
        spoil=_loaded,
        command=("attach", "e-1", "bil.pdf"),
    ),
    Case(title="A recorded entry, changed in its file", told="The ledger only grows.", spoil=_changed),
    Case(
        title="Approving what one recorded",
        told="Nobody approves their own.",
        spoil=_both,
        command=("approve", "e-1", "--by", "recorder"),
    ),
    Case(
        title="Closing a year that lacks something",
        told="Half of the year's electricity is recorded, and nothing of the water that was promised. What is closed stands for ever.",
        spoil=_half,
        command=("close", "2025"),
    ),
    Case(
        title="Closing a year that has not ended",
        told="What happens in its last days could not be recorded any more.",
        spoil=_next,
        command=("close", "2100"),
    ),
    Case(
        title="An entry in a closed year",
        told="It was recorded, and waits. Closed is closed, until it is restated.",
        spoil=_closed,
        command=("approve", "e-2"),
    ),
    Case(
        title="A folder that is no company",
        told="There is no company.yaml.",
        spoil=lambda company: None,
        command=("report", "--company", ".."),
    ),
    Case(
        title="A year that is not reported",
        told="company.yaml does not list it.",
        spoil=lambda company: None,
        command=("report", "--year", "1999"),
    ),
    Case(
        title="A figure that does not exist",
        told="A slip in its name.",
        spoil=lambda company: None,
        command=("explain", "energy.totel", "--period", "2025"),
    ),
    Case(
        title="A bundle that is none",
        told="A file that `leaf release` did not write.",
        spoil=lambda company: _write(company / "acme.leaf", "junk"),
        command=("verify", "acme.leaf"),
        status=1,
    ),
)
