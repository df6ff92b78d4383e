"""Where each disclosure of a standard is answered, or why it is left out: `disclosures.yaml` of a company."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import Text
from leafledger.library.build import build
from leafledger.library.strict_yaml import NotStrict, parse, read_text

NAME = "disclosures.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Sections and metrics that answer a disclosure, what a reader should know beside them, or why it is omitted."""

    __pydantic_config__ = STRICT

    sections: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    explained: Text | None = None
    omitted: Text | None = None
    place: Place = NOWHERE


Answers = Mapping[str, Mapping[str, Answer]]
"""By standard, then by disclosure."""


def read_answers(company_folder: Path) -> Answers:
    """`disclosures.yaml` of the folder; empty when there is none. Refused with every error in it."""
    path = company_folder / NAME
    if not path.exists():
        return {}
    try:
        document = parse(read_text(path, NAME), NAME)
    except NotStrict as error:
        raise Refused(error.finding) from None
    findings: list[Finding] = []
    answers: dict[str, dict[str, Answer]] = {}
    for standard, given in (document.data or {}).items() if isinstance(document.data or {}, dict) else ():
        if not isinstance(given, dict):
            findings.append(
                _bad(document.line((standard,)), "a standard is followed by its disclosures and their answers")
            )
            continue
        for disclosure, data in given.items():
            answer = build(Answer, data, (standard, disclosure), document, NAME, findings)
            if answer is None:
                continue
            if not (answer.sections or answer.explained or answer.omitted or answer.metrics):
                findings.append(
                    _bad(answer.place.line, f"{disclosure} has no answer: give sections, metrics, explained or omitted")
                )
            if answer.omitted and (answer.sections or answer.metrics):
                findings.append(_bad(answer.place.line, f"{disclosure} is both answered and omitted; keep one of them"))
            answers.setdefault(standard, {})[disclosure] = answer
    if findings:
        raise Refused(findings)
    return answers


def _bad(line: int | None, problem: str) -> Finding:
    return Finding(
        rule="disclosures", template="{problem}", values={"problem": problem}, place=Place(name=NAME, line=line)
    )
