"""Every byte of a bundle is accounted for: the same content gives the same bytes, and any other byte is named."""

import hashlib
import os
import struct
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from forger import digit_changed, swapped, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from lighthouse import FOLDER, bundle, files, whole, written_to

from leafledger.core.finding import Refused
from leafledger.engine.bundle.archive import packed
from leafledger.engine.bundle.unpack import unpacked
from leafledger.flow.verify import verify

PLACE = Path(__file__).parent


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        unpacked(data)
    (finding,) = refused.value.findings
    return str(finding)


def test_the_same_files_in_another_order_are_the_same_bytes(tmp_path: Path) -> None:
    backwards = dict(reversed(FOLDER.items()))
    assert bundle(folder=written_to(tmp_path, backwards)) == whole()
    assert packed(dict(reversed(files().items()))) == whole()


@pytest.mark.parametrize("seed", ["1", "77"])
def test_another_hash_seed_and_time_zone_give_the_same_bytes(seed: str, tmp_path: Path) -> None:
    code = "import hashlib, lighthouse; print(hashlib.sha256(lighthouse.whole()).hexdigest())"
    around = {**os.environ, "PYTHONPATH": str(PLACE), "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=around, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(whole()).hexdigest()


def test_other_programs_can_unpack_it() -> None:
    with zipfile.ZipFile(BytesIO(whole())) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files()
    assert unpacked(whole()) == files()


@cache
def layout() -> list[tuple[int, int, str]]:
    """Which bytes belong to which file: its header and content, and its entry in the directory."""
    parts = []
    with zipfile.ZipFile(BytesIO(whole())) as archive:
        infos = archive.infolist()
        at = archive.start_dir
    for info in infos:
        size = len(info.filename.encode())
        parts.append((info.header_offset, info.header_offset + 30 + size + info.file_size, info.filename))
        parts.append((at, at + 46 + size, info.filename))
        at += 46 + size
    return [*parts, (at, len(whole()), "the zip")]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_changed_byte_is_named_with_the_file_it_falls_into(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(layout()))
    at = data.draw(st.integers(part[0], part[1] - 1))
    byte = data.draw(st.integers(1, 255)) ^ whole()[at]
    changed = whole()[:at] + bytes([byte]) + whole()[at + 1 :]

    assert part[2] in refusal(changed)


def test_a_digit_changed_where_it_lies_is_named_with_both_checksums(tmp_path: Path) -> None:
    name = "content/facts.json"
    changed = swapped(whole(), files(), name, digit_changed(files()[name]))
    (tmp_path / "b.leaf").write_bytes(changed)

    (finding,) = verify(tmp_path / "b.leaf").findings

    assert finding.place and finding.place.name == name
    assert "its content has the checksum" in finding.message and "the zip says" in finding.message


@pytest.mark.parametrize("length", [0, 1, 21, 22, 1000, -1, -22, -500])
def test_a_cut_bundle_is_refused(length: int) -> None:
    assert "get the bundle anew" in refusal(whole()[:length])


@pytest.mark.parametrize("added", [b"\x00", b"PK\x05\x06", b"x" * 70_000])
def test_bytes_before_or_behind_are_refused(added: bytes) -> None:
    assert "bytes" in refusal(whole() + added)
    assert "bytes" in refusal(b"PK" + added + whole())


@pytest.mark.parametrize(
    "name",
    [
        "../company.yaml", "/etc/passwd", "content/../../x", "content//x", "content\\x", "C:/x", "a" * 300, "a/" * 20 + "b",
        "content/\x00", "content/x\n", "content/x.", "content/x ", "", ".", b"content/\xff",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str | bytes) -> None:
    assert "bundle.name" in refusal(zipped((name, b"1")))


def test_two_files_of_one_name_are_refused() -> None:
    assert "two files of this name" in refusal(zipped(("a", b"1"), ("a", b"2")))
    assert "differ only in A and a" in refusal(zipped(("A", b"1"), ("a", b"2")))
    assert "one is a folder" in refusal(zipped(("a", b"1"), ("a.b", b"2"), ("a/b", b"2")))


def test_files_out_of_order_are_refused() -> None:
    assert "it stands after b" in refusal(zipped(("b", b"1"), ("a", b"2")))


def test_what_is_compressed_is_never_unpacked() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content/facts.json", b"0" * 50_000_000)
    assert "content/facts.json is compressed (method 8)" in refusal(bomb.getvalue())


def test_claims_beyond_the_file_are_refused() -> None:
    honest = zipped(("a", b"1"))
    many = honest[:-14] + struct.pack("<2H", 65535, 65535) + honest[-10:]
    assert "it claims 65,535 files" in refusal(many)
    large = honest.replace(struct.pack("<2L", 1, 1), struct.pack("<2L", 4_000_000_000, 4_000_000_000))
    assert "4,000,000,000 bytes" in refusal(large)


def test_overlapping_files_are_refused() -> None:
    twice = zipped(("a", b"1"))
    entry = twice[32:-22].replace(b"a", b"b")
    both = twice[:32].replace(b"a1", b"b1") + twice[32:-22] + entry
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(both) - 32, 32, 0)
    assert "calls the file 'a' and the header before it 'b'" in refusal(both + end)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n" * 10, b"PK" + b"\x00" * 100])
def test_another_kind_of_file_is_no_bundle(content: bytes) -> None:
    assert "bundle.zip" in refusal(content)


def test_what_cannot_stand_in_a_bundle_is_not_packed() -> None:
    for names in (["../x"], ["report/evidence/A.pdf", "report/evidence/a.pdf"]):
        with pytest.raises(Refused, match="rename"):
            packed(dict.fromkeys(names, b""))


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none.leaf"):
        with pytest.raises(Refused, match=r"name a \.leaf file"):
            verify(place)
