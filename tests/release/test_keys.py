"""The signing key is made once, is its owner's alone, and is refused with a reason where it cannot be used."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from leafledger.core.finding import Refused
from leafledger.engine.bundle.seal import fingerprint_of, grouped, pem, public_key, ungrouped
from leafledger.flow.keys import company_key, keep_key, key_file


def made(folder: Path) -> Ed25519PrivateKey:
    """The key of a company that has none yet."""
    return keep_key(folder, Ed25519PrivateKey.generate())


def fingerprint(folder: Path) -> str:
    return fingerprint_of(made(folder).public_key())


def test_it_is_kept_once_and_the_first_one_stands(tmp_path: Path) -> None:
    assert fingerprint(tmp_path) == fingerprint(tmp_path)
    path = key_file(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_asking_for_it_makes_none(tmp_path: Path) -> None:
    assert company_key(tmp_path) is None and not key_file(tmp_path).parent.exists()


def test_each_company_has_its_own(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "one") != fingerprint(tmp_path / "two")


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_refused_and_kept(content: bytes, tmp_path: Path) -> None:
    made(tmp_path)
    key_file(tmp_path).write_bytes(content)
    with pytest.raises(Refused, match="bring back your copy"):
        company_key(tmp_path)
    assert key_file(tmp_path).read_bytes() == content


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    made(tmp_path)
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file(tmp_path).write_bytes(other)
    with pytest.raises(Refused, match="not an Ed25519 key"):
        company_key(tmp_path)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    made(tmp_path)
    key_file(tmp_path).chmod(0o644)
    with pytest.raises(Refused, match="mode 644"):
        company_key(tmp_path)


def test_a_key_that_is_a_link_or_a_folder_is_refused(tmp_path: Path) -> None:
    made(tmp_path / "one")
    key_file(tmp_path / "two").parent.mkdir(parents=True)
    key_file(tmp_path / "two").symlink_to(key_file(tmp_path / "one"))
    key_file(tmp_path / "three").mkdir(parents=True)
    for folder in ("two", "three"):
        with pytest.raises(Refused, match="cannot be read or made"):
            company_key(tmp_path / folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refused, match="cannot be read or made"):
        made(tmp_path)


def test_a_refusal_never_shows_the_key(tmp_path: Path) -> None:
    made(tmp_path)
    text = key_file(tmp_path).read_bytes()
    key_file(tmp_path).write_bytes(text[:-30])
    with pytest.raises(Refused) as refused:
        company_key(tmp_path)
    assert text.split(b"\n")[1][:12].decode() not in str(refused.value)


def test_a_public_key_has_one_spelling(tmp_path: Path) -> None:
    public = made(tmp_path).public_key()
    assert pem(public_key(pem(public))) == pem(public)
    for text in (b"", b"x", pem(public).replace(b"\n", b"\r\n"), pem(public) + b"\n", pem(public).lower()):
        with pytest.raises(ValueError, match="it is not"):
            public_key(text)


def test_printed_digits_are_read_back_however_they_are_spaced() -> None:
    digits = "0123456789abcdef" * 4
    assert grouped(digits) == " ".join(["01234567", "89abcdef"] * 4)
    for text in (grouped(digits), digits.upper(), grouped(digits).replace(" ", "\n")):
        assert ungrouped(text) == digits
    for text in ("", digits[:-1], digits + "0", "g" * 64):
        with pytest.raises(ValueError, match="64 hex digits"):
            ungrouped(text)
