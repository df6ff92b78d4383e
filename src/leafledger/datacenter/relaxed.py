"""How much moving jobs could save at most: each takes its cheapest hours, and prices on scarce hours stand in for the others (Lagrange)."""

from dataclasses import dataclass

import numpy as np

from leafledger.datacenter.clock import Floats, Ints
from leafledger.datacenter.jobs import HOUR, Jobs

Own = tuple[Ints, Floats]
"""The hours in which a job runs, in order, and which part of each."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """One value a moved job: it may run from hour `first` up to (not with) `last`, and needs `whole` hours and the `rest` of one."""

    job: Ints
    first: Ints
    last: Ints
    whole: Ints
    rest: Floats


def windows(jobs: Jobs, chosen: Ints, ends: Floats) -> Window:
    """From the first whole hour after a job came, to the last that ends by its deadline."""
    hours = jobs.seconds[chosen] / HOUR
    whole = np.floor(hours + 1e-9).astype(np.int64)
    rest = hours - whole
    rest[rest < 1e-9] = 0
    first = np.ceil(jobs.submitted[chosen] / HOUR - 1e-9).astype(np.int64)
    last = np.floor((ends[chosen] + jobs.slack[chosen]) / HOUR + 1e-9).astype(np.int64)
    return Window(job=chosen, first=first, last=last, whole=whole, rest=rest)


def saved_at_most(money: Floats, window: Window, own: list[Own], gpus: Ints, room: Floats, rounds: int) -> float:
    """An upper bound of what can be saved, in money; valid whatever the prices on scarce hours are, and the least of those tried.

    money: of a GPU for an hour. room: GPUs by hour that moved jobs may hold together. A price goes up where too many want an hour, and down
    where there is room (subgradient steps that shrink).
    """
    had = sum(float(money[hours] @ parts) * count for (hours, parts), count in zip(own, gpus.tolist(), strict=True))
    scarce = np.zeros(len(money))
    best = -np.inf
    for turn in range(rounds):
        least, wanted = _each_its_cheapest(money + scarce, window, own, gpus)
        best = max(best, least - float(scarce @ room))
        excess = wanted - room
        if turn == 0 and excess.max(initial=0) <= 0:
            break
        step = float(money.mean()) / (2 * max(1.0, float(np.abs(excess).max()))) / (1 + turn) ** 0.5
        scarce = np.maximum(scarce + step * excess, 0)
    return float(had - best)


def _each_its_cheapest(price: Floats, window: Window, own: list[Own], gpus: Ints) -> tuple[float, Floats]:
    """What all jobs cost if each takes the cheapest hours that it could have, and how many GPUs are then wanted by hour."""
    total, wanted = 0.0, np.zeros(len(price))
    known: dict[tuple[int, int, int, float], tuple[float, Own]] = {}
    keys = zip(window.first.tolist(), window.last.tolist(), window.whole.tolist(), window.rest.tolist(), strict=True)
    for key, (hours, parts), count in zip(keys, own, gpus.tolist(), strict=True):
        if key not in known:
            known[key] = _cheapest(price, *key)
        least, chosen = known[key]
        stay = float(price[hours] @ parts)
        if stay < least:
            least, chosen = stay, (hours, parts)
        total += least * count
        wanted[chosen[0]] += chosen[1] * count
    return total, wanted


def _cheapest(price: Floats, first: int, last: int, whole: int, rest: float) -> tuple[float, Own]:
    need = whole + (rest > 0)
    if last - first < need:
        return np.inf, (np.zeros(0, np.int64), np.zeros(0))
    hours = np.argsort(price[first:last], kind="stable")[:need] + first
    parts = np.ones(need)
    if rest > 0:
        parts[-1] = rest
    return float(price[hours] @ parts), (hours, parts)
