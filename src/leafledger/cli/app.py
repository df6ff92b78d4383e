"""The command line's frame: its options, what it prints where, and how a refusal ends it."""

import functools
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.text import Text

from leafledger import __version__
from leafledger.core.finding import Finding, Place, Refused

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
WithHoles = Annotated[
    bool, typer.Option("--with-holes", help="What is missing is to stay so; else it is listed, and nothing is done.")
]
HERE = Path()

REFUSED, FOUND, INTERRUPTED = 2, 1, 130
"""Exit statuses: what was asked was not done and nothing was written; it was done and something does not hold; Ctrl-C."""


def _version(asked: bool) -> None:
    if asked:
        out.print(f"leafledger {__version__}")
        raise typer.Exit


@app.callback()
def frame(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Say which version this is.")
    ] = False,
) -> None:
    """What is asked of `leaf` itself."""


def main() -> None:
    app()


def command(name: str, of: typer.Typer = app, *, hidden: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a command, or one of a group. A refusal prints every finding and ends with status 2."""

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
            except OSError as error:
                refuse([_of_the_system(error)])
            except KeyboardInterrupt:
                _end_at_once()

        of.command(name, hidden=hidden)(acting)
        return acting

    return register


def _end_at_once() -> NoReturn:
    """Say so and be gone: Python's own way out waits for workers that will never answer, and what was open ends as if killed."""
    err.print("Interrupted; nothing was written.")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED)


def _of_the_system(error: OSError) -> Finding:
    """What the system would not do, where nobody foresaw it."""
    template = "it cannot be read or written ({problem}); see that its folder is there, that you may write to it, and that the disk has room"
    place = Place(name=str(error.filename2 or error.filename)) if error.filename else None
    return Finding(rule="system", template=template, values={"problem": error.strerror or error}, place=place)


def refuse(findings: Iterable[Finding]) -> NoReturn:
    """Say what is in the way, and end with status 2."""
    findings = tuple(findings)
    tell(findings)
    in_the_way = sum(finding.severity != "note" for finding in findings)
    if in_the_way > 1:
        err.print(f"{in_the_way} things are in the way; nothing was written.")
    raise typer.Exit(REFUSED)


def say(text: str) -> None:
    """One line as it stands: what people wrote is no markup, and a line in a file is not broken."""
    out.print(text, markup=False, soft_wrap=True)


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
