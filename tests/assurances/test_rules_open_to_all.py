"""Anybody reads the rules in force and what each version changed, without signing in (B43-08)."""

from __future__ import annotations

from django.test import Client

from tests.portal.conftest import portal as portal
from tests.portal.world import BASE, Portal


def test_a_stranger_reads_them(portal: Portal) -> None:
    rules, changes = (Client().get(BASE + page) for page in ("rules/", "rules/changes"))
    assert (rules.status_code, changes.status_code) == (200, 200)
    # The details of what members get, not their titles alone.
    assert "好邻居" in rules.content.decode() and "每消费 10 元得本店 1 分" in rules.content.decode()
