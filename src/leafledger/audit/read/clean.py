"""One spelling for what files spell in many ways: compatibility letters, invisible ones, and letters that stand raised."""

import re
import unicodedata

Raised = tuple[tuple[int, int], ...]

_NOTHING = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ufe00-\ufe0f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_RAISED_KINDS = ("<super>", "<circle>")


def clean(text: str) -> tuple[str, Raised]:
    """`text` NFKC-normalised with single spaces, and where in it letters stood raised (m², ①) that now are plain (m2, 1)."""
    text = _CONTROL.sub("", _NOTHING.sub("", text.replace("\x02", "-")))
    if text.isascii():
        return _SPACES.sub(" ", text).strip(), ()
    if not any(_is_raised(letter) for letter in text):
        return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip(), ()
    return _marked(text)


def plain(text: str) -> str:
    return clean(text)[0]


def _is_raised(letter: str) -> bool:
    return letter > "\x7f" and unicodedata.decomposition(letter).startswith(_RAISED_KINDS)


def _marked(text: str) -> tuple[str, Raised]:
    out, marks = "", []
    for piece in re.findall(
        r"[\u2460-\u24ff\u2776-\u2793\u00aa\u00b2\u00b3\u00b9\u00ba\u2070-\u207f]+|.", text, re.DOTALL
    ):
        normal = _SPACES.sub(" ", unicodedata.normalize("NFKC", piece))
        if normal == " " and (not out or out.endswith(" ")):
            continue
        if _is_raised(piece[0]):
            marks.append((len(out), len(out) + len(normal)))
        out += normal
    return out.rstrip(), tuple(marks)
