"""Puts the pages of a report in their place in one move: who reads meets the old ones or the new ones, whenever we are killed."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from leafledger.base.disk import sync


def write(files: Mapping[str, bytes], to: Path) -> Path:
    """Write the pages into a folder of their own, and then let the link `to` lead there.

    The folder that it led to before stays until the next time, for readers who are still in it; what is older, or was left by
    a process that was killed, is swept.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    with _alone(to):
        before = to.resolve().name if to.is_symlink() else ""
        _sweep(to, {before})
        here = _folder(files, to)
        if to.is_dir() and not to.is_symlink():  # as versions before the link wrote it
            to.rename(here.with_name(f"{here.name}-old"))
        link = here.with_name(f"{here.name}-link")
        link.symlink_to(here.name)
        link.replace(to)
        sync(to.parent)
        _sweep(to, {before, here.name})
    return to


def _folder(files: Mapping[str, bytes], to: Path) -> Path:
    here = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    for path, content in files.items():
        file = here / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    here.chmod(0o755)
    return here


def _sweep(to: Path, stay: set[str]) -> None:
    for left in to.parent.glob(f".{to.name}-*"):
        if left.is_symlink():
            left.unlink()
        elif left.name not in stay:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    """One writer at a time, since sweeping would take away what another is writing; the lock goes with the process."""
    with (to.parent / f".{to.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
