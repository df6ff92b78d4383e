"""Definition files are YAML without surprises: what could be read in two ways is refused with its line."""

import pytest

from leafledger.library.strict_yaml import MOST_BYTES, MOST_DEPTH, NotStrict, parse, read_text


def refusal(text: str) -> str:
    with pytest.raises(NotStrict) as refused:
        parse(text, "a.yaml")
    finding = refused.value.finding
    return f"{finding.place}: {finding.message}"


def test_no_is_a_word_and_a_number_keeps_its_digits():
    assert parse("country: NO\nversion: 1.10\nday: 2024-01-05", "a.yaml").data == {
        "country": "NO",
        "version": "1.10",
        "day": "2024-01-05",
    }


def test_only_true_false_and_null_are_not_text_and_only_without_quotes():
    assert parse("[true, false, null, ~, 'true', yes, off]", "a.yaml").data == [
        True, False, None, None, "true", "yes", "off",
    ]  # fmt: skip


def test_a_key_given_twice_names_both_lines():
    assert refusal("a: 1\nb: 2\na: 3") == "a.yaml:3: the key 'a' is already given in line 1; keep one of them"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x", "a.yaml:1: anchors and aliases are not allowed; write the value out"),
        ("a: 1\nb: !!str 2", "a.yaml:2: tags are not allowed; write plain text"),
        ("a: !python/object:os.system x", "a.yaml:1: tags are not allowed; write plain text"),
        ("? [a, b]\n: 1", "a.yaml:1: a key must be plain text"),
        ("a: b: c", "a.yaml:1: not readable as YAML: mapping values are not allowed in this context"),
        ("a: 1\n---\nb: 2", "a.yaml:2: not readable as YAML: but found another document"),
        ("a: 1\nb: \x07", "a.yaml:2: the character U+0007 may not stand in YAML"),
        ("[" * 100_000, f"a.yaml:1: nested deeper than {MOST_DEPTH} levels"),
    ],
)
def test_cleverness_is_refused_with_its_line(text, said):
    assert refusal(text) == said


def test_a_value_knows_its_line_and_what_is_not_there_the_nearest_one():
    document = parse("- id: a\n  title:\n    en: A\n- id: b", "a.yaml")
    assert [document.line(path) for path in ((0, "title", "en"), (0, "title", "zh-Hans"), (1,), (9, "x"))] == [
        3,
        2,
        4,
        1,
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: \xff", "the file is not UTF-8 text"),
        (b"a: 1\nb: \x00", "the file holds bytes that are not text"),
        (b"x" * (MOST_BYTES + 1), "the file is larger than 4 MB, so it is not a definition"),
    ],
)
def test_a_file_that_is_not_text_is_refused(tmp_path, content, said):
    (tmp_path / "a.yaml").write_bytes(content)
    with pytest.raises(NotStrict, match=said):
        read_text(tmp_path / "a.yaml", "a.yaml")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotStrict, match=r"a\.yaml:1: .*cannot be read \(No such file"):
        read_text(tmp_path / "a.yaml", "a.yaml")
