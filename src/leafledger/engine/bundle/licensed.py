"""Which rows of sets under a licence go into a bundle: those that served, and what else makes the same choice come out again.

A bundle has to recompute without us, so it holds each factor that a figure was computed with; these are printed in receipts anyway. It
holds no others: a set that may be used and not passed on is not passed on.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from leafledger.core.fact import FactSet
from leafledger.engine.choose import MISSING, UNCLEAR
from leafledger.library.factors import LICENSED

__all__ = ["LICENSED", "Needed", "needed_by", "only_needed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """ids: factors that served, or of which two served equally well. fallen: names of factors that were taken from a wider region.

    narrower: names for which a hole says which narrower regions have one.
    """

    ids: frozenset[str]
    fallen: frozenset[str] = frozenset()
    narrower: frozenset[str] = frozenset()


def needed_by(facts: FactSet) -> Needed:
    """What these facts need to come out again, each the same in every field."""
    uses = [use for fact in facts.values() for use in fact.factors]
    findings = [finding for fact in facts.values() for finding in fact.findings]
    unclear = [str(one.values[which]) for one in findings if one.rule == UNCLEAR for which in ("first", "second")]
    missing = [str(one.values["name"]) for one in findings if one.rule == MISSING and "narrower" in one.values]
    return Needed(
        ids=frozenset([use.id for use in uses] + unclear),
        fallen=frozenset(use.name for use in uses if use.level),
        narrower=frozenset(missing),
    )


def only_needed(files: Mapping[str, bytes], below: str, needed: Needed) -> dict[str, bytes]:
    """The files, those below a folder with the rows alone that are needed; without a file of which none is."""
    kept: dict[str, bytes] = {}
    shown: set[tuple[str, str]] = set()
    for name, content in files.items():
        if not name.startswith(below):
            kept[name] = content
        elif rows := _cut(content, needed, shown):
            kept[name] = rows
    return kept


def _cut(content: bytes, needed: Needed, shown: set[tuple[str, str]]) -> bytes:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    chosen = _chosen([row for row in rows if row.get("id") and row.get("name")], needed, shown)
    if not chosen:
        return b""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(chosen)
    return text.getvalue().encode()


def _chosen(rows: list[dict[str, str]], needed: Needed, shown: set[tuple[str, str]]) -> list[dict[str, str]]:
    """Rows that served; and where none of these does, one for each region that a hole names, or that shows a factor to be local."""
    served = [row for row in rows if row["id"].strip() in needed.ids]
    shown |= {(row["name"].strip(), shows) for row in served if (shows := _shows(row, needed))}
    others = []
    for row in rows:
        shows = _shows(row, needed)
        if shows and (row["name"].strip(), shows) not in shown:
            shown.add((row["name"].strip(), shows))
            others.append(row)
    return [{**row, "successor": ""} if "successor" in row else row for row in rows if row in served or row in others]


def _shows(row: dict[str, str], needed: Needed) -> str:
    """What the row is there to show, beside its value."""
    name, region = row["name"].strip(), (row.get("region") or "").strip()
    if region in ("", "WORLD"):
        return ""
    if name in needed.narrower:
        return region
    return "local" if name in needed.fallen else ""
