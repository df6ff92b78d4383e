"""What the calculation found about figures that are there all the same: control totals that differ, days that do not match."""

from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding
from leafledger.report.gathered import gathered


def warned(facts: FactSet) -> tuple[Finding, ...]:
    """Every warning that some figure carries, each once, however many figures stand on what it is about, and like ones together."""
    found = [finding for fact in facts.values() for finding in fact.findings if finding.severity == "warning"]
    return gathered({(one.rule, one.message, one.place): one for one in found}.values())
