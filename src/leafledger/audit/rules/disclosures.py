"""Disclosures that a standard asks for in the year of the report, and that its index neither answers nor explains."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from leafledger.audit.fold import fold
from leafledger.audit.mention import Reading, Reference
from leafledger.audit.rules.saying import verdict
from leafledger.audit.rules.sentences import sentences
from leafledger.audit.verdict import Verdict, rule
from leafledger.core.definition import Disclosure, Standard
from leafledger.core.text import LANGUAGES
from leafledger.library.load import LIBRARY, load

FEW = 6
"""An index with fewer lines of a standard is none, or was not read."""
ASKED = ("mandatory", "comply_or_explain")
BY_PARAGRAPH = ("B.", "D.")
"""Parts B and D of HKEX's 2025 edition count their paragraphs: `B.13`, `D.28(a)`. Where no line of an index has such a number, they stand
in it as plain numbers, if at all: whether they are answered is not known, so it is not said."""
_EMPTY = re.compile(r"^[\s/╱\-–—]*$|^n/?a$", re.I)
_IN_ACCORDANCE = re.compile(r"(?:依据|遵循|符合|按照)《?GRI|in accordance with (?:the )?GRI", re.I)
_WITH_REFERENCE = re.compile(r"参照《?GRI|with reference to (?:the )?GRI", re.I)


@rule
def unanswered(reading: Reading) -> Iterator[Verdict]:
    """The index leaves out disclosures that the standard asks everybody to answer or to explain."""
    hkex = [reference for reference in reading.references if "hkex" in reference.standard.lower()]
    edition = _hkex_of(reading.year) if len(hkex) >= FEW else None
    if edition:
        yield from _missing(edition, hkex, [d for d in edition.disclosures if d.level in ASKED])
    gri = [reference for reference in reading.references if "gri" in reference.standard.lower()]
    if len(gri) >= FEW and _claims_accordance(reading):
        general = [d for d in _standard("gri-2021").disclosures if re.fullmatch(r"2-\d+|3-[12]", d.id)]
        yield from _missing(_standard("gri-2021"), gri, general)


def _missing(standard: Standard, answered: list[Reference], asked: list[Disclosure]) -> Iterator[Verdict]:
    """One verdict for each standard, with every disclosure that is left out or has nothing beside it."""
    there = {code(reference): reference for reference in answered}
    none = [one for one in asked if not _named(one, there)]
    if not any(_named(one, there) for one in asked if one.id.endswith(".GD")):
        none = [one for one in none if not one.id.endswith(".GD")]  # none was read: their rows have no number
    for part in BY_PARAGRAPH:
        if not any(_named(one, there) for one in asked if one.id.startswith(part)):
            none = [one for one in none if not one.id.startswith(part)]
    empty = [there[one.id] for one in asked if one.id in there and _EMPTY.match(fold(there[one.id].target))]
    if 0 < len(none) <= len(asked) // 2:
        yield verdict(
            "unanswered",
            "likely",
            "medium",
            "{standard}: the index neither answers nor explains {missing}.",
            places=(answered[0].where, answered[-1].where),
            settle="Answer each of them, or say why it does not apply.",
            standard=standard.title,
            missing={language: "; ".join(f"{one.id} {one.title[language]}" for one in none) for language in LANGUAGES},
        )
    for reference in empty:
        yield verdict(
            "unanswered",
            "likely",
            "medium",
            "{disclosure} stands in the index with nothing beside it.",
            places=(reference.where,),
            settle="Answer each of them, or say why it does not apply.",
            disclosure=reference.disclosure,
        )


def _named(one: Disclosure, there: dict[str, Reference]) -> bool:
    """Itself; a general disclosure also where only its aspect stands there, a part of a paragraph where the paragraph does, and the other way."""
    whole = one.id.removesuffix(".GD").partition("(")[0]
    paragraph = re.match(r"B\.\d+", one.id)
    return (
        one.id in there
        or (one.id.endswith((".GD", ")")) and whole in there)
        or (paragraph is not None and paragraph.group() in there)
        or (one.id.startswith("D.") and any(id.startswith(f"{one.id}(") for id in there))
    )


def code(reference: Reference) -> str:
    """Its id as the library writes it: A1.GD, B3.2, B.13, D.28(a), 305-3."""
    text = (
        reference.disclosure.strip()
        .upper()
        .replace("一般披露", "GD")
        .replace("GENERAL DISCLOSURE", "GD")
        .replace(" ", ".")
    )
    if paragraph := re.match(r"(?P<part>[BD])\.*(?P<number>\d\d)\.?(?:\((?P<letter>[A-Z])\))?$", text):
        letter = f"({paragraph['letter'].lower()})" if paragraph["letter"] else ""
        return f"{paragraph['part']}.{paragraph['number']}{letter}"
    found = re.search(r"[AB]\d(?:\.(?:\d+|GD))?|\d{1,3}-\d{1,2}", text)
    return found.group() if found else text


def _claims_accordance(reading: Reading) -> bool:
    """Only who reports in accordance with GRI must answer every general disclosure."""
    texts = [sentence.folded for sentence in sentences(reading) if "GRI" in sentence.folded]
    return any(map(_IN_ACCORDANCE.search, texts)) and not any(map(_WITH_REFERENCE.search, texts))


def _hkex_of(year: int | None) -> Standard | None:
    """The edition in force for a reporting year."""
    if year is None or year < 2016:
        return None
    first = date(year, 1, 1)
    editions = [_standard("hkex-c2-2024"), _standard("hkex-c2-2025")]
    newer = [one for one in editions if one.effective_from and one.effective_from <= first]
    return newer[-1] if newer else None


@cache
def _standards() -> dict[str, Standard]:
    return dict(load(LIBRARY).standards)


def _standard(id: str) -> Standard:
    return _standards()[id]
