"""Reads where the database is: a file in the ledger's folder, or the server that DATABASE_URL names."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from leafledger.core.finding import Finding, Refused

FILE = "ledger.sqlite3"
# A reader never waits for a writer (WAL), and what was acknowledged survives a power cut (FULL).
PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON"


def read_address(place: Path, url: str, patience: float) -> dict[str, Any]:
    """Django's description of the database. Refused, without ever showing the address, when `url` is not one of PostgreSQL."""
    return _server(url, patience) if url else _file(place / FILE, patience)


def _file(path: Path, patience: float) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path.absolute()),
        "OPTIONS": {"timeout": patience, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
    }


def _server(url: str, patience: float) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        options: dict[str, Any] = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = options.pop("port", parts.port or "")
        host = options.pop("host", parts.hostname or "")
    except ValueError:
        raise Refused(_unreadable()) from None
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise Refused(_unreadable())
    options.setdefault("connect_timeout", max(2, int(patience)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(port),
        "OPTIONS": options,
        "PATIENCE": patience,  # ours: how long a verb waits for its turn
    }


def _unreadable() -> Finding:
    template = (
        "DATABASE_URL is not the address of a PostgreSQL database; write it as postgresql://USER:PASSWORD@HOST/DATABASE "
        "(or ?host=/folder/of/the/socket, special characters as %2F), or unset it to keep the ledger in the company folder"
    )
    return Finding(rule="ledger.address", template=template)
