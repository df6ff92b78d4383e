"""Printed page numbers are proven against the finished PDF, and whatever makes one of them wrong is found."""

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from sample import AT, sample_charts, sample_pdf, sample_report

from leafledger.core.text import LANGUAGES
from leafledger.report.blocks import Heading, PageRef, Paragraph, Words
from leafledger.report.render import pdf_pages
from leafledger.report.render.pdf import TEMPLATE, render_pdf
from leafledger.report.render.pdf_pages import printed_refs, verify_page_refs
from leafledger.report.render.pdf_reading import read


def rules(pdf, report):
    return {finding.rule for finding in verify_page_refs(pdf, report)}


def with_sheets(order):
    """The English sample with its sheets in another order; a string is a blank sheet."""
    with pikepdf.open(io.BytesIO(sample_pdf("en"))) as file:
        kept = list(file.pages)
        blank = pikepdf.Page(file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=kept[0].MediaBox)))
        sheets = [blank if at == "blank" else kept[at] for at in order(list(range(len(kept))))]
        del file.pages[:]
        file.pages.extend(sheets)
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()


def set_with(tmp_path, file, before, after):
    """The English sample set by a template with a mistake in it."""
    template = tmp_path / "typst"
    shutil.copytree(TEMPLATE, template)
    text = (template / file).read_text(encoding="utf-8")
    assert before in text
    (template / file).write_text(text.replace(before, after), encoding="utf-8")
    report = sample_report("en")
    return render_pdf(report, charts=sample_charts(report), at=AT, template=template)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_page_number_is_true(language):
    report = sample_report(language)
    assert verify_page_refs(sample_pdf(language), report) == ()
    assert sum(printed_refs(report).values()) == 13 + 5 + 1 + 8  # in contents, on chapter pages, in prose, in indices


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_printed_on_a_sheet_is_the_one_that_a_viewer_shows(language):
    sheets = read(sample_pdf(language))
    counted = [str(n) for n in range(1, len(sheets.numbers) + 1)]
    assert list(sheets.labels) == counted
    assert list(sheets.numbers) == ["", *counted[1:]]  # the cover has none


def test_a_sheet_too_many_is_found():
    pdf = with_sheets(lambda sheets: [*sheets[:4], "blank", *sheets[4:]])
    found = verify_page_refs(pdf, sample_report("en"))
    assert {"pdf.ref_wrong", "pdf.folio"} <= {finding.rule for finding in found}
    assert "page 2 says that section energy is on page 5; it is on page 6" in " ".join(map(str, found))


def test_two_sheets_the_wrong_way_round_are_found():
    pdf = with_sheets(lambda sheets: [*sheets[:4], sheets[5], sheets[4], *sheets[6:]])
    assert {"pdf.ref_wrong", "pdf.folio"} <= rules(pdf, sample_report("en"))


def test_a_template_that_miscounts_is_found(tmp_path):
    pdf = set_with(
        tmp_path,
        "inlines.typ",
        "counter(page).at(label(section)).first()",
        "counter(page).at(label(section)).first() + 1",
    )
    assert rules(pdf, sample_report("en")) == {"pdf.ref_wrong"}


def test_a_template_that_numbers_pages_from_elsewhere_is_found(tmp_path):
    pdf = set_with(tmp_path, "report.typ", "#outline(", "#counter(page).update(1)\n#outline(")
    assert {"pdf.folio", "pdf.label", "pdf.ref_wrong"} <= rules(pdf, sample_report("en"))


def test_a_template_that_prints_no_page_is_found(tmp_path):
    pdf = set_with(tmp_path, "inlines.typ", "#words.page_before#page-of(it.section)#words.page_after", "see there")
    assert "pdf.ref_unproven" in rules(pdf, sample_report("en"))


def test_a_link_that_leads_elsewhere_is_found():
    with pikepdf.open(io.BytesIO(sample_pdf("en"))) as file:
        target = pikepdf.NameTree(file.Root.Names.Dests)["energy"]
        place = target.D if isinstance(target, pikepdf.Dictionary) else target
        place[0] = file.pages[0].obj
        out = io.BytesIO()
        file.save(out)
    assert rules(out.getvalue(), sample_report("en")) == {"pdf.link_astray"}


def test_every_rule_is_told_in_the_docs():
    source = Path(pdf_pages.__file__).read_text(encoding="utf-8")
    told = (Path(__file__).parents[2] / "docs/pdf.md").read_text(encoding="utf-8")
    made = set(re.findall(r'_finding\(\s*report, "(\w+)"', source))
    assert len(made) == 9
    assert not {rule for rule in made if f"`pdf.{rule}`" not in told}


def test_a_heading_that_the_pages_do_not_show_is_found():
    report = sample_report("en")
    last = report.chapters[-1]
    longer = replace(last, blocks=(*last.blocks, Heading(id="indices.more", level=2, text="One more")))
    changed = replace(report, chapters=(*report.chapters[:-1], longer))
    assert {"pdf.heading_not_found", "pdf.refs_missing"} <= rules(sample_pdf("en"), changed)


def test_a_reference_that_leads_nowhere_is_found():
    report = sample_report("en")
    first = report.chapters[0]
    dead = Paragraph(inlines=(Words("See "), PageRef("environment.wind", "Wind")))
    changed = replace(report, chapters=(replace(first, blocks=(*first.blocks, dead)), *report.chapters[1:]))
    pdf = render_pdf(changed, charts=sample_charts(changed), at=AT)
    assert rules(pdf, changed) == {"pdf.ref_dead"}


def test_what_is_no_pdf_proves_nothing():
    assert rules(b"%PDF-1.7 no more than that", sample_report("en")) == {"pdf.pages_unreadable"}
