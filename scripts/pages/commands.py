"""docs/commands.md: every command with what it says of itself."""

from pathlib import Path

from scripts.pages.run import leaf

HEAD = """# Commands

Written by `make docs` from the commands themselves. All but `init`, `audit` and `verify` take `--company FOLDER`, and work on
the folder one stands in without it. Status 0: done. Status 1: done, and something does not hold. Status 2: not done, and nothing
was written.
"""


def page(scratch: Path) -> str:
    import typer

    from leafledger.cli import app

    names = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group, as it has several
    parts = [f"## leaf {name}\n\n```text\n{leaf(name, '--help', at=scratch).shown}\n```\n" for name in names]
    return "\n".join([HEAD, *parts])
