"""From facts and texts to a report: blocks that any format can render."""
