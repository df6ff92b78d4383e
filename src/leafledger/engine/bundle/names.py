"""Which names a file in a bundle may have, so that it can be unpacked on any machine and lands nowhere else."""

import re
import unicodedata

LONGEST = 240
DEEPEST = 8
_ABSURD = re.compile(r"[\x00-\x1f\x7f-\x9f\\:*?\"<>|]")


def fault_of_name(name: str) -> str:
    """What is wrong with the name, in words; empty when nothing is."""
    parts = name.split("/")
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST or len(parts) > DEEPEST:
        return f"it is longer than {LONGEST} bytes or deeper than {DEEPEST} folders"
    if any(part in ("", ".", "..") for part in parts):
        return "it leads out of the bundle, or is not a plain path such as content/facts.json"
    if any(part.endswith((" ", ".")) for part in parts):
        return "a part of it ends with a space or a full stop, which some machines drop"
    if _ABSURD.search(name) or any("\ud800" <= letter <= "\udfff" for letter in name):
        return "it has a character that not every machine allows in a file name"
    return ""


def same_elsewhere(name: str) -> str:
    """Two names for which this is equal are one file on a machine that does not tell A from a."""
    return unicodedata.normalize("NFC", name.casefold())
