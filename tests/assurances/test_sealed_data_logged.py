"""Sensitive data is kept sealed; only who may sees it, and each look is written down (B16-09, B41-09)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.kernel.refusals import Forbidden
from huiguan.members import operations, queries
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_sealed_for_most_and_logged_for_the_others(world: World) -> None:
    li, at = world.enrol("2026-01-05 10:00", phone="13812345678"), moment("2026-03-01 10:00")
    shown = {field.name: field.shown for field in queries.member(world.actor, li.number, at=at).profile}
    assert "13812345678" not in shown["phone"]
    clerk = replace(world.actor, kind="staff", powers=frozenset({"read_members"}))
    with pytest.raises(Forbidden):
        operations.reveal_profile_field(actor=clerk, at=at, member=li.number, field="phone")
    seen = operations.reveal_profile_field(actor=world.actor, at=at, member=li.number, field="phone")
    assert seen.value == "13812345678"
    assert AuditEntry.objects.filter(operation="reveal_field").count() == 1
