"""What was found wrong or missing, as data: a rule, a message template, its values and a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where a finding stands: a file and line, or a named thing such as a series or a fact."""

    name: str
    line: int | None = None

    def __str__(self) -> str:
        return self.name if self.line is None else f"{self.name}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing someone should know: `template` filled with `values` says what, why and what to do.

    The template is English and is the translation key; a face translates it before filling it.
    """

    rule: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    severity: Severity = "error"

    @property
    def message(self) -> str:
        return self.template.format(**self.values)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity} [{self.rule}] {self.message}"


class Refused(Exception):
    """The act was understood and not carried out; `findings` say why and what would help."""

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(str(f) for f in self.findings))
