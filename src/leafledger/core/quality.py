"""How good data are: five scores each for what was recorded and for the factor, from 1 (best) to 5."""

ASPECTS = ("reliability", "completeness", "time", "geography", "technology")
"""What is scored, in this order (the five indicators of the pedigree matrix that GHG Protocol takes up)."""

Scores = tuple[int, ...]
"""Five whole numbers from 1 to 5 in the order of ASPECTS, or none where nobody has scored."""


def parse_scores(text: str) -> Scores:
    """Read `1;2;1;1;3`; an empty text has no scores. ValueError otherwise."""
    if not text.strip():
        return ()
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != len(ASPECTS) or any(part not in ("1", "2", "3", "4", "5") for part in parts):
        raise ValueError(
            f"{text[:40]!r} is not five scores from 1 (best) to 5, for {', '.join(ASPECTS)}, such as 1;2;1;1;3"
        )
    return tuple(int(part) for part in parts)


def format_scores(scores: Scores) -> str:
    return ";".join(str(score) for score in scores)
