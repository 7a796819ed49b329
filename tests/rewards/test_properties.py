"""Whatever comes, goes, is ordered, undone, waited for: stock and holds are what the moves and bids come to."""

from __future__ import annotations

from random import Random

import pytest

from huiguan.kernel.refusals import Refusal
from huiguan.ledger import facts as ledger
from huiguan.ledger.proof import prove
from huiguan.rewards import operations, queries
from huiguan.rewards.models import Order, Wait
from tests.checkout.world import moment
from tests.rewards.world import Mall

pytestmark = pytest.mark.django_db
STEPS = 90


@pytest.mark.parametrize("seed", [1, 20261122])
def test_a_random_day_at_the_mall(seed):
    """A model counts beside the mall: pieces put in less those out; points spent; one hold for each auction's leader."""
    chance, mall = Random(seed), Mall.made()
    crowd = [mall.member(600) for _ in range(4)]
    mall.item(stock=3, points=50, worth="5.00")
    mall.do("move_stock", "2026-06-15 12:00", item="CUP", pieces=1, why="竞拍")
    auction = {"code": "A", "item": "CUP", "reserve": 10, "step": 5, "opens": "2026-06-15 12:00"}
    mall.do("open_auction", "2026-06-15 12:00", **auction, closes="2026-06-16 12:00")
    came, orders, bids = 3, [], 0
    for n in range(STEPS):
        at, who = f"2026-06-15 {13 + n // 60}:{n % 60:02d}", chance.choice(crowd)
        deed = chance.choice(["order", "order", "cancel", "stock", "bid", "wait", "leave"])
        try:
            if deed == "order":
                orders.append(mall.order(who, at, quantity=chance.choice([1, 1, 2])).number)
            elif deed == "cancel" and orders:
                mall.do("cancel_order", at, order=chance.choice(orders), why="不要了")
            elif deed == "stock":
                pieces = chance.choice([1, 2, -1])
                mall.do("move_stock", at, item="CUP", pieces=pieces, why="盘点")
                came += pieces
            elif deed == "bid":
                mall.do("place_bid", at, auction="A", points=chance.randint(10, 20 + 2 * n), member=who.number)
                bids += 1
            elif deed in ("wait", "leave"):
                mall.do("join_wait_list" if deed == "wait" else "leave_wait_list", at, item="CUP", member=who.number)
        except Refusal:
            continue
        _agree(mall, crowd, came, seed, n)
    operations.run_due(programme=mall.actor.programme, at=moment("2026-06-20 03:00"))
    accounts = ledger.accounts([each.membership for each in crowd])
    assert [each.unit("points").held for each in accounts.values()] == [0] * len(crowd), f"seed {seed}"
    assert prove(mall.actor.programme).findings == (), f"seed {seed}"
    assert bids > 2 and len(orders) > 5, "the walk went somewhere"


def _agree(mall: Mall, crowd: list, came: int, seed: int, n: int) -> None:
    told = f"seed {seed}, step {n}"
    out = sum(Order.objects.exclude(state__in=["cancelled", "returned"]).values_list("quantity", flat=True))
    kept = Wait.objects.filter(state="offered").count()
    assert mall.left() == came - out - kept, told
    assert queries.stock_faults(mall.actor.programme) == (), told
    spent = sum(Order.objects.exclude(state__in=["cancelled", "returned"]).values_list("units", flat=True))
    accounts = ledger.accounts([each.membership for each in crowd])
    assert sum(each.unit("points").balance for each in accounts.values()) == 600 * len(crowd) - spent, told
    leading = queries.auction(mall.actor, "A", moment("2026-06-15 12:00")).leading or 0
    assert sum(each.unit("points").held for each in accounts.values()) == leading, told
