"""How Django knows this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "leafledger.ledger"
    label = "ledger"
