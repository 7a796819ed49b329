"""A member who leaves by her own wish: her number finds her no more, her profile is retired, the books stay as they are."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.identity import operations as identity
from huiguan.kernel.actors import Actor
from huiguan.ledger import operations as ledger
from huiguan.members.changes import record_changes
from huiguan.members.inputs import LeaveProgramme
from huiguan.members.models import Membership
from huiguan.members.numbers import lock_register
from huiguan.members.refusals import AlreadyLeft, StoredValueLeft
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values import LEFT, ChangedStanding, NewChange
from huiguan.parties import operations as parties
from huiguan.parties import queries as people
from huiguan.rules.wallet import PRINCIPAL


def leave_programme(*, actor: Actor, at: datetime, given: LeaveProgramme, key: str | None = None) -> ChangedStanding:
    """From `at` on the membership gives nothing; what it held stays in the books and lapses there. Her phone is free for
    another, of her form only the name is kept, and a place she had in a body is vacant. The member herself, or whoever may suspend.

    Refuses StoredValueLeft (what she paid in goes back first), AlreadyLeft, NotFound, Forbidden.
    """

    def do() -> ChangedStanding:
        lock_register(actor.programme)
        member = locked_member(actor, given.member)
        if actor.membership != member.pk:
            actor.demand("suspend")
        if member.standing == LEFT:
            raise AlreadyLeft(field="member", number=member.number)
        account = ledger.lock_accounts([member.pk])[member.pk]
        paid_in = sum(lot.left for lot in account.unit(PRINCIPAL).lots)
        if paid_in:
            raise StoredValueLeft(field="member", amount=paid_in)
        cause = given.reason or "leave_programme"
        change = NewChange(member.pk, "standing", member.standing, LEFT, at, None, cause, {}, actor.reference)
        record_changes([change], at)
        parties.release_phone(actor=actor, at=at, party=member.party_id)
        identity.end_terms_of(programme=actor.programme, membership=member.pk, until=at, why=cause, written_at=at)
        _retire(actor, at, member)
        return ChangedStanding(member.pk, member.number, LEFT, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "leave_programme", actor=actor, at=at, subject=subject, given=given, do=do, returns=ChangedStanding, key=key
    )


def _retire(actor: Actor, at: datetime, member: Membership) -> None:
    """Of her form only the name goes on; the birthday brings nothing any more."""
    retired = set(people.known_fields([member.party_id])[member.party_id]) - {"name"}
    parties.change_fields(actor=actor, at=at, party=member.party_id, fields=dict.fromkeys(retired))
    parties.change_birthday(actor=actor, at=at, party=member.party_id, birthday=None)
    Membership.objects.filter(pk=member.pk).update(birthday=None, profile_complete=False)
