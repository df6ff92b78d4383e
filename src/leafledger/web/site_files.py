"""Which file of a site an address means, and how a browser may treat it: nothing outside the folder, nothing run that was handed in."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

SHOWN = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
}
"""What a browser shows and never runs, wherever it comes from."""

OURS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What may run or restyle a page, and so is served as such only where we wrote it."""

EVIDENCE = "evidence"
PLAN = "plan"
"""Below this lie the pages of data centers, written by `leaf plan SITE --page`, beside the report's own."""
ICON = {"/favicon.ico": "/icon.svg"}
"""Browsers ask for the first beside a file that cannot name its icon, such as a PDF."""
_ODD = re.compile(r"[\\\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to send, or the address it is better asked for by."""

    file: Path | None = None
    type: str = ""
    saved: bool = False
    instead: str = ""


def find(site: Path, target: str, plans: Path | None = None) -> Found | None:
    """What `target`, as it stands in a request, means; None when there is nothing, or nothing that may be seen.

    plans: a folder with one for each data center, whose `page` is seen below /plan/.
    """
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return None
    root, *parts = path.split("/")
    last = parts.pop() if parts else ""
    if root or _ODD.search(path) or any(not part or part.startswith(".") for part in parts) or last.startswith("."):
        return None
    if path in ICON:
        return Found(instead=ICON[path])
    if plans is not None and (parts or [last])[0] == PLAN:
        if len(parts) < 2:
            return _plan(plans, last if parts else "")
        site, parts = plans / parts[1] / "page", parts[2:]
    try:
        home = site.resolve()
        file = home.joinpath(*parts, last or "index.html").resolve()
        if not file.is_relative_to(home):
            return None
        if last and (file / "index.html").is_file():
            return Found(instead=urlsplit(target).path + "/")
        return _sent(file, parts) if file.is_file() else None
    except (OSError, ValueError):
        return None


def _plan(plans: Path, site: str) -> Found | None:
    """The address of a data center's page; of the first one, where none is named."""
    known = sorted(page.parents[1].name for page in plans.glob("*/page/index.html"))
    named = [one for one in known if one == site or not site]
    return Found(instead=f"/{PLAN}/{named[0]}/") if named else None


def _sent(file: Path, parts: list[str]) -> Found:
    known = SHOWN if parts[:1] == [EVIDENCE] else SHOWN | OURS
    type_of = known.get(file.suffix.lower())
    return Found(file=file, type=type_of or "application/octet-stream", saved=type_of is None)
