"""A text is read into paragraphs whose numbers are references to figures; anything else in digits is found, with its line."""

import pytest

from leafledger.report.narrative import Ref, Said, read, read_narratives, stamp, text_hash


def reading(text, language="en"):
    return read(text, id="a.b", language=language, name=f"narrative/{language}/a.b.md")


def found(text):
    return [str(finding) for finding in reading(text).findings]


def said(text, language="en"):
    return [
        "".join(piece.text if isinstance(piece, Said) else f"<{piece.key}>" for piece in item)
        for part in reading(text, language).parts
        for item in part.items
    ]


def test_paragraphs_lists_headings_and_strong_words_are_read():
    text = reading("One **two** three.\n\n### A part\n\n- first\n- second\n")
    assert [part.kind for part in text.parts] == ["paragraph", "heading", "bullets"]
    assert text.parts[0].items[0][1] == Said("two", strong=True)
    assert len(text.parts[2].items) == 2 and not text.findings


def test_a_reference_names_a_figure_and_may_leave_out_its_unit():
    text = reading(
        "We used {energy.total@2024}, or {energy.total@2023|value} before,\nand {people.heads@2024[gender=male]}."
    )
    assert text.refs == (
        Ref("energy.total@2024", bare=False, line=1),
        Ref("energy.total@2023", bare=True, line=1),
        Ref("people.heads@2024[gender=male]", bare=False, line=2),
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in 2024", "en"),
        ("2022–2024", "en"),
        ("the years 1998 to 2100", "en"),
        ("between 2022 and 2024, and by 2030.", "en"),
        ("The report (2024) was read at the end of 2024, and in **2025**", "en"),
        ("In 2024 {people.heads@2024} were trained", "en"),
        ("[[ISO 27001]] and [[3D]]", "en"),
        ("**2024**", "en"),
        ("2024年", "zh-Hans"),
        ("2022、2023及2024年，由2019至2023 年", "zh-Hant"),
        ("2022–2024年", "zh-Hans"),
    ],
)
def test_years_and_marked_names_need_no_figure(text, language):
    assert reading(text, language).findings == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("trained 2000 people", "en"),
        ("we trained **2000** people", "en"),
        ("in 2000 households", "en"),
        ("in 2000-bed hospitals", "en"),
        ("a total of 2000.", "en"),
        ("培訓2001名員工", "zh-Hant"),
        ("共2024人", "zh-Hans"),
        ("为2000、2024人", "zh-Hans"),
    ],
)
def test_a_number_that_could_be_a_year_and_is_not_told_as_one_is_found(text, language):
    assert reading(text, language).findings[0].rule == "narrative.number"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("about 45 sites", "45"),
        ("2,024 more and 2024 tonnes", "2,024"),
        ("a share of 2000%", "2000"),
        ("RMB ¥2024", "2024"),
        ("a loss of −2024", "2024"),
        ("2024.5 hours", "2024.5"),
        ("about ４５ sites", "４５"),
        ("ISO 27001", "27001"),
        ("1.", "1"),
    ],
)
def test_any_other_digit_is_found_with_its_line(text, digits):
    assert (
        found(f"Words.\n\n{text}")[0].startswith(
            f"narrative/en/a.b.md:3: error [narrative.number] the number {digits} has no figure behind it"
        )
        or "numbered lists" in found(f"Words.\n\n{text}")[0]
    )


def test_a_line_within_a_paragraph_is_counted():
    assert "a.b.md:4:" in found("One\ntwo\nthree\n17 four")[0]


def test_lines_are_counted_behind_the_front_matter():
    assert "a.b.md:5:" in found("---\ntranslated_from: 0123456789abcdef\n---\n\n17")[0]


@pytest.mark.parametrize("text", ["a {figure", "a figure}", "[[open", "{two\nlines@2024}"])
def test_a_brace_that_is_left_open_is_found(text):
    assert "a brace or [[ is left open" in found(text)[0]


def test_headings_of_another_level_and_numbered_lists_are_found():
    assert "only `###` headings" in found("# Title")[0]
    assert "numbered lists are not printed" in found("1. one\n2. two")[0]


def test_markup_that_is_not_read_stays_as_it_was_written():
    assert said("a <b>bold</b> [link](x) `code` & more") == ["a <b>bold</b> [link](x) `code` & more"]


@pytest.mark.parametrize(
    ("language", "text", "joined"),
    [
        ("zh-Hant", "今年\n我們", "今年我們"),
        ("zh-Hans", "用了\nAI技术", "用了 AI技术"),
        ("en", "two\nlines", "two lines"),
    ],
)
def test_a_line_break_is_a_space_except_between_chinese_letters(language, text, joined):
    assert said(text, language) == [joined]


def test_the_hash_of_a_text_leaves_out_its_front_matter_and_space_around_it():
    assert text_hash("One.\n") == text_hash("---\ntranslated_from: 0\n---\n\nOne.") != text_hash("Two.")


def narratives(folder, **texts):
    for language, text in texts.items():
        place = folder / "narrative" / language.replace("_", "-")
        place.mkdir(parents=True, exist_ok=True)
        (place / "a.b.md").write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_stamp_says_which_source_a_translation_was_read_against(tmp_path):
    narratives(tmp_path, en="One.", zh_Hant="一。", zh_Hans="一。")
    assert stamp(tmp_path, "en") == ["narrative/zh-Hant/a.b.md", "narrative/zh-Hans/a.b.md"]
    texts = read_narratives(tmp_path)
    assert texts["zh-Hant"]["a.b"].translated_from == texts["en"]["a.b"].hash
    assert stamp(tmp_path, "en") == []


def test_a_new_stamp_takes_the_place_of_the_old_one(tmp_path):
    narratives(tmp_path, en="One.", zh_Hans="一。")
    stamp(tmp_path, "en")
    narratives(tmp_path, en="Two.")
    stamp(tmp_path, "en")
    assert read_narratives(tmp_path)["zh-Hans"]["a.b"].translated_from == text_hash("Two.")
    assert (tmp_path / "narrative/zh-Hans/a.b.md").read_text().count("---") == 2


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe\x00", "not UTF-8 text"), (b"long " * 50_000, "too long for a section")]
)
def test_a_file_that_is_no_text_of_a_section_is_one_finding(tmp_path, content, said):
    narratives(tmp_path, en=content)
    (finding,) = read_narratives(tmp_path)["en"]["a.b"].findings
    assert said in str(finding) and str(finding).startswith("narrative/en/a.b.md: error")


def test_a_company_without_texts_has_none_in_any_language(tmp_path):
    assert read_narratives(tmp_path) == {"zh-Hant": {}, "zh-Hans": {}, "en": {}}
