"""How messages name a file of a folder, and what someone may have meant by a name that is not there."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

SHORTEST = 5


def name_of(path: Path, folder: Path) -> str:
    """How messages name a file: relative to the folder it belongs to, with the folder's own name."""
    return f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"


def did_you_mean(name: str, among: Iterable[str]) -> str:
    """`did you mean 'energy.total'?`, or nothing when no name is close, or when it is a code to which many are close."""
    if len(name) < SHORTEST:
        return ""
    close = get_close_matches(name, among, 1)
    return f"did you mean {close[0]!r}?" if close else ""
