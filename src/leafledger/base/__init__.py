"""What every database room stands on: people's rights, evidence, approvals and the database itself.

Importing this package, or a room above it, configures Django; it touches no file and no database until `open_ledger`.
"""

from leafledger.base.django_settings import configure

configure()
