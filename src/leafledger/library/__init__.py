"""Definitions as data, and their loader."""
