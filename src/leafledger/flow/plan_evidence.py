"""The evidence of a saving: inputs by their hashes, method, equations, both bills line by line, and every hour with and without the measure."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafledger.core.period import Period
from leafledger.datacenter.definitions import NAME, tariff_file
from leafledger.flow.plan_site import PlanSite, Rate

if TYPE_CHECKING:
    from leafledger.datacenter.account import Saving, Used
    from leafledger.datacenter.bill import Line
    from leafledger.datacenter.measured import Measured
    from leafledger.flow.plan_account import Row

EQUATIONS = {
    "storage": (
        "without(t) = bought(t) - charged(t) + discharged(t), all metered; money = bill(without) - bill(bought) - wear × discharged; "
        "losses = charged - discharged - (held at the end - held at the beginning); kWh saved = -losses; tCO2e avoided = -losses × factor"
    ),
    "free_cooling": (
        "saved(t) = IT(t) × (PUE of the plant with its chiller alone, at the hour's wet bulb - PUE of the plant as it is); "
        "without(t) = bought(t) + saved(t); money = bill(without) - bill(bought); tCO2e avoided = saved × factor"
    ),
    "ups_eco": "saved(t) = IT(t) × (PUE without eco mode - PUE with it); without(t) = bought(t) + saved(t); money and tCO2e as for free cooling",
    "indirect_evaporative": (
        "saved(t) = IT(t) × share × (power of the plant's cooling - power of the units, for the same heat at the hour's dry and wet bulb); "
        "without(t) = bought(t) + saved(t); money and tCO2e as for free cooling"
    ),
}
LEFT_OUT = "demand is left out: the period is not of whole months"
OPTIONS = {
    "B": "IPMVP option B, retrofit isolation with all parameters measured",
    "D": "IPMVP option D, calibrated simulation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The files by name."""

    files: dict[str, bytes]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.files)

    def write(self, to: Path) -> list[Path]:
        to.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (to / name).write_bytes(content)
        return [to / name for name in self.files]


def evidence(
    of: PlanSite, period: Period, measured: "Measured", sums: "Used", saved: "Sequence[Saving]", rows: "Sequence[Row]", location: Rate,
    market: Rate | None,
) -> Evidence:  # fmt: skip
    """A JSON with everything, a table of every hour, and a page to read. Their names hold a hash of what they say."""
    said = _said(of, period, measured, sums, saved, rows, location, market)
    text = json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n"
    name = f"{of.read.of.site}-{str(period).replace('/', '_')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return Evidence(
        files={
            f"{name}.json": text.encode(),
            f"{name}.csv": _hours(of, measured, saved),
            f"{name}.md": _page(of, said).encode(),
        }
    )


def _said(
    of: PlanSite, period: Period, measured: "Measured", sums: "Used", saved: "Sequence[Saving]", rows: "Sequence[Row]", location: Rate,
    market: Rate | None,
) -> dict[str, Any]:  # fmt: skip
    from leafledger.datacenter.account import demand_counts
    from leafledger.datacenter.efficiency import residuals

    center = of.read.of
    return {
        "what": "energy and water of a data center, and what its measures saved against their counterfactuals",
        "site": center.site, "period": str(period), "hours": measured.clock.steps, "zone": measured.clock.zone,
        "used": {"facility_kwh": round(sums.facility, 3), "it_kwh": round(sums.it, 3), "bought_kwh": round(sums.feed, 3),
                 "water_m3": None if sums.water is None else round(sums.water, 3), "category": of.read.tree.category},
        "residuals": [{"meter": one.meter, "above_kwh": round(one.above, 3), "below_kwh": round(one.below, 3), "hours": one.hours}
                      for one in residuals(measured.hourly)],
        "factors": {"location": _factors(location), "market": _factors(market) if market else None},
        "tariff": {"id": of.read.tariff.id, "demand": demand_counts(center, measured.clock),
                   "assumed": [level.assumed for level in of.read.tariff.levels if level.assumed],
                   "note": "" if demand_counts(center, measured.clock) == center.demand_by else LEFT_OUT},
        "battery": _plain(center.battery), "cooling": _plain(center.cooling),
        "savings": [_saving(one, row) for one, row in zip(saved, rows, strict=True)],
        "inputs": {str(path.relative_to(of.read.folder)) if path.is_relative_to(of.read.folder) else path.name:
                   hashlib.sha256(path.read_bytes()).hexdigest() for path in _inputs(of)},
        "findings": [str(one) for one in measured.findings],
    }  # fmt: skip


