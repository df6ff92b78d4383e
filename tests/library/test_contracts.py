"""What contracts.csv may say, and what keeps a row from being a contract."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from leafledger.core.finding import Finding
from leafledger.library.contracts import read_contracts, serial_ranges

HEAD = "id,kind,title,market,vintage_from,vintage_to,quantity,unit,rate,rate_unit,renewable,serials,use_from,use_to"
PLAIN = {
    "id": "gec", "kind": "certificate", "title": "Green certificates", "market": "CN",
    "vintage_from": "2024-01-01", "vintage_to": "2024-12-31", "quantity": "400",
}  # fmt: skip


def read(folder: Path, *rows: dict[str, str]) -> tuple[tuple, list[str]]:  # type: ignore[type-arg]
    lines = [",".join(row.get(column, "") for column in HEAD.split(",")) for row in rows]
    (folder / "contracts.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    findings: list[Finding] = []
    return read_contracts(folder, findings), [one.message for one in findings]


def test_a_certificate_emits_nothing_and_is_renewable_unless_it_says_otherwise(tmp_path: Path) -> None:
    (one,), findings = read(tmp_path, PLAIN)
    assert not findings
    assert (one.quantity, one.unit, one.rate, one.renewable) == (Decimal(400), "MWh", 0, True)
    assert (one.vintage_from, one.use_from) == (date(2024, 1, 1), None)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"rate": "-0.3"}, "rate is -0.3, and electricity takes nothing out of the air"),
        ({"quantity": "-5"}, "quantity is -5, and a contract is for more than nothing"),
        ({"quantity": "0"}, "quantity is 0, and a contract is for more than nothing"),
        ({"quantity": ""}, "a certificate is for a quantity of energy; fill in quantity"),
        ({"kind": "supplier_rate"}, "a supplier's rate is what it emits per kilowatt hour; fill in rate"),
        ({"kind": "promise"}, "kind is 'promise'; it may be certificate, ppa, green_tariff, supplier_rate"),
        ({"id": "a b"}, "'a b' cannot be written in labels"),
        ({"unit": "t"}, "t"),
        ({"renewable": "perhaps"}, "renewable is 'perhaps'; it may be yes, no or empty"),
        ({"vintage_to": "2023-12-31"}, "vintage_to is 2023-12-31, before vintage_from (2024-01-01)"),
        ({"serials": "GEC-9 - GEC-1"}, "the serials GEC-9 to GEC-1 run backwards"),
    ],
)
def test_what_cannot_be_a_contract_is_said_with_the_way_out(tmp_path: Path, said: dict[str, str], problem: str) -> None:
    contracts, findings = read(tmp_path, {**PLAIN, **said})
    assert not contracts
    assert len(findings) == 1 and problem in findings[0]


def test_each_contract_has_one_row(tmp_path: Path) -> None:
    _, findings = read(tmp_path, PLAIN, PLAIN)
    assert findings == ["the contract gec is already given at contracts.csv:2; each contract has one row"]


def test_serials_are_stretches_or_single_ones() -> None:
    assert list(serial_ranges("GEC-001 - GEC-400; GEC-900")) == [("GEC-", 1, 400), ("GEC-", 900, 900)]
