"""An amount divided among members: by what each holds of a deposit, or as agreed with each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from django.db import connection

from huiguan.billing.dues.books import Books, close_books, put
from huiguan.billing.events import IncomeDivided
from huiguan.billing.inputs import AgreeShare, DivideIncome
from huiguan.billing.models import AgreedShare, Division
from huiguan.billing.refusals import DividedAlready, NobodyShares, SharesTooLarge, ShareUnknown
from huiguan.billing.values.dues import PAYABLE, DivisionView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import available
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import deposit, share
from huiguan.rules.programme import Clause, Programme

AT_ONCE = 1000


def _named(rulebook: Programme, name: str) -> Clause:
    clause = share.named(rulebook, name)
    if clause is None:
        raise ShareUnknown(field="share", given=name[:40])
    return clause


def agree_share(*, actor: Actor, at: datetime, given: AgreeShare, key: str | None = None) -> str:
    """The part of a share a member gets from a day on; nought ends it. Her number. Takes `bill`. Refuses ShareUnknown,
    SharesTooLarge, NotFound."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)
    number = members.numbers(actor.programme, [membership])[membership]

    def do() -> str:
        rulebook = programmes.programme_at(actor.programme, at)
        _named(rulebook, given.share)
        text = given.part
        part = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        since = given.since or local_day(at, rulebook.zone)
        _one_at_a_time(actor.programme, given.share)
        AgreedShare.objects.create(
            programme_id=actor.programme, membership_id=membership, share=given.share, since=since, at=at,
            part=f"{part.numerator}/{part.denominator}", by=actor.name,
        )  # fmt: skip
        _demand_whole(actor.programme, given.share, since)
        return number

    return perform(
        "agree_share", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, key=key, returns=str
    )


def _one_at_a_time(programme: int, name: str) -> None:
    """Whoever agrees on a part waits for whoever is about to: both are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 43))", [f"share|{programme}|{name}"])


def _demand_whole(programme: int, name: str, since: date) -> None:
    """SharesTooLarge where from `since` on there is a day on which the parts are more than the whole: also one that was
    agreed ahead."""
    later = AgreedShare.objects.filter(programme_id=programme, share=name, since__gt=since)
    for day in (since, *later.values_list("since", flat=True).distinct()):
        if sum((each for _, each in agreed_on(programme, name, day)), Fraction(0)) > 1:
            raise SharesTooLarge(field="part")


def agreed_on(programme: int, name: str, day: date) -> list[tuple[int, Fraction]]:
    """(membership, part) as agreed on a local day."""
    rows = AgreedShare.objects.filter(programme_id=programme, share=name, since__lte=day).order_by("since", "pk")
    newest = {row.membership_id: Fraction(row.part) for row in rows}
    return sorted((key, part) for key, part in newest.items() if part)


def divide_income(*, actor: Actor, at: datetime, given: DivideIncome, key: str | None = None) -> DivisionView:
    """Divide an amount under a share, once for each key; every member's part is owed to her by the house. Takes `bill`.
    Refuses ShareUnknown, DividedAlready, NobodyShares."""
    actor.demand("bill")

    def do() -> DivisionView:
        rulebook = programmes.programme_at(actor.programme, at)
        clause = _named(rulebook, given.share)
        if Division.objects.filter(programme_id=actor.programme, share=given.share, key=given.key).exists():
            raise DividedAlready(field="key", key=given.key)
        parts = [part for part in _parts(actor, at, rulebook, clause, given) if part.amount]
        if not parts:
            raise NobodyShares(field="share", clause=clause.id)
        _give(actor, at, rulebook, clause, given, parts)
        row = Division.objects.create(
            programme_id=actor.programme, share=given.share, key=given.key, clause=clause.id, version=rulebook.version,
            total=given.amount, kept=given.amount - sum(part.amount for part in parts), at=at, by=actor.name,
            parts=[[part.membership, part.amount, part.reason.say, dict(part.reason.values)] for part in parts],
        )  # fmt: skip
        return view_of(actor, row, clause.title)

    return perform(
        "divide_income", actor=actor, at=at, subject=f"share:{given.share}:{given.key}", given=given, do=do, key=key,
        returns=DivisionView,
    )  # fmt: skip


def _parts(actor: Actor, at: datetime, rulebook: Programme, clause: Clause, given: DivideIncome) -> list[share.Part]:
    name = clause.parameters.deposit  # type: ignore[attr-defined]
    if name is None:
        agreed = agreed_on(actor.programme, given.share, local_day(at, rulebook.zone))
        return share.by_agreement(clause, given.amount, agreed)
    unit, held = deposit.unit_of(name), []
    after = ""
    while hits := members.listed(actor, after=after, limit=AT_ONCE):
        after = hits[-1].number
        accounts = ledger.lock_accounts([hit.membership for hit in hits])
        held += [(key, available(account.unit(unit), at)) for key, account in accounts.items()]
    return share.by_deposit(clause, given.amount, [(key, has) for key, has in sorted(held) if has])


def _give(
    actor: Actor, at: datetime, rulebook: Programme, clause: Clause, given: DivideIncome, parts: Sequence[share.Part]
) -> None:
    accounts = ledger.lock_accounts([part.membership for part in parts])
    reference = f"{given.share}:{given.key}"
    for part in parts:
        books = Books(actor, at, rulebook, accounts[part.membership])
        put(books, PAYABLE, part.amount, ("share", reference), clause.id)
        close_books(books)
    tell(
        actor.programme,
        [
            IncomeDivided(membership=part.membership, reference=reference, at=at, clause=clause.id, amount=part.amount)
            for part in parts
        ],
        at,
    )


def view_of(actor: Actor, row: Division, title: Text) -> DivisionView:
    called = members.called(actor.programme, {key for key, *_ in row.parts})
    parts = tuple(
        (*called[key], amount, Reason(row.clause, say, True, values)) for key, amount, say, values in row.parts
    )
    return DivisionView(row.share, row.key, title, row.total, row.kept, row.at, parts)
