"""Measures what a person waits for, each as a ratio against a limit or against plain Typst on the same pages in the same run."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ISSUER = ROOT / "examples" / "sensetime-2024"
AT = datetime(2025, 4, 30, tzinfo=UTC)
RUNS = 5
LIMITS = {"load, approve and compute": 3.0, "make report": 20.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds of each run."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def main() -> int:
    """Measure, print, and say how many limits were missed."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {sys.version.split()[0]}, {cores} cores, {RUNS} runs each, medians\n")
    with tempfile.TemporaryDirectory() as scratch:
        company = Path(scratch) / ISSUER.name
        computed = _timed("load, approve and compute", lambda: _computed(_fresh(company)))
        reported = _timed("make report", lambda: _reported(_fresh(company)))
        pages = _pages(company)
        plain = _timed("plain Typst, the same pages", lambda: _typst(pages))
    for one in (computed, reported):
        limit = LIMITS[one.name]
        print(
            f"{one.name:30} {one.median:6.2f} s   {one.median / limit:5.2f} of the limit of {limit:g} s   {_spread(one)}"
        )
    print(f"{plain.name:30} {plain.median:6.2f} s   {'':31}{_spread(plain)}")
    print(f"\nmake report / plain Typst: {reported.median / plain.median:.2f}")
    late = over((computed, reported))
    for one in late:
        print(f"{one.name} took {one.median:.2f} s, over its limit of {LIMITS[one.name]:g} s", file=sys.stderr)
    return len(late)


def over(measured: Iterable[Measured]) -> list[Measured]:
    """Those that took longer than their limit."""
    return [one for one in measured if one.median > LIMITS[one.name]]


def _timed(name: str, act: Callable[[], object]) -> Measured:
    seconds = []
    for _ in range(RUNS):
        before = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - before)
    return Measured(name=name, seconds=tuple(seconds))


def _spread(of: Measured) -> str:
    return f"({min(of.seconds):.2f} to {max(of.seconds):.2f})"


def _fresh(company: Path) -> Path:
    """The issuer's folder without a ledger; copying it takes some hundredths of a second."""
    shutil.rmtree(company, ignore_errors=True)
    return Path(shutil.copytree(ISSUER, company, ignore=shutil.ignore_patterns(".leaf")))


def _leaf(*words: str, company: Path) -> None:
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", *words, "--company", str(company)]
    subprocess.run(command, check=True, capture_output=True)


def _computed(company: Path) -> None:
    _leaf("load", "--as-owners", company=company)
    _leaf("approve", "--all", company=company)
    _leaf("facts", "--output", os.devnull, company=company)


def _reported(company: Path) -> None:
    """What `make report` runs: three languages, HTML and PDF."""
    _leaf("load", "--as-owners", company=company)
    _leaf("approve", "--all", company=company)
    _leaf("report", company=company)


def _pages(company: Path) -> list[dict[str, str]]:
    """What Typst is given for each edition."""
    from leafledger.flow.calculate import calculate
    from leafledger.flow.publish import sources
    from leafledger.report import palette
    from leafledger.report.compose import compose
    from leafledger.report.render.charts import charts_of
    from leafledger.report.render.pdf_content import content

    of = sources(calculate(company), 2024)
    colours = json.dumps({name: colour for name, colour in vars(palette).items() if name.isupper()})
    reports = [compose(of, language) for language in of.company.languages]
    return [
        {"report": json.dumps(content(report, charts_of(report)), ensure_ascii=False), "palette": colours}
        for report in reports
    ]


def _typst(pages: list[dict[str, str]]) -> None:
    with ProcessPoolExecutor(max_workers=min(len(pages), os.cpu_count() or 1)) as pool:
        list(pool.map(_compile, pages))


def _compile(inputs: dict[str, str]) -> int:
    import typst

    from leafledger.report.render import fonts, pdf

    template = Path(pdf.__file__).parent / "typst"
    made = typst.compile(
        template / "report.typ",
        root=template,
        font_paths=fonts.for_typst(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=AT,
    )
    return len(made)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
