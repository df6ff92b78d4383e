"""Everything that a report is composed from, as plain values: nothing here is read from a file or a database again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from leafledger.core.approval import Approval
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Company
from leafledger.core.text import Text
from leafledger.engine.restatement import RestatedYear
from leafledger.library.load import Library
from leafledger.report.answers import Answers
from leafledger.report.narrative import Narratives
from leafledger.report.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """One company's year. entries and approvals by entry id; evidence: the SHA-256 of each file by the name entries use.
    attached: names of files that were added to entries after they were recorded, by entry id.

    differences: why a figure is not what was printed before, by the figure's key; a note in the tables says so.
    restated: what was done to closed years, in order.
    """

    company: Company
    library: Library
    outline: Outline
    answers: Answers
    narratives: Narratives
    facts: FactSet
    year: int
    entries: Mapping[str, Entry] = field(default_factory=dict)
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    attached: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    differences: Mapping[str, Text] = field(default_factory=dict)
    restated: tuple[RestatedYear, ...] = ()
