"""`leaf check` says how many records wait for a restatement, in words that fit one and several."""

from leafledger.flow.check import _late


def test_one_record_waits_and_several_wait():
    one, several = _late({2024: ("e-1",), 2025: ("e-2", "e-3")})
    assert one.message.startswith("1 entry waits for a restatement of 2024: e-1; ")
    assert several.message.startswith("2 entries wait for a restatement of 2025, such as e-2; ")
