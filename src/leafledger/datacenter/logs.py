"""Reads job logs as clusters write them: Helios, Acme, Philly and Slurm, each into the same columns, with what was left out said."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.jobs import Jobs

Row = dict[str, str]
Read = tuple[datetime, float, int, str]
"""When it was submitted, how many seconds it ran, on how many GPUs, in which queue."""


@dataclass(frozen=True, kw_only=True)
class Log:
    """The jobs of a log, the time from which `submitted` counts, and what was left out and why, with the first line of each kind."""

    jobs: Jobs
    begins: datetime
    left_out: tuple[Finding, ...]


class _LeftOut(Exception):
    """A row that is no GPU job that ran; the message says why."""


def read_log(
    path: Path, form: str, *, begins: datetime | None = None, flexible: tuple[str, ...] = (), slack_hours: float = 0.0
) -> Log:
    """form: helios, acme, philly or slurm. flexible: queues whose jobs may be moved, by at most `slack_hours`; `*` for all.

    Refused for a form that is not known, a file without its columns, and a value that cannot be read (with its line).
    """
    if form not in FORMS:
        raise _refused(path, 1, "the form {form!r} is not known; there are {forms}", form=form, forms=", ".join(FORMS))
    columns, read, separator = FORMS[form]
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, delimiter=separator)
        if lacking := [column for column in columns if column not in (rows.fieldnames or ())]:
            raise _refused(
                path,
                1,
                "the column {column!r} is missing; a log of {form} has {columns}",
                column=lacking[0],
                form=form,
                columns=", ".join(columns),
            )
        found, left_out = _rows(path, rows, read)
    if not found:
        raise _refused(path, 1, "there is no GPU job in it that ran; see that the form {form} is right", form=form)
    return Log(jobs=_jobs(found, begins or min(row[0] for row in found), flexible, slack_hours), begins=begins or min(row[0] for row in found),
               left_out=tuple(left_out))  # fmt: skip


def _rows(path: Path, rows: Iterator[Row], read: Callable[[Row], Read]) -> tuple[list[Read], list[Finding]]:
    found: list[Read] = []
    reasons: dict[str, tuple[int, int]] = {}
    for line, row in enumerate(rows, 2):
        try:
            found.append(read(row))
        except _LeftOut as why:
            first, count = reasons.get(str(why), (line, 0))
            reasons[str(why)] = first, count + 1
        except (ValueError, TypeError) as error:
            raise _refused(path, line, "the row cannot be read: {problem}; mend it", problem=str(error)[:120]) from None
    template = "{count} rows are left out: {why}"
    return found, [
        Finding(
            rule="jobs.log",
            template=template,
            values={"count": count, "why": why},
            place=Place(name=path.name, line=line),
            severity="note",
        )
        for why, (line, count) in reasons.items()
    ]


def _jobs(found: list[Read], begins: datetime, flexible: tuple[str, ...], slack_hours: float) -> Jobs:
    queues = tuple(sorted({row[3] for row in found}))
    index = {queue: n for n, queue in enumerate(queues)}
    queue = np.array([index[row[3]] for row in found], dtype=np.int64)
    movable = np.array(["*" in flexible or name in flexible for name in queues])
    return Jobs(
        submitted=np.array([(row[0] - begins).total_seconds() for row in found]),
        seconds=np.array([row[1] for row in found]),
        gpus=np.array([row[2] for row in found], dtype=np.int64),
        queue=queue,
        flexible=movable[queue],
        slack=np.where(movable[queue], slack_hours * 3600.0, 0.0),
        queues=queues,
    )


def _ran(at: str, seconds: str | float, gpus: str | int, queue: str) -> Read:
    if not str(gpus).strip() or int(float(gpus)) == 0:
        raise _LeftOut("they used no GPU")
    if str(seconds).strip() in ("", "0", "0.0") or float(seconds) == 0:
        raise _LeftOut("they ran for no time")
    if float(seconds) < 0 or int(float(gpus)) < 0:
        raise ValueError(f"a job cannot run {seconds} seconds on {gpus} GPUs")
    return _time(at), float(seconds), int(float(gpus)), queue.strip() or "unnamed"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.strip()).replace(tzinfo=None)


def _helios(row: Row) -> Read:
    return _ran(row["submit_time"], row["duration"], row["gpu_num"], row["vc"])


def _acme(row: Row) -> Read:
    return _ran(row["submit_time"], row["duration"], row["gpu_num"], row["type"])


def _philly(row: Row) -> Read:
    return _ran(row["submit_time"], row["duration_s"], row["num_gpus"], row["vc"])


def _slurm(row: Row) -> Read:
    """`sacct --parsable2 --format=JobID,Partition,Submit,ElapsedRaw,AllocTRES`: steps of a job (JobID with a dot) are part of it."""
    if "." in row["JobID"]:
        raise _LeftOut("they are steps of jobs that stand in rows of their own")
    resources = dict(part.partition("=")[::2] for part in row["AllocTRES"].split(","))
    return _ran(row["Submit"], row["ElapsedRaw"], resources.get("gres/gpu", "0"), row["Partition"])


FORMS: dict[str, tuple[tuple[str, ...], Callable[[Row], Read], str]] = {
    "helios": (("vc", "gpu_num", "submit_time", "duration"), _helios, ","),
    "acme": (("type", "gpu_num", "submit_time", "duration"), _acme, ","),
    "philly": (("submit_time", "duration_s", "num_gpus", "vc"), _philly, ","),
    "slurm": (("JobID", "Partition", "Submit", "ElapsedRaw", "AllocTRES"), _slurm, "|"),
}


def _refused(path: Path, line: int, template: str, **values: object) -> Refused:
    return Refused(Finding(rule="jobs.log", template=template, values=values, place=Place(name=path.name, line=line)))
