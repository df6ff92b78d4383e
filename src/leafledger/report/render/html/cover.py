"""The first thing a reader sees: company, period and title before a leaf of ledger rules, as on paper."""

from math import sqrt

from leafledger.report.render.html.edition import Edition
from leafledger.report.render.html.markup import NOTHING, Html, tag

LINES = 44
HEIGHT = 760
CURVE = 1.25
MARKED = int(LINES * 0.42)


def cover(edition: Edition) -> Html:
    report = edition.report
    size = "year" if len(report.period) <= 5 else "span"
    pdf = edition.pdfs.get(edition.language)
    return tag(
        "section",
        leaf(),
        tag(
            "div",
            tag("p", report.company, class_="company"),
            tag("p", edition.word("draft"), class_="cover-draft") if report.draft else NOTHING,
            tag("h1", tag("span", report.period, class_=size), " ", tag("span", report.title, class_="title")),
            tag("p", report.cover_note, class_="cover-note") if report.cover_note else NOTHING,
            tag("p", tag("a", edition.word("download_pdf"), class_="button", href=pdf)) if pdf else NOTHING,
            class_="cover-words",
        ),
        class_="cover",
        aria_label=report.title,
    )


def leaf(lines: int = LINES, class_: str = "leaf") -> Html:
    """The lens where two circles overlap, ruled at even distances, one line marked."""
    half = HEIGHT / 2
    radius = half * CURVE
    centre = sqrt(radius**2 - half**2)
    middle = radius - centre
    drawn: list[Html] = []
    for i in range(1, lines):
        y = HEIGHT * i / lines
        reach = sqrt(radius**2 - (y - half) ** 2) - centre
        at = {"x1": f"{middle - reach:.1f}", "x2": f"{middle + reach:.1f}", "y1": f"{y:.1f}", "y2": f"{y:.1f}"}
        if i == int(lines * MARKED / LINES):
            drawn.append(tag("line", class_="marked", **at))
            drawn.append(tag("circle", class_="marked", cx=at["x2"], cy=at["y1"], r="7"))
        else:
            drawn.append(tag("line", **at, opacity=f"{0.38 + 0.004 * i:.2f}"))
    box = f"0 0 {2 * middle:.0f} {HEIGHT}"
    return tag("svg", *drawn, class_=class_, viewBox=box, width=f"{2 * middle:.0f}", height=HEIGHT, aria_hidden="true")
