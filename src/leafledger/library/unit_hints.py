"""What someone may have meant by the name of a unit that is not known, as bills and spreadsheets write them."""

from collections.abc import Collection

from leafledger.library.naming import did_you_mean

EXAMPLES = "MWh, GJ, t, m3, person or CNY_million"
SHORTEST = 3
ON_BILLS = {
    "%": "percent", "cbm": "m3", "cu m": "m3", "hour": "h", "hours": "h", "hr": "h", "hrs": "h", "kgs": "kg",
    "l": "L", "liter": "L", "liters": "L", "litre": "L", "litres": "L", "m^3": "m3", "m³": "m3", "m²": "m2",
    "mt": "t", "people": "person", "persons": "person", "rmb": "CNY", "ton": "t", "tonne": "t", "tonnes": "t",
    "tons": "t", "人": "person", "公升": "L", "公吨": "t", "公斤": "kg", "公噸": "t", "兆瓦时": "MWh", "兆瓦時": "MWh",
    "千瓦时": "kWh", "千瓦時": "kWh", "吨": "t", "噸": "t", "度": "kWh", "立方米": "m3",
}  # fmt: skip
"""How else they are written, in small letters. A t is a metric tonne."""


def hint(name: str, units: Collection[str]) -> str:
    """`did you mean 'kWh'?`, or how units are written when none is close."""
    usual = ON_BILLS.get(name.lower())
    alike = [unit for unit in units if unit.casefold() == name.casefold()]
    if usual or alike:
        return f"did you mean {usual or alike[0]!r}?"
    return did_you_mean(name, units, SHORTEST) or f"units are written like {EXAMPLES}"
