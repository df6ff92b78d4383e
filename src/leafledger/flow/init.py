"""Begins a company: a new folder with just what a first report needs, each file saying what belongs in it."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import LANGUAGES
from leafledger.library.effective import in_force
from leafledger.library.load import LIBRARY, load
from leafledger.library.naming import nearest_of

USUAL = ("gri-2021", "hkex-c2-2024", "hkex-c2-2025", "sdg")
"""What a company reports by that names no standards: those of them that apply to its year."""


def init(folder: Path, *, name: str, year: int, standards: Sequence[str] = ()) -> tuple[str, ...]:
    """Make the folder. Returns the files made. Refused when something is there already, or a name cannot be used."""
    id = "".join(c if c.isascii() and c.isalnum() else "-" for c in folder.resolve().name.lower()).strip("-")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        template = "something is there already, and nothing of it is overwritten; name a folder that does not exist, or an empty one"
        raise Refused(Finding(rule="init", template=template, place=Place(name=str(folder))))
    if any(c in '"\\\n' for c in name) or not 1900 <= year <= 2100:
        template = (
            "the name {name!r} or the year {year} cannot be used; the name has no quotes, and the year is like 2025"
        )
        raise Refused(Finding(rule="init", template=template, values={"name": name, "year": year}))
    chosen = _standards(standards, year)
    given = {
        "ID": id or "company",
        "NAME": name,
        "YEAR": str(year),
        "NEXT": str(year + 1),
        "STANDARDS": ", ".join(chosen),
    }
    made = []
    for path, text in _templates(files("leafledger.flow") / "new_company", ""):
        for key, value in given.items():
            text = text.replace(f"@{key}@", value)
        _write(folder / path, text)
        made.append(path)
    for language in LANGUAGES:
        (folder / "narrative" / language).mkdir(parents=True)
    (folder / "evidence").mkdir()
    return tuple(sorted(made))


def _standards(asked: Sequence[str], year: int) -> list[str]:
    """Those asked for, once each; else the usual ones of the year. Refused with each that the library does not have."""
    known = load(LIBRARY).standards
    template = "there is no standard {id!r}; {hint}"
    wrong = [
        Finding(rule="init", template=template, values={"id": id, "hint": nearest_of(id, sorted(known), "there are")})
        for id in asked
        if id not in known
    ]
    if wrong:
        raise Refused(wrong)
    return list(dict.fromkeys(asked)) or [id for id in USUAL if in_force(known[id], year)]


def _templates(place: Traversable, under: str) -> Iterator[tuple[str, str]]:
    for one in place.iterdir():
        path = f"{under}/{one.name}" if under else one.name
        if one.is_dir():
            yield from _templates(one, path)
        else:
            yield path, one.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
