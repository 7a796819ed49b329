"""Alive, ready, and what every answer carries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


def test_alive_without_a_database() -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_the_schema_is_there() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "waiting", "for": "migrations", "count": 1})


def test_nothing_inline_and_nothing_evaluated_is_allowed() -> None:
    policy = Client().get("/healthz").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_host_that_is_not_ours_is_refused() -> None:
    assert Client(headers={"host": "evil.example"}).get("/no-such-page").status_code == 400


def test_a_health_check_changes_nothing() -> None:
    assert Client().post("/healthz").status_code == 405
