"""Findings that say the same of many things are told once, with their number; others stay as they are, in their order."""

from leafledger.core.finding import Finding, Place
from leafledger.report.findings import templates
from leafledger.report.gathered import TOGETHER, gathered


def gwp(factor, basis="AR5"):
    template = "the factor {factor} is stated on {basis} and not on {gwp}"
    values = {"factor": factor, "basis": basis, "gwp": "AR6"}
    return Finding(rule="factor.other_gwp", template=template, values=values, severity="warning")


def owed(id, standard="ifrs-s2"):
    values = {"standard": standard, "id": id, "title": f"Title of {id}"}
    return Finding(
        rule="disclosure.unanswered", template="{standard} {id} {title}", values=values, place=Place(name="d.yaml")
    )


OTHER = Finding(rule="other", template="something else")


def said(*findings):
    return [one.message for one in gathered(findings)]


def test_factors_of_another_set_are_counted_and_the_first_few_named():
    (one,) = said(*(gwp(f"f{number}") for number in range(30)))
    assert one.startswith(
        "30 factors are stated in CO2e on AR5 and the figures are drawn up on AR6, such as f0, f1, f2; "
    )


def test_one_alone_is_told_as_it_is():
    assert said(gwp("f"), gwp("f"), OTHER) == ["the factor f is stated on AR5 and not on AR6", "something else"]


def test_what_differs_in_more_stays_apart_and_the_order_is_kept():
    assert [one[:9] for one in said(gwp("a"), OTHER, gwp("b"), gwp("c", "AR4"))] == [
        "2 factors",
        "something",
        "the facto",
    ]


def test_disclosures_are_gathered_by_standard_and_every_id_is_named():
    first, second = said(owed("1"), owed("2"), owed("3"), owed("4"), owed("A", "toy"))
    assert "asks for 4 disclosures" in first and "1, 2, 3, 4;" in first
    assert second == "toy A Title of A"


def test_what_receipts_gather_is_told_in_every_language():
    assert TOGETHER["factor.other_gwp"].template in templates()
