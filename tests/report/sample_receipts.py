"""Receipts for every figure of the sample report; the total of energy has each kind of line that a receipt can have."""

from dataclasses import replace

import sample_texts as say

from leafledger.report.blocks import Missing, Number, Report
from leafledger.report.receipt import EntryLine, FactorLine, File, Line, Receipt
from leafledger.report.walk import inlines_of
from leafledger.report.words import word

BILL = File(name="帳單 2024 #1.pdf", sha256="ab" * 32)
TOTAL, POWER = "energy.total@2024", "energy.electricity@2024"


def sample_receipts(report: Report) -> dict[str, Receipt]:
    """By fact id: a plain receipt for each figure printed, and two that lead on to one another and to evidence."""
    language = report.language
    printed = [
        it
        for chapter in report.chapters
        for block in chapter.blocks
        for it in inlines_of(block)
        if isinstance(it, Number | Missing) and it.fact_id
    ]
    made = {it.fact_id: plain(it, language) for it in printed}
    ids = {it.key: it.fact_id for it in printed}
    made[ids[TOTAL]] = total(made[ids[TOTAL]], language, ids[POWER])
    made[ids[POWER]] = power(made[ids[POWER]], language)
    return made


def plain(it: Number | Missing, language: str) -> Receipt:
    hole = isinstance(it, Missing)
    return Receipt(
        fact_id=it.fact_id,
        key=it.key,
        title=say.ENERGY[language],
        subtitle=it.key.partition("@")[2],
        value=word(language, "no_figure") if hole else f"9,482.3 {say.MWH[language]}",
        hole=hole,
        quality=((word(language, "coverage"), "100%"), (word(language, "review"), word(language, "reviewed"))),
        identity=((word(language, "figure_name"), it.key), (word(language, "fact_id"), it.fact_id)),
        findings=(say.MISSING_TEXT[language],) if hole else (),
    )


def total(of: Receipt, language: str, power_id: str) -> Receipt:
    fuel, electricity, unit = say.FIGURE_ROWS[language][next(iter(say.FIGURE_ROWS[language]))][0], "", say.MWH[language]
    electricity = say.FIGURE_ROWS[language][next(iter(say.FIGURE_ROWS[language]))][3]
    return replace(
        of,
        formula=f"{fuel} + {electricity}",
        formula_source="energy.fuel + energy.electricity",
        method=say.POINTS[language][0],
        source="GHG Protocol, Corporate Standard, ch. 6",
        steps=(
            Line(what=say.ENERGY[language], value=f"9,482.3 {unit}"),
            Line(what=fuel, value=f"531.3 {unit}", note="2024", depth=1),
            Line(what="36.1 × 27.4", value=f"989.14 {unit}", depth=2),
            Line(what=electricity, value=f"8,951.0 {unit}", depth=1, fact_id=power_id),
        ),
        inputs=(Line(what=electricity, value=f"8,951.0 {unit}", fact_id=power_id),),
        factors=(
            FactorLine(
                id="cn.grid.2024",
                name="CO2",
                value="0.5366 tCO2/MWh",
                region="CN",
                source="MEE 2024-12",
                note=word(language, "fell_back", asked="CN-SH", found="CN"),
            ),
            FactorLine(id="own.hired", name="CO2", value="0.40 tCO2/MWh", region="SG", source="", assumed=True),
        ),
    )


def power(of: Receipt, language: str) -> Receipt:
    entry = EntryLine(
        id="e-17",
        what=f"{say.ENERGY[language]}, 2024-03",
        value=f"8,951.0 {say.MWH[language]}",
        note=word(language, "estimated_entry", method=say.POINTS[language][1]),
        source="Meter 4",
        recorded_by="Ada",
        approved_by="Bo, 2025-02-03",
        evidence=(BILL,),
    )
    return replace(of, entries=(entry, replace(entry, id="e-18", note="", evidence=())))
