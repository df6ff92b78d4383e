"""Writes factors as rows of CSV: a file is there as it was or with every new row, never in between."""

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from leafledger.base.disk import sync
from leafledger.core.definition import Factor
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import format_labels
from leafledger.core.quality import format_scores
from leafledger.core.quantity import plain
from leafledger.library.factors import FACTOR_COLUMNS


def row_of(factor: Factor) -> dict[str, str]:
    """A factor as the columns of its row have it."""
    said = {column: getattr(factor, column) for column in FACTOR_COLUMNS}
    text = {column: "" if value is None else str(value) for column, value in said.items()}
    return text | {
        "value": format(factor.value, "f"),
        "labels": format_labels(factor.labels),
        "quality": format_scores(factor.quality),
        "uncertainty": "" if factor.uncertainty is None else plain(factor.uncertainty),
    }


def as_csv(factors: Iterable[Factor], columns: Iterable[str] = FACTOR_COLUMNS, *, header: bool = True) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, tuple(columns), lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(row_of(factor) for factor in factors)
    return text.getvalue()


def appended(path: Path, factors: Iterable[Factor]) -> Path:
    """The rows at the end of the file, which is made where there is none. Refused where its header has other columns than ours."""
    before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    if not before.strip():
        return replaced(path, as_csv(factors))
    columns = next(csv.reader(io.StringIO(before)))
    if set(columns) != set(FACTOR_COLUMNS):
        template = "its columns are not {columns}; rename the file, and the row is written into a new one"
        values = {"columns": ", ".join(FACTOR_COLUMNS)}
        raise Refused(Finding(rule="factors.file", template=template, values=values, place=Place(name=path.name)))
    end = "" if before.endswith("\n") else "\n"
    return replaced(path, before + end + as_csv(factors, columns, header=False))


def replaced(path: Path, text: str) -> Path:
    """The file with this content, written beside its place and put there whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{os.getpid()}")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync(path.parent)
    return path
