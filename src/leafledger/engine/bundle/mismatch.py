"""How a bundle that does not hold is refused: the first thing that does not match, with both values and what to do."""

from leafledger.core.finding import Finding, Place, Refused

ANEW = "; get the bundle anew from whoever published it"
ASK = "; rely on nothing in this bundle until its publisher has explained it"


def damaged(rule: str, where: str, template: str, /, **values: object) -> Refused:
    """To be raised where the file is not what a release writes. rule: what was checked; where: which file or part of the bundle."""
    return Refused(Finding(rule=f"bundle.{rule}", template=template + ANEW, values=values, place=Place(name=where)))


def mismatch(rule: str, where: str, template: str, /, **values: object) -> Refused:
    """The same where the file can be read, and what it says is not so."""
    return Refused(Finding(rule=f"bundle.{rule}", template=template + ASK, values=values, place=Place(name=where)))


def shown(value: object, longest: int = 120) -> str:
    """A value of unknown length as part of a message."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"
