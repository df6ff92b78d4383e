"""Labels: the splits of a figure, such as gender=female, as a sorted tuple that can be a key."""

Labels = tuple[tuple[str, str], ...]
NONE: Labels = ()


def labels(**pairs: str) -> Labels:
    return tuple(sorted(pairs.items()))


def parse_labels(text: str) -> Labels:
    """Read `gender=female;age=under_30`; an empty text has no labels. ValueError otherwise."""
    pairs: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        key, sign, member = part.partition("=")
        if not (sign and key.strip() and member.strip()) or key.strip() in pairs:
            raise ValueError(f"{text[:60]!r} is not a list of labels such as gender=female;age=under_30")
        pairs[key.strip()] = member.strip()
    return tuple(sorted(pairs.items()))


def format_labels(of: Labels) -> str:
    return ";".join(f"{key}={member}" for key, member in of)


def keys(of: Labels) -> frozenset[str]:
    return frozenset(key for key, _ in of)


def matches(cell: Labels, wanted: Labels) -> bool:
    """Does a cell carry every label that is wanted?"""
    return set(wanted) <= set(cell)
