"""Two tills spend one balance, two tills refund one top-up, wrong PINs come all at once: each is right once."""

from __future__ import annotations

import pytest

from huiguan.kernel.actors import Actor
from huiguan.ledger.proof import prove
from tests.checkout.test_racing import POWERS, outcomes, together
from tests.checkout.test_stored_value import LADDER, clause, held, pin, refund, store, world
from tests.checkout.world import World

pytestmark = pytest.mark.django_db(transaction=True)
NOW = "2026-05-03 12:00"


def test_one_balance_at_four_tills() -> None:
    house = world(LADDER, clause(2, "tender", "proof_above: 500.00, proof: [pin]"))
    tills = [World(Actor("staff", n, f"收银 {n}", house.actor.programme, POWERS)) for n in range(1, 5)]
    li = house.enrol(card=None)
    made = store(house, "2026-05-02 12:00", li.number, "500.00")
    wallet = {"member": li.number, "tenders": [{"means": "wallet", "amount": "500.00"}]}
    sold = together(*(lambda till=till: till.sell(NOW, "SCARF", **wallet) for till in tills))
    assert outcomes(sold) == {"done": 1, "BalanceTooLow": 3}
    assert held(house, li, "2026-05-03 12:01") == (0, 5000)
    other = store(house, "2026-05-04 12:00", li.number, "100.00")
    back = together(*(lambda till=till: refund(till, "2026-05-04 13:00", other.id) for till in tills))
    assert outcomes(back) == {"done": 1, "NothingToRefund": 3}
    assert outcomes(together(lambda: refund(house, NOW, made.id))) == {"NothingToRefund": 1}
    pin(house, li)
    store(house, "2026-05-05 12:00", li.number, "1000.00")
    more = {"member": li.number, "tenders": [{"means": "wallet", "amount": "600.00"}], "pin": "999999"}
    tried = together(
        *(lambda till=till: till.sell("2026-05-05 13:00", "SCARF", "HUNDRED", **more) for till in [*tills, *tills])
    )
    assert outcomes(tried) == {"PinWrong": 5, "PinLocked": 3}
    assert prove().sound
