"""Reads `cases/published/*.yaml`: worked examples that others have published, and the figure that we come to from what they give."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from leafledger.core.definition import Activity, Dimension, Factor, FactorName, Formula, Library, Metric, Region
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, fact_key
from leafledger.core.labels import NONE, format_labels, parse_labels
from leafledger.core.org import Company, Contract, Ownership, Screening, Series, Site, View, Year
from leafledger.core.period import Period
from leafledger.engine.books import Books, books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import worked_out
from leafledger.engine.prove import proven
from leafledger.engine.uncertainty import Uncertainty, uncertainty
from leafledger.library.contracts import dimension_of, factors_of
from leafledger.library.load import LIBRARY, load
from leafledger.library.strict_yaml import parse, read_text

PUBLISHED = Path(__file__).resolve().parent / "cases" / "published"
HERE, FIGURE, YEAR = "here", "example.figure", "2024"
TITLE = {"zh-Hant": "例", "zh-Hans": "例", "en": "Example"}
LINE = re.compile(
    r"(?:(?P<year>\d{4}) )?(?:(?P<site>\w+): )?(?P<id>\S+)(?: \[(?P<labels>[^]]+)\])?"
    r" (?P<value>[\d.]+|none) (?P<unit>\S+)(?: ±(?P<percent>[\d.]+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was published: by whom, in which document, when, and the address. read_in: where its figures were read, if not there."""

    publisher: str
    document: str
    year: str
    address: str
    read_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example. read: `seen` where its figures were read, `known` where they were written from knowledge.

    metric: of the library; or else `formula`, in our language, over activities that `given` declares. computed: what the figures
    it prints give, where that is not what it prints. round_to: what it rounds to, where its digits do not say so. sites: their ownership.
    contracts: `id kind quantity unit rate unit`, of the vintage of the year in the market of the region.
    library_factors, without: names of factors whose rows in the library serve, or do not.
    propagate: what is printed is half the width of the 95 % interval, in percent; `unit` is then that of the figure.
    """

    place: str
    id: str
    source: Source
    where: str
    read: str
    topic: str
    given: tuple[str, ...]
    expect: str
    metric: str = ""
    formula: str = ""
    kind: str = "flow"
    factors: tuple[str, ...] = ()
    library_factors: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    screened: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    methods: dict[str, str] = field(default_factory=dict)
    sites: dict[str, dict[str, str]] = field(default_factory=lambda: {HERE: {}})
    region: str = "WORLD"
    gwp: str = "AR6"
    approach: str = "operational_control"
    unit: str = ""
    propagate: bool = False
    of: str = YEAR
    labels: str = ""
    computed: str = ""
    round_to: str = ""
    note: str = ""

    @property
    def agrees_with(self) -> str:
        """What we have to come to: what is printed, or what its own figures give."""
        return self.computed or self.expect


def examples() -> Iterator[Example]:
    for path in sorted(PUBLISHED.glob("*.yaml")):
        document = parse(read_text(path, path.name), path.name)
        sources = {id: Source(**fields) for id, fields in document.data["sources"].items()}
        for number, block in enumerate(document.data["examples"]):
            lists = {key: tuple(value) for key, value in block.items() if isinstance(value, list)}
            place = f"{path.name}:{document.line(('examples', number))}"
            yield Example(place=place, **{**block, **lists, "source": sources[block["source"]]})


def small_company(example: Example, shipped: Library) -> tuple[Library, Company, list[Series], list[Entry]]:
    """A company that has what the example gives, and nothing else. The library is proven."""
    read = [_read(line) for line in example.given]
    contracts = tuple(_contract(line, example) for line in example.contracts)
    library = shipped if example.metric else proven(_made_for(example, read, shipped))
    given = {_read(line)["id"] for line in example.factors}.union(example.without)
    kept = {id: one for id, one in library.factors.items() if one.name not in given}
    factors = {one.id: one for one in (*map(_factor, example.factors), *factors_of(contracts))}
    dimensions = {**library.dimensions, "contract": dimension_of(contracts)} if contracts else library.dimensions
    library = replace(library, factors={**kept, **factors}, dimensions=dimensions)
    entries = [_entry(one, library) for one in read]
    series = {
        e.activity + e.site + format_labels(e.labels): Series(activity=e.activity, site=e.site, labels=e.labels)
        for e in entries
    }
    return library, _company(example, read, contracts), list(series.values()), entries


def books_of(example: Example, shipped: Library) -> Books:
    library, company, series, entries = small_company(example, shipped)
    return books(library, company, series, cells_from_entries(entries, library.counted), _view(example))


def outcome(example: Example, shipped: Library) -> Fact:
    """The figure that we come to."""
    return worked_out(books_of(example, shipped), _key(example))[0]


def without_each(example: Example, shipped: Library) -> Iterator[Fact]:
    """The figure after one entry, its series staying, or one factor of the example was taken away, for each of them."""
    library, company, series, entries = small_company(example, shipped)
    view, inside = _view(example), _counted(example)
    for gone in entries:
        if gone.site in inside:
            kept = cells_from_entries([one for one in entries if one is not gone], library.counted)
            yield worked_out(books(library, company, series, kept, view), _key(example))[0]
    cells = cells_from_entries(entries, library.counted)
    for id in (_factor(line).id for line in example.factors):
        fewer = replace(library, factors={other: one for other, one in library.factors.items() if other != id})
        yield worked_out(books(fewer, company, series, cells, view), _key(example))[0]


def spread(example: Example, shipped: Library) -> Uncertainty:
    """How uncertain that figure is."""
    return uncertainty(*worked_out(books_of(example, shipped), _key(example)))


def _view(example: Example) -> View:
    return View(approach=example.approach, gwp=example.gwp)  # type: ignore[arg-type]


def _counted(example: Example) -> set[str]:
    """The sites that are inside the boundary in the year asked for."""
    year = example.of
    said = example.sites.items()
    return {
        id for id, one in said if one.get("since", "0") <= f"{year}-12-31" and one.get("until", "9") >= f"{year}-01-01"
    }


def _key(example: Example) -> str:
    labels = parse_labels(example.labels) if example.labels else NONE
    return fact_key(example.metric or FIGURE, Period.parse(example.of), labels)


def shipped_library() -> Library:
    return load(LIBRARY)


def _made_for(example: Example, read: list[dict[str, Any]], shipped: Library) -> Library:
    """Definitions of what the lines name, and of a metric that has the formula of the example."""
    labels = [label for one in (*read, *map(_read, example.factors)) for label in parse_labels(one["labels"] or "")]
    dimensions: dict[str, dict[str, Any]] = {}
    for dimension, member in labels:
        dimensions.setdefault(dimension, {})[member] = TITLE
    activities = {one["id"]: _activity(one) for one in read}
    unit = example.unit or example.agrees_with.split()[1]
    kind: Any = example.kind
    metric = Metric(id=FIGURE, title=TITLE, unit=unit, kind=kind, formulas=(Formula(formula=example.formula),))
    names = {one.id: one for one in map(_factor_name, example.factors)}
    kept = {id: one for id, one in shipped.factors.items() if one.name in example.library_factors}
    return Library(
        dimensions={id: Dimension(id=id, title=TITLE, members=members) for id, members in dimensions.items()},
        activities=activities,
        metrics={FIGURE: metric},
        regions={id: Region(id=id, title=TITLE) for id in ("WORLD", example.region)},
        factor_names={**names, **{id: shipped.factor_names[id] for id in example.library_factors}},
        factors=kept,
    )


def _activity(one: dict[str, Any]) -> Activity:
    split = tuple(sorted(dimension for dimension, _ in parse_labels(one["labels"] or "")))
    kind: Any = "ratio" if one["unit"] in ("percent", "ratio") else "flow"
    return Activity(id=one["id"], title=TITLE, unit=one["unit"], kind=kind, breakdowns=(split,))


def _entry(one: dict[str, Any], library: Library) -> Entry:
    nil, year = one["value"] == "none", one["year"] or YEAR
    of = library.activities[one["id"]]
    last = "01-01" if of.reads_at == "start" else "12-31"
    return Entry(
        id=" ".join(str(part) for part in one.values() if part),
        activity=one["id"],
        site=one["site"] or HERE,
        labels=parse_labels(one["labels"] or ""),
        period=Period.parse(f"{year}-{last}" if of.kind == "stock" else year),
        value=Decimal(0) if nil else Decimal(one["value"]),
        unit=one["unit"],
        kind="nil" if nil else "reading",
        uncertainty=Decimal(one["percent"]) if one["percent"] else None,
    )


def _factor_name(line: str) -> FactorName:
    one = _read(line)
    return FactorName(id=one["id"], title=TITLE, unit=one["unit"])


def _factor(line: str) -> Factor:
    one = _read(line)
    return Factor(
        id=f"example {one['id']} {one['labels'] or ''}".strip(),
        name=one["id"],
        value=Decimal(one["value"]),
        unit=one["unit"],
        labels=parse_labels(one["labels"] or ""),
        uncertainty=Decimal(one["percent"]) if one["percent"] else None,
    )


def _company(example: Example, read: list[dict[str, Any]], contracts: tuple[Contract, ...]) -> Company:
    years = sorted({one["year"] or YEAR for one in read})
    approach: Any = example.approach
    return Company(
        id="example",
        name=TITLE,
        legal_name=TITLE,
        sites=tuple(_site(id, said, example.region) for id, said in example.sites.items()),
        people=(),
        years=tuple(Year(year=int(year), factors_as_of=date(2030, 1, 1)) for year in years),
        approach=approach,
        methods=example.methods,
        screening=tuple(Screening(source=one, standing="not_relevant", reason=TITLE) for one in example.screened),
        contracts=contracts,
    )


def _contract(line: str, example: Example) -> Contract:
    id, kind, quantity, unit, rate, rate_unit = line.split()
    return Contract(
        id=id,
        kind=kind,  # type: ignore[arg-type]
        title=id,
        market=example.region,
        vintage_from=date(int(YEAR), 1, 1),
        vintage_to=date(int(YEAR), 12, 31),
        quantity=Decimal(quantity),
        unit=unit,
        rate=Decimal(rate),
        rate_unit=rate_unit,
    )


def _site(id: str, said: dict[str, str], region: str) -> Site:
    """Without anything said, all of it is the company's; `since` and `until` say from when until when."""
    if not said:
        return Site(id=id, title=TITLE, region=region)
    days = {key: date.fromisoformat(said[key]) for key in ("since", "until") if key in said}
    control = said.get("control", "yes") == "yes"
    owned = Ownership(
        equity=Decimal(said.get("equity", "100")),
        operational_control=control,
        financial_control=control,
        since=days.get("since"),
        until=days.get("until"),
    )
    return Site(id=id, title=TITLE, region=region, ownership=(owned,))


def _read(line: str) -> dict[str, Any]:
    match = LINE.fullmatch(line)
    assert match, f"{line!r} is not like 'fuel.mass [fuel=coal] 5 t'"
    return match.groupdict()
