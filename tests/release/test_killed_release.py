"""kill -9 at any moment of a release leaves none or a whole one, and the next release finishes what was begun."""

import os
import random
import shutil
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from shop import released, shop

from leafledger.base.setup import close_ledger, open_ledger
from leafledger.flow.keys import key_file
from leafledger.flow.places import ledger_place, release_place
from leafledger.flow.verify import verify
from leafledger.ledger import read

STEPS = ["Signing", "Verifying"]
DRAWN = 1
TOUCHING = frozenset({"write", "fsync", "rename", "unlink", "open", "mkdir", "execute", "commit"})
"""Calls into C that leave a trace outside of the process: between two of them nothing changes that a kill could halve."""
Moment = str | int
"""The begin of a step, or how many of these calls the last step (which closes, moves the file and writes it down) has made."""


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_ledger()


@cache
def prepared() -> Path:
    """A company with everything approved and nothing released, to be copied."""
    folder = shop(Path(mkdtemp()) / "bakery")
    close_ledger()
    return folder


def copied(to: Path) -> Path:
    return Path(shutil.copytree(prepared(), to / "bakery"))


def watched(folder: Path, moment: Moment, die: Callable[[], object]) -> list[str]:
    """Release, and die at that moment. Returns the calls of the last step."""
    calls: list[str] = []

    def on_call(frame: object, event: str, called: object) -> None:
        if event == "c_call" and called.__name__ in TOUCHING:
            if len(calls) == moment:
                die()
            calls.append(called.__name__)

    def told(step: str) -> None:
        if step == moment:
            die()
        if step == "Closing":
            sys.setprofile(on_call)

    released(folder, told=told)
    sys.setprofile(None)
    return calls


def killed(folder: Path, moment: Moment) -> bool:
    """Release in a process that is killed at that moment. Was it acknowledged?"""
    heard, says = os.pipe()
    child = os.fork()
    if child == 0:
        watched(folder, moment, lambda: os.kill(os.getpid(), signal.SIGKILL))
        os.write(says, b"done")
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(says)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    with os.fdopen(heard, "rb") as pipe:
        return pipe.read() == b"done"


def moments(folder: Path) -> list[Moment]:
    """Each step's begin; in the last one, the calls round the move of the file and the commit, some others, and just after it all."""
    calls = watched(folder, "never", lambda: None)
    close_ledger()
    moved, end = calls.index("rename"), len(calls)
    committed = end - 1 - calls[::-1].index("commit")
    drawn = random.Random(1).sample(range(end), DRAWN)
    return [*STEPS, *sorted({moved, moved + 1, committed, committed + 1, *drawn}), end]


def check_whole(folder: Path, *, acknowledged: bool) -> int:
    """The number of releases, each whole; a bundle that no row names is whole too, or is the part that nobody sees."""
    open_ledger(ledger_place(folder))
    rows = read.releases()
    for row in rows:
        assert verify(release_place(folder) / row.file, expect_digest=row.digest, expect_key=row.key).findings == ()
    for path in release_place(folder).glob("*.leaf"):
        assert verify(path).findings == ()
    assert set(read.closed_years()) == ({2023, 2024} if rows else set())
    assert rows or not acknowledged
    if key_file(folder).exists():
        assert stat.S_IMODE(key_file(folder).stat().st_mode) == 0o600
    return len(rows)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    seen = set()
    for moment in moments(copied(tmp_path)):
        folder = copied(tmp_path / str(moment))
        before = check_whole(folder, acknowledged=killed(folder, moment))
        seen.add((before, len(list(release_place(folder).glob("*.leaf")))))

        done = released(folder)

        assert done.path.name == "lighthouse-2024-r1.leaf" and done.again == bool(before)
        assert [row.file for row in read.releases()] == sorted(
            path.name for path in release_place(folder).glob("*.leaf")
        )
        assert not list(release_place(folder).glob(".part*"))
        close_ledger()
    assert seen == {(0, 0), (0, 1), (1, 1)}, (
        "killed before the file moved, between file and commit, and after the commit"
    )
