"""The command line: one command per verb."""

import typer

app = typer.Typer(no_args_is_help=True, help="Leafledger: an open sustainability ledger.")


def main() -> None:
    app()
