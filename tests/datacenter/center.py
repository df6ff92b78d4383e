"""The invented data center of examples/, as tests read, spoil and plan it."""

import shutil
from datetime import datetime
from pathlib import Path

import numpy as np

from leafledger.datacenter.clock import Floats
from leafledger.datacenter.definitions import Read, read_datacenter
from leafledger.datacenter.logs import Log, read_log
from leafledger.datacenter.measured import Measured, held, measured
from leafledger.datacenter.plan import Planned, planned

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "invented-datacenter"
SITE = "dc-east"
FACTOR = 0.5737


def center(folder: Path = EXAMPLE) -> Read:
    return read_datacenter(folder, [SITE], SITE)


def log_of(read: Read) -> Log:
    jobs = read.of.jobs
    assert jobs is not None
    return read_log(read.folder / jobs.file, jobs.form, flexible=jobs.flexible, slack_hours=jobs.slack_hours)


def known(read: Read, until: str | None = None) -> Measured:
    return measured(read.tree, read.telemetry, None, datetime.fromisoformat(until) if until else None)


def carbon(hours: int) -> Floats:
    return np.full(hours, FACTOR)


def plan_at(until: str, hours: int = 48, **changes: object) -> Planned:
    read = center()
    before = known(read, until)
    assert read.of.battery is not None
    return planned(
        read.of, read.tariff, before, carbon(hours), held(before, read.of.battery), log=log_of(read), **changes
    )


def spoilt(tmp_path: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """A copy of the company's folder with a text replaced in one file."""
    folder = shutil.copytree(EXAMPLE, tmp_path / "company", ignore=shutil.ignore_patterns(".leaf"))
    if file:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
