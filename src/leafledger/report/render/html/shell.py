"""What every page of the site has around its own content: its head, the bar at the top, and the languages."""

from collections.abc import Mapping

from leafledger.report.render.html.edition import Edition
from leafledger.report.render.html.markup import NOTHING, Html, tag
from leafledger.report.words import word

MAIN = "leaf-main"
"""Where the skip link leads. Sections of a report have names without a dash before them."""


def document(
    language: str,
    title: str,
    body: Html,
    *,
    root: str,
    others: Mapping[str, str],
    description: str = "",
    script: bool = False,
) -> bytes:
    """A whole page. root: the way to the site's root, `../`. others: where the same page is in each language."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("meta", name="description", content=description) if description else NOTHING,
        tag("link", rel="icon", type="image/svg+xml", href=f"{root}icon.svg"),
        tag("link", rel="stylesheet", href=f"{root}style.css"),
        *[tag("link", rel="alternate", hreflang=one, href=where) for one, where in others.items() if one != language],
        tag("script", src=f"{root}site.js", defer=True) if script else NOTHING,
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', body), lang=language)}\n".encode()


def skip(edition: Edition) -> Html:
    return tag("a", edition.word("skip"), class_="skip", href=f"#{MAIN}")


def bar(edition: Edition, lead: Html, others: Mapping[str, str]) -> Html:
    """The bar at the top: `lead` at its start, then whether this is a draft, then the languages."""
    draft = tag("span", edition.word("draft"), class_="draft") if edition.report.draft else NOTHING
    return tag("header", lead, draft, languages(edition, others), class_="bar")


def languages(edition: Edition, others: Mapping[str, str]) -> Html:
    """Each language by its own name; the page's own is marked as current."""
    if len(others) < 2:
        return NOTHING
    links = [language_link(one, where, current=one == edition.language) for one, where in others.items()]
    return tag("nav", *links, class_="languages", aria_label=edition.word("language"))


def language_link(language: str, where: str, *, current: bool = False) -> Html:
    name = word(language, "language_name")
    return tag("a", name, href=where, lang=language, hreflang=language, aria_current="true" if current else False)


def pairs(items: tuple[tuple[str, str | Html], ...], class_: str) -> Html:
    """Names and what they are, those that are empty left out."""
    given = [tag("div", tag("dt", name), tag("dd", said)) for name, said in items if said]
    return tag("dl", *given, class_=class_) if given else NOTHING
