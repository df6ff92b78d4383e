"""Reads which year a heading of a column means: 2024, 2024年度, FY24, Financial Year 2024-25."""

import re

_YEAR = re.compile(
    r"""(?:\b(?:FY|CY|Fiscal\s+Year|Financial\s+Year|Year|F\.?Y\.?)\s*'?\s*)?
        (?P<from>(?:19|20)\d\d)(?:\s*[-–/]\s*(?P<to>(?:20)?\d\d)(?!\d))?
        |\bFY\s?'?(?P<short>\d\d)(?:\s*[-–/]\s*(?P<short_to>\d\d))?\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ALONE = re.compile(
    r"""[\s(（]*(?:截至|于|於|as\s+(?:at|of|on)|year\s+end(?:ed|ing)|(?:in|for)\s+(?:the\s+)?(?:year\s+)?)?\s*
        (?:(?:31|30)(?:st|th)?\s+)?(?:(?:march|december|june|september|jan|mar|jun|sep|dec)\w*\.?,?\s*(?:31|30)?,?\s*)?
        (?:FY|CY|Fiscal\s+Year|Financial\s+Year|Year|F\.?Y\.?)?\s*'?\s*
        (?:(?:19|20)\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?|(?<=FY)\s?'?\d\d(?:\s*[-–/]\s*\d\d)?|(?<=FY)'?\d\d)
        \s*(?:年度?|財年|财年|年末|年底|年?\s*12\s*月\s*31\s*日)?[\s)）*]*(?:[(（][^)）]*[)）]?)?""",
    re.VERBOSE | re.IGNORECASE,
)
EARLIEST, LATEST = 1990, 2100


def year_in(text: str) -> int | None:
    """The first year that a text names; of one that spans two calendar years, the later: FY2024-25 is 2025."""
    for found in _YEAR.finditer(text):
        year = ended(found)
        if EARLIEST <= year <= LATEST:
            return year
    return None


def year_alone(text: str) -> int | None:
    """The year that a text is, with nothing else of weight in it."""
    return year_in(text) if _ALONE.fullmatch(text) else None


def ended(found: re.Match[str]) -> int:
    """Of a year that spans two calendar years, the later. The match names its parts from, to, short and short_to."""
    if found["short"]:
        return 2000 + int(found["short_to"] or found["short"])
    start = int(found["from"])
    if not found["to"]:
        return start
    end = int(found["to"]) if len(found["to"]) == 4 else start // 100 * 100 + int(found["to"])
    return end if start < end <= start + 1 else start
