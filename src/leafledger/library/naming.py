"""How messages name a file of a folder, and what someone may have meant by a name that is not there."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

SHORTEST = 5
SHORTEST_OWN = 3
CLOSE = 0.75
MOST_NAMED = 8
SHIPPED = "library"


def name_of(path: Path, folder: Path) -> str:
    """How messages name a file: as it lies in the company's folder, where one stands, and with `library/` before one of the library."""
    inside = path.relative_to(folder).as_posix()
    return f"{SHIPPED}/{inside}" if folder.resolve().name == SHIPPED else inside


def did_you_mean(name: str, among: Iterable[str], shortest: int = SHORTEST) -> str:
    """`did you mean 'energy.total'?`, or nothing when no name is close, or when it is a code to which many are close."""
    if len(name) < shortest:
        return ""
    known = list(among)
    close = [one for one in known if one.casefold() == name.casefold()] or get_close_matches(name, known, 1, CLOSE)
    return f"did you mean {close[0]!r}?" if close else ""


def nearest_of(name: str, among: Iterable[str], lists: str) -> str:
    """What may have been meant by a name of the company's own, or, when nothing is close, where they stand and which there are."""
    known = list(dict.fromkeys(among))
    listed = ", ".join([*known[:MOST_NAMED], *["…"] * (len(known) > MOST_NAMED)]) or "none"
    return did_you_mean(name, known, SHORTEST_OWN) or f"{lists} {listed}"
