"""Two reports of one issuer: what the later one prints of the earlier years, against what stood in the earlier one."""

import re
from collections.abc import Iterator

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.alike import likeness, stem
from leafledger.audit.rules.facts import Key, measure
from leafledger.audit.rules.printings import Name, names_of
from leafledger.audit.rules.repeats import near
from leafledger.audit.rules.restated import RESTATED
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.rules.sentences import sentences
from leafledger.audit.verdict import Certainty, Verdict


def changed_since(prior: Reading, reading: Reading) -> Iterator[Verdict]:
    """A figure of an earlier year is another one than the earlier report printed, and nothing says so."""
    before, now = _all_names(prior), _all_names(reading)
    shared = [name for name in now if name in before]
    agreed = sum(measure(before[name]).meets(measure(now[name])) for name in shared)
    for name in shared:
        old, new = before[name], now[name]
        if not measure(old).meets(measure(new)) and not _announced(reading, new):
            yield _say(old, new, _certainty(name, old, new, agreed))
    yield from _dropped(prior, reading)


def _all_names(reading: Reading) -> dict[Name, Mention]:
    """What the tables of a report print; the first table that prints it."""
    found: dict[Name, Mention] = {}
    for table in reading.tables:
        for name, mention in names_of(table).items():
            found.setdefault(name, mention)
    return found


def _certainty(name: Name, old: Mention, new: Mention, agreed: int) -> Certainty:
    alike = likeness(old.label, new.label) >= 0.5
    close = near(measure(old), measure(new))
    if agreed > 2 and alike and close:
        return "certain"
    return "likely" if alike and (close or isinstance(name[0], Key)) else "question"


def _announced(reading: Reading, new: Mention) -> bool:
    """Does a sentence say that it was restated: by its words and its year?"""
    words = stem(new.label)
    for sentence in sentences(reading):
        if not RESTATED.search(sentence.folded):
            continue
        said = stem(sentence.text)
        if (words and words in said) or likeness(new.label, sentence.text) > 0.5:
            return new.year is None or str(new.year) in sentence.folded or not re.search(r"20\d\d", sentence.folded)
    return False


def _say(old: Mention, new: Mention, certainty: Certainty) -> Verdict:
    return verdict(
        "changed-since",
        certainty,
        "high" if certainty == "certain" else "medium",
        "{label} of {year} was {old} in the earlier report (page {page}) and is {new} now; nothing says that it was restated.",
        about=(new,),
        proof=f"{number(old)} ≠ {number(new)}",
        settle="Restore the value, or say that it was restated, by how much and why.",
        label=named(new),
        year=new.year or "",
        old=number(old),
        page=old.where.page,
        new=number(new),
    )


def _dropped(prior: Reading, reading: Reading) -> Iterator[Verdict]:
    """Figures of all years that the earlier report had in its tables, and the later one nowhere."""
    still = {mention.metric for mention in reading.mentions}
    gone: dict[str, Mention] = {}
    for mention in prior.mentions:
        whole = mention.kind == "table" and mention.metric and not mention.labels and mention.amount.value is not None
        if whole and mention.metric not in still:
            gone.setdefault(mention.metric, mention)
    for mention in gone.values() if still - {""} else ():
        yield verdict(
            "changed-since",
            "question",
            "low",
            "{label} was printed in the earlier report (page {page}), and is nowhere in this one.",
            proof=f"{named(mention)}: {number(mention)}",
            settle="Print it, or say why it is no longer reported.",
            label=named(mention),
            page=mention.where.page,
        )
