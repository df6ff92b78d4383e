"""Leafledger: an open sustainability ledger, from a meter reading to a published, provable report."""

__version__ = "0.1.0"
