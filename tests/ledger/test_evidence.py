"""Evidence: files are kept under the hash of what they hold, and what could harm or mislead is refused before it is kept."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import struct
import zipfile

import pytest
from django.db import transaction
from ledger_cases import COMPANY, NOON, approve, entry, record, refused

from leafledger.base import archives, evidence
from leafledger.base.models import Evidence
from leafledger.ledger import read, verbs

ZEROS = b"\0" * 1_000_000


def attach(file, *ids):
    return verbs.attach(ids or ["a"], file, by="rui", at=NOON, company=COMPANY)


def everything(place):
    return sorted(path.name for path in (place / "evidence").rglob("*") if path.is_file())


@pytest.fixture
def file(tmp_path):
    """Makes a file: what it holds, and its name."""

    def make(content: bytes, name: str = "bill.pdf"):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return make


def test_a_file_is_kept_under_its_hash(ledger, file):
    bill = file(b"12.50 MWh")
    record(entry("a", evidence=("bill.pdf",)), evidence=bill.parent)
    sha256 = hashlib.sha256(b"12.50 MWh").hexdigest()
    kept = ledger / "evidence" / sha256[:2] / sha256
    assert kept.read_bytes() == b"12.50 MWh"
    assert kept == evidence.kept(sha256)
    assert read.evidence_hashes() == {"bill.pdf": sha256}
    assert everything(ledger) == [sha256]
    row = Evidence.objects.get()
    assert (row.size, row.media_type, row.by, row.at) == (9, "application/pdf", "rui", NOON)


def test_an_entry_may_name_what_is_kept_already(sqlite_ledger, file):
    record(entry("a", evidence=("bill.pdf",)), evidence=[file(b"x")])
    record(entry("b", evidence=("bill.pdf",)))
    with refused("evidence/ghost.pdf", "neither in evidence/ nor kept"):
        record(entry("c", evidence=("ghost.pdf", "bill.pdf")), evidence=file(b"x").parent)
    assert [e.id for e in read.all_entries()] == ["a", "b"]


def test_a_name_always_means_the_same_file(ledger, file):
    record(entry("a", evidence=("bill.pdf",)), evidence=[file(b"first")])
    for content in (b"second", b"first"):
        bill = file(content)
        if content == b"first":
            record(entry("b", evidence=("bill.pdf",)), evidence=[bill])
        else:
            with refused("bill.pdf", "another content is kept already", "its own name"):
                record(entry("b", evidence=("bill.pdf",)), evidence=[bill])
    assert everything(ledger) == [hashlib.sha256(b"first").hexdigest()]


def test_one_content_under_two_names_is_one_file(ledger, file):
    record(entry("a"))
    attach(file(b"same", "one.txt"))
    attach(file(b"same", "two.txt"))
    assert len(everything(ledger)) == 1
    assert read.attachments() == {"a": ("one.txt", "two.txt")}


def test_attaching_changes_nothing_that_was_approved(ledger, file):
    record(entry("a"), entry("b"))
    approve()
    before = read.entries_in_force()
    attach(file(b"x"), "a", "b")
    attach(file(b"x"), "a")
    assert read.entries_in_force() == before
    assert read.attachments() == {"a": ("bill.pdf",), "b": ("bill.pdf",)}


def test_nothing_is_attached_to_nothing(ledger, file):
    with refused("entry ghost", "no entry of this id"):
        attach(file(b"x"), "ghost")
    with refused("pat may not attach evidence"):
        verbs.attach(["a"], file(b"x"), by="pat", at=NOON, company=COMPANY)
    assert (everything(ledger), read.evidence_hashes()) == ([], {})


def test_a_refusal_leaves_no_file_behind(ledger, file):
    record(entry("a"))
    good, bad = file(b"good", "good.txt"), file(b"", "empty.txt")
    with refused("empty.txt", "0 bytes"):
        record(entry("b", evidence=("good.txt", "empty.txt")), evidence=[good, bad])
    assert (everything(ledger), read.evidence_hashes()) == ([], {})


def test_the_file_is_in_its_place_before_the_database_commits(ledger, file):
    record(entry("a"))
    with transaction.atomic():
        kept = attach(file(b"x"))
        assert evidence.kept(kept.sha256).read_bytes() == b"x"


def test_what_a_killed_process_left_is_swept(ledger, file):
    (ledger / "evidence" / "part-left").write_bytes(b"half")
    record(entry("a"))
    attach(file(b"x"))
    assert everything(ledger) == [hashlib.sha256(b"x").hexdigest()]


@pytest.mark.parametrize("name", ["a:b.txt", ".hidden", "tab\t.txt", "長" * 70 + ".txt"])
def test_names_that_some_system_cannot_hold(sqlite_ledger, file, name):
    record(entry("a"))
    with refused("its name"):
        attach(file(b"x", name))


def test_links_pipes_and_folders_are_not_files(sqlite_ledger, file, tmp_path):
    record(entry("a"))
    (tmp_path / "link.txt").symlink_to(file(b"a stranger's secret"))
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name in ("link.txt", "pipe.txt", "folder.txt", "ghost.txt"):
        with refused(name, "this cannot be evidence"):
            attach(tmp_path / name)
    assert everything(sqlite_ledger) == []


def test_a_file_that_is_too_large(sqlite_ledger, file, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 1_000_000)
    record(entry("a"))
    attach(file(ZEROS, "fits.bin"))
    with refused("larger than 1 MB"):
        attach(file(ZEROS + b"\0", "large.bin"))


def zipped(members, **more) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """The same zip, that says of every member that it is `size` bytes long."""
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(signature)
        while at >= 0:
            data = data[: at + offset] + struct.pack("<I", size) + data[at + offset + 4 :]
            at = data.find(signature, at + 4)
    return data


def shortened(data: bytes) -> bytes:
    """The same zip, that says that its member ends after ten packed bytes."""
    at = data.find(b"PK\x01\x02") + 20
    return data[:at] + struct.pack("<I", 10) + data[at + 4 :]


BOMB = zipped([(f"{n}.txt", ZEROS) for n in range(4)])
BOMBS = {
    "by what it declares": (BOMB, "larger than 3 MB"),
    "that says it is small": (lying(BOMB, 10), "not as large as it says"),
    "that says it is small, in one member": (lying(zipped([("a", ZEROS * 4)]), 10), "larger than 3 MB"),
    "whose end is not where it says": (shortened(zipped([("a", ZEROS * 4)])), "larger than 3 MB"),
    "in one member": (zipped([("a.txt", ZEROS * 4)]), "larger than 3 MB"),
    "of many members": (zipped([(f"{n}", b"") for n in range(60)]), "more than 50 files"),
    "of gzip": (gzip.compress(ZEROS * 4), "larger than 3 MB"),
    "of gzip, in several streams": (gzip.compress(ZEROS) * 4, "larger than 3 MB"),
    "of bzip2": (bz2.compress(ZEROS * 4), "larger than 3 MB"),
    "of xz": (lzma.compress(ZEROS * 4), "larger than 3 MB"),
    "behind a picture": (b"\x89PNG" + BOMB, "larger than 3 MB"),
}
with io.BytesIO() as out:
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner.zip", BOMB)
    FOLDED = out.getvalue()
FINE = {
    "zip": zipped([(f"{n}.txt", ZEROS) for n in range(2)]),
    "gzip": gzip.compress(ZEROS) * 2 + b"\0" * 10,
    "bzip2": bz2.compress(ZEROS) * 2,
    "xz": lzma.compress(ZEROS) * 2,
    "empty zip": zipped([]),
    "zip with a picture before it": b"\x89PNG" + zipped([("a.txt", b"fine")]),
    "zip that is only stored": FOLDED,
}
UNFIT = {
    "damaged zip": (b"PK\x03\x04" + b"x" * 100, "damaged archive"),
    "cut gzip": (gzip.compress(os.urandom(5000))[:-2000], "damaged archive"),
    "damaged gzip": (b"\x1f\x8b" + b"x" * 100, "damaged archive"),
    "damaged bzip2": (b"BZh9" + b"x" * 100, "damaged archive"),
    "damaged xz": (b"\xfd7zXZ\x00" + b"x" * 100, "damaged archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"x" * 100, "7z archives cannot be looked into"),
    "RAR": (b"Rar!\x1a\x07\x01\x00" + b"x" * 100, "RAR archives cannot be looked into"),
    "locked": (
        zipped([("a", b"x" * 50)]).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        "password",
    ),
}


@pytest.fixture
def bounds(monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 3_000_000)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 50)


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_and_nothing_is_kept(sqlite_ledger, file, bounds, kind):
    content, said = BOMBS[kind]
    assert len(content) < 20_000
    record(entry("a"))
    with refused("packed.zip", said):
        attach(file(content, "packed.zip"))
    assert everything(sqlite_ledger) == []


@pytest.mark.parametrize("kind", UNFIT)
def test_an_archive_that_cannot_be_looked_into(sqlite_ledger, file, bounds, kind):
    content, said = UNFIT[kind]
    record(entry("a"))
    with refused(said):
        attach(file(content, "packed.zip"))
    assert everything(sqlite_ledger) == []


@pytest.mark.parametrize("kind", FINE)
def test_an_honest_archive_is_kept(sqlite_ledger, file, bounds, kind):
    record(entry("a"))
    attach(file(FINE[kind], "packed.bin"))
    assert everything(sqlite_ledger) == [hashlib.sha256(FINE[kind]).hexdigest()]


def test_the_evidence_of_entries_is_what_they_name_and_what_was_attached(ledger, file):
    record(entry("a", evidence=("bill.pdf",)), entry("b"), evidence=[file(b"a bill")])
    attach(file(b"by mistake", "secret.txt"), "b")
    attach(file(b"a photo", "photo.jpg"), "a")
    attached, hashes = read.evidence_of([e for e in read.all_entries() if e.id == "a"])
    assert attached == {"a": ("photo.jpg",)}
    assert set(hashes) == {"bill.pdf", "photo.jpg"}
