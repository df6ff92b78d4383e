"""How good a figure's data are, in words: scores, and factors that were taken from a wider region than was asked for."""

from collections.abc import Iterator
from decimal import Decimal

from leafledger.core.fact import Fact
from leafledger.core.quality import ASPECTS
from leafledger.core.quantity import rounded
from leafledger.report.numbers import percent, precise
from leafledger.report.reader import Reader

WORLD = "WORLD"


def scores(reader: Reader, fact: Fact) -> Iterator[tuple[str, str]]:
    """The mean scores of records and of factors, or how much of the amount has some; then how many factors fell back."""
    for name, means, share in (
        ("activity_quality", fact.activity_quality, fact.activity_scored),
        ("factor_quality", fact.factor_quality, fact.factor_scored),
    ):
        if means:
            said = [
                f"{reader.word(f'score_{aspect}')} {precise(rounded(one, 1), reader.language)}"
                for aspect, one in zip(ASPECTS, means, strict=True)
            ]
            yield reader.word(name), reader.listed(said)
        elif share:
            yield reader.word(name), reader.word("scored_share", share=percent(share, reader.language))
    local = [use for use in fact.factors if is_local(reader, use.name)]
    if fallen := [use for use in local if use.level]:
        steps = max(use.level for use in fallen)
        yield (
            reader.word("from_wider"),
            reader.word("from_wider_count", some=len(fallen), all=len(local), steps=_steps(reader, steps)),
        )


def fell_back(reader: Reader, name: str, asked: str, found: str) -> str:
    """Which region was asked for and which served, with every one between; empty for what is by nature the same everywhere."""
    if asked == found or not is_local(reader, name):
        return ""
    chain = _chain(reader, asked, found)
    titles = {"asked": region_title(reader, asked), "found": region_title(reader, found)}
    if len(chain) <= 2:
        return reader.word("fell_back", **titles)
    said = " → ".join(region_title(reader, region) for region in chain)
    return reader.word("fell_back_far", **titles, steps=len(chain) - 1, chain=said)


def is_local(reader: Reader, name: str) -> bool:
    """Does the factor differ from place to place: is some row of it for less than the world?"""
    rows = [factor.region for factor in reader.sources.library.factors.values() if factor.name == name]
    return not rows or any(region != WORLD for region in rows)


def region_title(reader: Reader, id: str) -> str:
    known = reader.sources.library.regions.get(id)
    return reader.say(known.title) if known else id


def uncertain(reader: Reader, half: Decimal, low: str, high: str, draws: int, share: Decimal) -> tuple[str, str]:
    """A range as a receipt has it. half: half its width as a share of the figure; share: of how much of the amount it is."""
    said = reader.word(
        "uncertainty_value", percent=percent(half, reader.language), low=low, high=high, draws=f"{draws:,}"
    )
    if share < 1:
        said = reader.word("uncertainty_part", said=said, share=percent(share, reader.language))
    return reader.word("uncertainty"), said


def _steps(reader: Reader, number: int) -> str:
    if reader.language == "en":
        return f"{number} step{'' if number == 1 else 's'}"
    return str(number)


def _chain(reader: Reader, asked: str, found: str) -> list[str]:
    """The regions from the one that was asked for up to the one that served."""
    chain = [asked]
    regions = reader.sources.library.regions
    while chain[-1] != found and chain[-1] in regions and (parent := regions[chain[-1]].parent) and parent not in chain:
        chain.append(parent)
    return chain if chain[-1] == found else [asked, found]
