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


def find(site: Path, target: str) -> Found | None:
    """What `target`, as it stands in a request, means; None when there is nothing, or nothing that may be seen."""
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


def _sent(file: Path, parts: list[str]) -> Found:
    known = SHOWN if parts[:1] == [EVIDENCE] else SHOWN | OURS
    type_of = known.get(file.suffix.lower())
    return Found(file=file, type=type_of or "application/octet-stream", saved=type_of is None)
