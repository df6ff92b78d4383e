"""The checks, in the order of their worth: importing this registers them all."""

from leafledger.audit.rules import (  # noqa: F401  each registers its checks
    change,
    coverage,
    disclosures,
    formulas,
    intensity,
    lists,
    names,
    rates,
    ratios,
    recompute,
    references,
    repeats,
    restated,
    rownames,
    series,
    shares,
    sums,
    swaps,
    titles,
)
