"""How what is found in a finished PDF is said: one shape for all checks of the file."""

from leafledger.core.finding import Finding, Place


def found(rule: str, template: str, **values: object) -> Finding:
    """An error in the file as a whole; `sheet`, if given, is the place."""
    place = Place(name=f"page {values['sheet']}") if "sheet" in values else None
    return Finding(rule=f"pdf.{rule}", template=template, values=values, place=place)
