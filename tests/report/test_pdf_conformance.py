"""What PDF/UA-1 and PDF/A-2a demand: the report fulfils it in each language, and a file from which it was taken away is found out."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from outloud import check
from pikepdf import Array, Dictionary, Name
from sample import sample_pdf

from leafledger.core.text import LANGUAGES
from leafledger.report.render.pdf import TEMPLATE
from leafledger.report.render.pdf_conformance import PDFA, PDFUA, TITLE, conformance


def broken(change: Callable[[pikepdf.Pdf], object], **saved: object) -> bytes:
    with pikepdf.open(io.BytesIO(sample_pdf("en"))) as file:
        change(file)
        out = io.BytesIO()
        file.save(out, **saved)
        return out.getvalue()


def elements(file: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    todo = [file.Root.StructTreeRoot.K]
    while todo:
        it = todo.pop(0)
        if isinstance(it, Array):
            todo += list(it)
        elif isinstance(it, Dictionary) and "/S" in it:
            if kind == it.S:
                yield it
            todo += [it.K] if "/K" in it else []


def first(file, kind):
    return next(elements(file, kind))


def fonts(file):
    return [one for one in file.objects if isinstance(one, Dictionary) and one.get("/Type") == "/Font"]


def without_metadata(key):
    def change(file):
        with file.open_metadata(set_pikepdf_as_editor=False) as said:
            del said[key]

    return change


def draw_unmarked(file):
    file.pages[2].contents_add(file.make_stream(b"0 0 10 10 re f"))


def lose_a_paragraph(file):
    parent = first(file, "/P").P
    parent.K = Array([kid for kid in parent.K if kid.get("/S") != "/P"])


def skip_a_level(file):
    first(file, "/H2").S = Name.H3


def narrow_a_row(file):
    row = first(file, "/TBody").K[0]
    row.K = Array(list(row.K)[:-1])


def untag_a_link(file):
    link = first(file, "/Link")
    link.K = Array([kid for kid in link.K if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def link(file):
    return next(page.Annots[0] for page in file.pages if "/Annots" in page)


def run_script(file):
    file.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def embed_a_file(file):
    file.attachments["figures.csv"] = b"1,2"


def point_outside(file):
    file.Root.Extra = file.make_stream(b"", F="elsewhere.bin")


CASES = {
    "not_marked": lambda file: file.Root.MarkInfo.__setitem__("/Marked", False),
    "no_language": lambda file: file.Root.__delitem__("/Lang"),
    "title_not_shown": lambda file: file.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"),
    "no_output_intent": lambda file: file.Root.__delitem__("/OutputIntents"),
    "no_title": without_metadata(TITLE),
    "no_pdfua_claim": without_metadata(f"{PDFUA}part"),
    "no_pdfa_claim": without_metadata(f"{PDFA}conformance"),
    "acts": run_script,
    "acts_on_click": lambda file: link(file).__setitem__("/A", Dictionary(S=Name.Launch, F="setup.exe")),
    "holds_files": embed_a_file,
    "holds_form": lambda file: file.Root.__setitem__("/AcroForm", Dictionary(XFA=Array())),
    "stream": point_outside,
    "font_outside": lambda file: [
        one.DescendantFonts[0].__delitem__("/FontDescriptor") for one in fonts(file) if "/DescendantFonts" in one
    ],
    "font_without_letters": lambda file: [one.__delitem__("/ToUnicode") for one in fonts(file) if "/ToUnicode" in one],
    "not_tagged": lambda file: file.Root.__delitem__("/StructTreeRoot"),
    "unknown_kind": lambda file: first(file, "/P").__setitem__("/S", Name.Poem),
    "misplaced": lambda file: first(file, "/TD").__setitem__("/S", Name.P),
    "heading_skips": skip_a_level,
    "figure_without_alt": lambda file: first(file, "/Figure").__delitem__("/Alt"),
    "table_without_header": lambda file: [cell.__setitem__("/S", Name.TD) for cell in elements(file, "/TH")],
    "header_without_scope": lambda file: first(file, "/TH").__delitem__("/A"),
    "table_ragged": narrow_a_row,
    "link_not_tagged": untag_a_link,
    "link_without_words": lambda file: link(file).__delitem__("/Contents"),
    "link_not_printed": lambda file: link(file).__setitem__("/F", 0),
    "content_not_tagged": draw_unmarked,
    "content_lost": lose_a_paragraph,
    "page_without_parents": lambda file: file.pages[1].__delitem__("/StructParents"),
    "tab_order": lambda file: file.pages[1].__delitem__("/Tabs"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_in_the_report(language):
    assert conformance(sample_pdf(language)) == ()


@pytest.mark.parametrize("rule", CASES)
def test_what_was_taken_away_is_found(rule):
    assert f"pdf.{rule}" in {finding.rule for finding in conformance(broken(CASES[rule]))}


WHOLE = {
    "encrypted": lambda: broken(lambda file: None, encryption=pikepdf.Encryption(owner="o", user="u")),
    "unreadable": lambda: b"a" * 1000,
    "version": lambda: broken(lambda file: None, force_version="2.0"),
    "no_id": lambda: sample_pdf("en").replace(b"/ID", b"/IX"),
}


@pytest.mark.parametrize("rule", WHOLE)
def test_a_file_that_is_wrong_as_a_whole_is_one_finding(rule):
    assert [finding.rule for finding in conformance(WHOLE[rule]())] == [f"pdf.{rule}"]


def test_every_rule_is_tested_here_and_told_in_the_docs():
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATE.parent.glob("pdf_*.py"))
    rules = set(re.findall(r'found\(\s*"(\w+)"', source))
    assert rules == CASES.keys() | WHOLE.keys()
    told = (Path(__file__).parents[2] / "docs/pdf.md").read_text(encoding="utf-8")
    assert not {rule for rule in rules if f"`pdf.{rule}`" not in told}


def outloud(pdf: bytes, folder, **layers):
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    result = check(str(file), **layers)
    assert result.error is None
    return sorted(finding.rule for finding in result.findings if finding.severity == "error")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_independent_checker_finds_nothing_either(language, tmp_path):
    """TBL-010 takes each row that names a group for a header torn in pieces; the rows are headers of the second level."""
    assert set(outloud(sample_pdf(language), tmp_path)) <= {"TBL-010"}


def test_the_independent_checker_does_look(tmp_path):
    assert outloud(broken(CASES["figure_without_alt"]), tmp_path, layers=["conformance"])
