"""The words of the imprint and of paper, filled for one report; all of them stand in words.yaml."""

from leafledger.report.blocks import Report
from leafledger.report.words import word

PAPER = (
    "imprint", "company", "legal_name", "contact", "state", "released", "editions", "digest_note", "page_before", "page_after",
    "bracket_open", "bracket_close", "data", "comma", "semicolon", "stop",
)  # fmt: skip


def paper_words(report: Report) -> dict[str, str]:
    """Every word the pages need, with its values filled in."""
    language = report.language
    about = {"company": report.company, "title": report.title, "period": report.period}
    return {
        **{key: word(language, key) for key in PAPER},
        **report.words,
        "prevailing": word(language, "prevails", language=word(language, f"name_of_{report.prevailing}")),
        "description": word(language, "description", **about),
        "document_title": word(language, "document_title", **about),
    }
