"""A bundle proves itself with nothing else at hand, and whoever changes one digit of it is found out."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from forger import FORGER, digit_changed, rehashed, repacked, resealed
from hypothesis import given, settings
from hypothesis import strategies as st
from lighthouse import (
    FINGERPRINT,
    FOLDER,
    Files,
    approvals,
    bundle,
    content,
    entries,
    entry,
    figures,
    files,
    whole,
    written_to,
)

from leafledger.core.finding import Refused
from leafledger.engine.bundle.content import Kept
from leafledger.engine.bundle.seal import grouped, sha256
from leafledger.flow.verified import Verified
from leafledger.flow.verify import verify

Verify = Callable[..., Verified]
PAGE, PDF = "report/en/index.html", "report/zh-Hant/lighthouse-2024-zh-Hant.pdf"
KINDS = [
    "content/approvals.jsonl", "content/entries.jsonl", "content/evidence.json", "content/facts.json", "content/release.json",
    "content/company/company.yaml", "content/company/series.csv", "content/company/metrics/bakery.yaml",
    "content/company/factors/flour.csv", "content/company/standards/house.yaml", "content/company/narrative/en/energy.md",
    "content/library/units.txt", "content/library/activities/energy.yaml", PAGE, PDF,
    "report/style.css",
]  # fmt: skip
SERIES = "content/company/series.csv"


@pytest.fixture
def verified(tmp_path: Path) -> Verify:
    def act(data: bytes, **expected: str) -> Verified:
        (tmp_path / "some.leaf").write_bytes(data)
        return verify(tmp_path / "some.leaf", **expected)

    return act


def with_digit(name: str) -> Files:
    """The bundle's files, one digit of one of them changed (or made, where it has none)."""
    was = files()[name]
    now = digit_changed(was) if any(48 <= byte <= 57 for byte in was) else was + b"7"
    return {**files(), name: now}


def test_a_whole_bundle_holds_and_says_what_is_proven(verified: Verify) -> None:
    found = verified(whole())
    assert found.findings == ()
    said = "\n".join(found.said)
    assert "lighthouse 2024, release 1, by ben" in said and "from 4 approved entries" in said
    assert "12 numbers agree with their figures; digest and key stand in 6 pages and PDFs" in said
    assert found.key_fingerprint == FINGERPRINT and f"Key fingerprint  {FINGERPRINT}" in said


def test_without_an_anchor_it_says_what_is_not_proven(verified: Verify) -> None:
    found = verified(whole())
    assert "Not proven: who released it." in "\n".join(found.said)
    anchored = verified(whole(), expect_digest=found.digest, expect_key=found.key_fingerprint.upper().replace(" ", ""))
    assert "Not proven" not in "\n".join(anchored.said) and "The key is the one you gave" in "\n".join(anchored.said)


def test_it_needs_neither_database_nor_company_folder_nor_django(tmp_path: Path) -> None:
    (tmp_path / "b.leaf").write_bytes(whole())
    code = (
        "import sys; from pathlib import Path; from leafledger.flow.verify import verify; v = verify(Path('b.leaf')); "
    )
    code += "print(len(v.findings), any(m.split('.')[0] == 'django' or m.startswith(('leafledger.base', 'leafledger.ledger')) for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "False"]


@pytest.mark.parametrize("name", [*KINDS, "manifest.json", "manifest.sig", "public_key.pem"])
def test_a_changed_digit_is_named(name: str, verified: Verify) -> None:
    first = verified(repacked(with_digit(name))).findings[0]
    loose = {"manifest.json": "manifest", "manifest.sig": "manifest.sig", "public_key.pem": "key"}
    assert loose.get(name, name) in str(first)
    if name in KINDS:
        assert "and the manifest says" in first.message


@pytest.mark.parametrize("name", KINDS)
def test_a_changed_digit_is_found_when_the_manifest_was_made_to_fit(name: str, verified: Verify) -> None:
    findings = verified(rehashed(with_digit(name))).findings
    assert findings[0].rule == "bundle.signature" and "changed after signing" in findings[0].message


@pytest.mark.parametrize("name", KINDS)
def test_a_changed_digit_is_found_when_another_key_signed(name: str, verified: Verify) -> None:
    findings = verified(rehashed(with_digit(name), FORGER)).findings
    assert findings, "the forger's fingerprint stands in no page"


@pytest.mark.parametrize("name", KINDS)
def test_not_even_who_prints_new_seals_everywhere_gets_past_the_printed_key_or_digest(
    name: str, verified: Verify
) -> None:
    forged = resealed(with_digit(name))
    assert verified(forged, expect_key=FINGERPRINT).findings[0].rule == "bundle.key"
    if name.startswith("content/"):
        digest = verified(whole()).digest
        assert "bundle.digest" in {finding.rule for finding in verified(forged, expect_digest=digest).findings}


