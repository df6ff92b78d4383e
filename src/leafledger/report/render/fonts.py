"""The one font file that reports are set in, so that every machine gives the same pages."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

FAMILY = {"zh-Hant": "Noto Sans CJK HK", "zh-Hans": "Noto Sans CJK SC", "en": "Noto Sans CJK KR"}
"""The regional face of each language. Latin text uses the face whose quotation marks are narrow."""

ON_SCREEN = {
    "zh-Hant": "Noto Sans HK, Noto Sans TC, PingFang HK, Microsoft JhengHei, sans-serif",
    "zh-Hans": "Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
    "en": "Noto Sans, Helvetica Neue, Arial, sans-serif",
}
"""What a browser may take where it does not have that face."""


def directory() -> Path:
    """Where the font lies: Noto Sans CJK, all weights and regions in one file, under the SIL Open Font License."""
    return Path(str(files("manimgx_fonts_cjk")))


@cache
def for_typst() -> typst.Fonts:
    """The font and those that Typst carries, without the machine's own."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(directory())])
