"""A site is put in its place in one move: a reader never meets half of it, nor none, whenever the writer is killed."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from leafledger.flow.site import write

TOUCHING = frozenset(
    {"open", "mkdir", "write", "chmod", "rename", "replace", "symlink", "unlink", "rmdir", "fsync", "close"}
)
"""Calls into C that leave a trace outside of the process."""
OLD, NEW = ({"index.html": word, "en/index.html": word * 2} for word in (b"old", b"new"))


def read(site: Path) -> dict[str, bytes]:
    """What a reader meets who opens the folder once."""
    here = site.resolve()
    return {path.relative_to(here).as_posix(): path.read_bytes() for path in here.rglob("*") if path.is_file()}


def watched(site: Path, die_at: int, die: Callable[[], object]) -> int:
    """Write the new site, and die before that call. How many calls there are."""
    calls = 0

    def on_call(frame: object, event: str, called: object) -> None:
        nonlocal calls
        if event == "c_call" and called.__name__ in TOUCHING:
            if calls == die_at:
                die()
            calls += 1

    sys.setprofile(on_call)
    write(NEW, site)
    sys.setprofile(None)
    return calls


def killed(site: Path, at: int) -> None:
    if child := os.fork():
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    else:
        watched(site, at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        os._exit(0)


def folders(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir() if path.is_dir() and not path.is_symlink()]


def test_killed_at_any_moment_it_is_the_old_site_or_the_new_one(tmp_path: Path):
    met = []
    moments = watched(write(OLD, tmp_path / "counted" / "2024"), -1, lambda: None)
    assert moments > 10
    for moment in range(moments):
        site = write(OLD, tmp_path / str(moment) / "2024")

        killed(site, moment)

        met.append(read(site))
        assert met[-1] in (OLD, NEW), moment
        assert read(write(NEW, site)) == NEW
        assert len(folders(site)) <= 2, "what a killed writer left is swept"
    assert OLD in met and NEW in met


def test_a_reader_meets_a_whole_site_at_every_moment(tmp_path: Path):
    site, done, met = write(OLD, tmp_path / "2024"), threading.Event(), []

    def reads() -> None:
        while not done.is_set():
            met.append((site / "index.html").read_bytes())

    reader = threading.Thread(target=reads)
    reader.start()
    for _ in range(20):
        write(NEW, site)
    done.set()
    reader.join()
    assert len(met) > 20 and set(met) <= {b"old", b"new"}


def test_two_writers_leave_one_site(tmp_path: Path):
    writers = [threading.Thread(target=write, args=(of, tmp_path / "2024")) for of in (OLD, NEW) * 5]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert read(tmp_path / "2024") in (OLD, NEW)
    assert len(folders(tmp_path / "2024")) <= 2


@pytest.mark.parametrize("kind", ["a folder, as it once was", "nothing"])
def test_it_takes_the_place_of_what_is_there(tmp_path: Path, kind: str):
    site = tmp_path / "2024"
    if kind != "nothing":
        site.mkdir()
        (site / "index.html").write_bytes(b"old")
    assert read(write(NEW, site)) == NEW
    assert len(folders(site)) == 1
