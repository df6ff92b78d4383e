"""What would make a report say what is not so, found before it is printed. A finding of severity error stops the build."""

from leafledger.core.finding import Finding
from leafledger.report.rules import disclosures, outline, texts, written
from leafledger.report.rules.parity import parity
from leafledger.report.sources import Sources

RULES = (*outline.RULES, *texts.RULES, *written.RULES, *disclosures.RULES)

__all__ = ["RULES", "check", "parity"]


def check(sources: Sources) -> tuple[Finding, ...]:
    """Everything that the rules find in outline, texts and disclosures, in that order."""
    return tuple(finding for rule in RULES for finding in rule(sources))
