"""Webhooks that reach nobody."""

from __future__ import annotations

from django.db import DatabaseError

from huiguan.cli.doctoring.findings import Finding, ok, warn
from huiguan.foundation.jobs import wall_clock
from huiguan.hooks.queries import Stuck, stuck
from huiguan.hooks.values import REASONS, STOPPED
from huiguan.kernel.text import Text

_FAILING = Text(zh="一个多小时没有送到", en="not taken for over an hour")


def deliveries() -> list[Finding]:
    """A warning for each subscription that hears nothing."""
    try:
        found = stuck(wall_clock())
    except DatabaseError:  # its tables are not there yet: the schema's own line says so
        return []
    if not found:
        return [ok("webhooks", "webhook 都送得到", "Every webhook reaches its receiver")]
    return [
        warn(
            "webhooks",
            Text(zh=f"webhook「{each.name}」：{_why(each).zh}", en=f"Webhook {each.name}: {_why(each).en}"),
            Text(zh="看它的投递记录：/programs/hooks/", en="Look at its log: /programs/hooks/"),
        )
        for each in found
    ]


def _why(each: Stuck) -> Text:
    return REASONS[each.reason] if each.state == STOPPED else _FAILING
