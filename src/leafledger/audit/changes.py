"""Says which way a sentence lets a figure move, for a number that is a change: fell 12 %, 較上年增長5%."""

import re
from typing import Literal

from leafledger.audit.fold import fold
from leafledger.audit.mention import Mention
from leafledger.audit.wording import anywhere

Direction = Literal["up", "down", ""]
AHEAD, BEHIND = 48, 40
"""How many letters before a number and behind it are looked at, within its clause."""
_STOP = re.compile(r"[,;。;!?](?!\d)")


def direction_of(change: Mention) -> Direction:
    """Which way: by the last word for it before the number, else the first behind; empty where there is none."""
    quote = fold(change.where.quote)
    at = quote.find(fold(change.amount.text))
    if at < 0:
        return ""
    before = _STOP.split(quote[max(0, at - AHEAD) : at])[-1]
    behind = _STOP.split(quote[at + len(change.amount.text) :][:BEHIND])[0]
    last = {way: max((one.end() for one in anywhere(way).finditer(before)), default=-1) for way in ("up", "down")}
    if max(last.values()) >= 0:
        return "up" if last["up"] > last["down"] else "down"
    first = {
        way: min((one.start() for one in anywhere(way).finditer(behind)), default=BEHIND) for way in ("up", "down")
    }
    if min(first.values()) == BEHIND:
        return ""
    return "up" if first["up"] < first["down"] else "down"
