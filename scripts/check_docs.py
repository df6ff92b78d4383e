"""Fails when the documents say what is not so: dead links, make targets that are gone, commands nobody wrote about."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")])
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)


def prose(page: Path) -> str:
    """The page without its code blocks, which may show links and headings that are no links and headings."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The fragments that headings of a page answer to, by the rule that code hosts use."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links() -> Iterator[str]:
    for page in PAGES:
        for target in re.findall(r"\]\(<?([^)\s>]+)", prose(page)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, fragment = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            if not there.exists():
                yield f"{page.relative_to(ROOT)}: links to {target}, which is not there"
            elif fragment and there.suffix == ".md" and fragment not in anchors(there):
                yield f"{page.relative_to(ROOT)}: links to {target}, but {there.name} has no such heading"


def unknown_targets() -> Iterator[str]:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in PAGES:
        for target in re.findall(r"`make ([a-z-]+)|^\s*make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M):
            if (name := "".join(target)) not in targets:
                yield f"{page.relative_to(ROOT)}: names `make {name}`, but the Makefile has no such target"


def undocumented_commands() -> Iterator[str]:
    import typer

    from leafledger.cli import app

    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group, as it has several
    for name in sorted(commands):
        if not re.search(rf"\bleaf {re.escape(name)}\b", text):
            yield f"leaf {name}: no page says what it does; tell it in docs/ where the reader would look"


def main() -> int:
    findings = [*dead_links(), *unknown_targets(), *undocumented_commands()]
    print("\n".join(findings) if findings else f"Docs: {len(PAGES)} pages, every link, target and command holds.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
