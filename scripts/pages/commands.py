"""docs/commands.md: every command with what it says of itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.pages.run import leaf

HEAD = """# Commands

Written by `make docs` from the commands themselves. All but `init`, `audit` and `verify` take `--company FOLDER`, and work on
the folder one stands in without it. Status 0: done. Status 1: done, and something does not hold. Status 2: not done, and nothing
was written.
"""


def page(scratch: Path) -> str:
    import typer

    from leafledger.cli import app

    parts = []
    for words in _named(typer.main.get_command(app)):
        shown = leaf(*words, "--help", at=scratch).shown
        parts.append(f"## leaf {' '.join(words)}\n\n```text\n{shown}\n```\n")
    return "\n".join([HEAD, *parts])


def _named(group: Any, *before: str) -> Iterator[tuple[str, ...]]:
    """Every command by its words; one that has commands of its own before these."""
    for name, command in group.commands.items():
        yield (*before, name)
        if hasattr(command, "commands"):
            yield from _named(command, *before, name)
