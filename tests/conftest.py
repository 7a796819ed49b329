"""The tests' database: a throw-away PostgreSQL, one for the whole run, or the one DATABASE_URL names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from huiguan.foundation.databases import database_settings
from huiguan.foundation.embedded import throwaway_cluster
from huiguan.foundation.hands import collect_seldom

_run = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """With several test processes the first of all starts the cluster; the others find it in their environment."""
    # Servers that tests start answer by one process: the second would only take time to start.
    os.environ.setdefault("HUIGUAN_WEB_PROCESSES", "1")
    # A thousand modules that may not be kept compiled are compiled anew by each of some three hundred processes.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    # A busy machine is no fault of what is tested.
    hypothesis_settings.register_profile("house", deadline=None)
    hypothesis_settings.load_profile("house")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[attr-defined,method-assign]
    leads_others = bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")
    if leads_others and "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _run.enter_context(throwaway_cluster())


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded for the tests stays until they are over: the collector looks at it no more."""
    collect_seldom()


def _empty_tables(case: TransactionTestCase) -> None:
    """Empty what a test filled, after tests that commit. The books refuse TRUNCATE like every other edit, so it is done
    as a replica would, whose triggers are silent; what migrations and Django wrote for themselves stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('SELECT %%L WHERE EXISTS (SELECT 1 FROM %%I)', tablename, tablename), ' UNION ALL ')"
            " FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(%s)",
            [["django_migrations", "django_content_type", "auth_permission"]],
        )
        cursor.execute(cursor.fetchone()[0])
        filled = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        if filled:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f"TRUNCATE {filled} RESTART IDENTITY CASCADE")
            cursor.execute("SET session_replication_role = origin")


def pytest_unconfigure(config: pytest.Config) -> None:
    _run.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Start the cluster when the first test asks for a database; tests that need none start none."""
    with ExitStack() as stack:
        if "DATABASE_URL" not in os.environ:
            url = stack.enter_context(throwaway_cluster())
            settings.DATABASES["default"].update(database_settings(url))
        yield
