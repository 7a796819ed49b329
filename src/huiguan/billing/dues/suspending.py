"""Suspended for what is late, and let in again once nothing more is: one way for charges and for deposits that are called.

A charge is settled once it is paid, written off or taken back; a call once what was short of its deposit is held, or the
deposit is asked for no more. Money for one settles nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.billing.dues.books import Books
from huiguan.billing.dues.charges import clause_of
from huiguan.billing.models import Charge, DepositCall
from huiguan.kernel.actors import system
from huiguan.members import operations as members
from huiguan.members import queries as known
from huiguan.members.inputs import RestoreMember, SuspendMember
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Clause

WHO = "收费"
_SUSPENDS = "{number} 逾期未交（{clause}）"
_LIFTED = "欠费已交清"
Asked = Charge | DepositCall


def clause_behind(asked: Asked) -> Clause:
    """The clause by which it was asked for, in the version of that day."""
    return clause_of(asked) if isinstance(asked, Charge) else programmes.version(asked.version).clauses[asked.clause]


def consequence(asked: Asked) -> str:
    """What being late with it means: note, suspend; '' where the clause says nothing."""
    rule = clause_behind(asked).parameters
    late = rule.late if isinstance(asked, Charge) else rule.call  # type: ignore[attr-defined]
    return late.then if late is not None else ""


def called(asked: Asked) -> str:
    """The word it is known by: a charge's number, a deposit's name."""
    return asked.number if isinstance(asked, Charge) else asked.deposit


def suspend_for(asked: Asked, at: datetime) -> int:
    """Suspend her for something late, once; while something else suspends her it waits until that is over. One whom a
    person lets in again all the same stays in."""
    if consequence(asked) != "suspend" or asked.suspended_at is not None:
        return 0
    programme, membership = asked.programme_id, asked.membership_id
    if known.standing_why_of(programme, membership, at).standing != "active":
        return 0  # suspended, or gone, already
    member = known.numbers(programme, [membership])[membership]
    reason = _SUSPENDS.format(number=called(asked), clause=clause_behind(asked).id)
    given = SuspendMember(member=member, reason=reason)
    members.suspend_member(actor=system(programme, WHO), at=at, given=given)
    asked.suspended_at = at
    asked.save(update_fields=["suspended_at"])
    return 1


def suspend_again(books: Books) -> None:
    """What had been paid is owed again as if it had never come: what being late meant holds again too."""
    for asked in _standing(_late(books)):
        suspend_for(asked, books.at)


def lift(books: Books) -> None:
    """Restore who was suspended for what is settled now, once nothing more stands against her here."""
    programme, membership = books.actor.programme, books.membership
    suspending = [each for each in _late(books) if consequence(each) == "suspend"]
    if not suspending or _standing(suspending) or not _by(books, suspending):
        return
    if known.standing_why_of(programme, membership, books.at).standing != "suspended":
        return
    member = known.numbers(programme, [membership])[membership]
    given = RestoreMember(member=member, reason=_LIFTED)
    members.restore_member(actor=system(programme, WHO), at=books.at, given=given)
    for table in (Charge, DepositCall):
        mine = table.objects.filter(programme_id=programme, membership_id=membership)
        mine.exclude(suspended_at=None).update(suspended_at=None)


def _late(books: Books) -> list[Asked]:
    """Everything of hers that was late once, what was due longest first; settled since or not."""
    mine = {"programme_id": books.actor.programme, "membership_id": books.membership}
    charges = Charge.objects.filter(**mine).exclude(followed_at=None).order_by("due", "number")
    calls = DepositCall.objects.filter(**mine).exclude(followed_at=None).order_by("due", "pk")
    return sorted([*charges, *calls], key=lambda each: each.due)


def _standing(late: Iterable[Asked]) -> list[Asked]:
    """What of it is not settled."""
    return [each for each in late if (each.open if isinstance(each, Charge) else each.closed_at is None)]


def _by(books: Books, late: Iterable[Asked]) -> bool:
    """Whether it was for one of these that she was suspended last."""
    house = system(books.actor.programme, WHO)
    member = known.numbers(books.actor.programme, [books.membership])[books.membership]
    turned = next((each for each in known.changes(house, member) if each.what == "standing"), None)
    return turned is not None and turned.cause.partition(" ")[0] in {called(each) for each in late}
