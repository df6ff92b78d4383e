"""What a receipt notes of sources that were screened out, suppliers' figures and contracts, in the reader's language."""

import re

from leafledger.core.fact import Step
from leafledger.core.org import Contract
from leafledger.core.period import Period
from leafledger.report.numbers import period
from leafledger.report.reader import Reader

WORDS = {
    "supplier's own figure": "supplier_own",
    "replaced": "replaced_by_supplier",
    "not covered by a contract": "rest_of_market",
}
_CONTRACT = re.compile(r"contract (?P<id>\S+)")
_SCREENED = re.compile(r"screened out: (?P<standing>not relevant|left out)")


def inventory_note(reader: Reader, of: Step, note: str) -> str:
    """The note in words; empty where it is none of these."""
    if note in WORDS:
        return reader.word(WORDS[note])
    if contract := _CONTRACT.fullmatch(note):
        return _contract(reader, contract["id"])
    if screened := _SCREENED.fullmatch(note):
        standing = reader.word("not_relevant" if screened["standing"] == "not relevant" else "left_out")
        reasons = {reader.say(one.reason) for one in reader.sources.company.screening if one.source == of.what}
        return reader.word("colon").join([standing, *(sorted(reasons) if len(reasons) == 1 else ())])
    return ""


def _contract(reader: Reader, id: str) -> str:
    known: Contract | None = next((one for one in reader.sources.company.contracts if one.id == id), None)
    if known is None:
        return id
    days = period(Period(known.vintage_from, known.vintage_to), reader.language)
    return reader.word("contract_note", kind=reader.word(f"contract_{known.kind}"), title=known.title, days=days)
