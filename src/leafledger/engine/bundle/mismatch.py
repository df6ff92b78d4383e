"""How a bundle that does not hold is refused: the first thing that does not match, with both values."""

from leafledger.core.finding import Finding, Place, Refused

AGAIN = "; get the bundle anew from whoever published it"


def mismatch(rule: str, where: str, template: str, /, **values: object) -> Refused:
    """To be raised. rule: what was being checked; where: the file inside the bundle, or which part of it."""
    return Refused(Finding(rule=f"bundle.{rule}", template=template, values=values, place=Place(name=where)))


def damaged(rule: str, where: str, template: str, /, **values: object) -> Refused:
    """The same where the bundle is not what a release writes, so that only another copy can help."""
    return mismatch(rule, where, template + AGAIN, **values)


def shown(value: object, longest: int = 120) -> str:
    """A value of unknown length as part of a message."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"
