"""A bundle holds every kind of definition that the loader reads, and gives back what was loaded."""

from dataclasses import fields
from pathlib import Path

from lighthouse import FOLDER, LIBRARY, company_folder, files, library_folder, written_to

from leafledger.engine.bundle.definitions import OF_COMPANY, definition_files, definitions_of
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_series
from leafledger.library.load import LIBRARY as SHIPPED
from leafledger.library.load import Library, load
from leafledger.library.units import UnknownUnit, unit, units_of
from leafledger.report.answers import read_answers
from leafledger.report.narrative import read_narratives
from leafledger.report.outline import outline_from


def said(library: Library) -> dict[str, str]:
    """What a library says of each kind, each thing with its file and line."""
    kinds = {field.name: getattr(library, field.name) for field in fields(library)}
    return {kind: repr(known).replace(f"{company_folder().name}/", "company/") for kind, known in kinds.items()}


def test_what_comes_out_is_what_was_loaded_of_every_kind() -> None:
    with units_of(library_folder() / "units.txt"):
        before = said(proven(load(library_folder(), company_folder())))
    assert "{}" not in before.values(), "the bakery defines something of every kind that a library has"

    with definitions_of(files()) as found:
        assert said(found.library) == before
        assert found.company == read_company(company_folder())
        assert found.series == read_series(company_folder(), found.company, found.library)
        assert read_answers(found.folder) and read_narratives(found.folder)["en"]
        assert outline_from(found.folder / "report.yaml", "report.yaml").title["en"] == "Report"


def test_the_shipped_library_is_whole_in_a_bundle() -> None:
    taken = {f"content/{name}": content for name, content in files().items() if not name.startswith("content/")}
    with definitions_of({**taken, **definition_files(SHIPPED, company_folder())}) as found:
        assert said(found.library) == said(load(SHIPPED, company_folder()))


def test_units_are_those_of_the_bundle_and_only_while_it_is_open() -> None:
    units = LIBRARY["units.txt"].replace("3600000000", "7200000000") + "baguette = [baguette]\n"
    with definitions_of({**files(), "content/library/units.txt": units.encode()}):
        assert unit("MWh").scale == 7_200_000_000 and unit("baguette").scale == 1
    assert unit("MWh").scale == 3_600_000_000
    try:
        unit("baguette")
    except UnknownUnit:
        return
    raise AssertionError("the installed units know no baguette")


def test_nothing_is_taken_along_that_is_not_a_definition(tmp_path: Path) -> None:
    stray = (
        "entries/all.csv",
        "evidence/bill.pdf",
        "published.csv",
        ".leaf/keys/release.pem",
        "notes.md",
        "narrative/draft.md",
    )
    folder = written_to(tmp_path, {**FOLDER, **dict.fromkeys(stray, "x")})
    assert set(definition_files(library_folder(), folder)) == {
        name for name in files() if "/library/" in name or "/company/" in name
    }
    assert not any(pattern.startswith(("entries", "evidence", ".leaf")) for pattern in OF_COMPANY)
