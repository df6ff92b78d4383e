"""A control total of a site is compared with all of the site, whatever share of it is the company's."""

from engine_cases import entry, rules, value
from test_boundary import owned, port, seen


def test_what_is_said_of_a_shared_site_is_said_of_all_of_it() -> None:
    shared = port(owned("40"), approach="equity_share")
    bills = [entry("power wharf", "2024", "366 MWh"), entry("power yard", "2024", "100 MWh")]
    agreed = seen(shared, *bills, entry("power yard", "2024", "100 MWh", kind="assertion", id="said"))
    assert (value(agreed, "power@2024"), rules(agreed, "power@2024")) == ("406", [])
    wrong = seen(shared, *bills, entry("power yard", "2024", "40 MWh", kind="assertion", id="said"))
    assert rules(wrong, "power@2024") == ["control.differs"]
