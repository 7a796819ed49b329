"""What the books owe for stored value is the sum of what every member has stored (A7-12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import RefundTopUpInput, TopUpInput
from huiguan.kernel.inputs import read
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
RULEBOOK = (Path(__file__).parents[2] / "rulebooks/stored-card/rulebook.yaml").read_text(encoding="utf-8")


def store(world: World, at: str, member: EnrolledMember, amount: str) -> str:
    given = read(TopUpInput, {"member": member.number, "amount": amount, "shop": "S1"})
    return checkout.store_value(actor=world.actor, at=moment(at), given=given).id


def owed(world: World, at: str) -> tuple[int, int]:
    told = queries.outstanding(world.actor, moment(at))
    return told.principal, told.bonus


def stored(world: World, at: str, *members: EnrolledMember) -> tuple[int, int]:
    held = [ledger.balances_at(actor=world.actor, membership=one.membership, at=moment(at)) for one in members]
    return sum(one.get("principal", 0) for one in held), sum(one.get("bonus", 0) for one in held)


def test_the_liability_is_the_sum_of_the_balances() -> None:
    world = World.found("stored", RULEBOOK, {})
    li, wang = world.enrol(card="C-1"), world.enrol(card="C-2", phone="13800000002", name="王芳")
    paid = store(world, "2026-05-02 12:00", li, "500.00")
    store(world, "2026-05-02 12:01", wang, "300.00")
    both = (li, wang)
    assert owed(world, "2026-05-02 12:02") == stored(world, "2026-05-02 12:02", *both) == (80000, 5000)
    tenders = [{"means": "wallet", "amount": "95.00"}]
    world.sell("2026-05-03 12:00", "HUNDRED", member=wang.number, presented="card", tenders=tenders)
    assert owed(world, "2026-05-03 12:01") == stored(world, "2026-05-03 12:01", *both) == (70500, 5000)
    given = read(RefundTopUpInput, {"top_up": paid})
    checkout.refund_top_up(actor=world.actor, at=moment("2026-05-04 12:00"), given=given)
    assert owed(world, "2026-05-04 12:01") == stored(world, "2026-05-04 12:01", *both) == (20500, 0)
    # Asked later, every day answers as it was.
    assert [owed(world, at) for at in ("2026-05-01 12:00", "2026-05-02 12:02", "2026-05-03 12:01")] == [
        (0, 0), (80000, 5000), (70500, 5000),
    ]  # fmt: skip
    told = queries.outstanding(world.actor, moment("2026-05-02 12:02"))
    assert (told.holders, told.nights) == (2, ())
    assert prove(world.actor.programme).sound
