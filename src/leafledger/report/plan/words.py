"""The fixed words of a plan's pictures and page, in each language."""

from functools import cache
from pathlib import Path

from leafledger.core.text import LANGUAGES
from leafledger.library.strict_yaml import parse, read_text

WORDS = Path(__file__).parent / "words.yaml"


def word(language: str, key: str, /, **values: object) -> str:
    """The word called `key`, filled. KeyError when there is none, which is a mistake of ours."""
    return _words()[key][language].format(**values)


@cache
def _words() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = parse(read_text(WORDS, WORDS.name), WORDS.name).data
    lacking = [key for key, texts in data.items() if set(texts) != set(LANGUAGES)]
    assert not lacking, f"these words are not given in each language: {', '.join(lacking)}"
    return data
