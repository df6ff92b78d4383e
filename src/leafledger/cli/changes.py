"""Shows what differs between two states in a terminal, or writes it for other programs."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.text import Text

from leafledger.cli.app import say
from leafledger.cli.columns import columns
from leafledger.core.definition import Library
from leafledger.core.labels import format_labels
from leafledger.core.quantity import plain, rounded
from leafledger.engine.decompose import CAUSES, Cause, Change, Comparison
from leafledger.engine.restatement import comparison_to_json

COLUMNS = ("metric", "labels", "period", "unit", "old", "new", "difference", *CAUSES, "joint")
TITLES: dict[Cause, str] = {"gwp": "GWP"}
MORE = 2
"""Decimals beyond those in which a figure is printed, so that a small part is not shown as nothing."""
FEW = 12


def show(found: Comparison, library: Library, old: str, new: str) -> None:
    """Each figure that differs on one line, with the causes that made a difference to any of them."""
    if found.changes:
        causes = [cause for cause in CAUSES if any(one.parts.get(cause) for one in found.changes)]
        columns(list(_rows(found.changes, causes, library, old, new)), right=range(1, 4 + len(causes)))
    for what, keys in (
        ("Figures that only the new side has", found.appeared),
        ("Figures that it has no more", found.gone),
    ):
        if keys:
            more = f" and {len(keys) - FEW} more" if len(keys) > FEW else ""
            say(f"{what}: {', '.join(keys[:FEW])}{more}")
    if any(not one.parts for one in found.changes):
        say(
            "? No parts: the figure stands as an earlier release had it, and does not follow from what is compared here."
        )
    joint = sorted({" + ".join(one.joint) for one in found.changes if one.joint})
    if joint:
        say(
            f"* Not to be told apart, as there is no figure between them: {'; '.join(joint)}. The amount stands with the last."
        )
    said = f"{len(found.changes):,} changed" + (f", {len(found.appeared):,} new" if found.appeared else "")
    say(f"{said}{f', {len(found.gone):,} gone' if found.gone else ''}, {found.unchanged:,} unchanged.")
    if found.changes:
        say("Rounded here; the parts sum exactly to the difference, every digit of which --csv and --json have.")


def as_json(found: Comparison, old: str, new: str) -> str:
    return json.dumps({"old": old, "new": new, **comparison_to_json(found)}, ensure_ascii=False, indent=1)


def as_csv(found: Comparison) -> str:
    """One row for each figure that differs. Without parts it could not be taken apart; what appeared has no old value, what went no new one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.changes:
        parts = [plain(one.parts[cause]) if one.parts else "" for cause in CAUSES]
        who = (one.metric, format_labels(one.labels), str(one.period), one.unit)
        writer.writerow((*who, plain(one.old), plain(one.new), plain(one.difference), *parts, " ".join(one.joint)))
    return text.getvalue()


def _rows(
    changes: Sequence[Change], causes: Sequence[Cause], library: Library, old: str, new: str
) -> Iterator[tuple[Text, ...]]:
    titles = ("", old, new, "difference", *(TITLES.get(cause, cause) for cause in causes), "")
    yield tuple(Text(title, "bold") for title in titles)
    for one in changes:
        places = _places(one, library)
        parts = [_part(one, cause, places) for cause in causes]
        difference = Text(_signed(one.difference, places), "bold")
        values = [Text(_number(value, places)) for value in (one.old, one.new)]
        yield (Text(one.key), *values, difference, *parts, Text(one.unit, "dim"))


def _part(one: Change, cause: Cause, places: int) -> Text:
    if not one.parts:
        return Text("?", "yellow")
    amount = one.parts[cause]
    mark = "*" if one.joint and one.joint[-1] == cause else ""
    return Text(_signed(amount, places) + mark if amount else "·", "" if amount else "dim")


def _places(one: Change, library: Library) -> int:
    """As many decimals as the figure has in print, and more where the difference would be nothing in them."""
    figure = library.find(one.metric)
    places = (figure.decimals if figure else 0) + MORE
    while places < FEW and rounded(one.difference, places) == 0:
        places += 1
    return places


def _number(value: Decimal, places: int) -> str:
    return f"{rounded(value, places):,f}"


def _signed(value: Decimal, places: int) -> str:
    return f"{rounded(value, places):+,f}".replace("-", "−")
