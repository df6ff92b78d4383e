"""Which edition of a standard, and which of its disclosures, applies to a reporting year, and how far it binds whom."""

from datetime import date

from leafledger.core.definition import Disclosure, Level, Standard


def in_force(of: Standard | Disclosure, year: int) -> bool:
    """Has it begun by the end of the year, and not ended before its first day? Without days of its own it has."""
    begun = of.effective_from is None or of.effective_from <= date(year, 12, 31)
    return begun and (of.effective_to is None or of.effective_to >= date(year, 1, 1))


def level_of(standard: Standard, disclosure: Disclosure, year: int, issuer: str = "") -> Level:
    """How binding a disclosure is in a year for a class of issuer; the last of its phases that has begun counts."""
    level = disclosure.level
    for phase in sorted(standard.phases, key=lambda one: one.since or date.min):
        begun = phase.since is None or phase.since <= date(year, 1, 1)
        if phase.issuer == issuer and begun and disclosure.group in phase.groups and disclosure.level == phase.was:
            level = phase.level
    return level


def days_of(of: Standard | Disclosure) -> str:
    """`from 2025-01-01`, `until 2024-12-31`, or both."""
    said = [
        f"from {of.effective_from}" if of.effective_from else "",
        f"until {of.effective_to}" if of.effective_to else "",
    ]
    return " ".join(filter(None, said))
