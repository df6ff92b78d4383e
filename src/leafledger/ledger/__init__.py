"""The ledger: entries, approvals, closed years and releases, which only grow."""

import leafledger.base  # noqa: F401  # configures Django before the first model is defined
