"""Puts the site together: a page for each language, a page for each figure, and the door where the language is chosen."""

from collections.abc import Mapping
from importlib.resources import files

from leafledger.core.finding import Refused
from leafledger.report import palette
from leafledger.report.blocks import Report
from leafledger.report.receipt import Receipt
from leafledger.report.render import fonts
from leafledger.report.render.html.check import check_site
from leafledger.report.render.html.cover import leaf
from leafledger.report.render.html.edition import Edition, sections_of
from leafledger.report.render.html.markup import Html, tag
from leafledger.report.render.html.page import report_page
from leafledger.report.render.html.receipts import receipt_page
from leafledger.report.render.html.shell import document
from leafledger.report.words import word


def render_html(
    reports: Mapping[str, Report],
    receipts: Mapping[str, Mapping[str, Receipt]],
    charts: Mapping[str, Mapping[str, bytes]],
    pdfs: Mapping[str, str],
    *,
    evidence: bool = True,
) -> dict[str, bytes]:
    """The files of the site by path; the same input gives the same bytes.

    reports, receipts (by fact id) and charts (SVG by figure id) by language. pdfs: by language, the name of a file beside
    its index.html. evidence: its files will lie below evidence/, and are linked to. Refused when a figure would lead
    nowhere, a chart is not drawn, or an id would mean two things.
    """
    if findings := tuple(check_site(reports, receipts, charts)):
        raise Refused(findings)
    site = {
        "index.html": door(reports, pdfs),
        "style.css": style(),
        "site.js": _file("site.js"),
        "icon.svg": _file("icon.svg"),
    }
    for language, report in reports.items():
        edition = Edition(
            report=report,
            receipts=receipts[language],
            charts=charts[language],
            languages=tuple(reports),
            pdfs=pdfs,
            sections=sections_of(report),
            evidence=evidence,
        )
        site[f"{language}/index.html"] = report_page(edition)
        users = used_in(edition.receipts)
        for fact_id, receipt in edition.receipts.items():
            site[f"{language}/receipts/{fact_id}.html"] = receipt_page(edition, receipt, users.get(fact_id, ()))
    return site


def used_in(receipts: Mapping[str, Receipt]) -> dict[str, list[Receipt]]:
    """For each figure, the receipts of those that are computed from it."""
    users: dict[str, list[Receipt]] = {}
    for receipt in receipts.values():
        for fact_id in dict.fromkeys(line.fact_id for line in receipt.inputs):
            users.setdefault(fact_id, []).append(receipt)
    return users


def door(reports: Mapping[str, Report], pdfs: Mapping[str, str]) -> bytes:
    """The site's first page: each edition by the name of its language."""
    others = {language: f"{language}/index.html" for language in reports}
    asks = [tag("span", word(language, "choose"), lang=language) for language in reports]
    doors = [
        tag("li", _way_in(report, others[language], pdfs.get(language, "")), lang=language)
        for language, report in reports.items()
    ]
    first = next(iter(reports.values()))
    body = tag("main", leaf(), tag("div", tag("h1", *asks), tag("ul", *doors), class_="doors"), class_="door")
    return document(first.language, f"{first.company} – {first.title} {first.period}", body, root="", others=others)


def _way_in(report: Report, where: str, pdf: str) -> Html:
    name = tag("a", word(report.language, "language_name"), href=where, hreflang=report.language)
    paper = (
        tag("a", word(report.language, "download_pdf"), href=f"{report.language}/{pdf}", class_="paper")
        if pdf
        else Html("")
    )
    return tag("div", name, tag("p", report.company), tag("p", f"{report.title} {report.period}"), paper)


def style() -> bytes:
    """The style sheet, with the house's colours and each language's fonts before it."""
    colours = "".join(
        f"--{name.lower()}:{value};"
        for name, value in vars(palette).items()
        if isinstance(value, str) and value[:1] == "#"
    )
    series = "".join(f"--series-{n}:{value};" for n, value in enumerate(palette.SERIES))
    faces = "".join(
        f':lang({language}){{font-family:"{fonts.FAMILY[language]}",{stack}}}\n'
        for language, stack in fonts.ON_SCREEN.items()
    )
    return f":root{{{colours}{series}}}\n{faces}".encode() + _file("style.css")


def _file(name: str) -> bytes:
    return (files("leafledger.report.render.html") / name).read_bytes()
