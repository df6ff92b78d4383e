"""Which rows of a table are printed: an optional one only where the company has something of it, or has said that it belongs."""

from collections.abc import Iterator, Sequence

from leafledger.core.labels import NONE, parse_labels
from leafledger.library.asked import split_of
from leafledger.report.indices import answered
from leafledger.report.outline import RowSpec
from leafledger.report.reader import Reader


def printed_rows(reader: Reader, specs: Sequence[RowSpec], years: Sequence[int]) -> Iterator[RowSpec]:
    """The rows without those that are left out, and without the titles of groups that are left with none."""
    group: RowSpec | None = None
    for spec in specs:
        if spec.group:
            group = spec
        elif not spec.optional or belongs(reader, spec, years):
            if group is not None:
                yield group
                group = None
            yield spec


def belongs(reader: Reader, spec: RowSpec, years: Sequence[int]) -> bool:
    """Has some year a value, or has the company said that there is to be one? A hole that it declared stays to be seen."""
    labels = parse_labels(spec.labels) if spec.labels else NONE
    facts = [fact for year in years if (fact := reader.fact(spec.metric, labels, year))]
    if spec.splits:
        splits = [of for split in spec.splits for _, of in reader.members(spec.metric, labels, split, list(years))]
        facts += [fact for of in splits for year in years if (fact := reader.fact(spec.metric, of, year))]
    if any(fact.value is not None for fact in facts):
        return True
    return _screened_in(reader, spec.metric) or spec.metric in _answered_for(reader)


def _screened_in(reader: Reader, metric: str) -> bool:
    """Is it, or a part of it by its id (ghg.scope3.c01 of ghg.scope3), in screening.yaml as relevant?"""
    relevant = [one.source for one in reader.sources.company.screening if one.standing == "relevant"]
    return any(f"{source}.".startswith(f"{metric}.") for source in relevant)


def _answered_for(reader: Reader) -> set[str]:
    """The figures that disclosures.yaml names as answers, and those of disclosures that it omits with a reason."""
    named: set[str] = set()
    for standard in reader.sources.library.standards.values():
        for one in standard.disclosures:
            answer = answered(reader.sources, standard, one.id)
            if answer is None:
                continue
            named |= {metric.partition("[")[0] for metric in answer.metrics}
            if answer.omitted:
                named |= {split_of(figure)[0] for figure in one.answered_by.figures}
    return named