@pytest.mark.parametrize(
    ("name", "was", "now", "says"),
    [
        ("content/entries.jsonl", b'"1234.5"', b'"1234.6"', "it was changed after it was approved"),
        ("content/approvals.jsonl", b'"hash":"', b'"hash":"0', "ben approved an entry with the hash 0"),
        ("content/company/factors/flour.csv", b"0.45", b"0.46", "its own entries, factors and formulas give"),
        ("content/company/metrics/bakery.yaml", b"energy.electricity /", b"2 * energy.electricity /", "its formula is"),
        (
            "content/company/series.csv",
            b"bakery.loaves,shop,grain=rye\n",
            b"",
            "its own entries, factors and formulas give",
        ),
        ("content/release.json", b'"year":2024', b'"year":2023', "its year is 2023 and the manifest says 2024"),
        (
            "report/en/index.html",
            b">7.89<",
            b">7.88<",
            "it prints 7.88 for bakery.energy_density@2024, and the figure is 7.89",
        ),
        ("report/en/index.html", b">1,234.5<", b">12,34.5<", "it prints 12,34.5 for energy.electricity@2024"),
        ("report/en/index.html", b">1,234.5<", b">1,234.5 and 1<", "it prints 1,234.5 and 1 for"),
    ],
)
def test_what_does_not_follow_from_its_records_is_named_whoever_signed_it(
    name: str, was: bytes, now: bytes, says: str, verified: Verify
) -> None:
    assert was in files()[name]
    (finding,) = verified(resealed({**files(), name: files()[name].replace(was, now, 1)})).findings
    assert says in finding.message and finding.place


def test_a_forged_figure_is_named_with_both_values(verified: Verify) -> None:
    said = json.loads(files()["content/facts.json"])
    said["energy.electricity@2024"]["value"] = "1234.6"
    forged = {
        **files(),
        "content/facts.json": (
            json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
        ).encode(),
    }

    (finding,) = verified(resealed(forged)).findings

    assert str(finding.place) == "content/facts.json energy.electricity@2024"
    assert "its value is 1234.6 in the bundle" in finding.message and "give 1234.5" in finding.message


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_changed_byte_is_found_however_it_was_hashed_and_signed(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(set(files()) - {"manifest.json", "manifest.sig", "public_key.pem"})))
    at = data.draw(st.integers(0, len(files()[name]) - 1))
    byte = bytes([files()[name][at] ^ data.draw(st.integers(1, 255))])
    changed = {**files(), name: files()[name][:at] + byte + files()[name][at + 1 :]}
    forge = data.draw(st.sampled_from([repacked, rehashed, resealed]))
    with NamedTemporaryFile(suffix=".leaf") as file:
        file.write(forge(changed))
        file.flush()
        assert verify(Path(file.name), expect_key=FINGERPRINT).findings


def test_swapped_dropped_and_added_files_are_named(verified: Verify) -> None:
    one, two = "report/en/index.html", "report/style.css"
    swapped = {**files(), one: files()[two], two: files()[one]}
    assert one in str(verified(repacked(swapped)).findings[0])

    dropped = {name: content for name, content in files().items() if name != SERIES}
    assert "the manifest lists the file and it is not in the bundle" in verified(repacked(dropped)).findings[0].message

    added = {**files(), "content/company/narrative/en/more.md": b"More."}
    assert "does not list it" in verified(repacked(added)).findings[0].message


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "public_key.pem"])
def test_without_manifest_signature_or_key_nothing_is_verified(name: str, verified: Verify) -> None:
    (finding,) = verified(repacked({n: c for n, c in files().items() if n != name})).findings
    assert str(finding.place) == name and "missing" in finding.message


@pytest.mark.parametrize(
    "name",
    [SERIES, "content/entries.jsonl", "content/approvals.jsonl", "content/facts.json", "content/evidence.json", "content/release.json",
     "content/company/company.yaml", "content/library/units.txt", "content/library/activities/energy.yaml", PAGE, PDF],
)  # fmt: skip
def test_a_file_that_is_left_out_by_whoever_signed_is_missed(name: str, verified: Verify) -> None:
    assert verified(resealed({n: c for n, c in files().items() if n != name})).findings


def test_a_file_that_no_release_has_is_named_whoever_signed_it(verified: Verify) -> None:
    (finding,) = verified(resealed({**files(), "content/notes.txt": b"1"})).findings
    assert str(finding.place) == "content/notes.txt"


