"""HTML that is safe by construction: whatever is not markup already is escaped."""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"meta", "link", "br", "hr", "col"})


class Html(str):
    """Text that is markup. Only this module and what reads our own drawings make it from plain text."""

    __slots__ = ()


NOTHING = Html("")


def tag(name: str, /, *children: str, **attributes: str | int | bool) -> Html:
    """An element. `class_` is class, `aria_label` is aria-label; an attribute that is False or empty is left out."""
    opened = name
    for key, value in attributes.items():
        if value is True:
            opened += f" {_named(key)}"
        elif value is not False and value != "":
            opened += f' {_named(key)}="{escape(str(value))}"'
    if name in VOID:
        return Html(f"<{opened}>")
    return Html(f"<{opened}>{many(children)}</{name}>")


def many(children: Iterable[str]) -> Html:
    """One after the other, what is plain text escaped."""
    return Html("".join([child if child.__class__ is Html else escape(child, quote=False) for child in children]))


def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
