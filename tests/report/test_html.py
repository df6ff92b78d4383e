"""The site that is rendered from a report: where its links lead, what it says, and what it never does."""

from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from urllib.parse import unquote

import pytest
from html_reading import Element, clicks, ids, leads_to, links, read
from sample import sample_charts, sample_report
from sample_receipts import BILL, sample_receipts

from leafledger.core.finding import Refused
from leafledger.core.text import LANGUAGES
from leafledger.report import palette
from leafledger.report.blocks import Figure, Heading, Missing, Number, PageRef, Paragraph, Words
from leafledger.report.render.charts import draw
from leafledger.report.render.html import render_html
from leafledger.report.render.html.receipts import evidence_path

PDFS = {language: f"lantern-2024-{language}.pdf" for language in LANGUAGES}
REPORTS = {language: sample_report(language) for language in LANGUAGES}
CHARTS = {language: sample_charts(report) for language, report in REPORTS.items()}
RECEIPTS = {language: sample_receipts(report) for language, report in REPORTS.items()}
SITE = render_html(REPORTS, RECEIPTS, CHARTS, PDFS)
PAGES = {path: read(content) for path, content in SITE.items() if path.endswith(".html")}
EVIDENCE = unquote(evidence_path(BILL))
NASTY = "<script>alert(1)</script>\"'&"


def english(**changes: object) -> dict[str, bytes]:
    """A site in English alone, some of the report changed."""
    report = replace(REPORTS["en"], **changes)
    return render_html({"en": report}, {"en": RECEIPTS["en"]}, {"en": CHARTS["en"]}, {})


def with_blocks(*blocks: object) -> dict[str, bytes]:
    chapter = replace(REPORTS["en"].chapters[0], blocks=blocks)
    return english(chapters=(chapter,))


def spoiled(it: object) -> object:
    """The same with something nasty at the end of every text that a reader sees."""
    if isinstance(it, tuple):
        return tuple(spoiled(one) for one in it)
    if not is_dataclass(it):
        return it
    kept = {"id", "key", "fact_id", "section", "align", "kind", "language", "spec", "words", "sha256", "prevailing"}
    changed = {}
    for one in fields(it):
        value = getattr(it, one.name)
        if one.name not in kept:
            changed[one.name] = value + NASTY if isinstance(value, str) else spoiled(value)
    return replace(it, **changed)


def test_every_number_opens_its_receipt():
    for language in LANGUAGES:
        page = PAGES[f"{language}/index.html"]
        opened = [leads_to(f"{language}/index.html", a.attributes["href"])[0] for a in page.all("a", "n")]
        assert len(opened) > 100
        assert set(opened) <= set(SITE)


def test_every_link_and_anchor_leads_somewhere():
    there = set(SITE) | {EVIDENCE, *(f"{language}/{name}" for language, name in PDFS.items())}
    anchors = {path: {"", *ids(page)} for path, page in PAGES.items()}
    for path, page in PAGES.items():
        for link in links(page):
            target, anchor = leads_to(path, link)
            assert target in there, f"{path}: {link}"
            assert not anchor or anchor in anchors[target], f"{path}: {link}"


def test_an_id_means_one_thing():
    for path, page in PAGES.items():
        assert len(ids(page)) == len(set(ids(page))), path


def test_evidence_is_at_most_three_clicks_away():
    start = "en/index.html"
    ways = [clicks(PAGES, start, a.attributes["href"], EVIDENCE) for a in PAGES[start].all("a", "n")]
    assert set(ways) == {2, 3}


def test_a_receipt_leads_back_to_where_its_figure_is_printed():
    (fact_id,) = {it.fact_id for it in RECEIPTS["en"].values() if it.key == "energy.electricity@2024"}
    page = PAGES[f"en/receipts/{fact_id}.html"]
    back = page.all("a", "name")[0].attributes["href"]
    assert leads_to(f"en/receipts/{fact_id}.html", back) == ("en/index.html", f"f-{fact_id}")
    (printed,) = [e for e in PAGES["en/index.html"].all("a", "n") if e.attributes.get("id") == f"f-{fact_id}"]
    assert printed.text.startswith("8,951.0")


def test_a_receipt_tells_steps_inputs_factors_records_and_who_uses_it():
    total, power = (
        PAGES[f"en/receipts/{fact_id}.html"]
        for key in ("energy.total@2024", "energy.electricity@2024")
        for fact_id, it in RECEIPTS["en"].items()
        if it.key == key
    )
    steps, inputs = total.all("table", "steps")
    assert [th.attributes["class"] for th in steps.all("th") if th.attributes["scope"] == "row"] == [
        "d0",
        "d1",
        "d2",
        "d1",
    ]
    assert [th.text for th in inputs.all("th")][:2] == ["Indicator", "Value"]
    assert total.all("span", "chip")[0].text == "assumed"
    assert [a.attributes["href"] for a in power.all("a") if a.text == "Energy use"] == [total_link(total)]
    assert "no file attached" in power.all("ul", "records")[0].text
    assert "approved by a second person" in power.all("aside")[0].text


