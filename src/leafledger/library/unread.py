"""Names what lies in entries/ and is not read, so that nobody thinks that it was."""

from collections.abc import Iterator
from pathlib import Path

from leafledger.core.finding import Finding, Place

SHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".tsv", ".txt", ".parquet")


def unread(entries: Path) -> Iterator[Finding]:
    """A finding for each sheet, folder and misnamed file that holds records by its looks. Notes, pictures and hidden files hold none."""
    for path in sorted(entries.iterdir()) if entries.is_dir() else ():
        if path.name.startswith((".", "~")):
            continue
        if why := _why(path):
            template = "this is not read, so what it records would not count; {why}"
            place = Place(name=f"{entries.name}/{path.name}")
            yield Finding(rule="entries.not_read", template=template, values={"why": why}, place=place)


def _why(path: Path) -> str:
    if path.is_dir():
        inside = (one for one in path.rglob("*") if one.suffix.lower() in (".csv", *SHEETS))
        return "move the CSV files of the folder up into entries/" if any(inside) else ""
    if path.suffix != ".csv" and path.suffix.lower() == ".csv":
        return f"only names that end in .csv are: rename it {path.stem}.csv"
    if path.suffix.lower() in SHEETS:
        return "save each sheet as CSV (UTF-8) in entries/, and keep the file itself in evidence/"
    return ""
