"""What can be done with messages: write what is due, send it, note receipts, send again, withdraw.

`follow_feed`, `tell_of_days` and `send_messages` are the house's own and run by its worker; nothing of them is lost or
doubled where they are cut short and run again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from huiguan.cases import queries as cases
from huiguan.foundation.performing import in_transaction, perform
from huiguan.identity import operations as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.members import queries as members
from huiguan.messaging import codes, following, sending
from huiguan.messaging.inputs import MessageNamed, NoteReceipt
from huiguan.messaging.models import Message
from huiguan.messaging.occasions import TO_APPLICANTS
from huiguan.messaging.progress import after_receipt
from huiguan.messaging.providers.protocol import Providers
from huiguan.messaging.queries import MESSAGE
from huiguan.messaging.refusals import CodeNotResent, NotResendable, NotWithdrawable, ReceiptUnknown
from huiguan.messaging.reminding import remind
from huiguan.messaging.values import (
    ACCEPTED,
    CLAIMED,
    CODE,
    DEAD,
    EXPIRED,
    STATES,
    UNKNOWN,
    WAITING,
    WITHDRAWN,
    Answer,
)
from huiguan.programme import queries as programmes

_BEFORE_ENDS, _AFTER_GRANTS = (
    ("points_expiring",),
    ("coupon_expiring", "birthday", "paper_expiring", "membership_ending"),
)


def begin_telling(*, programme: int, position: int | None = None) -> None:
    """Tell of what happens behind `position` of the feed; behind its end where none is named."""
    following.begin(programme, position=position)


def forget_erased(programme: int) -> int:
    """Of members and applicants whose data was erased also what was said to them: the words and addresses go, that something was said stays;
    how many. Running it again changes nothing."""
    erased, emptied = members.erased(programme), cases.forgotten(programme)
    if not erased and not emptied:
        return 0
    # What she was told before she was a member names her matter alone.
    matters = {*cases.traces(programme, erased).numbers, *emptied}
    letters = [f"{kind}:{number}" for kind in TO_APPLICANTS for number in matters]
    hers = Q(membership_id__in=erased) | Q(membership_id=None, about__in=letters)
    rows = Message.objects.filter(hers, programme_id=programme)
    return rows.exclude(text="").update(text="", subject="", masked="", sealed=None)


def follow_feed(*, programme: int, wall: datetime) -> int:
    """Write the messages of what happened since the last time; how many events were read."""
    read = 0
    while found := following.follow(programme, wall):
        read += found
    return read


def tell_before_ends(*, programme: int, until: datetime, written_at: datetime) -> int:
    """Write what is told of points about to end up to `until`: before the night takes them; how many messages."""
    return sum(remind(programme, occasion, until, written_at) for occasion in _BEFORE_ENDS)


def tell_after_grants(*, programme: int, until: datetime, written_at: datetime) -> int:
    """Write what is told of coupons, papers and memberships about to end and of birthdays up to `until`; how many messages."""
    return sum(remind(programme, occasion, until, written_at) for occasion in _AFTER_GRANTS)


def send_messages(*, providers: Providers, at: datetime, clock: Callable[[], datetime]) -> int:
    """One round of the post: codes that were issued, what happened, then whatever is due; how much was moved."""
    moved = codes.take_over(at, clock())
    for programme in programmes.programmes():
        moved += follow_feed(programme=programme.id, wall=clock())
    return moved + sending.send_due(providers, at, clock)


def note_receipt(*, actor: Actor, at: datetime, given: NoteReceipt, wall: datetime) -> int:
    """What a provider reports of a message; its number. The same report again, or an older one that comes late, moves
    nothing back. Takes `organise`; refuses ReceiptUnknown."""
    actor.demand("organise")

    def do() -> int:
        rows = Message.objects.select_for_update().filter(programme_id=actor.programme, provider=given.provider)
        row = rows.filter(reference=given.reference).first()
        if row is None:
            raise ReceiptUnknown(field="reference", reference=given.reference)
        answer = Answer(given.outcome, given.reference, given.trouble)
        sending.note_try(row, "receipt", answer, wall, actor.reference)
        row.state = after_receipt(row.state, given.outcome)
        row.retry_at = None
        if row.state == DEAD:
            row.trouble = given.trouble
        sending.move(row, wall)
        return int(row.pk)

    return in_transaction(do)


def resend_message(*, actor: Actor, at: datetime, given: MessageNamed, wall: datetime, key: str | None = None) -> int:
    """Send once more what was not sent, under its own key; its number. Takes `edit_members`.

    Refuses NotFound, NotResendable (it went, or is on its way), CodeNotResent.
    """
    actor.demand("edit_members")

    def do() -> int:
        row = _locked(actor, given.message)
        if row.occasion == CODE:
            raise CodeNotResent(field="message")
        if row.state not in (DEAD, WITHDRAWN) or row.sealed is None:
            raise NotResendable(field="message", state=STATES[row.state])
        sending.note_try(row, "resend", Answer(ACCEPTED), wall, actor.reference)
        row.state, row.retry_at, row.attempts, row.asked = WAITING, None, 0, 0
        row.due_at, row.good_until = at, None
        row.save()
        return int(row.pk)

    return _performed("resend_message", actor, at, given, do, key)


def withdraw_message(*, actor: Actor, at: datetime, given: MessageNamed, wall: datetime, key: str | None = None) -> int:
    """Hold back what waits; its number. Takes `edit_members`. Refuses NotFound, NotWithdrawable."""
    actor.demand("edit_members")

    def do() -> int:
        row = _locked(actor, given.message)
        if row.state != WAITING:
            raise NotWithdrawable(field="message", state=STATES[row.state])
        sending.note_try(row, "withdraw", Answer(ACCEPTED), wall, actor.reference)
        row.state, row.retry_at = WITHDRAWN, None
        sending.move(row, wall)
        return int(row.pk)

    return _performed("withdraw_message", actor, at, given, do, key)


def doubt_waiting(*, wall: datetime) -> int:
    """After the books were put back from a backup: what waits there may have gone since it was made. Its provider is
    asked first, and where it cannot tell a person decides; how many."""
    open_ones = Message.objects.filter(state__in=(WAITING, CLAIMED))
    return open_ones.update(state=UNKNOWN, retry_at=wall, claimed_at=wall)


def forget_old(*, wall: datetime) -> int:
    """Let go of what one-time codes left behind; how many."""
    Message.objects.filter(occasion=CODE, ends_at__lte=wall, sealed__isnull=False).update(sealed=None, state=EXPIRED)
    return identity.forget_codes(wall=wall)


def _locked(actor: Actor, number: int) -> Message:
    row = Message.objects.select_for_update().filter(pk=number, programme_id=actor.programme).first()
    if row is None:
        raise NotFound(field="message", what=MESSAGE, given=str(number))
    return row


def _performed(
    name: str, actor: Actor, at: datetime, given: MessageNamed, do: Callable[[], int], key: str | None
) -> int:
    subject = f"message:{given.message}"
    return perform(name, actor=actor, at=at, subject=subject, given=given, do=do, returns=int, key=key)
