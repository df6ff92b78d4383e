"""Writes the pages of docs/ that are made by running the product, so that they cannot lie; `--check` says which are stale."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.pages import activities, commands, errors, examples, gaps, restatement, tie_out  # noqa: E402

PAGES: dict[str, Callable[[Path], str]] = {
    "docs/commands.md": commands.page,
    "docs/errors.md": errors.page,
    "docs/tie-out.md": tie_out.page,
    "docs/inventory/activities.md": activities.page,
    "docs/inventory/examples.md": examples.page,
    "docs/inventory/restatement.md": restatement.page,
}
SEVERAL: tuple[Callable[[Path], dict[str, str]], ...] = (gaps.pages,)
"""Each makes some pages at once, by their paths, where they share what they are made from."""


def made() -> Iterator[tuple[str, str]]:
    """Every page, with its path."""
    for name, page in PAGES.items():
        with tempfile.TemporaryDirectory() as scratch:
            yield name, page(Path(scratch))
    for pages in SEVERAL:
        with tempfile.TemporaryDirectory() as scratch:
            yield from pages(Path(scratch)).items()


def main() -> int:
    """Status 1 if a page is not what running gives (with --check), else every page is written."""
    os.environ.pop("DATABASE_URL", None)
    stale = []
    for name, text in made():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    print(
        "\n".join(f"{name} is not what running gives; call make docs" for name in stale)
        if "--check" in sys.argv
        else "Written."
    )
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
