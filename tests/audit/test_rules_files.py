"""One error in a small invented report, in each language and each kind of file: it is found, and nothing else is."""

from pathlib import Path

import pytest
from small_reports import WORDS, Small, write

from leafledger.audit.report import Audited, audit

FORMS = ("txt", "html", "pdf")
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
EVERY = pytest.mark.parametrize("language", LANGUAGES)
AS = pytest.mark.parametrize("form", FORMS)


def sure(audited: Audited) -> list[tuple[str, str, str]]:
    """Check, certainty and arithmetic of what is more than a question."""
    return [(v.rule, v.certainty, v.proof) for v in audited.verdicts if v.certainty != "question"]


@EVERY
@AS
def test_a_report_with_nothing_wrong_comes_out_clean(language: str, form: str, tmp_path: Path) -> None:
    done = audit(write(Small(language=language), tmp_path, form))
    assert (sure(done), done.reading.year, done.document.language) == ([], 2024, language)


@EVERY
@AS
def test_a_sum(language: str, form: str, tmp_path: Path) -> None:
    done = audit(write(Small(language=language, men="291"), tmp_path, form))
    assert sure(done) == [("sums", "certain", "291 + 210 = 501 ≠ 500")]


@EVERY
@AS
def test_a_standard_that_nobody_is_certified_to(language: str, form: str, tmp_path: Path) -> None:
    done = audit(write(Small(language=language, standard="ISO 14000"), tmp_path, form))
    assert [(rule, certainty) for rule, certainty, _ in sure(done)] == [("standard-names", "certain")]


@EVERY
@AS
def test_a_change_that_the_table_does_not_make(language: str, form: str, tmp_path: Path) -> None:
    done = audit(write(Small(language=language, percent="35%"), tmp_path, form))
    assert sure(done) == [("change-against-series", "likely", "(10,000.0 − 8,000.0) / 8,000.0 = 25 %")]


@EVERY
@AS
def test_a_word_of_direction(language: str, form: str, tmp_path: Path) -> None:
    done = audit(write(Small(language=language, way="down"), tmp_path, form))
    assert [(rule, certainty) for rule, certainty, _ in sure(done)] == [("change-against-series", "likely")]


@EVERY
@AS
def test_a_reference_under_another_title(language: str, form: str, tmp_path: Path) -> None:
    wrong = WORDS[language]["water"] + {"en": " and waste"}.get(
        language, "與廢棄物" if language == "zh-Hant" else "与废弃物"
    )
    done = audit(write(Small(language=language, target=wrong), tmp_path, form))
    assert [(rule, certainty) for rule, certainty, _ in sure(done)] == [("dead-reference", "certain")]
