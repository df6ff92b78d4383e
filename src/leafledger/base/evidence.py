"""Keeps files of evidence under the hash of what they hold, so that nothing else can take their place."""

import hashlib
import mimetypes
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from leafledger.base.archives import Unfit, look_into
from leafledger.base.disk import sync
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


def altered(of: Mapping[str, str]) -> Iterator[Finding]:
    """Each file, of these names and hashes, that is not there any more or not what was given."""
    for name, sha256 in sorted(of.items()):
        try:
            with kept(sha256).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            same = False
        if not same:
            yield _altered(name, sha256)


def read_kept(of: Mapping[str, str]) -> dict[str, bytes]:
    """What the files of these names and hashes hold. Refused with each one that is gone or not what was given."""
    found: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, sha256 in sorted(of.items()):
        try:
            content = kept(sha256).read_bytes()
        except OSError:
            content = b""  # no file of evidence is empty
        if hashlib.sha256(content).hexdigest() == sha256:
            found[name] = content
        else:
            findings.append(_altered(name, sha256))
    if findings:
        raise Refused(findings)
    return found


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
        sync(folder)


def _finding(template: str, name: str, **values: object) -> Finding:
    return Finding(rule="ledger.evidence", template=template, values=values, place=Place(name=name[:100]))


def _altered(name: str, sha256: str) -> Finding:
    template = "this file of evidence is missing or changed; put the file that was given back to {place}"
    place = Place(name=f"evidence {name}")
    return Finding(
        rule="ledger.altered",
        template=template,
        values={"place": f".leaf/evidence/{sha256[:2]}/{sha256}"},
        place=place,
    )
