"""Fees and deposits a stage of a matter needs: charged when the matter comes to it, in its way until they are settled."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from huiguan.billing.dues.books import Books, close_books, open_books
from huiguan.billing.dues.charges import clause_of, moves_of, stands
from huiguan.billing.dues.charging import Asked, charge, payers, plan_for
from huiguan.billing.dues.deposits import held_by, known_of
from huiguan.billing.models import Charge
from huiguan.billing.refusals import AlreadyCharged, NothingToCharge
from huiguan.calendar import queries as calendar
from huiguan.cases import operations as cases
from huiguan.cases.subjects import Needs
from huiguan.cases.values import KnownMatter, Unmet
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules import needed
from huiguan.rules.kinds import deposit
from huiguan.rules.programme import Clause, Programme

logger = logging.getLogger(__name__)
WHO = "收费"
_OWED = Text(zh="“{fee}”{number} 还欠 {owed:yuan}。", en="{fee}, {number}: {owed:yuan} is owed.")
_UNCHARGED = Text(zh="“{fee}”还没有开单。", en="{fee} is not charged yet.")


class Settlements(Needs):
    """What matters need that is paid: under the version the matter was opened under."""

    def entered(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, actor: Actor, at: datetime) -> None:
        rulebook = programmes.version(matter.version)
        wanted = needed.charged_at(rulebook, matter.procedure, stage, needs)
        if not wanted or matter.membership is None:
            return
        books = open_books(system(matter.programme, WHO), at, rulebook, matter.membership)
        for clause in wanted:
            _charge(books, _asked(rulebook, clause, matter, at), matter)
        close_books(books)

    def unmet(self, matter: KnownMatter, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        rulebook = programmes.version(matter.version)
        fees = [clause for name, clause in needed.fees(rulebook).items() if name in needs]
        held = [clause for name, clause in needed.deposits(rulebook).items() if name in needs]
        found: list[Unmet] = []
        for clause in fees:
            found += _unpaid(rulebook, clause, matter, at)
        for clause in held:
            found += _short(rulebook, clause, matter, at)
        return tuple(found)


def _asked(rulebook: Programme, clause: Clause, matter: KnownMatter, at: datetime) -> Asked:
    """One asked for at any time is charged once for each matter; another once in its period."""
    every: str = clause.parameters.every  # type: ignore[attr-defined]
    key = f"matter:{matter.number}" if every == "asked" else ""
    workdays = calendar.workdays(matter.programme).after
    return Asked(rulebook, clause, local_day(at, rulebook.zone), workdays, 1, key)


def _charge(books: Books, asked: Asked, matter: KnownMatter) -> None:
    """What was charged before, or is nothing, stays so."""
    payer = payers(matter.programme, asked, books.at, [books.membership])[books.membership]
    try:
        charge(books, asked, payer, matter.number)
    except (AlreadyCharged, NothingToCharge) as refusal:
        logger.info("matter %s: %s", matter.number, refusal.code)


def _unpaid(rulebook: Programme, clause: Clause, matter: KnownMatter, at: datetime) -> Iterator[Unmet]:
    if matter.membership is None:
        yield _uncharged(clause)
        return
    asked = _asked(rulebook, clause, matter, at)
    rows = Charge.objects.filter(membership_id=matter.membership, fee=clause.parameters.name, cancelled_at=None)  # type: ignore[attr-defined]
    rows = rows.filter(Q(key=asked.key) | Q(key__startswith=f"{asked.key}#")) if asked.key else rows
    charges = list(rows.order_by("due", "number"))
    moves = moves_of(charges)
    for row in charges:
        now = stands(row, moves[row.pk], asked.day)
        if now.owed:
            yield Unmet(clause.id, Text(**_OWED.both(fee=clause_of(row).title, number=row.number, owed=now.owed)))
    if not charges:
        payer = payers(matter.programme, asked, at, [matter.membership])[matter.membership]
        if plan_for(matter.membership, asked, payer, asked.key).charges:
            yield _uncharged(clause)


def _uncharged(clause: Clause) -> Unmet:
    return Unmet(clause.id, Text(**_UNCHARGED.both(fee=clause.title)))


def _short(rulebook: Programme, clause: Clause, matter: KnownMatter, at: datetime) -> Iterator[Unmet]:
    name: str = clause.parameters.name  # type: ignore[attr-defined]
    membership = matter.membership
    has = held_by([membership], deposit.unit_of(name), at).get(membership, 0) if membership is not None else 0
    known = known_of(membership, name, has) if membership is not None else deposit.Held(0)
    asked = deposit.asked(clause, known, local_day(at, rulebook.zone))
    for reason in asked.reasons:
        if not reason.given:
            yield Unmet(clause.id, Text(**deposit.SAYS[reason.say].both(**reason.values)))
            return


def go_on(books: Books) -> None:
    """Something of a member's was settled: whatever waits for it is looked at again, in the same transaction."""
    cases.poke(actor=system(books.actor.programme, WHO), at=books.at, membership=books.membership)
