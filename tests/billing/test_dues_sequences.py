"""Charges, money, refunds and corrections in any order: every fen is somewhere, none below nought, none twice."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Sum

from huiguan.billing import queries
from huiguan.billing.models import ChargeMove, Money
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.refusals import Refusal
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from huiguan.members import queries as members
from tests.billing.dues_world import OWED_SINCE, do, with_dues
from tests.console.world import found_world

DEEDS = ("raise_charge", "receive_money", "receive_money", "receive_money", "undo_money", "refund_charge", "cancel_charge",
         "pay_out", "bank", "return_deposit")  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [7, 2026])
def test_whatever_happens_the_sums_agree(settings: Any, seed: int) -> None:
    settings.HUIGUAN_DEMO = True
    world, dice, at = with_dues(found_world()), Random(seed), OWED_SINCE
    numbers = [world.hero, world.enrol("王芳", "13900000021", "DN7001").number]
    refused = 0
    for step in range(60):
        at += timedelta(hours=dice.randrange(1, 48))
        who = dice.choice(numbers)
        try:
            _deed(world, dice, at, who, step)
        except Refusal:
            refused += 1
        for number in numbers:
            _agrees(world, number, at)
    assert prove(world.actor.programme).sound
    assert 0 < refused < 50


def _deed(world: Any, dice: Random, at: Any, who: str, step: int) -> None:
    book = queries.dues_of(world.actor, who, at)
    charges = [each.number for each in book.charges] or ["F2026-999999"]
    receipts = [each.number for each in book.money] or ["R2026-999999"]
    deed = dice.choice(DEEDS)
    amount = as_yuan(dice.choice((1, 4_999, 26_000, 100_000, 123_456)))
    if deed == "raise_charge":
        do(world, deed, at=at, member=who, fee=dice.choice(("yearly", "joining", "reports", "council")))
    elif deed == "receive_money":
        into = {"deposit": "margin"} if dice.random() < 0.2 else {}
        day = (at - timedelta(days=dice.randrange(5))).date().isoformat()
        do(
            world,
            deed,
            at=at,
            member=who,
            amount=amount,
            means="transfer",
            reference=f"B{dice.randrange(40)}",
            day=day,
            **into,
        )
    elif deed == "undo_money":
        do(world, deed, at=at, money=dice.choice(receipts), reason="x")
    elif deed in ("refund_charge", "cancel_charge"):
        do(world, deed, at=at, charge=dice.choice(charges), reason="x")
    elif deed == "pay_out":
        do(world, deed, at=at, member=who, means="cash")
    elif deed == "return_deposit":
        do(world, deed, at=at, member=who, deposit="margin", means="cash", reason="x")
    else:
        line = {"reference": f"L{step}", "day": at.date().isoformat(), "amount": amount, "payer": "王芳"}
        do(world, "bring_statement", at=at, lines=[line])
        (found,) = [each for each in queries.bank_lines(world.actor, at) if each.reference == f"L{step}"]
        do(world, "confirm_line", at=at, line=found.id, member=who)


def _agrees(world: Any, number: str, at: Any) -> None:
    """What came less what went is on account, in deposits, or in charges; what charges say is what moved on them."""
    book = queries.dues_of(world.actor, number, at)
    key = members.membership(world.actor, number)
    came, went = (
        Money.objects.filter(membership_id=key, way=way).aggregate(n=Sum("amount"))["n"] or 0 for way in ("in", "out")
    )
    signs = {"paid": 1, "unpaid": -1, "returned": -1, "waived": 0}
    settled = sum(signs[move.what] * move.amount for move in ChargeMove.objects.filter(membership_id=key))
    held = sum(each.held for each in book.deposits)
    assert came - went == book.credit + held + settled
    assert settled == sum(each.paid + each.fine_paid for each in book.charges)
    assert (
        min([book.credit, held, *(min(each.left, each.paid, each.fine, each.fine_paid) for each in book.charges)]) >= 0
    )
    for each in book.charges:
        assert each.paid + each.left <= each.amount
    balances = ledger.balances_at(actor=world.actor, membership=key, at=at)
    assert balances.get("dues_credit", 0) == book.credit
    assert balances.get("principal", 0) == sum(
        paid for each in book.charges for purpose, _, _, paid in each.parts if purpose == "activities"
    )
