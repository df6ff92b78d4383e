"""A closed year is restated: what waits counts, the difference is taken apart, and the next release proves it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from forger import rehashed
from lighthouse import KEY, entry
from shop import NOON, record, released, shop

from leafledger.base.setup import close_ledger
from leafledger.core.finding import Refused
from leafledger.core.quantity import plain
from leafledger.engine.bundle.restated import RESTATED
from leafledger.engine.bundle.unpack import unpacked
from leafledger.flow.calculate import calculate
from leafledger.flow.compare import compare
from leafledger.flow.keep import approve, close
from leafledger.flow.restate import proposed, restate
from leafledger.flow.verify import verify
from leafledger.ledger import read

WHY = {"zh-Hant": "電錶的倍率有誤", "zh-Hans": "电表的倍率有误", "en": "The multiplier of a meter was wrong"}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_ledger()


@pytest.fixture
def bakery(tmp_path: Path, database: str) -> Path:
    """Released for 2024, with 1234.5 MWh of electricity; a correction of it waits."""
    folder = shop(tmp_path / "bakery")
    released(folder)
    record(folder, [entry("e-1b", "energy.electricity", "1300.5", "MWh", replaces="e-1")], approve=False)
    return folder


def act(folder: Path, *years: int, by: str = "ben", **more: object):
    return restate(proposed(folder, years or (2024,), reason=WHY, by=by, **more), at=NOON)  # type: ignore[arg-type]


def edited(folder: Path, name: str, was: str, now: str) -> None:
    text = (folder / name).read_text()
    assert was in text
    (folder / name).write_text(text.replace(was, now))


def value(folder: Path, key: str) -> str:
    return plain(calculate(folder).facts[key].value)


def test_a_correction_moves_a_closed_year_only_by_restating_it(bakery: Path) -> None:
    assert approve(bakery, None, by="ben", at=NOON).done.new == ()
    assert value(bakery, "energy.electricity@2024") == "1234.5"
    with pytest.raises(Refused, match="would move 2024, which is closed"):
        approve(bakery, ["e-1b"], by="ben", at=NOON)

    act(bakery)

    assert value(bakery, "energy.electricity@2024") == "1300.5"
    assert value(bakery, "energy.electricity@2023") == "1180"
    (one,) = read.restatements()
    changes = {change.key: change for change in one.comparison.changes}
    assert plain(changes["energy.electricity@2024"].difference) == "66"
    for change in changes.values():
        assert change.parts["correction"] == change.difference != 0
        assert change.old + sum(change.parts.values()) == change.new
    assert (one.comparison.appeared, one.comparison.gone, one.approved) == ((), (), ("e-1b",))
    assert calculate(bakery).findings == ()


def test_looking_writes_nothing(bakery: Path) -> None:
    proposed(bakery, [2024], reason=WHY, by="ben")
    assert read.restatements() == () and value(bakery, "energy.electricity@2024") == "1234.5"


def test_a_new_factor_moves_a_closed_year_only_by_restating_it(tmp_path: Path) -> None:
    folder = shop(tmp_path / "bakery")
    released(folder)
    edited(folder, "factors/flour.csv", "0.62", "0.70")
    (warning,) = [one for one in calculate(folder).findings if one.place.name == "bakery.flour_emissions@2024"]
    assert "leaf restate 2024 --reason" in warning.message

    act(folder)

    (one,) = read.restatements()
    moved = {change.key: change.parts["factor"] for change in one.comparison.changes}
    assert moved == {
        "bakery.flour_emissions@2024": Decimal("9.64"),
        "bakery.flour_emissions@2024[grain=wheat]": Decimal("9.64"),
    }
    assert list(one.before.files) == ["content/company/factors/flour.csv"]


def test_a_year_that_was_closed_without_a_release_is_restated_from_the_definitions_that_still_give_it(
    tmp_path: Path,
) -> None:
    folder = shop(tmp_path / "bakery")
    close(folder, 2024, by="ben", at=NOON, with_holes=True)
    record(folder, [entry("e-1b", "energy.electricity", "1300.5", "MWh", replaces="e-1")], approve=False)
    act(folder)
    assert value(folder, "energy.electricity@2024") == "1300.5"


def test_a_year_whose_definitions_are_kept_nowhere_is_not(tmp_path: Path) -> None:
    folder = shop(tmp_path / "bakery")
    close(folder, 2024, by="ben", at=NOON, with_holes=True)
    edited(folder, "factors/flour.csv", "0.62", "0.70")
    with pytest.raises(Refused, match=r"do not follow from the company as it is.*bring back the definitions"):
        act(folder)


def test_what_is_refused(bakery: Path) -> None:
    with pytest.raises(Refused, match="every figure of 2023 comes out as it stands"):
        act(bakery, 2023)
    with pytest.raises(Refused, match="ada may not restate a closed year"):
        act(bakery, by="ada")
    with pytest.raises(Refused, match=r"entry e-9.*does not wait for a restatement of 2024"):
        act(bakery, entries=("e-9",))
    for reason, said in (({**WHY, "en": ""}, "missing in en"), ({**WHY, "en": "By 5 percent"}, "number 5")):
        with pytest.raises(Refused, match=said):
            proposed(bakery, [2024], reason=reason, by="ben")
    record(
        bakery,
        [entry("none", "energy.electricity", "0", "MWh", replaces="e-4", year=2023, kind="adjustment")],
        approve=False,
    )
    with pytest.raises(Refused, match=r"no approved entry for energy.electricity shop in 2023(?s:.*)--with-holes"):
        act(bakery, 2023)
    assert read.restatements() == ()


def test_the_next_release_proves_the_restatement_and_the_one_before_still_holds(bakery: Path) -> None:
    act(bakery)
    done = released(bakery)
    assert done.path.name == "lighthouse-2024-r2.leaf" and not done.again
    found = verify(done.path)
    assert found.findings == ()
    assert any(
        "Restated: restatement 2024.1;" in line and "differences were computed again" in line for line in found.said
    )
    assert verify(done.path.with_name("lighthouse-2024-r1.leaf")).findings == ()
    assert released(bakery).again, "nothing has changed since"


def test_a_later_release_names_the_one_that_proves_it(bakery: Path) -> None:
    act(bakery)
    second = released(bakery)
    edited(bakery, "disclosures.yaml", "metrics", "sections: [], metrics")
    third = released(bakery)
    assert third.path.name == "lighthouse-2024-r3.leaf"
    found = verify(third.path)
    assert found.findings == () and any(f"with the digest {second.digest}" in line for line in found.said)
    (said,) = json.loads(unpacked(third.path.read_bytes())[RESTATED])
    assert said["before"] == {"entries": [], "files": {}, "without": []}


def test_restated_twice_between_two_releases_goes_back_two_steps(bakery: Path) -> None:
    act(bakery)
    edited(bakery, "factors/flour.csv", "0.62", "0.70")
    record(bakery, [entry("e-1c", "energy.electricity", "1310.5", "MWh", replaces="e-1b")], approve=False)
    with pytest.raises(Refused, match="do not follow from the company as it is"):
        act(bakery)
    edited(bakery, "factors/flour.csv", "0.70", "0.62")
    act(bakery)
    done = released(bakery)
    assert verify(done.path).findings == ()
    assert [one.number for one in read.restatements()] == [1, 2]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [('"correction":"66"', '"correction":"65"', "and what the bundle holds gives"), ('"old":"1234.5"', '"old":"1200"', "1234.5"),
     ('"number":1', '"number":2', "does not follow"), ('"digest":"', '"digest":"0', "those that it set"),
     ('"new":"1300.5"', '"new":"1300.50"', "cannot be read"), ('"without":["e-1b"]', '"without":["e-9"]', "e-9")],
)  # fmt: skip
def test_a_restatement_that_was_changed_is_found(bakery: Path, was: str, now: str, said: str) -> None:
    act(bakery)
    files = unpacked(released(bakery).path.read_bytes())
    text = files[RESTATED].decode()
    assert was in text
    forged = bakery / "forged.leaf"
    forged.write_bytes(rehashed({**files, RESTATED: text.replace(was, now).encode()}, KEY))
    assert said in "\n".join(str(finding) for finding in verify(forged).findings)


def test_two_releases_are_compared(bakery: Path) -> None:
    first = sorted((bakery / ".leaf/releases").glob("*.leaf"))[0]
    assert compare(bakery, str(first), "now").comparison.changes == ()
    act(bakery)
    second = released(bakery).path
    found = compare(bakery, str(first), str(second))
    assert (found.old, found.new) == ("lighthouse-2024-r1.leaf", "lighthouse-2024-r2.leaf")
    assert {one.key: plain(one.parts["correction"]) for one in found.comparison.changes}[
        "energy.electricity@2024"
    ] == "66"
    assert found.comparison.unchanged > 0
    turned = compare(bakery, str(second), str(first)).comparison.changes
    assert {one.key: one.difference for one in turned} == {one.key: -one.difference for one in found.comparison.changes}


def test_a_bundle_whose_seals_do_not_hold_is_not_compared(bakery: Path) -> None:
    (first,) = (bakery / ".leaf/releases").glob("*.leaf")
    forged = bakery / "forged.leaf"
    files = unpacked(first.read_bytes())
    forged.write_bytes(
        rehashed({**files, "content/entries.jsonl": files["content/entries.jsonl"].replace(b"1234.5", b"1200.5")})
    )
    with pytest.raises(Refused):
        compare(bakery, str(forged), "now")
    with pytest.raises(Refused, match=r"name a .leaf file, or `now`"):
        compare(bakery, "nothing.leaf", "now")


def test_the_base_year_is_restated_when_its_policy_asks_for_it(bakery: Path) -> None:
    policy = "{zh-Hant: 重大變動時重述, zh-Hans: 重大变动时重述, en: Restated for large changes}"
    of = "figures: [ghg.scope2.electricity]"
    for said, rule, why in (
        (f"threshold: 5, {of}", "base_year.restate", "ghg.scope2.electricity@2024, by 5.35 %"),
        (f"threshold: 6, {of}", "base_year.below", "ghg.scope2.electricity@2024, by 5.35 %"),
        ("threshold: 5", "base_year.below", "none of the totals"),
    ):
        name = bakery / "company.yaml"
        text = "\n".join(line for line in name.read_text().splitlines() if not line.startswith("base_year"))
        name.write_text(f"{text}\nbase_year: {{year: 2024, {said}, policy: {policy}}}\n")
        (told,) = proposed(bakery, [2024], reason=WHY, by="ben").verdict
        assert told.rule == rule and why in told.message


def test_one_correction_that_moves_two_closed_years_restates_both(bakery: Path) -> None:
    over = entry("e-5", "energy.electricity", "2400", "MWh", replaces="e-4")
    over = replace(over, period=replace(over.period, start=over.period.start.replace(year=2023)))
    record(bakery, [over], approve=False)
    with pytest.raises(Refused, match=r"entry e-5.*would move 2023, which is closed"):
        act(bakery)
    record(bakery, [entry("e-1n", "energy.electricity", "0", "MWh", replaces="e-1b", kind="adjustment")], approve=False)
    act(bakery, 2023, 2024)
    assert [one.year for one in read.restatements()] == [2023, 2024]
    assert verify(released(bakery).path).findings == ()
