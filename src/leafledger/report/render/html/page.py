"""A language's whole report as one page: cover, contents, chapters and imprint."""

from leafledger.report.blocks import Chapter, Heading
from leafledger.report.render.html.blocks import block
from leafledger.report.render.html.cover import cover
from leafledger.report.render.html.edition import Edition
from leafledger.report.render.html.markup import NOTHING, Html, many, tag
from leafledger.report.render.html.shell import MAIN, bar, document, language_link, pairs, skip
from leafledger.report.render.pdf_words import paper_words

IMPRINT = "leaf-imprint"


def report_page(edition: Edition) -> bytes:
    report = edition.report
    others = {one: f"../{one}/index.html" for one in edition.languages}
    return document(
        edition.language,
        f"{report.title} {report.period} – {report.company}",
        many([skip(edition), bar(edition, way_about(edition), others), cover(edition), frame(edition)]),
        root="../",
        others=others,
        description=paper_words(report)["description"],
        script=True,
    )


def way_about(edition: Edition) -> Html:
    """What the bar begins with: the contents behind a fold on small screens, the report's name on large ones."""
    report, word = edition.report, edition.word("contents")
    menu = tag("details", tag("summary", word), tag("nav", contents(edition), aria_label=word), class_="menu")
    return many([menu, tag("a", tag("b", report.company), " ", report.period, class_="name", href=f"#{MAIN}")])


def frame(edition: Edition) -> Html:
    """The contents, and beside them the text."""
    word = edition.word("contents")
    side = tag("nav", tag("p", word), contents(edition), class_="side", aria_label=word)
    how = tag("p", edition.word("how_to_read"), class_="how")
    chapters = [chapter(edition, it) for it in edition.report.chapters]
    return tag("div", side, tag("main", how, *chapters, imprint(edition), id=MAIN, tabindex="-1"), class_="frame")


def contents(edition: Edition) -> Html:
    """Chapters and their sections, each a link."""
    entries = []
    for it in edition.report.chapters:
        sections = [
            tag("li", tag("a", b.text, href=f"#{b.id}")) for b in it.blocks if isinstance(b, Heading) and b.level == 2
        ]
        number = tag("span", it.number, class_="no") if it.number else NOTHING
        inside = tag("ol", *sections) if sections else NOTHING
        entries.append(tag("li", tag("a", number, it.title, href=f"#{it.id}"), inside))
    entries.append(tag("li", tag("a", paper_words(edition.report)["imprint"], href=f"#{IMPRINT}")))
    return tag("ol", *entries, class_="contents")


def chapter(edition: Edition, it: Chapter) -> Html:
    edition.spots.section = it.id
    number = many([tag("span", it.number, class_="no"), " "]) if it.number else NOTHING
    return tag(
        "section",
        tag("div", elsewhere(edition, it), tag("h2", number, it.title), class_="opening"),
        tag("p", it.lead, class_="lead") if it.lead else NOTHING,
        goals(edition, it),
        *[block(edition, b) for b in it.blocks],
        class_="chapter" if it.opener else "chapter plain",
        id=it.id,
    )


def elsewhere(edition: Edition, it: Chapter) -> Html:
    """The same chapter in the other languages, for readers whose browser runs no script."""
    others = [
        language_link(one, f"../{one}/index.html#{it.id}") for one in edition.languages if one != edition.language
    ]
    return tag("p", *others, class_="elsewhere") if others else NOTHING


def goals(edition: Edition, it: Chapter) -> Html:
    if not it.goals:
        return NOTHING
    goal = edition.word("goal")
    tiles = [
        tag(
            "li",
            tag("b", tag("span", f"{goal} ", class_="unseen"), str(n)),
            edition.report.words.get(f"goal.{n}", ""),
            class_=f"g{n}",
        )
        for n in it.goals
    ]
    return tag("div", tag("p", edition.word("goals")), tag("ul", *tiles), class_="goals")


def imprint(edition: Edition) -> Html:
    """What this document is, and how to check that it is what was released."""
    report, words = edition.report, paper_words(edition.report)
    editions = [
        tag("li", language_link(one, f"../{one}/index.html"), *pdf_link(edition, one)) for one in edition.languages
    ]
    said = pairs(
        (
            (words["company"], report.company),
            (words["legal_name"], report.legal_name),
            (words["contact"], report.contact),
            (words["period"], report.period),
            (words["state"], words["draft"] if report.draft else words["released"]),
            (words["editions"], tag("ul", *editions)),
            (edition.word("prevailing_edition"), words["prevailing"]),
            (words["digest"], tag("code", report.digest) if report.digest else NOTHING),
            (words["key_fingerprint"], tag("code", report.key_fingerprint) if report.key_fingerprint else NOTHING),
        ),
        "facts",
    )
    note = tag("p", words["digest_note"], class_="small") if report.digest else NOTHING
    top = tag("p", tag("a", edition.word("to_top"), href="#", class_="ref"))
    return tag("section", tag("h2", words["imprint"]), said, note, top, class_="imprint", id=IMPRINT)


def pdf_link(edition: Edition, language: str) -> list[str]:
    if language not in edition.pdfs:
        return []
    where = edition.pdfs[language] if language == edition.language else f"../{language}/{edition.pdfs[language]}"
    return [" ", tag("a", "PDF", href=where)]
