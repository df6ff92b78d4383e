"""The command line's frame: its options, what it prints where, and how a refusal ends it."""

import functools
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.text import Text

from leafledger.core.finding import Finding, Refused

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Leafledger: an open sustainability ledger, from approved records to a published, provable, trilingual report.",
)
NARROW = 120
"""Columns of a page that goes into a file or another program, where there is no screen to fit."""


def _console(*, stderr: bool) -> Console:
    there = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, highlight=False, width=None if there else NARROW)


out = _console(stderr=False)
err = _console(stderr=True)

Company = Annotated[Path, typer.Option("--company", "-c", help="The company's folder.", show_default="this folder")]
By = Annotated[str, typer.Option("--by", help="Who does it: a person's id of company.yaml. Needed where several may.")]
HERE = Path()

REFUSED, FOUND = 2, 1
"""Exit statuses: what was asked was not done and nothing was written; it was done and something does not hold."""


def main() -> None:
    app()


def command(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a command. A refusal prints every finding and ends with status 2."""

    def register(act: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(act)
        def acting(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return act(*args, **kwargs)
            except Refused as refused:
                refuse(refused.findings)
            except BrokenPipeError:
                sys.stderr.close()
                raise typer.Exit(0) from None

        app.command(name)(acting)
        return acting

    return register


def refuse(findings: Iterable[Finding]) -> NoReturn:
    """Say what is in the way, and end with status 2."""
    findings = tuple(findings)
    tell(findings)
    if len(findings) > 1:
        err.print(f"{len(findings)} things are in the way; nothing was written.")
    raise typer.Exit(REFUSED)


def tell(findings: Iterable[Finding]) -> None:
    """Each finding on its own line: where, how grave, what and what to do."""
    styles = {"error": "bold red", "warning": "yellow", "note": "dim"}
    for finding in findings:
        where = f"{finding.place}: " if finding.place else ""
        err.print(
            Text.assemble((where, "bold"), (finding.severity, styles[finding.severity]), f": {finding.message}"),
            soft_wrap=True,
        )


def counted(number: int, one: str, several: str = "") -> str:
    """`1 entry`, `12 entries`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
