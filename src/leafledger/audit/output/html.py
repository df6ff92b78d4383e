"""Verdicts as one page that needs nothing else: each beside a picture of the place, the numbers in boxes."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from leafledger.audit.mention import Where
from leafledger.audit.output.pictures import TALLEST, Band, Picture, pictures
from leafledger.audit.output.plain import CERTAINTIES, Row, counts, quote, rows, where
from leafledger.audit.report import Audited
from leafledger.audit.words import word

MARGIN, LEAST = 46.0, 120.0
MOST_SHOWN = 3
"""Pictures beside one verdict."""


def as_html(audited: Audited, language: str, path: Path | None = None) -> bytes:
    """path: of the PDF, to draw its pages; without it, and for other files, the quotes alone stand there."""
    every = list(rows(audited, language))
    bands = {row.number: _bands(row.verdict.places) for row in every}
    drawn = pictures(path, [band for found in bands.values() for band in found]) if path and _drawable(audited) else {}
    body = "".join(_parts(audited, every, bands, drawn, language))
    title = escape(f"{word('title', language)}: {audited.document.name}")
    style = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    safe = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{safe}"><title>{title}</title>'
        f"<style>{style}</style></head><body>{body}</body></html>\n"
    ).encode()


def _drawable(audited: Audited) -> bool:
    return audited.document.kind == "pdf"


def _parts(
    audited: Audited,
    every: list[Row],
    bands: Mapping[int, list[Band]],
    drawn: Mapping[Band, Picture],
    language: str,
) -> Iterator[str]:
    yield _head(audited, language)
    yield "<main>"
    if not every:
        yield f'<p class="none">{escape(word("nothing", language))}</p>'
    for certainty in CERTAINTIES:
        these = [row for row in every if row.verdict.certainty == certainty]
        if these:
            means = escape(word(f"{certainty}_means", language))
            name, number = escape(word(certainty, language)), len(these)
            yield f'<section class="{certainty}" id="{certainty}"><h2>{name} <span>{number}</span></h2>'
            yield f'<p class="means">{means}</p>'
            for row in these:
                yield _one(audited, row, [drawn[band] for band in bands[row.number] if band in drawn], language)
            yield "</section>"
    yield "</main>"


def _head(audited: Audited, language: str) -> str:
    document, found = audited.document, counts(audited)
    chips = "".join(
        f'<a class="{certainty}" href="#{certainty}"><b>{found[certainty]}</b> {escape(word(certainty, language))}</a>'
        for certainty in CERTAINTIES
    )
    read = ", ".join(
        f"{number:,} {word(key, language)}"
        for number, key in (
            (len(document.pages), "pages"),
            (len(audited.reading.tables), "tables"),
            (len(audited.reading.mentions), "numbers"),
        )
    )
    warnings = "".join(f"<li>{escape(warning)}</li>" for warning in audited.warnings)
    kept = f'<ul class="warnings">{warnings}</ul>' if warnings else ""
    return (
        f"<header><p>{escape(word('title', language))}</p><h1>{escape(document.name)}</h1>"
        f"<p>{escape(read)}</p><nav>{chips}</nav>{kept}</header>"
    )


def _one(audited: Audited, row: Row, drawn: list[Picture], language: str) -> str:
    one = row.verdict
    places = _places(audited, one.places, language)
    proof = f"<dt>{escape(word('proof', language))}</dt><dd><code>{escape(one.proof)}</code></dd>" if one.proof else ""
    settle = f"<dt>{escape(word('settle', language))}</dt><dd>{escape(row.settle)}</dd>" if row.settle else ""
    shown = "".join(_figure(audited, picture, one.places, language) for picture in drawn)
    return (
        f'<article id="f{row.number}"><div><h3><a href="#f{row.number}">{row.number}</a> {escape(row.message)}</h3>'
        f"<dl>{proof}{settle}<dt>{escape(word('places', language))}</dt><dd><ul>{places}</ul></dd>"
        f"<dt>{escape(word('check', language))}</dt><dd>{escape(row.title)}</dd></dl></div>"
        f'<div class="pictures">{shown}</div></article>'
    )


def _places(audited: Audited, places: Iterable[Where], language: str) -> str:
    """Each place with what stands there, those of one page together."""
    together: dict[str, list[str]] = {}
    for place in places:
        together.setdefault(where(audited, place, language), []).append(f"<q>{escape(quote(place))}</q>")
    return "".join(f"<li><b>{escape(name)}</b> {' · '.join(quotes)}</li>" for name, quotes in together.items())


def _figure(audited: Audited, picture: Picture, places: Iterable[Where], language: str) -> str:
    """The band of the page, with a box around every number of the verdict that stands there."""
    band = picture.band
    height = band.bottom - band.top
    boxes = "".join(
        _box(place, picture, height)
        for place in places
        if place.box and place.page == band.page and band.top <= place.box.top <= band.bottom
    )
    name = escape(where(audited, Where(page=band.page, line=0, quote=""), language))
    return (
        f'<figure><div class="band"><img alt="{name}" src="data:image/png;base64,{picture.png}">{boxes}</div>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def _box(place: Where, picture: Picture, height: float) -> str:
    box, pad = place.box, 2.0
    assert box is not None
    left, width = (box.left - pad) / picture.width, (box.right - box.left + 2 * pad) / picture.width
    top, tall = (box.top - pad - picture.band.top) / height, (box.bottom - box.top + 2 * pad) / height
    return f'<i style="left:{left:.2%};top:{top:.2%};width:{width:.2%};height:{tall:.2%}"></i>'


def _bands(places: Iterable[Where]) -> list[Band]:
    """The parts of pages that hold the boxes of a verdict; boxes that are far apart on a page have a band each."""
    boxes = sorted((place.page, place.box.top, place.box.bottom) for place in places if place.box)
    found: list[tuple[int, float, float]] = []
    for page, top, bottom in boxes:
        if found and found[-1][0] == page and bottom - found[-1][1] < TALLEST:
            found[-1] = (page, found[-1][1], max(bottom, found[-1][2]))
        else:
            found.append((page, top, bottom))
    return [_grown(page, top, bottom) for page, top, bottom in found[:MOST_SHOWN]]


def _grown(page: int, top: float, bottom: float) -> Band:
    """With room around, whole points, so that equal places share a picture; never above the page."""
    more = max(MARGIN, (LEAST - (bottom - top)) / 2)
    return Band(page, float(max(0, int(top - more))), float(int(bottom + more) + 1))
