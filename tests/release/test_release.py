"""A release is whole or is not: it closes, proves itself, and never moves a figure."""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import lighthouse
import pytest
from lighthouse import entries, entry, said
from shop import NOON, plain_pages, record, released, shop

from leafledger.base.evidence import kept
from leafledger.base.setup import close_ledger
from leafledger.core.approval import Approval
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.finding import Refused
from leafledger.engine.books import books
from leafledger.engine.bundle.content import content_files, read_facts
from leafledger.engine.bundle.manifest import manifest_of
from leafledger.engine.bundle.seal import ungrouped
from leafledger.engine.bundle.unpack import unpacked
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.flow.calculate import Calculated
from leafledger.flow.keep import close
from leafledger.flow.keys import key_file
from leafledger.flow.places import release_place
from leafledger.flow.release import Released, Seals
from leafledger.flow.verify import verify
from leafledger.ledger import read
from leafledger.library.company import read_company, read_series
from leafledger.library.load import LIBRARY, load


@pytest.fixture
def bakery(database: str, tmp_path: Path) -> Iterator[Path]:
    yield shop(tmp_path / "bakery")
    close_ledger()


@pytest.fixture
def shop_folder(tmp_path: Path) -> Iterator[Path]:
    """The bakery where the database makes no difference."""
    yield shop(tmp_path / "bakery")
    close_ledger()


def holds(done: Released) -> str:
    found = verify(done.path, expect_digest=done.digest, expect_key=done.key_fingerprint)
    assert found.findings == ()
    return "\n".join(found.said)


def nothing_released(folder: Path) -> bool:
    return not read.releases() and not read.closed_years() and not list(release_place(folder).glob("*.leaf"))


def test_a_release_closes_its_years_and_proves_itself(bakery: Path) -> None:
    done = released(bakery)

    assert done.path == bakery / ".leaf/releases/lighthouse-2024-r1.leaf"
    assert "from 4 approved entries" in holds(done)
    assert set(read.closed_years()) == {2023, 2024}
    (row,) = read.releases()
    assert (row.file, row.year, row.by) == ("lighthouse-2024-r1.leaf", 2024, "ben")
    assert row.digest == done.digest.replace(" ", "") and row.key == done.key_fingerprint.replace(" ", "")
    assert {path.name for path in done.path.parent.iterdir()} == {".lock", "lighthouse-2024-r1.leaf"}


def test_the_digest_is_that_of_the_plain_values_on_any_database(bakery: Path) -> None:
    """Computed beside the database, from the same entries: row order, number types and time zones leave no trace."""
    of = entries()
    library, company = proven(load(LIBRARY, bakery)), read_company(bakery)
    cells = cells_from_entries(of.values(), library.counted)
    facts = compute(books(library, company, read_series(bakery, company, library), cells))
    seen = {
        id: Approval(entry=id, hash=one.hash, by="ben", at=NOON.astimezone(timezone(timedelta(hours=8))))
        for id, one in of.items()
    }
    evidence = {"bill.pdf": hashlib.sha256(b"the bill").hexdigest()}
    content = replace(lighthouse.content(), approvals=seen, facts=facts, evidence=evidence)

    done = released(bakery)

    assert ungrouped(done.digest) == manifest_of(content_files(content, LIBRARY, bakery), **said(content)).digest


def test_a_second_release_is_another_one_and_leaves_the_first_alone(shop_folder: Path) -> None:
    first = released(shop_folder)
    before = first.path.read_bytes()
    (shop_folder / "narrative/en/energy.md").write_text("Other words.\n")

    second = released(shop_folder)

    assert second.path.name == "lighthouse-2024-r2.leaf" and second.digest != first.digest
    assert first.path.read_bytes() == before and holds(first) and holds(second)
    assert sorted(row.file for row in read.releases()) == [first.path.name, second.path.name]


def test_no_later_factor_or_formula_moves_a_released_figure(shop_folder: Path) -> None:
    first = released(shop_folder)
    for name, was, now in (
        ("factors/flour.csv", "0.45", "0.99"),
        ("metrics/bakery.yaml", "energy.electricity /", "2 * energy.electricity /"),
    ):
        text = (shop_folder / name).read_text(encoding="utf-8")
        (shop_folder / name).write_text(text.replace(was, now), encoding="utf-8")

    second = released(shop_folder)

    assert read_facts(unpacked(second.path.read_bytes())) == read_facts(unpacked(first.path.read_bytes()))
    said = holds(second)
    assert (
        f"the release with the digest {first.digest}: " in said
        and "bakery.energy_density@2024" in said
        and "bakery.flour_emissions@2024" in said
    )


