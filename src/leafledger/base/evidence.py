"""Keeps files of evidence under the hash of what they hold, so that nothing else can take their place."""

import hashlib
import mimetypes
import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from leafledger.base.archives import Unfit, look_into
from leafledger.core.finding import Finding, Place, Refused

MOST_BYTES = 100_000_000
_PART = "part-"
# Python's own table only: what the machine thinks of file names must not decide.
_TYPES = mimetypes.MimeTypes(filenames=())
_place: list[Path] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file that was read and found fit, beside its place. `known`: a file of that name and content is kept already."""

    name: str
    sha256: str
    size: int
    media_type: str
    part: Path
    known: bool


def keep_at(folder: Path) -> None:
    """Where the open ledger has its evidence."""
    _place[:] = [folder]


def kept(sha256: str) -> Path:
    """Where the file of that hash is, or will be."""
    return _place[0] / sha256[:2] / sha256


def stage(files: Iterable[Path]) -> list[Staged]:
    """Copy files beside their places, each hashed and looked into. Refused with every one that is unfit, and nothing is left.

    To be called while writing (one at a time): what an earlier process left when it was killed is swept first.
    """
    for left in _place[0].glob(f"{_PART}*"):
        left.unlink(missing_ok=True)
    staged: list[Staged] = []
    findings: list[Finding] = []
    for file in files:
        try:
            staged.append(_stage(file))
        except Unfit as problem:
            template = "this cannot be evidence: {problem}"
            findings.append(_finding(template, file.name, problem=problem))
    findings += _other_content(staged)
    if findings:
        drop(staged)
        raise Refused(findings)
    return staged


def keep(staged: Iterable[Staged], *, by: str, at: datetime) -> None:
    """Move files to their places and say so in the database, which commits after the files are safe."""
    from leafledger.base.models import Evidence

    staged = list(staged)
    for one in staged:
        _settle(one)
    Evidence.objects.bulk_create(
        Evidence(name=one.name, sha256=one.sha256, size=one.size, media_type=one.media_type, by=by, at=at)
        for one in staged
        if not one.known
    )


def drop(staged: Iterable[Staged]) -> None:
    for one in staged:
        one.part.unlink(missing_ok=True)


def names_kept(names: Iterable[str]) -> dict[str, str]:
    """Which of the names are kept, with their hashes."""
    from leafledger.base.models import Evidence

    return dict(Evidence.objects.filter(name__in=list(names)).values_list("name", "sha256"))


def fit_name(name: str) -> bool:
    """Is it the plain name of a file: no folder, nothing hidden, nothing that a shell, a page or a disk would take amiss?"""
    return 0 < len(name.encode()) <= 200 and name.isprintable() and not set(name) & set('/\\:*?"<>|') and name[0] != "."


def _stage(file: Path) -> Staged:
    if not fit_name(file.name):
        raise Unfit(
            "its name is longer than 200 bytes, begins with a dot, or has a character that not every system allows; rename it"
        )
    handle, name = tempfile.mkstemp(prefix=_PART, dir=_place[0])
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, _regular(file) as source:
            sha256, size = _copied(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        look_into(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    media_type = _TYPES.guess_type(file.name)[0] or "application/octet-stream"
    known = names_kept([file.name]).get(file.name) == sha256
    return Staged(name=file.name, sha256=sha256, size=size, media_type=media_type, part=part, known=known)


def _regular(file: Path) -> BinaryIO:
    """Open a file that is one: a link could show a stranger's secret, a pipe could keep us waiting."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Unfit(
            f"it cannot be opened ({error.strerror}); it has to be a file that you may read, not a link"
        ) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Unfit("it is not a file; give the file itself")
    return os.fdopen(handle, "rb")


def _copied(source: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(1 << 20):
        size += len(piece)
        if size > MOST_BYTES:
            raise Unfit(f"it is larger than {MOST_BYTES // 1_000_000} MB; give the pages that matter")
        digest.update(piece)
        copy.write(piece)
    if not size:
        raise Unfit("it is empty (0 bytes); save it again where it comes from")
    return digest.hexdigest(), size


def _other_content(staged: list[Staged]) -> Iterable[Finding]:
    """Names that stand for another content already: an entry that names one must always mean the same file."""
    seen = names_kept(one.name for one in staged)
    for one in staged:
        if seen.setdefault(one.name, one.sha256) != one.sha256:
            template = "a file of this name and another content is kept already, and entries rest on it; give the new one its own name"
            yield _finding(template, one.name)


def _settle(one: Staged) -> None:
    place = kept(one.sha256)
    place.parent.mkdir(exist_ok=True)
    one.part.replace(place)
    for folder in (place.parent, place.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    """Make a rename survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _finding(template: str, name: str, **values: object) -> Finding:
    return Finding(rule="ledger.evidence", template=template, values=values, place=Place(name=name[:100]))
