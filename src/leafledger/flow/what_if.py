"""What would move if factors, the GWP set or the approach were others: read and computed beside the ledger, written nowhere."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from leafledger.core.definition import Library
from leafledger.core.finding import Finding, Refused
from leafledger.core.org import Approach, GwpSet, View
from leafledger.core.period import reporting_year
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.prove import proven
from leafledger.engine.what_if import Move, Supposed, as_of, moves
from leafledger.flow.calculate import calculate
from leafledger.ledger import read
from leafledger.library.load import LIBRARY, load


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """moved: figures of open years that would be others; standing: those of closed or released years, which stay as they are."""

    moved: tuple[Move, ...]
    standing: tuple[Move, ...]


def what_if(
    path: Path,
    factors: Path | None = None,
    *,
    gwp: str = "",
    approach: str = "",
    factors_as_of: date | None = None,
) -> WhatIf:
    """factors: a file of rows, or a folder of them (also one that has `factors/`), added to those of the company or overriding by id.

    Refused where nothing is supposed, or where something in it is wrong.
    """
    if not (factors or gwp or approach or factors_as_of):
        raise _refused("nothing is supposed; say --factors FOLDER, --gwp, --approach or --factors-as-of")
    _check_word("gwp", gwp, get_args(GwpSet))
    _check_word("approach", approach, get_args(Approach))
    calculated = calculate(path)
    folder, closed = calculated.folder, set(read.closed_years())
    cells = cells_from_entries(calculated.entries.values(), folder.library.counted)
    own = View(approach=folder.company.approach, gwp=folder.company.gwp)
    now = Supposed(library=folder.library, company=folder.company, series=folder.series, cells=cells, view=own)
    then = replace(
        now,
        library=_library(path, factors) if factors else folder.library,
        company=as_of(folder.company, factors_as_of) if factors_as_of else folder.company,
        view=replace(own, **{name: word for name, word in (("gwp", gwp), ("approach", approach)) if word}),  # type: ignore[arg-type]
    )
    ends = folder.company.year_ends
    found = moves(now, then)
    return WhatIf(
        moved=tuple(one for one in found if reporting_year(one.before.period.end, ends) not in closed),
        standing=tuple(one for one in found if reporting_year(one.before.period.end, ends) in closed),
    )


def _library(path: Path, factors: Path) -> Library:
    with _overlaid(factors) as (place, names):
        try:
            return proven(load(LIBRARY, path, place))
        except Refused as refused:
            raise Refused([_under_its_own_name(one, names) for one in refused.findings]) from None


def _under_its_own_name(finding: Finding, names: Mapping[str, str]) -> Finding:
    """What is wrong in a supposed file, told where that file lies; what is wrong elsewhere is as it was."""
    place = finding.place
    if place is None or place.name not in names:
        return finding
    return replace(finding, place=replace(place, name=names[place.name]))


@contextmanager
def _overlaid(factors: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with nothing but these factors, as the loader wants them, and the name of each file by the one that it has there."""
    inside = factors / "factors" if (factors / "factors").is_dir() else factors
    files = [factors] if factors.is_file() else sorted([*inside.glob("*.csv"), *inside.glob("*.yaml")])
    if not files:
        raise _refused("there are no factors in {place}: neither a file of rows nor a folder with *.csv", place=factors)
    with TemporaryDirectory(prefix="leaf-what-if-") as place:
        folder = Path(place) / "supposed"
        (folder / "factors").mkdir(parents=True)
        for file in files:
            shutil.copyfile(file, folder / "factors" / file.name)
        yield folder, {f"factors/{file.name}": str(file) for file in files}


def _check_word(what: str, word: str, known: tuple[str, ...]) -> None:
    if word and word not in known:
        raise _refused("{what} is {word!r}; there are {known}", what=what, word=word[:40], known=", ".join(known))


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="what_if", template=template, values=values))
