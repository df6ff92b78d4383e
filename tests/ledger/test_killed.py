"""kill -9 at any moment: what was acknowledged is there whole, nothing half-written is visible, and the next program goes on."""

import hashlib
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from ledger_cases import COMPANY, NOON, entry, record
from ledger_child import ATTACHED, SIZE

from leafledger.base import evidence
from leafledger.base.database import one_view
from leafledger.base.setup import close_ledger, open_ledger
from leafledger.engine.cells import cells_from_entries
from leafledger.ledger import read, roll_up, verbs

KILLS = 10
CHILD = Path(__file__).with_name("ledger_child.py")


def killed(place: Path, folder: Path, first: int, *, at_work: bool, delay: float) -> list[str]:
    """Start a program that works on the ledger, kill it after a while, and return the acts that it said were done."""
    command = [sys.executable, CHILD, "work", place, folder, str(first)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    heard = child.stdout.readline() if at_work else ""
    time.sleep(delay)
    assert child.poll() is None, child.stderr.read()
    child.kill()
    heard += child.stdout.read()
    child.wait()
    return [line.rstrip() for line in heard.splitlines(keepends=True) if line.endswith("\n")]


def per_batch(ids) -> Mapping[str, int]:
    return Counter(id.split(".")[0] for id in ids)


def assert_whole(acknowledged: list[str]) -> None:
    """Each act stands whole or not at all, and those that were acknowledged stand."""
    with one_view():
        entries, approvals, attached = read.all_entries(), read.approvals(), read.attachments()
        files, closed, cells = read.evidence_hashes(), read.closed_years(), roll_up.cells(frozenset())
        released = {str(release.year) for release in read.releases()}
        restated = {str(one.year) for one in read.restatements()}
    closed_as, values = (
        {str(y) for y in closed},
        {str(y): [f.value for f in facts.values()] for y, facts in closed.items()},
    )
    recorded, approved, added = per_batch(e.id for e in entries), per_batch(approvals), per_batch(attached)
    assert set(recorded.values()) <= {SIZE, 2 * SIZE}
    assert set(approved.values()) <= {SIZE, 2 * SIZE}
    # A restatement has its figures, its row and the approval of each correction, or none of them.
    assert restated == {id for id, count in approved.items() if count == 2 * SIZE}
    assert {value for id in restated for value in values[id]} <= {Decimal("12.6")}
    assert {value for id in closed_as - restated for value in values[id]} <= {Decimal("12.5")}
    assert set(added.values()) <= {ATTACHED}
    assert cells == cells_from_entries(read.entries_in_force())
    stands = {
        "record": recorded,
        "approve": approved,
        "attach": added,
        "close": closed_as,
        "restate": restated,
        "release": released,
    }
    lost = [act for act in acknowledged if act.split()[1] not in stands[act.split()[0]]]
    assert lost == []
    named = {name for e in entries for name in e.evidence} | {name for names in attached.values() for name in names}
    assert named == set(files)
    for name, sha256 in files.items():
        assert hashlib.sha256(evidence.kept(sha256).read_bytes()).hexdigest() == sha256, name


@pytest.mark.parametrize("round", range(2))
def test_killed_at_any_moment(database, tmp_path, round):
    chance, place, said = random.Random(round), tmp_path / ".leaf", []
    for kill in range(KILLS // 2):
        at_work = kill > 0
        delay = chance.uniform(0, 0.3) if at_work else chance.uniform(0.05, 0.5)
        said += killed(place, tmp_path, 1000 + 100 * kill, at_work=at_work, delay=delay)
        open_ledger(place)
        assert_whole(said)
    assert len(said) >= KILLS // 2 - 1
    goes_on(place, tmp_path)
    close_ledger()


def goes_on(place: Path, tmp_path: Path) -> None:
    """The ledger takes new acts, and what killed programs left half-copied is gone."""
    assert record(entry("after", period="2024")).new == ("after",)
    last = tmp_path / "last.txt"
    last.write_text("last")
    verbs.attach(["after"], last, by="rui", at=NOON, company=COMPANY)
    assert list((place / "evidence").glob("part-*")) == []
