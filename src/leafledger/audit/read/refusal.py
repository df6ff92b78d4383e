"""What is said when a file cannot be read."""

from leafledger.core.finding import Finding, Place, Refused


def refused(name: str, template: str, **values: object) -> Refused:
    return Refused(Finding(rule="audit-read", template=template, values=values, place=Place(name=name)))
