"""Members who have come to work here, where the rulebook has no members among its staff. A night's work, restartable."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import in_transaction
from huiguan.identity import queries as identity
from huiguan.members.changes import record_changes
from huiguan.members.models import Membership
from huiguan.members.resolving import resolve
from huiguan.members.values import ACTIVE, SUSPENDED, NewChange
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce

CAUSE = "内部员工 on the staff"


def suspend_staff(programme: int, at: datetime) -> int:
    """Suspend active members whose mobile number is that of somebody on the staff at `at`; how many there were."""
    try:
        clause = programmes.programme_at(programme, at).first_of("eligibility", staff="never")
    except NoRulebookInForce:
        return 0
    if clause is None:
        return 0
    found = resolve(programme, [("phone", phone) for phone in identity.all_staff_phones(programme)])

    def do() -> int:
        members = Membership.objects.select_for_update().filter(pk__in=set(found.values()), standing=ACTIVE)
        changes = [
            NewChange(member.pk, "standing", ACTIVE, SUSPENDED, at, clause.id, CAUSE, {}, "system")
            for member in members.order_by("pk")
        ]
        record_changes(changes, at)
        return len(changes)

    return in_transaction(do) if found else 0
