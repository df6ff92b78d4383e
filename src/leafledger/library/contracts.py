"""Reads contracts for electricity from `contracts.csv`, and makes of them what formulas need: a dimension, and factors."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast, get_args

from leafledger.core.definition import Dimension, Factor
from leafledger.core.finding import Finding, Place
from leafledger.core.org import Contract
from leafledger.core.period import parse_date
from leafledger.core.quantity import parse_decimal
from leafledger.core.text import LANGUAGES, Text
from leafledger.library.strict_csv import Row, convert, read_rows
from leafledger.library.units import factor_between

NAME, DIMENSION = "contracts.csv", "contract"
RATE, RENEWABLE = "contract_rate", "contract_renewable"
RATE_UNIT, ENERGY = "kgCO2e/kWh", "MWh"
Kind = Literal["certificate", "ppa", "green_tariff", "supplier_rate"]
KINDS: tuple[str, ...] = get_args(Kind)
"""In the order of the waterfall."""
TITLES = {
    "certificate": "certificate",
    "ppa": "power purchase agreement",
    "green_tariff": "green tariff",
    "supplier_rate": "supplier's rate",
}
NEEDED = ("id", "kind", "title", "market", "vintage_from", "vintage_to")
COLUMNS = (
    *NEEDED, "scheme", "use_from", "use_to", "quantity", "unit", "rate", "rate_unit", "renewable", "serials", "claimed_by",
    "retired", "note",
)  # fmt: skip
_SERIALS = re.compile(r"(.*?)(\d{1,30})(?:\s*-\s*(.*?)(\d{1,30}))?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")


def read_contracts(folder: Path, findings: list[Finding]) -> tuple[Contract, ...]:
    """The contracts of a company folder; none where it has no such file."""
    path = folder / NAME
    rows = read_rows(path, NAME, COLUMNS, findings, NEEDED) if path.exists() else []
    made = convert(rows, _contract, findings)
    first: dict[str, Place] = {}
    for one in made:
        if one.id in first:
            template = "the contract {id} is already given at {first}; each contract has one row"
            findings.append(_at(one.place, template, id=one.id, first=first[one.id]))
        first.setdefault(one.id, one.place)
    return tuple(made)


def dimension_of(contracts: Iterable[Contract]) -> Dimension:
    """What can be allocated: each contract is a member of `contract`."""
    title: Text = {"zh-Hant": "電力合約", "zh-Hans": "电力合约", "en": "Contract for electricity"}
    members: dict[str, Text] = {one.id: dict.fromkeys(LANGUAGES, one.title) for one in contracts}
    return Dimension(id=DIMENSION, title=title, members=members)


def factors_of(contracts: Iterable[Contract]) -> Iterator[Factor]:
    """Of each contract its rate, and whether it is renewable, as factors that receipts can show."""
    for one in contracts:
        renewable = Decimal(100 if one.renewable else 0)
        yield _factor(one, RATE, one.rate, one.rate_unit)
        yield _factor(one, RENEWABLE, renewable, "percent")


def serial_ranges(serials: str) -> Iterator[tuple[str, int, int]]:
    """`GEC-001 - GEC-400; GEC-900` as a prefix with the first and the last number of each stretch. ValueError otherwise."""
    for text in filter(None, (part.strip() for part in serials.split(";"))):
        match = _SERIALS.fullmatch(text)
        if match is None or (match[4] and match[3] and match[3] != match[1]):
            raise ValueError(f"{text[:40]!r} is not a serial or a stretch of them, such as GEC-001 - GEC-400")
        yield match[1], int(match[2]), int(match[4] or match[2])


def _contract(row: Row, place: Place) -> Contract:
    for column in NEEDED:
        if not row[column]:
            raise ValueError(f"the column {column} is empty")
    if row["kind"] not in KINDS:
        raise ValueError(f"kind is {row['kind'][:40]!r}; it may be {', '.join(KINDS)}")
    if not _ID.fullmatch(row["id"]):
        raise ValueError(
            f"{row['id'][:40]!r} cannot be written in labels such as contract=GEC-2024; use letters, digits and _ . + -"
        )
    vintage, use = _days(row, "vintage"), _days(row, "use")
    assert vintage[0] and vintage[1]
    quantity = parse_decimal(row["quantity"]) if row.get("quantity") else None
    if quantity is None and row["kind"] == "certificate":
        raise ValueError("a certificate is for a quantity of energy; fill in quantity")
    if quantity is not None and quantity <= 0:
        raise ValueError(
            f"quantity is {quantity}, and a contract is for more than nothing; state the energy that it covers"
        )
    unit, rate_unit = row.get("unit") or ENERGY, row.get("rate_unit") or RATE_UNIT
    factor_between(unit, ENERGY)
    factor_between(rate_unit, RATE_UNIT)
    for prefix, first, last in serial_ranges(row.get("serials", "")):
        if last < first:
            raise ValueError(f"the serials {prefix}{first} to {prefix}{last} run backwards; turn them round")
    return Contract(
        id=row["id"],
        kind=cast(Kind, row["kind"]),
        title=row["title"],
        scheme=row.get("scheme", ""),
        market=row["market"],
        vintage_from=vintage[0],
        vintage_to=vintage[1],
        use_from=use[0],
        use_to=use[1],
        quantity=quantity,
        unit=unit,
        rate=_rate(row),
        rate_unit=rate_unit,
        renewable=_yes(row, row["kind"] != "supplier_rate"),
        serials=row.get("serials", ""),
        claimed_by=row.get("claimed_by", ""),
        retired=parse_date(row["retired"]) if row.get("retired") else None,
        note=row.get("note", ""),
        place=place,
    )


def _days(row: Row, what: str) -> tuple[date | None, date | None]:
    start, end = (parse_date(row[column]) if row.get(column) else None for column in (f"{what}_from", f"{what}_to"))
    if start and end and end < start:
        raise ValueError(f"{what}_to is {end}, before {what}_from ({start}); turn the two days round")
    return start, end


def _rate(row: Row) -> Decimal:
    """Nothing is emitted by what a certificate is for, unless it says otherwise; a supplier's rate has to be stated."""
    if row.get("rate"):
        rate = parse_decimal(row["rate"])
        if rate < 0:
            raise ValueError(
                f"rate is {rate}, and electricity takes nothing out of the air; state what it emits, 0 where that is nothing"
            )
        return rate
    if row["kind"] == "supplier_rate":
        raise ValueError("a supplier's rate is what it emits per kilowatt hour; fill in rate")
    return Decimal(0)


def _yes(row: Row, otherwise: bool) -> bool:
    said = row.get("renewable", "")
    if said not in ("", "yes", "no"):
        raise ValueError(f"renewable is {said[:40]!r}; it may be yes, no or empty")
    return said == "yes" if said else otherwise


def _factor(one: Contract, name: str, value: Decimal, unit: str) -> Factor:
    return Factor(
        id=f"contract.{one.id}.{name.partition('_')[2]}",
        name=name,
        value=value,
        unit=unit,
        labels=((DIMENSION, one.id),),
        publisher=one.scheme or TITLES[one.kind],
        title=one.title,
        source=f"{NAME} {one.id}",
        verified="seen",
        note=one.note,
        place=one.place,
    )


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="contract", template=template, values=values, place=place)
