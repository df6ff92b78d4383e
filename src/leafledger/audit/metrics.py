"""The metrics of the dictionary, and those made of them: the share of one, the intensity of one."""

from dataclasses import replace

from leafledger.audit.dictionary import Metric, dictionary
from leafledger.audit.units import Unit

__all__ = ["Metric", "fitting", "metric_named", "metric_title"]


def metric_named(id: str) -> Metric | None:
    """The metric of an id, one that ends in _share or _intensity made of that it is of."""
    known = dictionary().metrics
    if id in known:
        return known[id]
    if (base := known.get(id.removesuffix("_share"))) and id.endswith("_share"):
        return replace(
            base,
            id=id,
            kind="ratio",
            units=("ratio",),
            counts=(),
            of=(base.id,),
            over=(base.id,),
            sum_of=(),
            intensity="",
        )
    if (base := known.get(id.removesuffix("_intensity"))) and id.endswith("_intensity"):
        return replace(
            base,
            id=id,
            kind="ratio",
            units=(),
            counts=(),
            of=(base.id,),
            over=("finance.revenue",),
            sum_of=(),
            adds=(),
            intensity="",
        )
    return None


def metric_title(id: str, language: str) -> str:
    """What a metric is called in a language; its id where nobody named it."""
    metric = metric_named(id)
    return str(metric.title.get(language, id)) if metric else id


def fitting(metric: str, unit: Unit | None, *, other: bool) -> str:
    """The metric that this one is when printed in a unit: itself, its share or its intensity; empty if it cannot be so printed.

    other: words beside it make it another figure, so that it is not itself.
    """
    known = dictionary().metrics[metric]
    if unit is None:
        return "" if other else metric
    if unit.dimension == "count" and known.counts and unit.id not in (*known.counts, "item"):
        return ""
    if unit.dimension in known.units or (known.kind == "ratio" and unit.intensity and _is_intensity(known)):
        return "" if other and known.kind in ("flow", "stock") else metric
    if unit.intensity:
        over = unit.dimension.partition("/")[0]
        return (known.intensity or f"{metric}_intensity") if over in known.units else ""
    if unit.id == "percent" and known.kind in ("flow", "stock"):
        return "people.share" if metric == "people.employees" else f"{metric}_share"
    return metric if not known.units and unit.id in ("x", "times") else ""


def _is_intensity(known: Metric) -> bool:
    return "intensity" in known.id or any("/" in unit for unit in known.units)
