"""Stored value: paid in, spent, returned, refunded, to the fen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import refusals
from huiguan.checkout.inputs import RefundTopUpInput, TopUpInput
from huiguan.checkout.values import TopUpRefundView, TopUpView
from huiguan.kernel.inputs import read
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
BASE = (Path(__file__).parents[2] / "rulebooks/neighbourhood/rulebook.yaml").read_text(encoding="utf-8")
BASE = BASE[: BASE.index("  - id: N1-01")] if "  - id: N1-01" in BASE else BASE


def clause(number: int, kind: str, parameters: str) -> str:
    said = f"title: {{zh: 条款, en: Clause}}, text: {{zh: 条款, en: Clause}}, source: 测试, {parameters}"
    return f"  - {{id: W-{number:02d}, kind: {kind}, number: 二{number}, {said}}}\n"


LADDER = clause(1, "top_up", "grades: [{pay: 500.00, bonus: 50.00}, {pay: 1000.00, bonus: 120.00}], refund: {}")


def world(*clauses: str) -> World:
    return World.found("nb", BASE + "\n" + "".join(clauses), {})


def store(world: World, at: str, member: str, amount: str, **given: Any) -> TopUpView:
    asked = read(TopUpInput, {"member": member, "amount": amount, "shop": "S1", **given})
    return checkout.store_value(actor=world.actor, at=moment(at), given=asked)


def refund(world: World, at: str, top_up: str, **given: Any) -> TopUpRefundView:
    asked = read(RefundTopUpInput, {"top_up": top_up, **given})
    return checkout.refund_top_up(actor=world.actor, at=moment(at), given=asked)


def held(world: World, member: Any, at: str) -> tuple[int, int]:
    found = ledger.balances_at(actor=world.actor, membership=member.membership, at=moment(at))
    return found.get("principal", 0), found.get("bonus", 0)


def test_a_top_up_pays_and_a_return_puts_it_back() -> None:
    house = world(LADDER)
    li = house.enrol(card=None)
    made = store(house, "2026-05-02 12:00", li.number, "500.00")
    assert (made.paid, made.bonus, made.wallet) == (50000, 5000, {"principal": 50000, "bonus": 5000})
    sale = house.sell(
        "2026-05-03 12:00", "SCARF", "HUNDRED", member=li.number,
        tenders=[{"means": "wallet", "amount": "550.00"}, {"means": "cash", "amount": "50.00"}],
    )  # fmt: skip
    assert sale.document["wallet"] == {"principal": 50000, "bonus": 5000, "principal_left": 0, "bonus_left": 0}
    assert sale.document["used"] == {}
    assert sale.document["balance"] == {"points": 600}
    # HUNDRED comes back: 500 of 600 is kept, of which stored value pays 550 × 500/600 = 458.33.
    back = house.give_back("2026-05-04 12:00", sale.id, 2)
    assert back.refund == 10000
    assert back.wallet == {"principal": 4167, "bonus": 5000, "principal_left": 4167, "bonus_left": 5000}
    back = house.give_back("2026-05-05 12:00", sale.id, 1)
    assert held(house, li, "2026-05-05 12:01") == (50000, 5000)
    assert back.wallet is not None and back.wallet["principal"] == 45833
    assert prove(house.actor.programme).sound


def test_bonus_spent_is_deducted_and_given_back_when_its_goods_return() -> None:
    house = world(LADDER, clause(2, "tender", "spend: bonus_first"))
    li = house.enrol(card=None)
    made = store(house, "2026-05-02 12:00", li.number, "500.00")
    sale = house.sell(
        "2026-05-03 12:00", "HUNDRED", member=li.number, tenders=[{"means": "wallet", "amount": "100.00"}]
    )
    assert held(house, li, "2026-05-03 12:01") == (45000, 0)
    first = refund(house, "2026-05-04 12:00", made.id)
    assert (first.refund, first.deducted, first.bonus_back) == (40000, 5000, 0)
    assert held(house, li, "2026-05-04 12:01") == (0, 0)
    house.give_back("2026-05-05 12:00", sale.id)
    assert held(house, li, "2026-05-05 12:01") == (5000, 5000)
    second = refund(house, "2026-05-06 12:00", made.id)
    # 50 of principal is back in its lot and the 50 deducted for the bonus are owed no longer.
    assert (second.refund, second.deducted, second.bonus_back) == (10000, -5000, 5000)
    assert held(house, li, "2026-05-06 12:01") == (0, 0)
    with pytest.raises(refusals.NothingToRefund):
        refund(house, "2026-05-07 12:00", made.id)
    assert prove(house.actor.programme).sound
