"""A database URL as Django wants it."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

_OWN = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database_settings(url: str, *, pool: int = 0) -> dict[str, Any]:
    """Django's settings for a libpq URL. `pool` is the most connections one process keeps open; 0 keeps one per
    thread."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    options: dict[str, Any] = {name: value for name, value in parts.items() if name not in _OWN}
    options.setdefault("application_name", "huiguan")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: parts.get(theirs, "") for theirs, ours in _OWN.items()},
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if pool else None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
