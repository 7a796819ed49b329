"""Who belongs at a moment: for rooms above that ask something of every member."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from huiguan.kernel.moments import local_day
from huiguan.members.models import Membership
from huiguan.members.standings import standing_of
from huiguan.members.typing import type_at
from huiguan.members.values.bodies import Belonging
from huiguan.programme import queries as programmes
from huiguan.rules.standing import ACTIVE, FROZEN, PROVISIONAL, SUSPENDED

BELONGS = frozenset({ACTIVE, FROZEN, PROVISIONAL, SUSPENDED})


def belonging(programme: int, at: datetime, memberships: Collection[int] | None = None) -> tuple[Belonging, ...]:
    """Members who belong at `at` (active, frozen, provisional, suspended), by key; of `memberships` alone where they are
    named."""
    rulebook = programmes.ruling_at(programme, at)
    if rulebook is None:
        return ()
    rows = Membership.objects.filter(programme_id=programme, merged_into=None).order_by("pk")
    rows = rows if memberships is None else rows.filter(pk__in=list(memberships))
    return tuple(
        Belonging(row.pk, type_at(rulebook, row, at), local_day(row.member_since or row.joined_at, rulebook.zone))
        for row in rows
        if standing_of(row, at) in BELONGS
    )
