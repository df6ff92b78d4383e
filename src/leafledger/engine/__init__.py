"""Pure calculation: cells in, facts with their reasons out."""
