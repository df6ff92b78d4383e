"""Tying out, class by class: how a printed figure is had, how it compares, and what is said about what nobody explains."""

from decimal import Decimal

import pytest
from engine_cases import activity, computed, dimension, entry, library, metric

from leafledger.core.entry import Entry
from leafledger.core.finding import Place
from leafledger.core.labels import parse_labels
from leafledger.core.period import Period
from leafledger.engine.tie_out import Tied, problems, tie_out
from leafledger.engine.tie_table import COLUMNS, markdown, rows
from leafledger.library.published import Difference, Published

FIGURES = library(
    activity("fuel", "MWh", by="kind"),
    activity("revenue", "CNY_million"),
    activity("leavers", "person", counted=True),
    activity("heads", "person", "stock", counted=True),
    metric("energy", "MWh", "fuel"),
    metric("density", "MWh/CNY_million", "energy / revenue", "ratio"),
    metric("turnover", "percent", "leavers / (heads + leavers)", "ratio"),
    dimensions=[dimension("kind", "oil gas")],
)
REASON = {"zh-Hant": "因", "zh-Hans": "因", "en": "Because"}
ENTRIES = [
    entry("fuel works kind=oil", "2024", "36.1 MWh"),
    entry("fuel works kind=gas", "2024", "1017.9 MWh"),
    entry("revenue works", "2024", "100.0 CNY_million"),
    entry("heads works", "2024-12-31", "90 person"),
    entry(
        "leavers works", "2024", "10 person", estimated=True, method="10 % of 100", worked_back_from=("turnover@2024",)
    ),
]


def printed(key: str, amount: str, bound: str = "exact") -> Published:
    """`energy`, `1054.1 MWh`; the amount may be `╱ MWh`."""
    metric, _, labels = key.partition("[")
    value, unit = amount.split()
    return Published(
        id=key,
        metric=metric,
        labels=parse_labels(labels.rstrip("]")),
        period=Period.parse("2024"),
        value=None if value == "╱" else Decimal(value),
        unit=unit,
        bound=bound,  # type: ignore[arg-type]
        kind="table",
        where="Table 1",
        line="7",
        place=Place(name="published.csv", line=2),
    )


def explained(metric: str, said: str, ours: str) -> Difference:
    """A reason why ours is `ours` (empty: there is none) where `said` was printed."""
    return Difference(
        metric=metric,
        labels=(),
        period=Period.parse("2024"),
        printed=Decimal(said),
        ours=Decimal(ours) if ours else None,
        reason=REASON,
        place=Place(name="differences.csv", line=2),
    )


def tied(
    *published: Published, differences: tuple[Difference, ...] = (), entries: list[Entry] = ENTRIES
) -> tuple[Tied, ...]:
    return tie_out(computed(FIGURES, entries), published, differences, {one.id: one for one in entries})


@pytest.mark.parametrize(
    ("figure", "how"),
    [
        (printed("fuel[kind=oil]", "36.1 MWh"), "stated"),
        (printed("revenue", "100.0 CNY_million"), "stated"),
        (printed("fuel", "1054.0 MWh"), "derived"),
        (printed("energy", "1054.0 MWh"), "derived"),
        (printed("density", "10.54 MWh/CNY_million"), "derived"),
        (printed("turnover", "10 percent"), "reconstructed"),
        (printed("leavers", "10 person"), "stated"),
    ],
)
def test_how_we_have_it(figure: Published, how: str) -> None:
    (one,) = tied(figure)
    assert (one.how, one.compares) == (how, "agrees")


@pytest.mark.parametrize(
    ("figure", "compares"),
    [
        (printed("energy", "1054.0 MWh"), "agrees"),
        (printed("energy", "1054 MWh"), "agrees"),
        (printed("energy", "1054.1 MWh"), "agrees within its parts"),  # 36.1 ± 0.05 and 1,017.9 ± 0.05
        (printed("energy", "1054.3 MWh"), "differs"),
        (printed("energy", "1054000 kWh"), "agrees"),
        (printed("energy", "╱ MWh"), "absent in print"),
        (printed("energy", "1000 MWh", "over"), "agrees"),
        (printed("energy", "1054.05 MWh", "over"), "agrees within its parts"),
        (printed("energy", "1055 MWh", "over"), "differs"),
        (printed("energy", "1054 MWh", "within"), "agrees"),
        (printed("energy", "1053 MWh", "within"), "differs"),
        (printed("energy", "1000 MWh", "about"), "agrees"),  # one figure that says something: ± 500
        (printed("energy", "1100 MWh", "about"), "agrees"),
        (printed("energy", "1200 MWh", "about"), "differs"),
    ],
)
def test_how_it_compares(figure: Published, compares: str) -> None:
    (one,) = tied(figure)
    assert one.compares == compares


