"""The code a member shows at the counter: scanned by one, used once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.visits.codes import AHEAD, GOOD_FOR, ReadCode, read_code
from huiguan.visits.inputs import ScanCode
from huiguan.visits.models import TakenCode
from huiguan.visits.refusals import (
    MemberCodeExpired,
    MemberCodeForged,
    MemberCodeNotTaken,
    MemberCodeTaken,
    MemberCodeUsed,
)
from huiguan.visits.values import ShownMember

USABLE = timedelta(minutes=10)  # after it was scanned
_TAKE = """
INSERT INTO visits_takencode (membership_id, issued, nonce, programme_id, taken_by, taken_at, used_for)
VALUES (%s, %s, %s, %s, %s, %s, '') ON CONFLICT DO NOTHING
"""


def scan_code(*, actor: Actor, at: datetime, given: ScanCode, wall: datetime) -> ShownMember:
    """Who shows this code, as the counter scans it. Scanned again by the same person or program it says the same.

    Takes `sell` or `read_members`. Refuses MemberCodeForged, MemberCodeExpired, MemberCodeTaken (somebody else scanned it
    first), Forbidden.
    """
    if not actor.may("sell"):
        actor.demand("read_members")
    code = _good(actor, given.code)
    if wall >= code.until:
        ago = (wall - code.until) // timedelta(seconds=1)
        raise MemberCodeExpired(field="code", ago=ago)

    def do() -> ShownMember:
        with connection.cursor() as cursor:
            key = [code.membership, code.issued, code.nonce]
            cursor.execute(_TAKE, [*key, actor.programme, actor.reference, wall])
        if _row(code).taken_by != actor.reference:
            raise MemberCodeTaken(field="code")
        return _shown(actor, code, at)

    if code.since > wall + AHEAD:
        raise MemberCodeForged(field="code")
    return in_transaction(do)


def use_code(*, actor: Actor, at: datetime, given: ScanCode, wall: datetime, purpose: str) -> ShownMember:
    """Use a scanned code for something that costs its member (`purpose`, "sale:382-17"), once, within ten minutes and by
    who scanned it; inside the caller's transaction, undone with it.

    Refuses MemberCodeForged, MemberCodeNotTaken, MemberCodeUsed (for anything else; the same purpose again is the same use).
    """
    code = _good(actor, given.code)

    def do() -> ShownMember:
        row = TakenCode.objects.select_for_update().filter(pk=(code.membership, code.issued, code.nonce)).first()
        if row is None or row.taken_by != actor.reference or row.taken_at + USABLE <= wall:
            raise MemberCodeNotTaken(field="code")
        if row.used_at is not None and row.used_for != purpose:
            raise MemberCodeUsed(field="code")
        TakenCode.objects.filter(pk=row.pk).update(used_for=purpose, used_at=row.used_at or wall)
        return _shown(actor, code, at)

    return in_transaction(do)


def _good(actor: Actor, text: str) -> ReadCode:
    code = read_code(settings.SECRET_KEY, actor.programme, text)
    if code is None:
        raise MemberCodeForged(field="code")
    return code


def _row(code: ReadCode) -> TakenCode:
    return TakenCode.objects.get(pk=(code.membership, code.issued, code.nonce))


def _shown(actor: Actor, code: ReadCode, at: datetime) -> ShownMember:
    membership = members.holder_of(code.membership)
    number, name = members.number_and_name(actor.programme, membership)
    card = members.card_in_use(actor.programme, membership, at)
    return ShownMember(membership, number, name, card, code.since + GOOD_FOR)
