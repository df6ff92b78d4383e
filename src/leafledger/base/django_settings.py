"""Configures Django once per process, without a settings module and without a secret on disk."""

import secrets

# Rooms with tables, named as text: the room above cannot be imported from here.
ROOMS = ("base", "ledger")


def configure() -> None:
    """Make the models importable. The database is named later, by `open_ledger`."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=[f"leafledger.{room}" for room in ROOMS],
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            TIME_ZONE="UTC",
            # Signs nothing that outlives the process, so nobody has to keep it safe.
            SECRET_KEY=secrets.token_hex(32),
            LOGGING_CONFIG=None,
        )
    if not apps.ready:
        django.setup(set_prefix=False)
