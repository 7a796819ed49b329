"""Django on a database given by its URL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from psycopg.conninfo import conninfo_to_dict

from huiguan.foundation.embedded.throwaway import throwaway_cluster

# Django turns prepared statements off. On, but never of psycopg's own accord: only hot statements ask for it.
_NOT_BY_ITSELF = 2**31
_OWN = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database_settings(url: str, *, pool: int = 0) -> dict[str, Any]:
    """Django's settings for a libpq URL. `pool` is the most connections one process keeps open; 0 keeps one per
    thread."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    options: dict[str, Any] = {name: value for name, value in parts.items() if name not in _OWN}
    options.setdefault("application_name", "huiguan")
    options.setdefault("prepare_threshold", _NOT_BY_ITSELF)
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


def use_database(url: str) -> None:
    """Turn this process's default connection to another database. Only for processes that are theirs alone: a
    rehearsal, a test run, a benchmark."""
    connections["default"].close()
    connections["default"].settings_dict.update(database_settings(url))
    settings.DATABASES["default"].update(database_settings(url))


def waiting_migrations() -> int:
    """How many migrations of this program the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the default database's schema up to this program."""
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def throwaway_database() -> Iterator[str]:
    """A migrated, empty database on a throw-away server, as this process's default connection; its URL.

    The migrated cluster is cached under a digest of the program, so that only the first start after a change takes the
    time to run the migrations. For processes that are theirs alone (`use_database`): a web process rehearses in another.
    """
    before = dict(connections["default"].settings_dict)
    with throwaway_cluster(key=_digest_of_program(), fill=_fill) as url:
        use_database(url)
        try:
            yield url
        finally:
            connections["default"].close()
            connections["default"].settings_dict.update(before)


def _fill(url: str) -> None:
    use_database(url)
    migrate()
    connections["default"].close()


def _digest_of_program() -> str:
    """All sources, not only migrations: a migration may take its triggers from a module beside it."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for name in ("django", "procrastinate"):
        digest.update(f"{name} {version(name)}".encode())
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.sql")]):
        digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
