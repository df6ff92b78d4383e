"""How a verdict is put: places in order, numbers as printed, and no more certainty than the reading has."""

from collections.abc import Iterable, Sequence

from leafledger.audit.mention import Mention, Reading, Table, Where
from leafledger.audit.rules.facts import sure
from leafledger.audit.verdict import Certainty, Severity, Verdict

WEAKER: dict[Certainty, Certainty] = {"certain": "likely", "likely": "question", "question": "question"}
MANY = 12
"""Places that are shown of one verdict; the rest are counted."""


def verdict(
    rule: str,
    certainty: Certainty,
    severity: Severity,
    template: str,
    *,
    about: Sequence[Mention] = (),
    places: Iterable[Where] = (),
    proof: str = "",
    settle: str = "",
    read_surely: bool = False,
    **values: object,
) -> Verdict:
    """A verdict on some numbers; one step less certain where one of them was not read surely, unless what was found proves the reading."""
    return Verdict(
        rule=rule,
        certainty=certainty if read_surely or sure(*about) else WEAKER[certainty],
        severity=severity,
        template=template,
        values=values,
        places=_first(distinct(places), distinct(mention.where for mention in about))[:MANY],
        proof=proof,
        settle=settle,
        about=tuple(sorted({mention.id for mention in about})),
    )


def distinct(places: Iterable[Where]) -> tuple[Where, ...]:
    """Each place once, in the order of the report."""
    kept: dict[tuple[int, int, str, object], Where] = {}
    for place in places:
        kept.setdefault((place.page, place.line, place.quote, place.box), place)
    return tuple(sorted(kept.values(), key=lambda place: (place.page, place.line)))


def _first(places: tuple[Where, ...], rest: tuple[Where, ...]) -> tuple[Where, ...]:
    """The places that it is about, then those that prove it."""
    return (*places, *(place for place in rest if place not in places))


def table_name(table: Table, reading: Reading) -> dict[str, str]:
    """Its title and where it stands, in each language."""
    title = short(table.title or table.where.quote, 40)
    paged = len(reading.document.pages) > 1
    at = table.where.page if paged else table.where.line
    return {
        "en": f"“{title}” ({'page' if paged else 'line'} {at})",
        "zh-Hant": f"「{title}」（第 {at} {'頁' if paged else '行'}）",
        "zh-Hans": f"“{title}”（第 {at} {'页' if paged else '行'}）",
    }


def number(mention: Mention) -> str:
    """As printed."""
    return mention.amount.text.strip()


def named(mention: Mention) -> str:
    """Its label, in the report's own words."""
    return short(mention.label or mention.where.quote)


def short(text: str, most: int = 60) -> str:
    """A quote that fits a line."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plus(mentions: Iterable[Mention]) -> str:
    return " + ".join(number(mention) for mention in mentions)
