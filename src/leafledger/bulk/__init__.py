"""Sums sources too big to be entries, where they lie, exactly, to a cube of cells that is kept."""
