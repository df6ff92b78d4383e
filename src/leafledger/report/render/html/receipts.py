"""A receipt as a page: one figure, how it came about, and the records and files that it stands on."""

from collections.abc import Iterable
from urllib.parse import quote

from leafledger.report.receipt import EntryLine, FactorLine, File, Line, Receipt
from leafledger.report.render.html.edition import Edition
from leafledger.report.render.html.markup import NOTHING, Html, many, tag
from leafledger.report.render.html.shell import MAIN, bar, document, pairs, skip

DEEPEST = 6


def receipt_page(edition: Edition, it: Receipt, used_in: Iterable[Receipt]) -> bytes:
    """used_in: the receipts of the figures that are computed from this one."""
    others = {one: f"../../{one}/receipts/{it.fact_id}.html" for one in edition.languages}
    body = many([skip(edition), bar(edition, back(edition, it), others), paper(edition, it, used_in)])
    title = f"{it.title} {it.subtitle} – {edition.word('receipt')} – {edition.report.company}"
    return document(edition.language, title, body, root="../../", others=others)


def back(edition: Edition, it: Receipt) -> Html:
    """To where the figure is printed first, or to the report when it is not printed itself."""
    spots = edition.spots.of.get(it.fact_id, [])
    anchor = f"#{spots[0].anchor}" if spots else ""
    return tag(
        "a",
        tag("span", "←", aria_hidden="true"),
        " ",
        edition.word("back"),
        class_="name",
        href=f"../index.html{anchor}",
    )


def paper(edition: Edition, it: Receipt, used_in: Iterable[Receipt]) -> Html:
    main = (
        what_to_do(edition, it),
        how(edition, it),
        lines(edition, edition.word("steps"), edition.word("step_what"), it.steps),
        lines(edition, edition.word("inputs"), edition.word("indicator"), it.inputs),
        factors(edition, it.factors),
        entries(edition, it.entries),
    )
    beside = (
        part(edition.word("quality"), pairs(it.quality, "facts")),
        part(edition.word("printed_in"), printed_in(edition, it)),
        part(edition.word("used_in"), users(used_in)),
        part(edition.word("identity"), pairs(tuple((name, tag("code", said)) for name, said in it.identity), "facts")),
    )
    return tag(
        "main",
        head(edition, it),
        tag("div", tag("div", *main, class_="reasons"), tag("aside", *beside), class_="columns"),
        id=MAIN,
        tabindex="-1",
        class_="receipt",
    )


def head(edition: Edition, it: Receipt) -> Html:
    value = tag("p", tag("span", it.value, class_="hole" if it.hole else ""), class_="value")
    eyebrow = tag("p", edition.word("receipt"), class_="eyebrow")
    return tag("div", eyebrow, tag("h1", it.title), tag("p", it.subtitle, class_="subtitle"), value, class_="head")


def part(title: str, *content: Html) -> Html:
    """A headed part of the page; nothing where there is nothing to say."""
    return tag("section", tag("h2", title), *content) if any(content) else NOTHING


def what_to_do(edition: Edition, it: Receipt) -> Html:
    if not it.findings:
        return NOTHING
    found = tag("ul", *[tag("li", finding) for finding in it.findings])
    return tag("section", tag("h2", edition.word("what_to_do")), found, class_="callout hole")


def how(edition: Edition, it: Receipt) -> Html:
    formula = tag("p", it.formula, class_="formula") if it.formula else NOTHING
    method = tag("p", it.method) if it.method else NOTHING
    source = pairs(
        (
            (edition.word("formula_source"), tag("code", it.formula_source) if it.formula_source else ""),
            (edition.word("definition_source"), it.source),
        ),
        "facts",
    )
    return part(edition.word("how_computed"), formula, method, source)


def lines(edition: Edition, title: str, first: str, them: tuple[Line, ...]) -> Html:
    if not them:
        return NOTHING
    heads = tag(
        "tr",
        tag("th", first, scope="col"),
        tag("th", edition.word("value"), scope="col", class_="r"),
    )
    margin = min(it.depth for it in them)
    rows = [line(edition, it, it.depth - margin) for it in them]
    table = tag("table", tag("thead", heads), tag("tbody", *rows), class_="steps")
    return part(title, tag("div", table, class_="scroll"))


def line(edition: Edition, it: Line, depth: int) -> Html:
    what = tag("a", it.what, href=f"{it.fact_id}.html") if it.fact_id in edition.receipts else many([it.what])
    lead = tag("th", what, tell(it.note), scope="row", class_=f"d{min(depth, DEEPEST)}")
    return tag("tr", lead, tag("td", it.value, class_="r"))


def tell(*texts: str) -> Html:
    """What is said below in small letters."""
    return many([tag("span", text, class_="tell") for text in texts if text])


def factors(edition: Edition, them: tuple[FactorLine, ...]) -> Html:
    if not them:
        return NOTHING
    return part(edition.word("factors"), tag("ul", *[factor(edition, it) for it in them], class_="records"))


def factor(edition: Edition, it: FactorLine) -> Html:
    assumed = many([" ", tag("span", edition.word("assumed"), class_="chip")]) if it.assumed else NOTHING
    said = pairs(((edition.word("region"), it.region), (edition.word("source"), it.source)), "facts said")
    return tag("li", says(many([it.name, assumed]), it.id, it.value), tell(it.note), said)


def says(what: Html, name: str, value: str) -> Html:
    """The line that a record or factor begins with: what it is, its id, and how much it says."""
    return tag("p", tag("span", what, " ", tag("code", name)), tag("b", value), class_="says")


def entries(edition: Edition, them: tuple[EntryLine, ...]) -> Html:
    if not them:
        return NOTHING
    return part(edition.word("entries"), tag("ul", *[entry(edition, it) for it in them], class_="records"))


def entry(edition: Edition, it: EntryLine) -> Html:
    said = pairs(
        (
            (edition.word("evidence"), evidence(edition, it.evidence)),
            (edition.word("source"), it.source),
            (edition.word("recorded_by"), it.recorded_by),
            (edition.word("approved_by"), it.approved_by),
        ),
        "facts",
    )
    return tag("li", says(many([it.what]), it.id, it.value), tell(it.note), said)


def evidence(edition: Edition, files: tuple[File, ...]) -> Html:
    if not files:
        return tag("span", edition.word("no_evidence"), class_="soft")
    return tag("ul", *[tag("li", *(linked(file) if edition.evidence else kept(edition, file))) for file in files])


def linked(file: File) -> tuple[str, ...]:
    return tag("a", file.name, href=f"../../{evidence_path(file)}", class_="file"), " ", tag("code", file.sha256[:12])


def kept(edition: Edition, file: File) -> tuple[str, ...]:
    """A file that does not lie beside the page: whoever asks for it needs the whole hash, to see that it is the one."""
    return file.name, tell(edition.word("kept_by_company")), tag("code", file.sha256)


def evidence_path(file: File) -> str:
    """Where a file of evidence lies, from the root of the site."""
    return f"evidence/{file.sha256}/{quote(file.name, safe='')}"


def printed_in(edition: Edition, it: Receipt) -> Html:
    spots = edition.spots.of.get(it.fact_id, [])
    links = [
        tag("li", tag("a", edition.sections.get(spot.section, spot.section), href=f"../index.html#{spot.anchor}"))
        for spot in spots
    ]
    return tag("ul", *links) if links else NOTHING


def users(used_in: Iterable[Receipt]) -> Html:
    links = [tag("li", tag("a", it.title, href=f"{it.fact_id}.html"), tell(it.subtitle)) for it in used_in]
    return tag("ul", *links) if links else NOTHING
