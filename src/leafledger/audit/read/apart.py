"""Reads a PDF in a process of its own, with bounds on its time and memory; what it read before it was stopped is kept."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafledger.audit.document import Box, Line, Page, Span
from leafledger.audit.read.refusal import refused
from leafledger.core.finding import Finding, Place, Refused

if TYPE_CHECKING:
    from leafledger.audit.read.pdf import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What reading one file may take: seconds of a clock and of a processor, and megabytes of memory."""

    seconds: int = 240
    megabytes: int = 1500


BOUNDS = Bounds()


def pages_apart(path: Path, name: str, warnings: list[str], bounds: Bounds = BOUNDS) -> Generator["Read", None, None]:
    """As pdf.pages_of, from another process."""
    command = [sys.executable, "-m", "leafledger.audit.read.apart", str(path), name]
    command += [str(bounds.seconds), str(bounds.megabytes)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=env
    )
    late = threading.Timer(bounds.seconds, child.kill)
    late.start()
    count, done = 0, False
    try:
        assert child.stdout is not None
        for line in child.stdout:
            told = json.loads(line)
            if "refused" in told:
                raise Refused(Finding(rule="audit-read", place=Place(name=name), **told["refused"]))
            if "warnings" in told:
                warnings += told["warnings"]
                done = True
            else:
                count += 1
                yield _read(told)
    except json.JSONDecodeError:
        pass  # the last line of a process that was stopped in the middle of it
    finally:
        late.cancel()
        child.kill()
        child.wait()
    if not done and not count:
        raise refused(
            name, "This PDF cannot be read within bounds: it stops its reader. Print it to a new PDF, and give that."
        )
    if not done:
        warnings.append(f"Reading stopped after page {count}: the next page takes too much time or memory.")


def _told(read: "Read") -> dict[str, Any]:
    page = read.page
    lines = [[_span(span) for span in line.spans] for line in page.lines]
    return {
        "page": [page.number, page.width, page.height, page.label, page.turn, read.letters, read.bad],
        "lines": lines,
    }


def _span(span: Span) -> list[Any]:
    box = span.box
    place = [box.left, box.top, box.right, box.bottom] if box else []
    return [span.text, place, span.size, span.raised]


def _read(told: dict[str, Any]) -> "Read":
    from leafledger.audit.read.pdf import Read

    number, width, height, label, turn, letters, bad = told["page"]
    lines = []
    for at, spans in enumerate(told["lines"], 1):
        kept = tuple(
            Span(text=text, box=Box(*box) if box else None, size=size, raised=tuple((a, b) for a, b in raised))
            for text, box, size, raised in spans
        )
        lines.append(Line(page=number, number=at, spans=kept))
    page = Page(number=number, lines=tuple(lines), width=width, height=height, label=label, turn=turn)
    return Read(page=page, letters=letters, bad=bad)


def _bound(bounds: Bounds) -> None:
    """Let this process neither fill the memory nor run on for ever. Only POSIX systems have such bounds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (bounds.megabytes * 1_000_000, bounds.megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, name: str, seconds: str, megabytes: str) -> None:
    from leafledger.audit.read.pdf import pages_of

    _bound(Bounds(seconds=int(seconds), megabytes=int(megabytes)))
    warnings: list[str] = []
    try:
        for read in pages_of(Path(path), name, warnings):
            print(json.dumps(_told(read), ensure_ascii=True, separators=(",", ":")), flush=True)
    except Refused as error:
        finding = error.findings[0]
        values = {key: str(value) for key, value in finding.values.items()}
        print(json.dumps({"refused": {"template": finding.template, "values": values}}), flush=True)
        return
    print(json.dumps({"warnings": warnings}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:5])
