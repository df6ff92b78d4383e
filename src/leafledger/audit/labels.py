"""Says what a printed label means: which metric, which split, in which unit, and how sure that is."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from leafledger.audit.dictionary import dictionary
from leafledger.audit.explained import Words, makes_other, rest_of, taken, unexplained, words_of
from leafledger.audit.metrics import fitting, metric_named, metric_title
from leafledger.audit.normal import normal, weight
from leafledger.audit.splits import members, plain_splits, splits_of
from leafledger.audit.units import Unit, unit_in, unit_inside, unit_named
from leafledger.audit.wording import anywhere, lists
from leafledger.core.labels import NONE, Labels

__all__ = ["Meaning", "meaning", "metric_named", "metric_title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """metric: an id of the dictionary, that with `_share` or `_intensity` at its end, or empty. unit: an id of the units, where known.

    labels: its split; a member that no dictionary knows is `part=<its words>`.
    """

    metric: str = ""
    labels: Labels = NONE
    unit: str = ""
    confidence: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The words around a number: of its row, its group of rows, its column, over the labels, over the table."""

    label: str
    group: str = ""
    column: str = ""
    head: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    metric: str
    labels: dict[str, str]
    sure: Decimal


ENOUGH, HALF, SOME = Decimal("0.6"), Decimal("0.45"), Decimal("0.4")
"""How much of a label, of a heading, and of a label with words that make another figure, a name must explain."""
FULLY, MOSTLY = Decimal("0.9"), Decimal("0.75")
_SURE = {"group": Decimal("0.95"), "column": Decimal("0.9"), "head": Decimal("0.9"), "title": Decimal("0.85")}


def meaning(
    label: str, *, group: str = "", column: str = "", head: str = "", title: str = "", unit: str = ""
) -> Meaning:
    """What a row of a table is of: by its own words first, else by those of its group, its column, the head and the title.

    head: what the column of labels is headed with. unit: as the row, the column or the cell says, an id or as printed.
    A metric that cannot have the unit is not taken.
    """
    return _meaning(Place(label=label, group=group, column=column, head=head, title=title), unit)


@lru_cache(maxsize=32768)
def _meaning(at: Place, printed: str) -> Meaning:
    named = (unit_named(printed) or unit_in(printed)) if printed else None
    unit = named or unit_inside(at.label) or unit_inside(at.group) or unit_inside(at.column)
    if anywhere("change_column").search(normal(at.column)):
        return Meaning(unit=unit.id if unit else "")
    own = words_of(at.label)
    unit = _as_ghg(unit, own, words_of(at.group))
    guess = _guess(at, own, unit) or _by_dimension(at, unit)
    guess = _with_column(guess, at.column) if guess and _is_share(guess, own, at) else None
    name = unit.id if unit else ""
    if guess is None:
        return Meaning(labels=plain_splits(at.label, at.column, at.group), unit=name)
    sure = guess.sure if unit else guess.sure * _without_unit(guess.metric)
    return Meaning(
        metric=guess.metric,
        labels=tuple(sorted(guess.labels.items())),
        unit=name,
        confidence=sure.quantize(Decimal("0.01")),
    )


def _without_unit(metric: str) -> Decimal:
    """A count or a share needs no unit; energy without one may be anything."""
    known = metric_named(metric)
    return Decimal("0.9") if known and set(known.units) - {"count", "ratio"} else Decimal("0.97")


def _as_ghg(unit: Unit | None, *words: Words) -> Unit | None:
    """Tonnes of greenhouse gases are tonnes of CO2 equivalent, however the unit is printed."""
    if unit is None or not any(one.metric.startswith("ghg.") for one in words):
        return unit
    over, slash, under = unit.id.partition("/")
    number, _, mass = over.rpartition(" ")
    return unit_named(f"{number} {mass}CO2e{slash}{under}".strip()) if mass in ("t", "kg", "kt", "Mt") else unit


def _guess(at: Place, own: Words, unit: Unit | None) -> _Guess | None:
    """The label's own words, unless they are a bare noun and a heading says which figure of it is meant."""
    mine = _own(at, own, unit)
    if not own.bare:
        return mine or _lent(at, own, unit)
    lent = _lent(at, own, unit)
    if lent and "part" not in lent.labels and lent.metric.partition("_")[0] != own.metric:
        return lent
    if mine is None:
        return lent
    if not _supported(at, own.metric, unit):
        return None
    alone = unit is None and not (at.group or at.column or at.head or at.title)
    return _Guess(metric=mine.metric, labels=mine.labels, sure=mine.sure * Decimal("0.65")) if alone else mine


