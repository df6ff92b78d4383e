"""How good data are: five scores each for what was recorded and for the factor, from 1 (best) to 5, and what they say of uncertainty."""

from decimal import Decimal
from math import exp, fsum, sqrt

ASPECTS = ("reliability", "completeness", "time", "geography", "technology")
"""What is scored, in this order (the five indicators of the pedigree matrix that GHG Protocol takes up)."""

Scores = tuple[int, ...]
"""Five whole numbers from 1 to 5 in the order of ASPECTS, or none where nobody has scored."""


def parse_scores(text: str) -> Scores:
    """Read `1;2;1;1;3`; an empty text has no scores. ValueError otherwise."""
    if not text.strip():
        return ()
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != len(ASPECTS) or any(part not in ("1", "2", "3", "4", "5") for part in parts):
        raise ValueError(
            f"{text[:40]!r} is not five scores from 1 (best) to 5, for {', '.join(ASPECTS)}, such as 1;2;1;1;3"
        )
    return tuple(int(part) for part in parts)


def format_scores(scores: Scores) -> str:
    return ";".join(str(score) for score in scores)


HALF_WIDTH = 1.96
"""Standard deviations in half a 95 % interval."""
BASIC_VARIANCE = 0.0006
VARIANCES = (
    (0, 0.0006, 0.002, 0.008, 0.04),
    (0, 0.0001, 0.0006, 0.002, 0.008),
    (0, 0.0002, 0.002, 0.008, 0.04),
    (0, 0.000025, 0.0001, 0.0006, 0.002),
    (0, 0.0006, 0.008, 0.04, 0.12),
)
"""By aspect, what the scores 1 to 5 add to the variance of the logarithm of a value.

Weidema et al. 2013, Overview and methodology, Data quality guideline for the ecoinvent database version 3, chapter 10 (the basic
variance there is that of energy, materials and carbon dioxide); GHG Protocol, Quantitative Inventory Uncertainty, takes the same way.
"""


def percent_of(scores: Scores) -> Decimal | None:
    """Half the width of the 95 % interval that five scores stand for, in percent of the value; None where nobody has scored."""
    if not scores:
        return None
    variance = BASIC_VARIANCE + fsum(row[score - 1] for row, score in zip(VARIANCES, scores, strict=True))
    return Decimal(f"{100 * HALF_WIDTH * sqrt(exp(variance) - 1):.2f}")
