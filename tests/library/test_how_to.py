"""What the how-to pages show is loaded and computed as it stands there: a page that lies fails."""

import re
from pathlib import Path

import pytest
from library_cases import COMPANY, problems

from leafledger.core.fact import FactSet
from leafledger.core.quantity import plain
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_entries, read_series
from leafledger.library.load import LIBRARY, load
from leafledger.report.answers import read_answers

PAGES = sorted((Path(__file__).parents[2] / "docs" / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<what>\S+))?(?: (?P<refused>refused))?\n(?P<text>.*?)^```$", re.M | re.S)


def blocks(page: Path) -> list[re.Match[str]]:
    return list(BLOCK.finditer(page.read_text("utf-8")))


def shown(page: Path, folder: Path) -> Path:
    """A company folder with every file that the page shows, and a plain company.yaml where it shows none."""
    files = {
        block["what"]: block["text"]
        for block in blocks(page)
        if block["kind"] in ("yaml", "csv") and not block["refused"]
    }
    for path, text in {"company.yaml": COMPANY, **files}.items():
        put(folder, path, text)
    return folder


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def facts(folder: Path) -> FactSet:
    company, library = read_company(folder), proven(load(LIBRARY, folder))
    series = read_series(folder, company, library)
    entries = read_entries(folder, series, library)
    return compute(books(library, company, series, cells_from_entries(entries, library.counted)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_gives_the_figures_that_the_page_shows(page, tmp_path):
    computed = facts(shown(page, tmp_path))
    for line in (line for block in blocks(page) if block["what"] == "facts" for line in block["text"].splitlines()):
        key, _, said = line.partition(" = ")
        fact = computed[key]
        assert f"{plain(fact.value)} {fact.unit}" == said, key


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_mistake_is_told_as_the_page_says(page, tmp_path):
    folder, mistakes = shown(page, tmp_path / "harbour"), 0
    for block, told in zip(blocks(page), blocks(page)[1:], strict=False):
        if block["refused"]:
            put(folder, block["what"], block["text"])
            said = problems(lambda: proven(load(LIBRARY, folder)))
            assert said == told["text"].splitlines()
            mistakes += 1
    assert mistakes


def test_a_later_day_of_knowledge_gives_the_figure_that_the_page_names(tmp_path):
    folder = shown(next(page for page in PAGES if page.stem == "factor"), tmp_path)
    text = (folder / "company.yaml").read_text("utf-8")
    put(folder, "company.yaml", text.replace("2024, factors_as_of: 2025-04-30", "2024, factors_as_of: 2025-06-30"))
    assert facts(folder)["ghg.heat@2024"].value == 475


def test_what_stands_on_an_assumed_factor_counts_as_estimated(tmp_path):
    folder = shown(next(page for page in PAGES if page.stem == "factor"), tmp_path)
    assert facts(folder)["wastewater.discharge@2024"].estimated_share == 1


def test_every_disclosure_that_the_page_answers_is_in_its_standard(tmp_path):
    folder = shown(next(page for page in PAGES if page.stem == "standard"), tmp_path)
    standards = load(LIBRARY, folder).standards
    answers = read_answers(folder)
    assert set(answers) == {"port-2024", "sdg"}
    assert all(set(given) <= {d.id for d in standards[id].disclosures} for id, given in answers.items())
