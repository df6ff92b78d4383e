"""The benchmark fails where a limit is missed, so that a slow change is noticed."""

import pytest
from benchmarks import run


@pytest.mark.parametrize(("seconds", "late"), [((19.0, 19.0, 50.0), []), ((21.0, 21.0, 1.0), ["make report"])])
def test_over_the_limit_is_said(seconds: tuple[float, ...], late: list[str]):
    measured = (run.Measured(name="make report", seconds=seconds),)
    assert [one.name for one in run.over(measured)] == late
