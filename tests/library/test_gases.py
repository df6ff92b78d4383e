"""Whatever gas escapes, the library knows which part of it counts in the scopes, and what is not known is a hole."""

from leafledger.library.load import LIBRARY, load

FACTORS = load(LIBRARY).factors.values()


def gases(*names: str) -> set[str]:
    return {dict(one.labels)["gas"] for one in FACTORS if one.name in names and one.region == "WORLD"}


def test_each_gas_with_a_potential_has_a_share_in_the_scopes() -> None:
    assert gases("gwp") - gases("kyoto_share", "gwp_kyoto_part") == set()
