"""What a standard asks for, whole: what it has from another one, and whether each figure that answers it is defined."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from leafledger.core.definition import Activity, Disclosure, Library, Metric, Phase, Standard
from leafledger.core.finding import Finding, Place
from leafledger.library.naming import did_you_mean


def written_out(standards: Mapping[str, Standard]) -> dict[str, Standard]:
    """Every standard with its disclosures; what it has from another one is `known`, as nobody compared the two line by line."""
    return {id: _written_out(one, standards) for id, one in standards.items()}


def _written_out(one: Standard, standards: Mapping[str, Standard]) -> Standard:
    other = standards.get(one.asks_as)
    if other is None or one.disclosures:
        return one
    asked = tuple(replace(disclosure, verified="known") for disclosure in other.disclosures)
    return replace(one, groups=other.groups, disclosures=asked)


def split_of(figure: str) -> tuple[str, str]:
    """The figure and the dimension of `people.employees[gender]`; without a split the dimension is empty."""
    id, _, dimension = figure.partition("[")
    return id, dimension.removesuffix("]")


def unanswerable(standard: Standard, library: Library) -> Iterator[Finding]:
    """What a standard names and nobody could find: figures, splits, disclosures that it replaces, another standard, classes of issuers."""
    if standard.asks_as and (standard.asks_as not in library.standards or library.standards[standard.asks_as].asks_as):
        hint = did_you_mean(standard.asks_as, library.standards) or "name one that has disclosures of its own"
        yield _at(standard.place, "{id} asks as {other!r}; {hint}", id=standard.id, other=standard.asks_as, hint=hint)
    if standard.succeeds and standard.succeeds not in library.standards:
        hint = did_you_mean(standard.succeeds, library.standards) or "name the edition before it"
        template = "{id} succeeds {other!r}, which is not here; {hint}"
        yield _at(standard.place, template, id=standard.id, other=standard.succeeds, hint=hint)
    for phase in standard.phases:
        yield from _phase(phase, standard)
    if standard.asks_as:
        return  # what it asks for is proven where it stands
    ids = {disclosure.id for disclosure in standard.disclosures}
    for disclosure in standard.disclosures:
        for figure in disclosure.answered_by.figures:
            yield from _figure(figure, disclosure, library)
        for id in disclosure.replaces:
            if id not in ids:
                template = "{id} replaces {other!r}, which {standard} does not list; name a disclosure that it does"
                yield _at(disclosure.place, template, id=disclosure.id, other=id, standard=standard.id)


def _figure(figure: str, disclosure: Disclosure, library: Library) -> Iterator[Finding]:
    id, dimension = split_of(figure)
    place = disclosure.answered_by.place
    known: Activity | Metric | None = library.find(id)
    if known is None:
        hint = (
            did_you_mean(id, {**library.metrics, **library.activities}) or "`leaf facts --list` names those there are"
        )
        yield _at(
            place,
            "{id} is answered by {figure!r}, which nothing defines; {hint}",
            id=disclosure.id,
            figure=id,
            hint=hint,
        )
    elif dimension and dimension not in known.dimensions:
        template = "{id} is answered by {figure} by {dimension}, and {figure} is not split by it; it has {known}"
        has = ", ".join(sorted(known.dimensions)) or "no splits"
        yield _at(place, template, id=disclosure.id, figure=id, dimension=dimension, known=has)


def _phase(phase: Phase, standard: Standard) -> Iterator[Finding]:
    for group in phase.groups:
        if group not in standard.groups:
            template = "a phase of {id} is for the group {group!r}, which it does not have; name one of its groups"
            yield _at(phase.place, template, id=standard.id, group=group)
    if phase.issuer not in standard.issuers:
        template = "a phase of {id} is for {issuer!r}, which is none of its issuers ({known}); list it there"
        known = ", ".join(standard.issuers) or "none"
        yield _at(phase.place, template, id=standard.id, issuer=phase.issuer, known=known)


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="definition", template=template, values=values, place=place)
