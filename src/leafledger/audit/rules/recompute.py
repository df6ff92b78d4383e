"""Figures worked out again from others that the report prints: emissions from energy, rates from what they are rates of."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from leafledger.audit.labels import metric_named
from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import for_all, kind_of, measure, tabled, unit_of
from leafledger.audit.rules.partitions import Partition, complete, partitions
from leafledger.audit.rules.ranges import Range, total, written
from leafledger.audit.rules.saying import named, number, plus, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

T = Fraction(1000)
"""Kilograms in a tonne: the first unit of emissions is the kilogram, that of energy the kilowatt hour."""
BURNT: dict[str, tuple[str, str]] = {
    "petrol": ("0.235", "0.275"), "diesel": ("0.245", "0.285"), "natural_gas": ("0.170", "0.215"), "lng": ("0.170", "0.215"),
    "lpg": ("0.205", "0.240"), "coal": ("0.310", "0.400"), "coke": ("0.340", "0.430"), "fuel_oil": ("0.260", "0.300"),
    "kerosene": ("0.240", "0.275"), "propane": ("0.205", "0.240"),
}  # fmt: skip
"""Kilograms of carbon dioxide for each kilowatt hour of a fuel, by net or gross calorific value (IPCC 2006 and national tables)."""
GRID = (Fraction(0), Fraction(13, 10))
"""Kilograms for each kilowatt hour of any grid in the world."""
SHIFT = Fraction(3, 2)


@rule
def burnt_fuel(reading: Reading) -> Iterator[Verdict]:
    """The emissions of scope 1 are less than burning the printed fuels makes."""
    for year in _years(reading):
        fuels = _fuels(reading, year)
        scope1 = for_all(reading, "ghg.scope1", year)
        if scope1 is None or not fuels or kind_of(scope1) not in ("ghg", "co2"):
            continue
        least = sum((measure(m).low * Fraction(BURNT[fuel][0]) for fuel, m in fuels.items()), Fraction(0))
        most = sum((measure(m).high * Fraction(BURNT[fuel][1]) for fuel, m in fuels.items()), Fraction(0))
        if measure(scope1).high < least * Fraction(9, 10):
            yield _say_burnt(year, scope1, fuels, least, most)


def _years(reading: Reading) -> list[int]:
    return sorted({year for metric, year in tabled(reading) if year and metric == "ghg.scope1"})


def _fuels(reading: Reading, year: int) -> dict[str, Mention]:
    """Energy of each fuel that is burnt, from the first table that prints it."""
    found: dict[str, Mention] = {}
    of_year = (many for (metric, at), many in tabled(reading).items() if at == year and metric.startswith("energy."))
    for mention in (one for many in of_year for one in many):
        labels = dict(mention.labels)
        plain = not mention.basis and set(labels) == {"fuel"} and kind_of(mention) == "energy" and mention.amount.value
        if plain and labels["fuel"] in BURNT:
            found.setdefault(labels["fuel"], mention)
    return found


def _say_burnt(year: int, scope1: Mention, fuels: dict[str, Mention], least: Fraction, most: Fraction) -> Verdict:
    low, high = written(least / T, 1), written(most / T, 1)
    return verdict(
        "burnt-fuel",
        "question",
        "medium",
        "{label} of {year} is {value}, but burning the fuels of that year makes at least {low} t.",
        about=(scope1, *fuels.values()),
        proof=f"{plus(fuels.values())} → {low}–{high} t ≠ {number(scope1)}",
        settle="Recompute it from the fuels and the factors that the report cites.",
        label=named(scope1),
        year=year,
        value=number(scope1),
        low=low,
    )


@rule
def grid_factor(reading: Reading) -> Iterator[Verdict]:
    """The emissions of scope 2 over the electricity bought make a factor that no grid has, or one that leaps between years."""
    implied: dict[int, tuple[Range, Mention, Mention]] = {}
    for year in _years(reading):
        scope2, power = for_all(reading, "ghg.scope2", year), for_all(reading, "energy.electricity", year)
        if scope2 and power and kind_of(power) == "energy" and measure(power).low > 0 and measure(scope2).low > 0:
            implied[year] = (measure(scope2) / measure(power), scope2, power)
    middles = sorted(factor.middle for factor, _, _ in implied.values())
    for year, (factor, scope2, power) in implied.items():
        beyond = factor.low > GRID[1]
        others = [m for m in middles if m != factor.middle]
        leaps = len(others) > 1 and (factor.low > max(others) * SHIFT or factor.high < min(others) / SHIFT)
        if beyond or leaps:
            yield _say_grid(year, factor, scope2, power, beyond=beyond)


def _say_grid(year: int, factor: Range, scope2: Mention, power: Mention, *, beyond: bool) -> Verdict:
    far = "{label} of {year} over the electricity bought makes {factor} kg for each kWh, more than any grid emits: a unit or a digit slipped."
    leap = "{label} of {year} over the electricity bought makes {factor} kg for each kWh, far from the other years."
    return verdict(
        "grid-factor",
        "likely" if beyond else "question",
        "medium",
        far if beyond else leap,
        about=(scope2, power),
        proof=f"{number(scope2)} / {number(power)} = {written(factor.middle, 4)}",
        settle="Recompute it from the electricity and the factor that the report cites.",
        label=named(scope2),
        year=year,
        factor=written(factor.middle, 4),
    )


WOMEN = {"people.women_share": "people.employees", "governance.directors_female_share": "governance.directors"}
"""Shares of women, which are the women's number over that of all."""


