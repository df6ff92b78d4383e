"""What was printed and why it differs: read strictly, every error at once, each with its line and what to do."""

from pathlib import Path

import pytest
from library_cases import TITLE

from leafledger.core.finding import Refused
from leafledger.library.load import Library, load
from leafledger.library.published import read_differences, read_published

HEAD = "id,metric,labels,period,value,unit,bound,kind,where,line\n"
REASONS = "metric,labels,period,printed,ours,reason_zh-Hant,reason_zh-Hans,reason_en\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for folder, text in {
        "dimensions": f"- {{id: gender, title: {TITLE}, members: {{female: {TITLE}, male: {TITLE}}}}}",
        "activities": f"- {{id: heads, title: {TITLE}, unit: person, kind: stock, breakdowns: [[gender]]}}",
    }.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path)


def problems(path: Path, text: str, library: Library) -> list[str]:
    path.write_text(text, encoding="utf-8")
    read = read_published if path.name == "published.csv" else read_differences
    with pytest.raises(Refused) as refused:
        read(path.parent, library)
    return [str(finding) for finding in refused.value.findings]


def test_a_printed_figure_keeps_its_digits_and_a_stroke_is_absent(tmp_path: Path, library: Library) -> None:
    text = HEAD + "a,heads,gender=male,2024,12.50,person,over,text,2.1,7\nb,heads,,2024,,person,,,,\n"
    (tmp_path / "published.csv").write_text(text, encoding="utf-8")
    first, second = read_published(tmp_path, library)
    assert (str(first.value), first.bound, first.kind, first.key) == (
        "12.50",
        "over",
        "text",
        "heads@2024[gender=male]",
    )
    assert (second.value, second.bound, second.kind) == (None, "exact", "table")


def test_a_folder_without_the_files_printed_nothing(tmp_path: Path, library: Library) -> None:
    assert read_published(tmp_path, library) == () and read_differences(tmp_path, library) == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,hats,,2024,1,person,,,,", "unknown figure 'hats'; define it in activities/ or metrics/"),
        ("a,heads,gender=none,2024,1,person,,,,", "there is no gender=none; define it in dimensions/"),
        ("a,heads,,2024,1,MWh,,,,", "do not measure the same thing; heads is kept in person"),
        ("a,heads,,2024,1,persons,,,,", "'persons' is not a unit"),
        ('a,heads,,2024,"1,000",person,,,,', "'1,000' is not a plain decimal number such as 1234.5"),
        ("a,heads,,last year,1,person,,,,", "'last year' is not a period"),
        ("a,heads,,2024,1,person,more,,,", "bound is 'more'; it may be exact, over, within, about"),
        ("a,heads,,2024,1,person,,chart,,", "kind is 'chart'; it may be table, text"),
    ],
)
def test_a_printed_figure_that_cannot_be_compared_is_refused(
    tmp_path: Path, library: Library, row: str, told: str
) -> None:
    (problem,) = problems(tmp_path / "published.csv", HEAD + row + "\n", library)
    assert problem.startswith("published.csv:2: error") and told in problem


def test_every_error_is_told_at_once(tmp_path: Path, library: Library) -> None:
    text = (
        HEAD
        + "a,hats,,2024,1,person,,,,\na,heads,,2024,x,person,,,,\nb,heads,,2024,1,person,,,,\nb,heads,,2024,2,person,,,,\n"
    )
    told = problems(tmp_path / "published.csv", text, library)
    assert [problem.partition(":")[2].partition(":")[0] for problem in told] == ["3", "2", "5"]
    assert "b already stands at published.csv:4; keep one of them" in told[2]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            "heads,,2024,12,11.5,因,,Because\n",
            "the reason in zh-Hans is missing; a report says the same in each language",
        ),
        ("hats,,2024,12,11.5,因,因,Because\n", "unknown figure 'hats'"),
        (
            "heads,,2024,12,11.5,因,因,Because\nheads,,2024,12,,因,因,Again\n",
            "heads@2024 printed 12 already stands at differences.csv:2",
        ),
        ("heads,,2024,,11.5,因,因,Because\n", "the column printed is empty; a reason is for one printed value"),
        ("heads,,2024,12,about 11,因,因,Because\n", "'about 11' is not a plain decimal number such as 1234.5"),
        (
            "heads,,2024,12,11,因,因,Because\n",
            "ours is '11' beside '12'; write it with one decimal more than were printed (1)",
        ),
        ("heads,,2024,12,11.5,因,因,We count 11\n", "the reason: the number 11 (en) has no figure behind it"),
        ("heads,,2024,12,11.5,因,因,See {heads@2024}\n", "the reason: the number 2024 (en) has no figure behind it"),
        (
            "heads,,2024,12,11.5,因,因,The [[11]] of page [[3]]\n",
            "the reason: 11 stands in en and not in zh-Hant, zh-Hans",
        ),
        ("heads,,2024,12,11.5,在2023年,因,In 2023 others\n", "the reason: the number 2023 (en) has no figure"),
    ],
)
def test_a_reason_that_explains_nothing_is_refused(tmp_path: Path, library: Library, rows: str, told: str) -> None:
    (problem,) = problems(tmp_path / "differences.csv", REASONS + rows, library)
    assert told in problem