@pytest.mark.parametrize(
    ("recorded", "figure", "compares"),
    [
        ("over", printed("revenue", "100 CNY_million", "over"), "agrees"),
        ("over", printed("revenue", "101 CNY_million", "over"), "differs"),
        ("over", printed("revenue", "100 CNY_million"), "differs"),
        ("about", printed("revenue", "100 CNY_million", "about"), "agrees"),
        ("within", printed("revenue", "100 CNY_million", "over"), "differs"),
    ],
)
def test_a_bound_of_ours_beside_a_printed_one(recorded: str, figure: Published, compares: str) -> None:
    (one,) = tied(figure, entries=[entry("revenue works", "2024", "100 CNY_million", bound=recorded)])
    assert one.compares == compares


def test_a_figure_worked_back_through_another_is_reconstructed_too() -> None:
    heads = entry(
        "heads works",
        "2024-12-31",
        "90 person",
        estimated=True,
        method="From leavers",
        worked_back_from=("leavers@2024",),
    )
    (one,) = tied(printed("turnover", "10 percent"), entries=[*ENTRIES[:3], heads, *ENTRIES[4:]])
    assert one.how == "reconstructed" and one.leans_on == ("leavers@2024", "turnover@2024")
    (one,) = tied(printed("heads", "90 person"), entries=[*ENTRIES[:3], heads, *ENTRIES[4:]])
    assert one.leans_on == ("leavers@2024", "turnover@2024"), "heads stand on leavers, and those on the printed rate"


@pytest.mark.parametrize("entries", [[], [entry("revenue works", "2024-01", "100 CNY_million")]])
def test_a_hole_and_an_incomplete_figure_of_ours_are_absent_and_need_a_reason(entries: list[Entry]) -> None:
    figure = printed("revenue", "100.0 CNY_million")
    (one,) = tied(figure, entries=entries)
    assert (one.how, one.compares, one.value) == ("not reconstructable", "absent here", None)
    assert [finding.rule for finding in problems([one], ())] == ["tie_out.absent"]
    known = (explained("revenue", "100.0", ""),)
    assert problems(tied(figure, differences=known, entries=entries), known) == ()


def test_a_stroke_that_we_cannot_compute_either_is_absent_on_both_sides() -> None:
    (one,) = tied(printed("revenue", "╱ CNY_million"), entries=[])
    assert one.compares == "absent on both sides" and problems([one], ()) == ()


def test_an_unexplained_difference_says_both_values_and_what_to_do() -> None:
    (finding,) = problems(tied(printed("energy", "1060.0 MWh")), ())
    assert finding.severity == "error"
    for word in (
        "energy@2024",
        "1060 MWh was printed",
        "Table 1",
        "ours is 1054",
        "1053.9 to 1054.1",
        "differences.csv",
    ):
        assert word in finding.message


def test_an_explained_difference_carries_its_reason_and_is_no_problem() -> None:
    known = (explained("energy", "1060.0", "1054.00"),)
    both = tied(printed("energy", "1060.0 MWh"), differences=known)
    assert both[0].reason == REASON and not both[0].open
    assert problems(both, known) == ()


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param(explained("energy", "1061.0", "1054.00"), id="another value was printed"),
        pytest.param(explained("energy", "1060.0", "1054.10"), id="ours was another"),
        pytest.param(explained("energy", "1060.0", ""), id="we had none"),
    ],
)
def test_a_reason_for_other_values_explains_nothing_and_is_stale(reason: Difference) -> None:
    both = tied(printed("energy", "1060.0 MWh"), differences=(reason,))
    assert both[0].open and not both[0].reason
    found = problems(both, (reason,))
    assert [finding.rule for finding in found] == ["tie_out.differs", "tie_out.stale"]
    assert "or record the reason in differences.csv for printed 1060.0 and ours 1054.00" in found[0].message
    assert f"a reason is recorded for printed {reason.printed} and ours {reason.ours or 'none'}," in found[1].message


def test_an_explanation_of_a_difference_that_is_gone_is_a_problem() -> None:
    known = (explained("energy", "1060.0", "1054.00"),)
    (finding,) = problems(tied(printed("energy", "1054.0 MWh"), differences=known), known)
    assert (finding.rule, finding.severity) == ("tie_out.stale", "error")
    assert "take the row out" in finding.message and str(finding.place) == "differences.csv:2"


def test_the_table_shows_counts_reasons_and_every_figure_once() -> None:
    known = (explained("energy", "1060.0", "1054.00"),)
    both = tied(
        printed("energy", "1060.0 MWh"),
        printed("energy", "1060.0 MWh"),
        printed("revenue", "100.0 CNY_million"),
        differences=known,
    )
    text = markdown(both)
    assert "3 printed figures; 3 of them stand in tables and name 2 different figures." in text
    assert "- **`energy@2024`**: printed 1,060.0, ours 1,054.0 (MWh). Because" in text
    assert (
        text.count("| `energy@2024` | 1,060.0 | 1,054.0 | MWh | derived | differs | energy Table 1; energy Table 1 |")
        == 1
    )
    assert [len(row) for row in rows(both)] == [len(COLUMNS)] * 3
