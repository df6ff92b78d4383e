"""Reports that are broken on purpose: the checks end soon, none of them breaks off, and what they say can be said in every language."""

import random
import time

import pytest
from small_reports import Small, as_text

from leafledger.audit.read.text import read_text
from leafledger.audit.reading import reading
from leafledger.audit.report import grouped, judged
from leafledger.audit.words import said, settled
from leafledger.core.text import LANGUAGES

NUMBERS = (
    "-1",
    "1e9",
    "0",
    "9" * 40,
    "1/0",
    "%",
    "12.5%",
    "(3,4)",
    "－５",
    "①",
    "5.",
    "..",
    "1,2,3",
    "\u202e7",
    "７７",
)
SECONDS = 5.0


def broken(seed: int) -> bytes:
    """A small report whose lines are turned, torn, doubled and filled with strange numbers."""
    chance = random.Random(seed)
    language = chance.choice(LANGUAGES)
    lines = as_text(Small(language=language)).decode().splitlines() * 4
    for _ in range(chance.randrange(5, 120)):
        at = chance.randrange(len(lines))
        line = lines[at]
        ways = (
            line[::-1],
            f"{line}\t{chance.choice(NUMBERS)}",
            "".join(chance.choice(line) for _ in line) if line else line,
            "\t".join([line[:10], *(str(chance.randrange(-10, 10 ** chance.randrange(1, 12))) for _ in range(8))]),
        )
        lines[at] = chance.choice(ways)
        lines.insert(at, chance.choice(lines))
    return "\n".join(lines).encode()


@pytest.mark.parametrize("seed", range(12))
def test_a_broken_report_breaks_no_check(seed: int) -> None:
    read = reading(read_text(broken(seed), "broken.txt"))
    began = time.perf_counter()
    found, failed = judged(read)
    for one in grouped(found, read):
        assert all(said(one, language) and isinstance(settled(one, language), str) for language in LANGUAGES)
    assert failed == ()
    assert time.perf_counter() - began < SECONDS


def test_a_very_long_table_is_checked_in_time() -> None:
    rows = "\n".join(f"Row {n}\ttonnes\t{n * 7 + 1:,}\t{n * 9 + 2:,}\t{n * 11 + 3:,}" for n in range(700))
    read = reading(read_text(f"Report 2024\n\nIndicator\tUnit\t2022\t2023\t2024\n{rows}\n".encode(), "long.txt"))
    began = time.perf_counter()
    _, failed = judged(read)
    assert failed == ()
    assert time.perf_counter() - began < 4 * SECONDS
