"""The command line: one command per verb, each a few lines that read what was asked, call the verb and say what came of it."""

from leafledger.cli import (  # noqa: F401  each registers its commands
    activities,
    audit,
    company,
    consolidation,
    factors,
    figures,
    gaps,
    holes,
    hours,
    ledger,
    plan,
    quality,
    reports,
    restate,
    sources,
    what_if,
)
from leafledger.cli.app import app, main

__all__ = ["app", "main"]
