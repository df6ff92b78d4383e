"""What a rule found: what contradicts what, where, how sure we are, and a line of arithmetic that a person can redo."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from leafledger.audit.mention import Reading, Where

Certainty = Literal["certain", "likely", "question"]
Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`template` filled with `values` says what; it is English and the key of its translations (audit/rules/messages.yaml).

    proof: the arithmetic, by hand. settle: what would settle it, a template like the other.
    about: the ids of the mentions that contradict each other; a verdict that says no more than another does is left out.
    """

    rule: str
    certainty: Certainty
    severity: Severity
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Where, ...] = ()
    proof: str = ""
    settle: str = ""
    about: tuple[int, ...] = ()

    @property
    def message(self) -> str:
        return self.template.format(**filled(self.values, "en"))


def filled(values: Mapping[str, object], language: str) -> dict[str, object]:
    """The values in a language: one that is a text in several languages is that text in this one."""
    return {key: value[language] if isinstance(value, Mapping) else value for key, value in values.items()}


Rule = Callable[[Reading], Iterable[Verdict]]
RULES: dict[str, Rule] = {}
"""Every rule by name, in the order in which they were defined."""


def rule(check: Rule) -> Rule:
    """Register a check; its name is the function's, its docstring says what it finds."""
    RULES[check.__name__.replace("_", "-")] = check
    return check
