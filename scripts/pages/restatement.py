"""docs/inventory/restatement.md: a closed year that was wrong, from the correction to the bundle that proves it, each command run."""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.pages.run import leaf

TEMPLATE = Path(__file__).with_suffix(".md")
POLICY = """
base_year:
  year: 2023
  threshold: 5
  figures: [ghg.scope2.electricity]
  policy: {zh-Hant: 收購、方法變更或重大錯誤時重述, zh-Hans: 收购、方法变更或重大错误时重述,
           en: "Restated after purchases, changes of method and significant errors"}
"""
SERIES = "activity,site,labels,since,until,owner\nenergy.electricity,head-office,,,,recorder\n"
BILL = ("record", "energy.electricity", "--site", "head-office", "--period", "2023", "--id")
WHY = (
    "--reason", "The multiplier of the main meter was wrong, and a newer grid factor is known",
    "--reason-zh-Hant", "總電錶的倍率有誤，且已有較新的電網因子",
    "--reason-zh-Hans", "总电表的倍率有误，且已有较新的电网因子",
)  # fmt: skip
FIRST, SECOND = ".leaf/releases/acme-2023-r1.leaf", ".leaf/releases/acme-2023-r2.leaf"


def page(scratch: Path) -> str:
    company = _begun(scratch)
    said = dict(_told(company))
    text = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(r"^@run (\w+)\n", lambda found: said[found[1]], text, flags=re.M)


def _begun(scratch: Path) -> Path:
    """Acme, with 2023 released."""
    company = scratch / "acme"
    _done(scratch, "init", "acme", "--name", "Acme", "--year", "2023")
    (company / "entries" / "first.csv").unlink()
    (company / "series.csv").write_text(SERIES, encoding="utf-8")
    text = (company / "company.yaml").read_text(encoding="utf-8")
    (company / "company.yaml").write_text(text.replace("2024-03-31", "2024-04-30") + POLICY, encoding="utf-8")
    _done(company, *BILL, "e-1", "1200.5", "MWh")
    _done(company, "approve", "--all")
    _done(company, "release", "2023", "--with-holes")
    return company


def _told(company: Path) -> Iterator[tuple[str, str]]:
    """Each step with what was typed and seen."""
    yield "base_year", _block(POLICY.strip())
    yield "record", _run(company, *BILL, "e-2", "1320.5", "MWh", "--replaces", "e-1")
    yield "approve", _run(company, "approve", "e-2", status=2)
    text = (company / "company.yaml").read_text(encoding="utf-8")
    (company / "company.yaml").write_text(text.replace("2024-04-30", "2025-03-31"), encoding="utf-8")
    yield "restate", _run(company, "restate", "2023", *WHY, "--yes")
    yield "explain", _run(company, "explain", "ghg.scope2.electricity", "--period", "2023", until="Records behind it")
    _done(company, "release", "2023", "--with-holes")
    yield "verify", _run(company, "verify", SECOND, only=("Restated",))
    yield "compare", _run(company, "compare", FIRST, SECOND)


def _run(company: Path, *words: str, status: int = 0, only: tuple[str, ...] = (), until: str = "") -> str:
    """The command as it is typed, and under it what is seen: without lines that hold times and digests, which are others each time."""
    seen = leaf(*words, at=company)
    assert seen.status == status, seen.shown
    shown = seen.shown.partition(f"\n{until}\n")[0] if until else seen.shown
    lines = [line for line in shown.splitlines() if not only or line.startswith(only)]
    typed = " ".join(f'"{word}"' if re.search(r"[\s，]", word) else word for word in words)
    return _block("\n".join((f"$ leaf {typed}", *lines)))


def _block(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines()) + "\n\n"


def _done(at: Path, *words: str) -> None:
    seen = leaf(*words, at=at)
    assert seen.status == 0, seen.shown