def test_a_figure_that_never_followed_from_its_records_is_not_released(shop_folder: Path) -> None:
    metrics = shop_folder / "metrics/bakery.yaml"
    text = metrics.read_text(encoding="utf-8")
    metrics.write_text(text.replace("energy.electricity /", "energy.electricity / 1000 /"), encoding="utf-8")
    close(shop_folder, 2024, by="ben", at=NOON, with_holes=True)
    metrics.write_text(text, encoding="utf-8")

    with pytest.raises(
        Refused, match=r"bakery.energy_density@2024.*closed as 0.0\d+ MWh/t and would now be 7.8\d+ MWh/t.*no release"
    ):
        released(shop_folder)
    assert not read.releases()

    metrics.write_text(text.replace("energy.electricity /", "energy.electricity / 1000 /"), encoding="utf-8")
    assert "Not proven by this bundle" not in holds(released(shop_folder)), (
        "with the formula it was closed with it follows"
    )


def test_a_released_target_does_not_move(shop_folder: Path) -> None:
    record(shop_folder, [target("target", "900")])
    first = released(shop_folder)
    record(shop_folder, [replace(target("another", "100"), kind="adjustment")])

    second = released(shop_folder)

    assert figures_of(first)["energy.electricity@2030"] == figures_of(second)["energy.electricity@2030"]
    assert f"the release with the digest {first.digest}: energy.electricity@2030" in holds(second)
    with pytest.raises(Refused, match="replaces target, and a released figure rests on that"):
        record(shop_folder, [target("lower", "100", replaces="target")])
    assert set(read.closed_years()) == {2023, 2024}, "2030 itself stays open"


def test_a_target_is_not_released_while_its_correction_waits(shop_folder: Path) -> None:
    record(shop_folder, [target("target", "900")])
    record(shop_folder, [target("lower", "100", replaces="target")], approve=False)
    with pytest.raises(Refused, match=r"lower.*waits for approval"):
        released(shop_folder)


def test_a_year_before_the_first_that_is_reported_has_no_figures_and_is_closed_by_no_release(shop_folder: Path) -> None:
    record(shop_folder, [entry("old", "energy.electricity", "700", "MWh", 2019)])
    done = released(shop_folder)
    assert set(read.closed_years()) == {2023, 2024}
    assert not [key for key in figures_of(done) if "@2019" in key]
    assert holds(done)


def test_evidence_that_is_gone_stops_the_release(shop_folder: Path) -> None:
    kept(hashlib.sha256(b"the bill").hexdigest()).write_bytes(b"another bill")
    with pytest.raises(Refused, match=r"evidence bill.pdf.*missing or changed"):
        released(shop_folder)
    assert nothing_released(shop_folder)


def target(id: str, value: str, **more: object) -> Entry:
    return entry(id, "energy.electricity", value, "MWh", 2030, **more)


def figures_of(done: Released) -> FactSet:
    return read_facts(unpacked(done.path.read_bytes()))


def test_a_metric_that_is_defined_later_makes_no_figure_of_a_closed_year(shop_folder: Path) -> None:
    released(shop_folder)
    metrics = shop_folder / "metrics/bakery.yaml"
    metrics.write_text(metrics.read_text(encoding="utf-8") + lighthouse.LATER, encoding="utf-8")

    second = released(shop_folder)

    assert "bakery.double@2024" not in read_facts(unpacked(second.path.read_bytes())) and holds(second)


def test_a_release_holds_nothing_of_a_later_year(shop_folder: Path) -> None:
    def pages(calculated: Calculated, year: int, seals: Seals, told: object) -> dict[str, bytes]:
        assert {fact.period.end.year for fact in calculated.facts.values()} == {2023} and set(calculated.entries) == {
            "e-4"
        }
        return lighthouse.pages({}, seals.digest, seals.key_fingerprint)

    done = released(shop_folder, 2023, pages=pages)

    inside = unpacked(done.path.read_bytes())
    assert {fact.period.end.year for fact in read_facts(inside).values()} == {2023}
    assert [json.loads(line)["id"] for line in inside["content/entries.jsonl"].splitlines()] == ["e-4"]
    assert set(read.closed_years()) == {2023} and holds(done)


