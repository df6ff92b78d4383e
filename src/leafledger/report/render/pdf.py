"""Sets a report as one PDF that is tagged for assistive technology and made for archives (PDF/UA-1 and PDF/A-2a)."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import typst

from leafledger.core.finding import Finding, Place, Refused
from leafledger.report import palette
from leafledger.report.blocks import Report
from leafledger.report.render import fonts
from leafledger.report.render.pdf_content import content
from leafledger.report.render.whole import not_whole

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
TEMPLATE = Path(str(files("leafledger.report.render") / "typst"))


def render_pdf(
    report: Report, *, charts: Mapping[str, bytes], at: datetime, receipt_url: str = "", template: Path = TEMPLATE
) -> bytes:
    """One PDF; the same report, charts and `at` give the same bytes.

    charts: SVG by figure id. at: the date written into the file, with its time zone.
    receipt_url: where the receipt of a number is found, with `{fact_id}` in it; empty for no links.
    template: the folder of Typst files whose report.typ sets the pages.
    Refused if a figure has no chart, two parts share an id, or the text cannot be set.
    """
    if findings := tuple(not_whole(report, charts)):
        raise Refused(findings)
    try:
        return typst.compile(
            template / "report.typ",
            root=template,
            font_paths=fonts.for_typst(),
            ignore_system_fonts=True,
            sys_inputs={
                "report": json.dumps(content(report, charts, receipt_url), ensure_ascii=False),
                "palette": json.dumps({name: colour for name, colour in vars(palette).items() if name.isupper()}),
            },
            pdf_standards=STANDARDS,
            timestamp=at,
        )
    except typst.TypstError as error:
        raise Refused(_not_set(report, error)) from error


def _not_set(report: Report, error: typst.TypstError) -> Finding:
    return Finding(
        rule="pdf.not_set",
        template="the {language} edition could not be set as a PDF: {message}",
        values={"language": report.language, "message": " ".join([error.message, *error.hints])},
        place=Place(name=report.language),
    )
