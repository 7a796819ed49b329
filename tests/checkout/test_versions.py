"""A new version over what is still open: each thing is judged by the version of its own moment.

COAT costs 1,000.00. Version 1 gives holders of the points card 5% off (950.00) and 2 points for every full 100 yuan: 18.
Version 2, in force from 3 June 2026, takes the discount away and gives 1 point: 1,000.00 and 10.
"""

from __future__ import annotations

import pytest

from huiguan.checkout.queries import as_answer
from huiguan.checkout.refusals import QuoteChanged
from tests.checkout.world import SOURCE, World

pytestmark = pytest.mark.django_db
SMALLER = SOURCE.replace("points_card: 0.95", "points_card: 1.00").replace("give: 2\n", "give: 1\n")


@pytest.fixture
def world() -> World:
    assert SMALLER.count("give: 1\n") == SOURCE.count("give: 1\n") + 1
    return World.found()


def test_a_quote_that_a_smaller_rate_overtook_is_told_anew_and_nothing_is_taken(world: World) -> None:
    li = world.enrol()
    asks = {"member": li.number, "presented": "card"}
    quoted = world.quote("2026-06-02 23:59", "COAT", **asks)
    assert (quoted.paid, quoted.document["earned"]) == (95000, {"points": 18})
    world.publish(SMALLER, "2026-06-03")
    with pytest.raises(QuoteChanged) as changed:
        world.sell("2026-06-03 00:01", "COAT", **asks, quoted="950.00")
    assert changed.value.say("en") == "The quote has changed: ¥1,000.00 is due now, ¥950.00 was shown."
    assert world.points(li, "2026-06-03 00:02") == 0
    again = world.quote("2026-06-03 00:02", "COAT", **asks)
    sold = world.sell("2026-06-03 00:03", "COAT", **asks, quoted="1000.00")
    assert (again.paid, sold.paid, sold.document["earned"]) == (100000, 100000, {"points": 10})


def test_a_sale_that_is_entered_late_stands_under_the_version_of_its_own_moment(world: World) -> None:
    li = world.enrol()
    world.publish(SMALLER, "2026-06-03")
    late = world.sell("2026-06-02 23:59", "COAT", now="2026-06-03 09:00", member=li.number, presented="card")
    assert (late.paid, late.document["earned"]) == (95000, {"points": 18})


def test_a_return_follows_the_version_of_its_sale(world: World) -> None:
    li = world.enrol()
    sold = world.sell("2026-06-02 12:00", "COAT", member=li.number, presented="card")
    world.publish(SMALLER, "2026-06-03")
    back = world.give_back("2026-06-04 12:00", sold.id, 1)
    assert back.refund == 95000
    assert world.points(li, "2026-06-04 12:01") == 0


def test_a_coupon_outlives_the_clause_that_gave_it(world: World) -> None:
    """The voucher of ¥200.00 was given under B55-10, which version 2 no longer has. It comes off before the 5 %: 760.00."""
    li = world.enrol("2026-05-01 10:00")
    (voucher,) = [right.code for right in li.rights]
    world.publish(SOURCE.replace("- id: B55-10\n", "- id: B55-90\n"), "2026-06-03")
    asks = {"member": li.number, "presented": "card"}
    quoted = world.quote("2026-06-04 12:00", "COAT", **asks)
    assert [say for clause, say, _, _ in quoted.document["reasons"] if clause == "B55-10"] == ["ready"]
    sold = world.sell("2026-06-04 12:00", "COAT", **asks, vouchers=[voucher])
    assert (sold.paid, [step["clause"] for step in sold.document["steps"] if step["right"]]) == (76000, ["B55-10"])
    told = as_answer(sold)
    assert "opening_voucher" not in str(told) and any(reason["clause"] == "B55-10" for reason in told["reasons"])
