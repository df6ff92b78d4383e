"""Reads pages of a site back as a browser would: elements, ids, links and what is said."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

VOID = {"meta", "link", "br", "hr", "col"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    inside: list["Element"] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def all(self, name: str = "", class_: str = "") -> list["Element"]:
        """Every element below of that name and class, in order."""
        found = []
        for child in self.inside:
            if (not name or child.name == name) and (not class_ or class_ in child.classes):
                found.append(child)
            found += child.all(name, class_)
        return found

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(self.said)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [key for key, _ in attributes]
        assert len(names) == len(set(names)), f"an attribute twice on {name}"
        element = Element(name, {key: value or "" for key, value in attributes})
        self.open[-1].inside.append(element)
        if name not in VOID:
            self.open.append(element)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop().name == name, f"</{name}> closes something else"

    def handle_data(self, text: str) -> None:
        for element in self.open:
            element.said.append(text)


def read(page: bytes) -> Element:
    """The page as a tree. Fails for elements that are not closed in order."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def ids(page: Element) -> list[str]:
    return [element.attributes["id"] for element in page.all() if "id" in element.attributes]


def links(page: Element) -> list[str]:
    return [e.attributes[key] for e in page.all() for key in ("href", "src") if key in e.attributes]


def leads_to(path: str, link: str) -> tuple[str, str]:
    """The file and the anchor that a link on the page at `path` leads to."""
    where, anchor = urldefrag(link)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(where))) if where else path
    return target, unquote(anchor)


def clicks(site: Mapping[str, Element], start: str, link: str, goal: str) -> int:
    """How many clicks from a link on the page `start` until an address that begins with `goal`; 0 when there is no way."""
    seen, front = {start}, [leads_to(start, link)[0]]
    for count in range(1, 9):
        if any(path.startswith(goal) for path in front):
            return count
        seen.update(front)
        pages = [path for path in front if "/receipts/" in path]
        front = [leads_to(path, to)[0] for path in pages for to in links(site[path])]
        front = [path for path in dict.fromkeys(front) if path not in seen]
    return 0