def total_link(page: Element) -> str:
    return page.all("nav", "languages")[0].all("a")[2].attributes["href"].rsplit("/", 1)[1]


def test_a_hole_is_a_hole_and_never_a_number():
    page = PAGES["en/index.html"]
    holes = [e for e in page.all(class_="hole") if e.name in ("a", "span")]
    assert holes
    assert not any(any(letter.isdigit() for letter in hole.text) for hole in holes)
    receipt = PAGES[f"en/{holes[0].attributes['href']}"]
    assert receipt.all("p", "value")[0].all("span", "hole")[0].text == "no figure"
    assert receipt.all("section", "callout")[0].text


def test_a_hole_without_a_fact_is_shown_without_a_link():
    page = read(with_blocks(Paragraph(inlines=(Missing("x", "", "not answered yet"),)))["en/index.html"])
    (hole,) = page.all("span", "hole")
    assert hole.text == "not answered yet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_its_language_and_knows_the_others(language: str):
    page = PAGES[f"{language}/index.html"]
    (html,) = page.all("html")
    assert html.attributes["lang"] == language
    (bar,) = page.all("nav", "languages")
    assert [a.attributes["href"] for a in bar.all("a")] == [f"../{one}/index.html" for one in LANGUAGES]
    assert [a.attributes["lang"] for a in bar.all("a") if "aria-current" in a.attributes] == [language]
    chapter = next(e for e in page.all("section", "chapter") if e.attributes["id"] == "people")
    elsewhere = {a.attributes["href"] for a in chapter.all("p", "elsewhere")[0].all("a")}
    assert elsewhere == {f"../{one}/index.html#people" for one in LANGUAGES if one != language}


def test_the_door_names_each_language_in_itself():
    ways = {a.attributes["href"]: a.text for a in PAGES["index.html"].all("a")}
    assert ways["zh-Hant/index.html"] == "繁體中文"
    assert ways["zh-Hans/index.html"] == "简体中文"
    assert ways["en/index.html"] == "English"


def test_a_site_in_one_language_offers_no_other():
    page = read(english()["en/index.html"])
    assert not page.all("nav", "languages")
    assert not page.all("p", "elsewhere")


def test_headings_come_in_order():
    for path, page in PAGES.items():
        levels = [int(e.name[1]) for e in page.all() if e.name in {"h1", "h2", "h3", "h4"}]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), path


def test_a_table_says_what_heads_what():
    page = PAGES["en/index.html"]
    table = next(e for e in page.all("div", "table") if e.attributes["id"] == "table-energy").all("table")[0]
    assert [th.text for th in table.all("th") if th.attributes["scope"] == "col"] == [
        "Indicator",
        "Unit",
        "2022",
        "2023",
        "2024",
    ]
    assert all(row.inside[0].attributes["scope"] == "row" for row in table.all("tbody")[0].all("tr"))
    assert table.all("tr", "part")
    groups = [th for th in page.all("th") if th.attributes["scope"] == "rowgroup"]
    assert {th.attributes["colspan"] for th in groups} == {"5", "3"}


def test_a_chart_is_spoken_and_has_its_data_beside():
    page = PAGES["en/index.html"]
    figures = page.all("figure")
    assert len(figures) == 4
    for figure in figures:
        (svg,) = [e for e in figure.all("svg") if e.attributes.get("role") == "img"]
        assert svg.attributes["aria-label"]
        assert "viewbox" in svg.attributes
        assert figure.all("details")[0].all("table")[0].all("a", "n")


def test_the_pages_obey_a_policy_without_exceptions():
    for path, page in PAGES.items():
        for element in page.all():
            assert element.name not in {"style", "iframe", "object", "embed", "form", "base"}, path
            assert not any(key == "style" or key.startswith("on") for key in element.attributes), path
            assert element.name != "script" or (element.attributes["src"] == "../site.js" and not element.text), path


def test_nothing_is_fetched_from_elsewhere():
    for page in PAGES.values():
        assert not any("://" in link or link.startswith(("//", "data:", "javascript:")) for link in links(page))
    assert b"@import" not in SITE["style.css"]
    assert b"url(" not in SITE["style.css"]


