"""How Django knows this room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "leafledger.base"
    label = "base"
