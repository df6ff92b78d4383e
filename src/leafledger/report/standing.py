"""How far a company answers a standard in a year: each disclosure answered, partly, missing, or not asked of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from leafledger.core.definition import Disclosure, Level, Standard
from leafledger.library.effective import in_force, level_of
from leafledger.report.indices import GOALS, answered
from leafledger.report.needs import Need, needs
from leafledger.report.reader import Reader

State = Literal["answered", "partly", "missing", "not_applicable"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One disclosure, how binding it is for this company, and how it stands. why: the company's own word, or the days that it is not for."""

    id: str
    title: str
    group: str
    level: Level
    state: State
    needs: tuple[Need, ...] = ()
    why: str = ""

    @property
    def answers(self) -> list[str]:
        """What there is, each once."""
        return list(dict.fromkeys(need.shown for need in self.needs if need.shown))

    @property
    def lacks(self) -> list[str]:
        """What there is not, and what to do, each once."""
        return list(dict.fromkeys(need.lacks for need in self.needs if need.lacks))

    @property
    def collect(self) -> list[str]:
        """Activities that would have to be recorded for it."""
        return sorted({activity for need in self.needs for activity in need.collect})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """A standard, disclosure by disclosure, as the facts and texts of a year answer it. notes: what a reader should know first."""

    standard: str
    title: str
    edition: str
    year: int
    standings: tuple[Standing, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[State, int]:
        number = Counter(one.state for one in self.standings)
        return {state: number[state] for state in STATES}


def gaps(reader: Reader, standard: Standard) -> Gaps:
    """Every disclosure of a standard, whether or not the company reports by it."""
    return Gaps(
        standard=standard.id,
        title=reader.say(standard.title),
        edition=standard.edition,
        year=reader.sources.year,
        standings=tuple(standing(reader, standard, one) for one in standard.disclosures),
        notes=tuple(_notes(reader, standard)),
    )


def standing(reader: Reader, standard: Standard, one: Disclosure) -> Standing:
    """How one disclosure stands: what is not in force or left out is not asked, whatever there is."""
    answer = answered(reader.sources, standard, one.id)
    # What is explained of a goal is the answer itself; elsewhere it is a reserve, where something stands beside it.
    reserve = bool(answer and (answer.sections or answer.metrics)) and standard.id != GOALS
    met: tuple[Need, ...] = ()
    state: State = "not_applicable"
    why = reader.say(answer.explained) if answer and answer.explained and not reserve else ""
    if not in_force(one, reader.sources.year):
        why = _days(reader, standard, one)
    elif answer and answer.omitted:
        why = reader.say(answer.omitted)
    else:
        met = tuple(need for need in needs(reader, one.answered_by, answer) if reserve or need.what != "reserve")
        state = _state(met)
    issuer = reader.sources.company.issuer_class.get(standard.id, "")
    return Standing(
        id=one.id,
        title=reader.say(one.title),
        group=reader.say(standard.groups.get(one.group, {})),
        level=level_of(standard, one, reader.sources.year, issuer),
        state=state,
        needs=met,
        why=why,
    )


def _state(met: tuple[Need, ...]) -> State:
    if not any(need.shown for need in met):
        return "missing"
    return "partly" if any(need.lacks for need in met) else "answered"


def _days(reader: Reader, standard: Standard, one: Disclosure) -> str:
    """From or until when it holds, and what it took the place of, or what took its."""
    ended = one.effective_to is not None and one.effective_to.year < reader.sources.year
    said = reader.word("gaps_until" if ended else "gaps_from", day=one.effective_to if ended else one.effective_from)
    others = [other.id for other in standard.disclosures if one.id in other.replaces] if ended else list(one.replaces)
    if not others:
        return said
    return said + reader.word("gaps_replaced" if ended else "gaps_replaces", ids=reader.listed(others))


def _notes(reader: Reader, standard: Standard) -> list[str]:
    notes = []
    if not in_force(standard, reader.sources.year):
        ended = standard.effective_to is not None and standard.effective_to.year < reader.sources.year
        day = standard.effective_to if ended else standard.effective_from
        notes.append(reader.word("gaps_standard_until" if ended else "gaps_standard_from", day=day))
    if standard.id not in reader.sources.company.standards:
        notes.append(reader.word("gaps_not_chosen", id=standard.id))
    if standard.note:
        notes.append(reader.say(standard.note))
    return notes