def test_names_that_look_like_markup_are_shown_as_they_are():
    report = spoiled(REPORTS["en"])
    receipts = {key: spoiled(receipt) for key, receipt in RECEIPTS["en"].items()}
    site = render_html({"en": report}, {"en": receipts}, {"en": CHARTS["en"]}, {})
    for path, content in site.items():
        if path.endswith(".html"):
            page = read(content)
            assert len(page.all("script")) == (path == "en/index.html")
            assert NASTY in page.text


def test_a_label_in_a_chart_that_looks_like_markup_is_shown_as_it_is():
    figure = next(b for chapter in REPORTS["en"].chapters for b in chapter.blocks if isinstance(b, Figure))
    spec = {"data": {"values": [{"a": NASTY}]}, "mark": "text", "encoding": {"text": {"field": "a"}}}
    charts = {**CHARTS["en"], figure.id: draw(spec, 200, 80, "en")}
    page = read(render_html(REPORTS, RECEIPTS, {**CHARTS, "en": charts}, {})["en/index.html"])
    assert len(page.all("script")) == 1
    assert any(NASTY in text.text for text in page.all("text"))


def test_a_reference_to_a_section_that_is_not_there_is_a_hole():
    page = read(with_blocks(Paragraph(inlines=(PageRef("gone", "9.9 Gone"),)))["en/index.html"])
    assert [hole.text for hole in page.all("span", "hole")] == ["9.9 Gone"]


def test_a_draft_says_so_on_every_page_and_a_release_on_none():
    draft, released = (
        PAGES,
        {p: read(c) for p, c in english(draft=False).items() if p.startswith("en/") and p.endswith("l")},
    )
    assert all("Draft" in page.text for path, page in draft.items() if path.startswith("en/"))
    assert not any("Draft" in page.text for page in released.values())


def test_the_imprint_has_what_a_reader_checks_the_release_with():
    (imprint,) = PAGES["en/index.html"].all("section", "imprint")
    assert "Harbour Lights Energy Ltd" in imprint.text and "esg@harbour.example" in imprint.text
    assert REPORTS["en"].digest in imprint.text
    assert REPORTS["en"].key_fingerprint in imprint.text
    assert {a.attributes["href"] for a in imprint.all("a") if a.text == "PDF"} == {
        "lantern-2024-en.pdf",
        "../zh-Hant/lantern-2024-zh-Hant.pdf",
        "../zh-Hans/lantern-2024-zh-Hans.pdf",
    }


def test_the_same_report_gives_the_same_bytes():
    assert render_html(REPORTS, RECEIPTS, CHARTS, PDFS) == SITE


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        (Paragraph(inlines=(Number("gone@2024", "f999", "1.0"),)), "html.no_receipt"),
        (Paragraph(inlines=(Missing("gone@2024", "f999", "no figure"),)), "html.no_receipt"),
        (Paragraph(inlines=(Number("made.up", "", "1.0"),)), "html.no_fact"),
        (Figure(id="new", caption="", alt="", spec={}, width=1, height=1), "render.not_drawn"),
        (Heading(id="letter", level=2, text="Again"), "render.named_twice"),
    ],
)
def test_what_would_lead_nowhere_is_refused(block: object, rule: str):
    with pytest.raises(Refused) as refused:
        with_blocks(Paragraph(inlines=(Words("x"),)), block)
    assert [finding.rule for finding in refused.value.findings] == [rule]


@pytest.mark.parametrize("fact_id", ["../up", "a/b", "", "x.html#", "a" * 65])
def test_a_fact_id_that_is_not_a_file_name_is_refused(fact_id: str):
    receipt = replace(next(iter(RECEIPTS["en"].values())), fact_id=fact_id)
    receipts = {"en": {**RECEIPTS["en"], fact_id: receipt}}
    with pytest.raises(Refused, match="cannot be the name of a file"):
        render_html({"en": REPORTS["en"]}, receipts, {"en": CHARTS["en"]}, {})


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        ("INK", "PAPER"),
        ("INK", "TINT"),
        ("INK", "HOLE_TINT"),
        ("MUTED", "PAPER"),
        ("DEEP", "PAPER"),
        ("DEEP", "TINT"),
        ("TEAL", "PAPER"),
        ("TEAL", "TINT"),
        ("HOLE", "HOLE_TINT"),
        ("HOLE", "PAPER"),
        ("PAPER", "DEEP"),
        ("INK", "ACCENT"),
    ],
)
def test_letters_stand_out_from_their_ground(letters: str, ground: str):
    lighter, darker = sorted((luminance(getattr(palette, letters)), luminance(getattr(palette, ground))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_pages_are_small():
    receipts = [len(content) for path, content in SITE.items() if "/receipts/" in path]
    assert max(receipts) < 12_000
    assert max(len(SITE[f"{language}/index.html"]) for language in LANGUAGES) < 120_000
