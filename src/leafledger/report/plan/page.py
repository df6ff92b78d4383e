"""A data center's page in one language: what it draws now, its plan, plan against actual, PUE and WUE, and what was saved, as static HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from leafledger.report.plan.charts import WIDTH, Spec
from leafledger.report.plan.words import word
from leafledger.report.render.charts import draw
from leafledger.report.render.html.drawing import inline_svg
from leafledger.report.render.html.markup import NOTHING, Html, many, tag
from leafledger.report.render.html.shell import MAIN, document, language_link
from leafledger.report.render.html.site import style
from leafledger.report.words import word as report_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cell that leads to a file beside the page."""

    text: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: the first column names its rows; `right`: those that hold numbers."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | Link]]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing, what it shows in words, and its data."""

    id: str
    caption: str
    alt: str
    spec: Spec
    height: int
    data: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One large number."""

    label: str
    value: str
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what it is about, and what stands below it: cards, drawings, tables, and sentences."""

    id: str
    title: str
    lead: str
    cards: Sequence[Card] = ()
    items: Sequence[Chart | Grid | str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that a language's page says. remark: what a reader has to know first."""

    company: str
    title: str
    as_of: str
    remark: str
    sections: Sequence[Section]


def render_plan(pages: Mapping[str, Page]) -> dict[str, bytes]:
    """The files of a data center's pages by path: one for each language, and the door to them."""
    site = {
        "style.css": style() + _file("plan.css"),
        "icon.svg": (files("leafledger.report.render.html") / "icon.svg").read_bytes(),
    }
    for language, page in pages.items():
        site[f"{language}/index.html"] = _page(language, page, list(pages))
    site["index.html"] = _door(pages)
    return site


def _page(language: str, page: Page, every: Sequence[str]) -> bytes:
    others = {one: f"../{one}/index.html" for one in every}
    skip = tag("a", word(language, "skip"), class_="skip", href=f"#{MAIN}")
    contents = tag(
        "ol", *[tag("li", tag("a", one.title, href=f"#{one.id}")) for one in page.sections], class_="contents"
    )
    named = report_word(language, "contents")
    menu = tag("details", tag("summary", named), tag("nav", contents, aria_label=named), class_="menu")
    bar = tag(
        "header",
        menu,
        tag("a", tag("b", page.company), " ", page.title, class_="name", href=f"#{MAIN}"),
        languages_of(language, others),
        class_="bar",
    )
    opening = tag(
        "div", tag("p", f"{page.company} · {word(language, 'plan')}", class_="from"), tag("h1", page.title), tag("p", page.as_of, class_="as-of"),
        tag("p", page.remark, class_="remark") if page.remark else NOTHING, class_="opening",
    )  # fmt: skip
    sections = [_section(language, one) for one in page.sections]
    side = tag("nav", tag("p", named), contents, class_="side", aria_label=named)
    body = tag("div", side, tag("main", opening, *sections, id=MAIN, tabindex="-1"), class_="frame plan")
    description = f"{page.company}: {page.title}, {word(language, 'plan')}"
    return document(
        language,
        f"{page.title} – {page.company}",
        many([skip, bar, body]),
        root="../",
        others=others,
        description=description,
    )


def languages_of(language: str, others: Mapping[str, str]) -> Html:
    """The languages of the page, each by its own name."""
    if len(others) < 2:
        return NOTHING
    links = [language_link(one, where, current=one == language) for one, where in others.items()]
    return tag("nav", *links, class_="languages", aria_label=report_word(language, "language"))


def _section(language: str, of: Section) -> Html:
    cards = tag("dl", *map(_card, of.cards), class_="cards") if of.cards else NOTHING
    lead = tag("p", of.lead, class_="about") if of.lead else NOTHING
    items = [
        _chart(language, one) if isinstance(one, Chart) else _table(one) if isinstance(one, Grid) else tag("p", one)
        for one in of.items
    ]
    return tag("section", tag("h2", of.title), lead, cards, *items, class_="chapter plain", id=of.id)


def _card(of: Card) -> Html:
    unit = many([" ", tag("span", of.unit, class_="unit")]) if of.unit else NOTHING
    note = tag("dd", of.note, class_="small") if of.note else NOTHING
    return tag("div", tag("dt", of.label), tag("dd", tag("span", of.value, class_="n"), unit, class_="large"), note)


def _chart(language: str, of: Chart) -> Html:
    drawing = inline_svg(draw(of.spec, WIDTH, of.height, language), of.id, of.alt)
    data = tag(
        "details", tag("summary", word(language, "see_data")), tag("div", _grid(of.data), class_="scroll", tabindex="0")
    )
    return tag(
        "figure",
        tag("figcaption", of.caption),
        tag("div", drawing, class_="scroll drawing", tabindex="0"),
        data,
        id=f"figure-{of.id}",
    )


def _table(of: Grid) -> Html:
    return tag("div", tag("div", _grid(of), class_="scroll", tabindex="0"), class_="table")


def _grid(of: Grid) -> Html:
    sides = ["r" if at in of.right else "" for at in range(len(of.header))]
    heads = [tag("th", text, scope="col", class_=side) for text, side in zip(of.header, sides, strict=True)]
    rows = [
        tag(
            "tr",
            tag("th", _cell(row[0]), scope="row"),
            *[tag("td", _cell(one), class_=side) for one, side in zip(row[1:], sides[1:], strict=True)],
        )
        for row in of.rows
    ]
    caption = tag("caption", of.caption) if of.caption else NOTHING
    return tag(
        "table",
        caption,
        tag("thead", tag("tr", *heads)),
        tag("tbody", *rows),
        class_="figures" if of.right else "words",
    )


def _cell(of: str | Link) -> Html | str:
    return tag("a", of.text, href=of.to, class_="file") if isinstance(of, Link) else of


def _door(pages: Mapping[str, Page]) -> bytes:
    others = {language: f"{language}/index.html" for language in pages}
    asks = [tag("span", report_word(language, "choose"), lang=language) for language in pages]
    doors = [
        tag("li", tag("div", tag("a", report_word(language, "language_name"), href=others[language], hreflang=language),
                      tag("p", page.company), tag("p", f"{page.title} · {word(language, 'plan')}")), lang=language)
        for language, page in pages.items()
    ]  # fmt: skip
    first = next(iter(pages))
    body = tag("main", tag("div", tag("h1", *asks), tag("ul", *doors), class_="doors"), class_="door")
    return document(first, f"{pages[first].title} – {pages[first].company}", body, root="", others=others)


def _file(name: str) -> bytes:
    return (files("leafledger.report.plan") / name).read_bytes()
