"""The definitions that figures are computed from: which files they are, and from a bundle back into what was loaded."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pint

from leafledger.core.finding import Refused
from leafledger.core.org import Company, Series
from leafledger.engine.bundle.licensed import LICENSED, Needed, only_needed
from leafledger.engine.bundle.mismatch import mismatch, shown
from leafledger.engine.bundle.seal import CONTENT
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_series
from leafledger.library.load import Library, load
from leafledger.library.units import unit, units_of

OF_LIBRARY = ("**/*.yaml", "**/*.csv", "units.txt")
OF_COMPANY = (
    "company.yaml", "series.csv", "screening.yaml", "contracts.csv", "degree_days.csv",
    "dimensions/*.yaml", "activities/*.yaml", "metrics/*.yaml", "standards/*.yaml",
    "factors/*.csv", "factors/licensed/*.csv", "factors/*.yaml", "regions.csv",
    "report.yaml", "disclosures.yaml", "differences.csv", "narrative/*/*.md",
)  # fmt: skip
LIBRARY_IN, COMPANY_IN = f"{CONTENT}library/", f"{CONTENT}company/"
UNITS = f"{LIBRARY_IN}units.txt"
_WORDS = (
    *(f"{COMPANY_IN}{name}" for name in ("narrative/", "report.yaml", "disclosures.yaml", "differences.csv")), f"{LIBRARY_IN}reports/",
)  # fmt: skip
_ATOM = r"([A-Za-z_][A-Za-z0-9_]{0,39}|\d{1,30})( \*\* \d)?"
_UNIT_LINE = re.compile(rf"[A-Za-z_]\w* = (\[[A-Za-z_]\w*\]|{_ATOM}( [*/] {_ATOM}){{0,9}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What a company folder and the library say, loaded and proven. folder: where the company's files can be read."""

    company: Company
    library: Library
    series: tuple[Series, ...]
    folder: Path


def definition_files(library: Path, company: Path, needed: Needed | None = None) -> dict[str, bytes]:
    """Every definition that is loaded, verbatim, by its name in the bundle. needed: which rows of licensed sets; all where none are named."""
    found: dict[str, bytes] = {}
    for folder, patterns, into in ((library, OF_LIBRARY, LIBRARY_IN), (company, OF_COMPANY, COMPANY_IN)):
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
            found[into + path.relative_to(folder).as_posix()] = path.read_bytes()
    return found if needed is None else only_needed(found, f"{COMPANY_IN}{LICENSED}/", needed)


def behind_figures(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of a bundle's files those that can move a figure: definitions without the words and outline of the report, and without units."""
    return {
        name: content
        for name, content in files.items()
        if name.startswith((LIBRARY_IN, COMPANY_IN)) and not name.startswith(_WORDS) and name != UNITS
    }


@contextmanager
def definitions_of(files: Mapping[str, bytes]) -> Iterator[Definitions]:
    """The bundle's own definitions, units included, in force within the block. Refused with what keeps them from being loaded."""
    with TemporaryDirectory(prefix="leaf-verify-") as place:
        folder = Path(place).resolve()
        for name, content in files.items():
            if name.startswith((LIBRARY_IN, COMPANY_IN)):
                path = folder / name.removeprefix(CONTENT)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        units = folder / "library" / "units.txt"
        _check_units(files.get(f"{LIBRARY_IN}units.txt", b"").decode(errors="replace"))
        with units_of(units):
            yield _loaded(folder / "library", folder / "company")


def _loaded(library: Path, company: Path) -> Definitions:
    try:
        names = re.findall(r"^(\w+) =", (library / "units.txt").read_text(encoding="utf-8"), re.M)
        for name in names:
            unit(name)
        who, definitions = read_company(company), proven(load(library, company))
        return Definitions(
            company=who, library=definitions, series=read_series(company, who, definitions), folder=company
        )
    except Refused as refused:
        first = refused.findings[0]
        raise mismatch(
            "definitions",
            f"{CONTENT}{first.place or ''}",
            "the definitions do not load: {problem}",
            problem=first.message,
        ) from None
    except (
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        OSError,
        RecursionError,
        pint.errors.PintError,
    ) as error:
        raise mismatch(
            "definitions", f"{LIBRARY_IN}units.txt", "the units do not load: {problem}", problem=shown(str(error))
        ) from None


def _check_units(text: str) -> None:
    """Only what units.txt says of itself may stand there: nothing that reads other files or grows beyond bounds."""
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said and not _UNIT_LINE.fullmatch(said):
            template = "{line!r} is not how a unit is defined: a name, `=`, and whole numbers and names with `*`, `/` and `** n`"
            raise mismatch("definitions", f"{LIBRARY_IN}units.txt:{number}", template, line=shown(said))
