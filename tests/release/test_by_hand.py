"""What docs/release.md tells an auditor to type gives what the report prints."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from forger import digit_changed, repacked
from lighthouse import FINGERPRINT, entries, files, whole

from leafledger.engine.bundle.seal import grouped
from leafledger.flow.verify import verify

PAGE = Path(__file__).parents[2] / "docs/release.md"
NEEDED = [tool for tool in ("unzip", "openssl", "sha256sum", "python3") if not shutil.which(tool)]
pytestmark = pytest.mark.skipif(bool(NEEDED), reason=f"needs {', '.join(NEEDED)}")


def typed(bundle: bytes, place: Path) -> subprocess.CompletedProcess[str]:
    (place / "some.leaf").write_bytes(bundle)
    (script,) = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    around = {"BUNDLE": "some.leaf", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-ec", script], cwd=place, env=around, capture_output=True, text=True, check=False
    )


def test_by_hand_one_finds_the_printed_digest_and_fingerprint(tmp_path: Path) -> None:
    done = typed(whole(), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Signature Verified Successfully" in done.stdout
    hashes = re.findall(r"^([0-9a-f]{64})  -$", done.stdout, re.M)
    assert [grouped(one) for one in hashes[:2]] == [FINGERPRINT, verify(tmp_path / "some.leaf").digest]
    assert hashes[2] == entries()["e-1"].hash and hashes[2] in done.stdout.splitlines()[-1]


def test_by_hand_one_finds_a_changed_digit(tmp_path: Path) -> None:
    name = "content/company/factors/flour.csv"
    done = typed(repacked({**files(), name: digit_changed(files()[name])}), tmp_path)
    assert done.returncode != 0 and f"{name}: FAILED" in done.stdout
