"""How a verdict is put: places in order, numbers as printed, and no more certainty than the reading has."""

from collections.abc import Iterable, Sequence

from leafledger.audit.mention import Mention, Where
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
        places=distinct((*places, *(mention.where for mention in about)))[:MANY],
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
