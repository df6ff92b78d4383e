"""How far a standard is answered, for other programs and pages: Markdown, CSV and JSON, and the words of each."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import groupby

from leafledger.core.definition import Level
from leafledger.report.standing import Gaps, Standing, State
from leafledger.report.words import word

STATE_WORDS: dict[State, str] = {
    "answered": "gaps_answered",
    "partly": "gaps_partly",
    "missing": "gaps_missing",
    "not_applicable": "gaps_not_applicable",
}
LEVEL_WORDS: dict[Level, str] = {
    "mandatory": "gaps_level_mandatory",
    "comply_or_explain": "gaps_level_comply_or_explain",
    "recommended": "gaps_level_recommended",
    "voluntary": "gaps_level_voluntary",
}
COLUMNS = (
    "standard",
    "year",
    "id",
    "title",
    "group",
    "level",
    "state",
    "answered_by",
    "lacks",
    "collect",
    "company_says",
)


def head(gaps: Gaps, language: str) -> str:
    """`IFRS S2 Climate-related Disclosures (2023), 2024`."""
    return word(language, "gaps_head", title=gaps.title, edition=gaps.edition, year=gaps.year)


def counted(gaps: Gaps, language: str) -> str:
    """`40 disclosures: 5 answered, 21 partly, 10 missing, 4 not applicable`."""
    said = [f"{number} {state_word(state, language)}" for state, number in gaps.counts.items()]
    return word(language, "gaps_counts", total=len(gaps.standings), counts=word(language, "list_comma").join(said))


def state_word(state: State, language: str) -> str:
    return word(language, STATE_WORDS[state])


def level_word(level: Level, language: str) -> str:
    return word(language, LEVEL_WORDS[level]) if level else ""


def grouped(gaps: Gaps) -> Iterator[tuple[str, list[Standing]]]:
    """The disclosures under each heading of the standard, in its order."""
    for group, standings in groupby(gaps.standings, key=lambda one: one.group):
        yield group, list(standings)


def markdown(gaps: Gaps, language: str) -> str:
    """A page: the counts, the notes, and a table for each group."""
    lines = [f"# {head(gaps, language)}", "", f"{counted(gaps, language)}.", *(f"\n{note}" for note in gaps.notes)]
    columns = ("index_disclosure", "index_what", "gaps_state", "gaps_answer", "gaps_lack")
    header = " | ".join(word(language, column) for column in columns)
    for group, standings in grouped(gaps):
        lines += ["", *([f"## {group}", ""] if group else []), f"| {header} |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(one, language) for one in standings]
    return "\n".join(lines) + "\n"


def as_csv(gaps: Gaps) -> str:
    """One row a disclosure; several things in one cell stand on lines of their own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in gaps.standings:
        said = ("\n".join(part) for part in (one.answers, one.lacks, one.collect))
        writer.writerow([gaps.standard, gaps.year, one.id, one.title, one.group, one.level, one.state, *said, one.why])
    return text.getvalue()


def as_json(gaps: Gaps) -> str:
    """Everything, with the figure or section that each thing is about."""
    content = {
        "standard": gaps.standard,
        "title": gaps.title,
        "edition": gaps.edition,
        "year": gaps.year,
        "counts": dict(gaps.counts),
        "notes": list(gaps.notes),
        "disclosures": [_disclosure(one) for one in gaps.standings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _disclosure(one: Standing) -> dict[str, object]:
    needs = [
        {"what": need.what, "id": need.id, "shown": need.shown, "lacks": need.lacks, "collect": list(need.collect)}
        for need in one.needs
    ]
    said: dict[str, object] = {"id": one.id, "title": one.title, "group": one.group, "level": one.level}
    return {**said, "state": one.state, "needs": needs, "company_says": one.why}


def _row(one: Standing, language: str) -> str:
    why = [f"{word(language, 'gaps_why')}{word(language, 'colon')}{one.why}"] if one.why and one.needs else []
    lacks = [*one.lacks, *why] if one.needs else [one.why]
    level = level_word(one.level, language)
    state = state_word(one.state, language) + (f" ({level})" if level else "")
    cells = (one.id, one.title, state, "<br>".join(one.answers), "<br>".join(lacks))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').strip() for cell in cells)} |"
