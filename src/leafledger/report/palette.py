"""The colours of a report, named once so that paper, screen and charts look like one thing."""

INK = "#1d2b2a"
MUTED = "#5c6f6d"
RULE = "#d5dfdd"
PAPER = "#ffffff"
TINT = "#eef4f2"
DEEP = "#0b4f4a"
TEAL = "#1d7a70"
ACCENT = "#d98324"
HOLE = "#a8470c"
HOLE_TINT = "#fdf3e7"

SERIES = ("#0b4f4a", "#2f9586", "#d98324", "#8fb8ae", "#5b7f95", "#c3a76b", "#7b5e7b", "#a9c7d6")
"""Colours of chart series in their order; neighbours also differ in lightness, so that they survive a black-and-white print."""