@rule
def derived_rates(reading: Reading) -> Iterator[Verdict]:
    """A rate of all is not the one printed figure over the other that it is made of."""
    seen: set[object] = set()
    for mention in reading.mentions:
        if mention.amount.value is None or mention.year is None or mention.basis or mention.labels:
            continue
        pair = _made_of(reading, mention)
        key = (mention.metric, mention.year, mention.amount.value)
        if pair is None or key in seen:
            continue
        seen.add(key)
        over, under = pair
        made = measure(over) / measure(under)
        if not made.meets(_cut(measure(mention))):
            yield _say_derived(mention, over, under, made)


def _made_of(reading: Reading, mention: Mention) -> tuple[Mention, Mention] | None:
    metric = metric_named(mention.metric)
    if mention.metric in WOMEN:
        whole = for_all(reading, WOMEN[mention.metric], mention.year or 0)
        women = _women(reading, WOMEN[mention.metric], mention.year or 0)
        return (women, whole) if whole and women and measure(whole).low > 0 else None
    if metric is None or not metric.of or not metric.over or metric.of == metric.over or "intensity" in metric.id:
        return None
    over, under = (for_all(reading, of[0], mention.year or 0) for of in (metric.of, metric.over))
    unit = unit_of(mention.unit)
    fits = unit is not None and unit.dimension in ("ratio", "time", "time/count")
    return (over, under) if over and under and fits and measure(under).low > 0 else None


def _women(reading: Reading, metric: str, year: int) -> Mention | None:
    labels = (("gender", "female"),)
    return next((one for one in tabled(reading).get((metric, year), ()) if one.labels == labels), None)


def _cut(rate: Range) -> Range:
    """Percentages are cut as often as they are rounded."""
    return Range(rate.low, rate.high + rate.half)


def _say_derived(mention: Mention, over: Mention, under: Mention, made: Range) -> Verdict:
    unit = unit_of(mention.unit)
    text = written(made.middle / (unit.factor if unit else 1), mention.amount.decimals + 2)
    return verdict(
        "derived-rates",
        "question",
        "medium",
        "{label} is printed as {rate}, but {over} over {under} makes {made}.",
        about=(mention, over, under),
        proof=f"{number(over)} / {number(under)} = {text} ≠ {number(mention)}",
        settle="If it is over another number, such as the mean of the year, say so; otherwise correct it.",
        label=named(mention),
        rate=number(mention),
        over=f"{named(over)} {number(over)}",
        under=f"{named(under)} {number(under)}",
        made=text,
    )


@rule
def parts_elsewhere(reading: Reading) -> Iterator[Verdict]:
    """The groups of one table do not make the total that another table prints."""
    done: set[object] = set()
    counts = [one for one in partitions(reading) if kind_of(one.whole) == "count"]
    for one in counts:
        made = total(measure(part) for part in one.parts)
        key = (one.whole.metric, one.whole.year, one.whole.amount.value, made)
        apart = one.parts[0].table != one.whole.table
        if key in done or not apart or made.meets(measure(one.whole)) or not complete(one, ()):
            continue
        done.add(key)
        yield from _say_parts(one, made, _agrees(counts, one))


def _agrees(every: Iterable[Partition], one: Partition) -> bool:
    """Does the same total fit another split? Then it is of the same people, and these parts are not."""
    return any(
        other.whole.amount.value == one.whole.amount.value
        and other.dimension != one.dimension
        and total(measure(part) for part in other.parts).meets(measure(other.whole))
        for other in every
    )


def _say_parts(one: Partition, made: Range, agrees: bool) -> Iterator[Verdict]:
    equal = next((part for part in one.parts if part.amount.value == one.whole.amount.value), None)
    left_out = (
        "{label} is {whole}, which is {part} alone; {parts} together make {sum}. Is the total without the others?"
    )
    plain = "{label} is printed as {whole}, but {parts} of another table make {sum}."
    certainty: Certainty = "question" if equal or agrees else "likely"
    yield verdict(
        "parts-elsewhere",
        certainty,
        "medium",
        left_out if equal else plain,
        about=one.all,
        proof=f"{plus(one.parts)} = {written(made.middle)} ≠ {number(one.whole)}",
        settle="Say beside the total whom it counts.",
        label=named(one.whole),
        whole=number(one.whole),
        part=named(equal) if equal else "",
        parts=", ".join(f"{named(part)} {number(part)}" for part in one.parts),
        sum=written(made.middle),
    )