def test_the_released_pages_are_there_to_be_read(shop_folder: Path) -> None:
    done = released(shop_folder)
    assert done.site == shop_folder / ".leaf/report/2024"
    assert done.digest in (done.site / "en/index.html").read_text(encoding="utf-8")
    assert not (done.site / "evidence").exists()


def test_evidence_that_goes_along_lies_beside_the_released_pages(shop_folder: Path) -> None:
    done = released(shop_folder, with_evidence=True)
    assert (done.site / f"evidence/{hashlib.sha256(b'the bill').hexdigest()}/bill.pdf").read_bytes() == b"the bill"


def test_records_that_wait_keep_a_year_from_being_released(shop_folder: Path) -> None:
    record(shop_folder, [entry("late", "energy.electricity", "1", "MWh", kind="adjustment")], approve=False)
    with pytest.raises(Refused, match="waits for approval"):
        released(shop_folder)
    assert nothing_released(shop_folder)


def test_what_is_recorded_while_the_report_is_made_stops_the_release(shop_folder: Path) -> None:
    def slow(*of: object) -> object:
        record(shop_folder, [entry("late", "energy.electricity", "1", "MWh", kind="adjustment")])
        return plain_pages(*of)

    with pytest.raises(Refused, match="out of date; do it again"):
        released(shop_folder, pages=slow)
    assert nothing_released(shop_folder)


def test_a_definition_that_is_edited_while_the_report_is_made_stops_the_release(shop_folder: Path) -> None:
    def edits(step: str) -> None:
        if step == "Freezing":
            text = (shop_folder / "factors/flour.csv").read_text(encoding="utf-8")
            (shop_folder / "factors/flour.csv").write_text(text.replace("0.45", "0.46"), encoding="utf-8")

    with pytest.raises(Refused, match="the bundle that was made does not hold"):
        released(shop_folder, told=edits)
    assert nothing_released(shop_folder)


def test_a_page_without_its_seals_stops_the_release(shop_folder: Path) -> None:
    def unsealed(calculated: object, year: int, seals: object, told: object) -> object:
        return plain_pages(calculated, year, replace(seals, digest=""), told)

    with pytest.raises(Refused, match="does not stand in it"):
        released(shop_folder, pages=unsealed)
    assert nothing_released(shop_folder)


@pytest.mark.parametrize(("by", "says"), [("ada", "may not release a report"), ("eve", "not among the people")])
def test_only_a_publisher_releases(by: str, says: str, shop_folder: Path) -> None:
    with pytest.raises(Refused, match=says):
        released(shop_folder, by=by)
    assert nothing_released(shop_folder) and not key_file(shop_folder).exists()


def test_a_year_that_is_not_reported_is_not_released(shop_folder: Path) -> None:
    with pytest.raises(Refused, match="2020 is not a reporting year"):
        released(shop_folder, 2020)


def test_two_releases_at_once_are_one_too_many(shop_folder: Path) -> None:
    release_place(shop_folder).mkdir(parents=True)
    with (release_place(shop_folder) / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="another release of this company is being made"):
            released(shop_folder)


def test_another_key_is_used_only_if_it_is_meant(shop_folder: Path) -> None:
    first = released(shop_folder)
    key_file(shop_folder).unlink()
    with pytest.raises(Refused, match="the release before was signed with the key"):
        released(shop_folder)
    second = released(shop_folder, new_key=True)
    assert second.key_fingerprint != first.key_fingerprint and holds(second)


def test_evidence_goes_along_where_it_is_asked_for(shop_folder: Path) -> None:
    bill = f"report/evidence/{hashlib.sha256(b'the bill').hexdigest()}/bill.pdf"
    assert bill not in unpacked(released(shop_folder).path.read_bytes())
    done = released(shop_folder, with_evidence=True)
    assert unpacked(done.path.read_bytes())[bill] == b"the bill"
    assert "Evidence: 1 files are what the entries name." in holds(done)


def test_the_key_is_in_no_bundle(shop_folder: Path) -> None:
    done = released(shop_folder, with_evidence=True)
    secret = key_file(shop_folder).read_bytes().split(b"\n")[1]
    assert secret not in done.path.read_bytes()