def _saving(one: "Saving", row: "Row") -> dict[str, Any]:
    return {
        "measure": one.measure, "option": OPTIONS[one.option], "equation": EQUATIONS[one.measure], "kwh_saved": str(row.kwh),
        "money_saved": str(row.money), "wear": str(one.wear), "tco2e_avoided_location": str(row.location),
        "tco2e_avoided_market": None if row.market is None else str(row.market),
        "held_mwh": one.held, "losses_kwh": round(one.losses, 3),
        "calibration": None if one.calibration is None else asdict(one.calibration),
        "bill": [_line(line) for line in one.lines], "bill_without": [_line(line) for line in one.lines_without],
    }  # fmt: skip


def _line(line: "Line") -> dict[str, str]:
    return {name: str(value) for name, value in asdict(line).items()}


def _factors(of: Rate) -> dict[str, Any]:
    return {"kgco2e_per_kwh": str(of.value), "ids": [use.id for use in of.factors]}


def _plain(of: Any) -> Any:
    if of is None:
        return None
    return {name: value for name, value in asdict(of).items() if name != "place"}


def _inputs(of: PlanSite) -> list[Path]:
    center, folder = of.read.of, of.read.folder
    files = [folder / NAME, folder / center.meters, tariff_file(folder, center.tariff), *of.read.telemetry]
    return [*files, folder / center.cooling.weather] if center.cooling else files


def _hours(of: PlanSite, measured: "Measured", saved: "Sequence[Saving]") -> bytes:
    from leafledger.datacenter.tariff import prices

    price = prices(of.read.tariff, measured.clock).per_kwh
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["hour", f"price_{of.read.tariff.currency}_per_kwh", "load_kw", "bought_kw", "charged_kw", "discharged_kw",
                   *[f"without_{one.measure}_kw" for one in saved]])  # fmt: skip
    for n in range(measured.clock.steps):
        metered = (measured.load[n], measured.grid[n], measured.charge[n], measured.discharge[n])
        rows.writerow([measured.clock.at(n).isoformat(timespec="minutes"), f"{price[n]:.6f}", *[f"{value * 1000:.3f}" for value in metered],
                       *[f"{one.without[n]:.3f}" for one in saved]])  # fmt: skip
    return text.getvalue().encode()


def _page(of: PlanSite, said: dict[str, Any]) -> str:
    """The same for a reader."""
    currency, used = of.read.tariff.currency, said["used"]
    lines = [
        f"# {of.title['en']}: what was used and saved, {said['period']}", "",
        f"{said['hours']} hours, local time {said['zone']}. Facility {used['facility_kwh']:,.3f} kWh, IT {used['it_kwh']:,.3f} kWh "
        f"(category {used['category']} of ISO/IEC 30134-2), bought {used['bought_kwh']:,.3f} kWh, water {used['water_m3']} m3.", "",
    ]  # fmt: skip
    for one in said["savings"]:
        lines += [f"## {one['measure']}", "", f"{one['option']}.", "", f"    {one['equation']}", ""]
        lines += [
            f"- saved: {Decimal(one['kwh_saved']):,f} kWh; {Decimal(one['money_saved']):,f} {currency}, of which wear of the battery −{one['wear']}"
        ]
        lines += [
            f"- avoided: {Decimal(one['tco2e_avoided_location']):+.4f} tCO2e by location; below nothing it is emitted on top"
        ]
        if one["tco2e_avoided_market"] is not None:
            lines += [
                f"- avoided: {Decimal(one['tco2e_avoided_market']):+.4f} tCO2e by market (residual mix, before contracts)"
            ]
        if one["calibration"]:
            model = one["calibration"]
            lines += [f"- the model of {model['of']}: {model['modelled']:,.0f} kWh, metered {model['metered']:,.0f} kWh; "
                      f"bias {model['nmbe']:+.2%} and spread {model['cvrmse']:.2%} by the hour (10 % and 30 % are allowed)"]  # fmt: skip
        lines += ["", "| bill | month | line | quantity | price | amount |", "|---|---|---|---:|---:|---:|"]
        for name, bill in (("with", one["bill"]), ("without", one["bill_without"])):
            lines += [
                f"| {name} | {row['month']} | {row['what']} | {row['quantity']} {row['unit']} | {row['price']} | {row['amount']} |"
                for row in bill
            ]
        lines.append("")
    lines += ["## Inputs", "", *[f"- `{name}` SHA-256 `{digest}`" for name, digest in said["inputs"].items()], ""]
    if said["tariff"]["assumed"]:
        lines += [
            "## Assumed",
            "",
            *[f"- tariff {said['tariff']['id']}: {text}" for text in said["tariff"]["assumed"]],
            "",
        ]
    if said["tariff"]["note"]:
        lines += [f"{said['tariff']['note'].capitalize()}.", ""]
    return "\n".join(lines)
