"""The three languages of a report, and texts that exist in each of them."""

from collections.abc import Mapping
from typing import Literal, get_args

Language = Literal["zh-Hant", "zh-Hans", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Text = Mapping[str, str]