@pytest.mark.parametrize(
    "bad", [b"", b"{}", b"[1]", b"null", b"{" * 100_000, b"\xff\xfe", b'{"a":1e999}', b"[" + b"1" * 5000 + b"]"]
)
@pytest.mark.parametrize(
    "name",
    ["manifest.json", "content/facts.json", "content/entries.jsonl", "content/release.json", "content/evidence.json"],
)
def test_nonsense_in_place_of_data_is_a_finding(name: str, bad: bytes, verified: Verify) -> None:
    forge = repacked if name == "manifest.json" else resealed
    assert verified(forge({**files(), name: bad})).findings


@pytest.mark.parametrize(
    "line",
    [
        "@import /etc/hostname",
        "x = 9 ** 9 ** 9",
        "x = 1e999999999",
        "x = y",
        "x = x",
        "MWh = 3600 * t / 0",
        "MWh = nothing * J",
    ],
)
def test_units_that_cannot_be_are_a_finding(line: str, verified: Verify) -> None:
    units = files()["content/library/units.txt"] + f"{line}\n".encode()
    (finding,) = verified(resealed({**files(), "content/library/units.txt": units})).findings
    assert "units.txt" in str(finding.place) or "definitions" in finding.rule


def test_what_is_expected_must_be_a_digest() -> None:
    with pytest.raises(Refused, match="is not 64 hex digits"):
        verify(Path("any.leaf"), expect_digest="3de53723 b0c80651")


def test_an_entry_that_nobody_or_only_its_recorder_approved_does_not_count(verified: Verify) -> None:
    one = content()
    unapproved = {id: approval for id, approval in one.approvals.items() if id != "e-2"}
    assert "nobody approved this entry" in verified(bundle(replace(one, approvals=unapproved))).findings[0].message

    own = {**one.approvals, "e-2": replace(one.approvals["e-2"], by="ada")}
    assert "nobody approves their own" in verified(bundle(replace(one, approvals=own))).findings[0].message


def test_a_company_of_one_may_approve_its_own_if_it_says_so(verified: Verify, tmp_path: Path) -> None:
    text = {**FOLDER, "company.yaml": FOLDER["company.yaml"] + "self_reviewed: true\n"}
    alone = written_to(tmp_path / "alone", text)
    own = {id: replace(approval, by="ada", own=True) for id, approval in content().approvals.items()}
    of = replace(content(), approvals=own, facts=figures(entries(), alone))
    assert verified(bundle(of, folder=alone)).findings == ()

    unsaid = replace(of, approvals={id: replace(approval, own=False) for id, approval in own.items()})
    not_of_one = replace(of, facts=content().facts)
    for data in (bundle(unsaid, folder=alone), bundle(not_of_one)):
        assert "nobody approves their own" in verified(data).findings[0].message


def test_an_entry_that_was_replaced_does_not_count(verified: Verify) -> None:
    more = {**entries(), "e-5": entry("e-5", "energy.electricity", "1300", "MWh", replaces="e-1")}
    of = replace(content(), entries=more, approvals=approvals(more))
    assert "another entry replaces it" in verified(bundle(of)).findings[0].message


def test_a_figure_stands_only_as_a_release_before_has_it_and_that_one_is_named(verified: Verify) -> None:
    before = figures({**entries(), "e-4": replace(entries()["e-4"], tolerance=entries()["e-4"].value)})
    key, earlier = "energy.electricity@2023", "ab" * 32
    closed = {**content().facts, key: before[key]}

    def with_kept(**said: str) -> Verified:
        return verified(bundle(replace(content(), facts=closed, kept={key: Kept(**said)} if said else {})))

    assert key in str(with_kept().findings[0].place)
    assert (
        "no earlier release is named that has it"
        in with_kept(now=content().facts[key].id, release="").findings[0].message
    )
    assert "the entries now give" in with_kept(now="0" * 16, release=earlier).findings[0].message
    told = with_kept(now=content().facts[key].id, release=earlier)
    assert not told.findings
    assert f"the release with the digest {grouped(earlier)}: {key}" in "\n".join(told.said)
    assert "Not proven by this bundle: 1 figures" in "\n".join(told.said)


def test_evidence_in_the_bundle_is_what_was_approved(verified: Verify) -> None:
    bill = b"%PDF the bill"
    of = replace(content(), evidence={"bill.pdf": sha256(bill)})
    place = f"evidence/{sha256(bill)}/bill.pdf"

    assert "Evidence: 1 files are what the entries name." in verified(bundle(of, evidence={place: bill})).said
    (finding,) = verified(bundle(of, evidence={place: b"another bill"})).findings
    assert "it is not the evidence that was approved" in finding.message


def test_evidence_that_an_entry_names_has_its_hash_in_the_bundle(verified: Verify) -> None:
    (finding,) = verified(bundle(replace(content(), evidence={}))).findings
    assert "bill.pdf" in finding.message
