"""docs/inventory/examples.md: the published worked examples that the tests run, each with its citation and what it proves."""

from collections import Counter
from pathlib import Path

from leafledger.library.strict_yaml import parse, read_text

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLISHED = ROOT / "tests" / "cases" / "published"
HEAD = (ROOT / "scripts" / "pages" / "examples.md").read_text(encoding="utf-8")
COLUMNS = "| Example | What | Printed | Run through | Read |\n|---|---|---:|---|---|"


def page(scratch: Path) -> str:
    del scratch
    documents = [parse(read_text(path, path.name), path.name).data for path in sorted(PUBLISHED.glob("*.yaml"))]
    every = [example for document in documents for example in document["examples"]]
    parts = [HEAD, _counted(every)]
    for document in documents:
        for id, source in document["sources"].items():
            used = [example for example in document["examples"] if example["source"] == id]
            parts.append(_section(source, used))
    parts.append(_differing(every))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _counted(every: list[dict]) -> str:
    read, topics = Counter(one["read"] for one in every), Counter(one["topic"] for one in every)
    listed = ", ".join(f"{topic} ({number})" for topic, number in sorted(topics.items()))
    metrics = sum("metric" in one for one in every)
    return (
        f"{len(every)} examples: the figures of {read['seen']} were read in a source (`seen`), those of {read['known']} were "
        f"written from knowledge of it (`known`). {metrics} run through metrics of the library, the others through a formula "
        f"of their own in the same language and engine.\n\nThey prove: {listed}."
    )


def _section(source: dict, used: list[dict]) -> str:
    assert used, f"{source['document']} is cited and not used"
    read_in = f" Read in: {source['read_in']}." if "read_in" in source else ""
    head = f"## {source['publisher']}: {source['document']} ({source['year']})\n\n<{source['address']}>{read_in}\n\n{COLUMNS}"
    return "\n".join([head, *map(_row, used)])


def _row(one: dict) -> str:
    through = f"`{one['metric']}`" if "metric" in one else one["topic"]
    printed = one["expect"] + (" ¹" if "computed" in one else "")
    return f"| {one['id']} | {one['where']} | {printed} | {through} | {one['read']} |"


def _differing(every: list[dict]) -> str:
    rows = [
        f"- **{one['id']}** prints {one['expect']}, we come to {one['computed']}. {one['note']}"
        for one in every
        if "computed" in one
    ]
    return "\n".join(["## ¹ Where what is printed is not what its own figures give", "", *rows])
