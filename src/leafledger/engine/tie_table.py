"""A tie-out as a table: what a reader of Markdown, of a terminal or of a spreadsheet sees of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import get_args

from leafledger.core.entry import Bound
from leafledger.core.prose import unmarked
from leafledger.core.quantity import decimals, rounded
from leafledger.engine.origin import How
from leafledger.engine.tie_out import Compares, Tied

COLUMNS = ("id", "figure", "printed", "ours", "low", "high", "unit", "how", "compares", "leans_on", "where", "reason")
SIGNS: dict[Bound, str] = {"exact": "", "over": "> ", "within": "≤ ", "about": "≈ "}


def rows(tied: Iterable[Tied], language: str = "en") -> tuple[tuple[str, ...], ...]:
    """One row of text for each printed figure, in the order of COLUMNS."""
    return tuple(_row(one, language) for one in tied)


def markdown(tied: Sequence[Tied], language: str = "en") -> str:
    """Counts by class, what differs and why, and every figure; the same number printed in several places is one line."""
    differing = [one for one in tied if one.compares in ("differs", "absent here")]
    parts = [_counted(tied), *_reasons(differing, language), "## Every figure", _every(tied)]
    return "\n\n".join(parts)


def _row(one: Tied, language: str) -> tuple[str, ...]:
    printed = one.published
    return (
        printed.id,
        printed.key,
        _printed(one),
        _ours(one),
        _shown(one.low, one),
        _shown(one.high, one),
        printed.unit,
        one.how,
        one.compares,
        " ".join(one.leans_on),
        printed.where,
        unmarked(one.reason.get(language, "")),
    )


def _counted(tied: Sequence[Tied]) -> str:
    tables = [one for one in tied if one.published.kind == "table"]
    distinct = {one.published.key for one in tables}
    head = f"{len(tied)} printed figures; {len(tables)} of them stand in tables and name {len(distinct)} different figures."
    return f"{head}\n\n{_cross('All figures', tied)}\n\n{_cross('Figures of tables', tables)}"


def _cross(title: str, tied: Sequence[Tied]) -> str:
    counts = Counter((one.how, one.compares) for one in tied)
    across = [word for word in get_args(Compares) if any(compares == word for _, compares in counts)]
    down = [word for word in get_args(How) if any(how == word for how, _ in counts)]
    table = [[how, *(str(counts[how, compares] or "") for compares in across)] for how in down]
    return _table([title, *across], table)


def _reasons(differing: Sequence[Tied], language: str) -> Iterator[str]:
    if differing:
        yield "## What differs, and why"
    for _, group in groupby(sorted(differing, key=lambda one: one.published.key), key=lambda one: one.published.key):
        alike = list(group)
        first = alike[0]
        printed = ", ".join(dict.fromkeys(_printed(one) for one in alike))
        ours = f"ours {_ours(first)}" if first.value is not None else "we have no figure"
        reasons = dict.fromkeys(unmarked(one.reason.get(language, "No reason is recorded.")) for one in alike)
        yield f"- **`{first.published.key}`**: printed {printed}, {ours} ({first.published.unit}). {' '.join(reasons)}"


def _every(tied: Sequence[Tied]) -> str:
    alike: dict[tuple[str, str], list[Tied]] = {}
    for one in tied:
        alike.setdefault((one.published.key, _printed(one)), []).append(one)
    table = [
        [f"`{key}`", printed, _ours(one), one.published.unit, _have(one), one.compares, _places(group)]
        for (key, printed), group in alike.items()
        for one in group[:1]
    ]
    head = ["figure", "printed", "ours", "unit", "how we have it", "how it compares", "where it was printed"]
    return _table(head, table)


def _have(one: Tied) -> str:
    """A derived figure names the estimates and assumptions that it leans on."""
    lean = ", ".join(f"`{name}`" for name in one.leans_on)
    return f"derived, leaning on {lean}" if lean and one.how == "derived" else one.how


def _places(group: Sequence[Tied]) -> str:
    return "; ".join(f"{one.published.id} {one.published.where}" for one in group)


def _printed(one: Tied) -> str:
    value = one.published.value
    return "╱" if value is None else f"{SIGNS[one.published.bound]}{value:,f}"


def _ours(one: Tied) -> str:
    return f"{SIGNS[one.bound]}{_shown(one.value, one)}" if one.value is not None else "–"


def _shown(number: Decimal | None, one: Tied) -> str:
    """As many decimals as were printed, and one more that is not 0 where the two do not agree at that precision."""
    if number is None:
        return ""
    printed = one.published.value
    places = 0 if printed is None else decimals(printed)
    short, longer = rounded(number, places), rounded(number, places + 1)
    return f"{short if one.compares == 'agrees' or short == longer else longer:,f}"


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
