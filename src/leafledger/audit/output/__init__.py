"""How verdicts are written: for people on a screen, for machines, and as a page with pictures."""