def _own(at: Place, own: Words, unit: Unit | None) -> _Guess | None:
    """The label's own words name the metric; what they do not explain makes it a part."""
    if not own.metric or own.several or own.covered < (SOME if own.other else ENOUGH):
        return None
    metric = fitting(own.metric, unit, other=own.other)
    if not metric:
        return None
    labels = splits_of(metric, at.label, column=at.column, group=at.group, head=at.head, unit=unit)
    rest = unexplained(anywhere("other_figure").sub(" ", own.rest)) if metric != own.metric else own.rest
    if weight(rest) > 1 and own.covered < FULLY:
        labels.setdefault("part", rest)
    sure = Decimal(1) if own.covered >= FULLY else Decimal("0.9") if own.covered >= MOSTLY else Decimal("0.75")
    return _Guess(metric=metric, labels=labels, sure=sure)


def _lent(at: Place, own: Words, unit: Unit | None) -> _Guess | None:
    """The label is a member (女性, Wind, Other) of what the group, the column, the head or the title names."""
    for name, sure in _SURE.items():
        lender = words_of(getattr(at, name))
        metric = fitting(lender.metric, unit, other=lender.other) if lender.metric else ""
        if not metric or lender.several or lender.covered < HALF:
            continue
        labels = splits_of(metric, at.label, column=at.column, group=at.group, head=at.head, unit=unit)
        rest = _rest(at.label, metric, own)
        if not weight(rest) or (_is_all(at.label) and weight(rest) <= 4):
            return _Guess(metric=metric, labels=labels, sure=sure)
        if own.metric and not own.bare and own.covered >= ENOUGH and fitting(own.metric, None, other=own.other):
            return None  # a row of its own, under a heading that is not about it
        if (name == "group" or _splits(getattr(at, name))) and not makes_other(rest) and weight(rest) <= 60:
            return _Guess(metric=metric, labels=labels | {"part": rest}, sure=sure * Decimal("0.75"))
    return None


def _rest(label: str, metric: str, own: Words) -> str:
    """What of a label is not explained; of a bare noun, not the noun either."""
    rest = rest_of(label, metric)
    if own.bare:
        for noun in dictionary().named[own.metric]:
            rest = taken(f" {rest} ", noun.text).strip()
    return rest


def _is_all(label: str) -> bool:
    return any(f" {word} " in normal(label) for word in lists()["everybody"])


def _splits(heading: str) -> bool:
    """Does a heading say that what follows are parts: by business, 按部門?"""
    return any(word in normal(heading) for word in (" by ", " per ", "按", "划分", "各"))


def _supported(at: Place, metric: str, unit: Unit | None) -> bool:
    """A bare noun counts where its group speaks of it or of nothing, and by its unit, its column or what else is above it."""
    if not _speaks(at.group, metric, least=0):
        return False
    if (unit and unit.id not in ("item", "occasion")) or (at.column and not weight(rest_of(at.column, metric))):
        return True
    return _speaks(at.head, metric, least=6) and _speaks(at.title, metric, least=6)


def _speaks(text: str, metric: str, *, least: int) -> bool:
    """Does a heading name this metric alone, or say next to nothing?"""
    one = words_of(text)
    named = one.metric == metric and one.covered >= ENOUGH and not one.several and not one.other
    return named or weight(rest_of(text, metric)) <= least


def _with_column(guess: _Guess, column: str) -> _Guess | None:
    """What a column adds: words of its own make it a part; words that make it another figure, none."""
    rest = unexplained(anywhere("aside_in_column").sub(" ", rest_of(column, guess.metric))) if column else ""
    if weight(rest) <= 4:
        return guess
    lender = words_of(column)
    if makes_other(rest) or (lender.metric and lender.metric != guess.metric and lender.covered >= ENOUGH):
        return None
    return _Guess(metric=guess.metric, labels={"part": rest} | guess.labels, sure=guess.sure * Decimal("0.7"))


def _is_share(guess: _Guess, own: Words, at: Place) -> bool:
    """A percentage in a row of heads is a share of all heads only where words say so, or the column is of a split."""
    if guess.metric != "people.share" or "people.share" in (
        own.metric,
        *(words_of(getattr(at, name)).metric for name in _SURE),
    ):
        return True
    told = anywhere("aside_in_column").search(f"{at.label} {at.group} {at.column} {at.head} {at.title}")
    return bool(told or members("people.share", at.column) or _heading(at) in lists()["people_split"])


def _heading(at: Place) -> str:
    """What stands nearest over the labels, without a country."""
    near = (plain for text in (at.head, at.group, at.title) if (plain := normal(text).strip()))
    return next(near, "").replace("u s", "").strip()


def _by_dimension(at: Place, unit: Unit | None) -> _Guess | None:
    """Heads or shares of heads, where only the split is named: a table headed Age, its rows 20-30 and 31-50."""
    heading = next((plain for text in (at.head, at.group, at.title) if (plain := normal(text).strip())), "")
    if (
        unit is None
        or unit.id not in ("percent", "person")
        or heading.replace("u s", "").strip() not in lists()["people_split"]
    ):
        return None
    metric = "people.share" if unit.id == "percent" else "people.employees"
    labels = splits_of(metric, at.label, column=at.column, unit=unit)
    if not (labels or _is_all(at.label)) or weight(rest_of(at.label, metric)) > 4:
        return None
    return _Guess(metric=metric, labels=labels, sure=Decimal("0.8"))
