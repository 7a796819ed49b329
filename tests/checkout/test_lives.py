"""Random lives at the till: whatever is sold, given back, redeemed and let lapse, the books are sound and nobody loses."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import GiftReturnInput, VoidInput
from huiguan.checkout.models import Return, Sale
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.ledger import facts as ledger
from huiguan.ledger import operations as night
from huiguan.ledger.proof import prove
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
SKUS = ("COAT", "SCARF", "PIN", "GLOVE", "HUNDRED", "ALMOST")
DEEDS = ("sell", "sell", "sell", "give_back", "give_back", "redeem", "return_gift", "void", "late", "night")


class Life:
    """One member's years, a deed every few days, drawn from a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.dice = world, random.Random(seed)
        self.at = moment("2026-05-20 10:00")
        self.member: EnrolledMember = world.enrol(self.at.strftime("%Y-%m-%d %H:%M"))
        self.sales: list[str] = []
        self.gifts: list[str] = []
        self.done = 0

    def live(self, deeds: int) -> None:
        for _ in range(deeds):
            self.pass_time()
            try:
                getattr(self, self.dice.choice(DEEDS))()
            except Refusal:
                continue
            self.done += 1

    def pass_time(self) -> None:
        """Days go by; now and then it is soon June or the end of November, when points move."""
        self.at += timedelta(days=self.dice.choice((0, 0, 0, 1, 4, 11)), hours=self.dice.randint(0, 9))
        if self.dice.random() < 0.08:
            goal = 6 if self.at.month < 6 else 12
            self.at = max(self.at, self.at.replace(month=goal, day=1) - timedelta(days=2))

    def now(self) -> str:
        return self.at.strftime("%Y-%m-%d %H:%M:%S")

    def lines(self) -> list[dict[str, object]]:
        return [
            {"sku": self.dice.choice(SKUS), "quantity": self.dice.randint(1, 3)} for _ in range(self.dice.randint(1, 4))
        ]

    def asks(self) -> dict[str, object]:
        points = self.world.points(self.member, self.now())
        return {
            "member": self.member.number,
            "presented": self.dice.choice(("card", "none")),
            "benefits": self.dice.choice(([], ["birthday"])) if self.at.month == 6 else [],
            "vouchers": self.dice.choice(([], [], [self.member.rights[0].code])),
            "points": self.dice.choice((0, points // 2, points)) if self.at.month in (6, 12) else 0,
        }

    def sell(self) -> None:
        self.sales.append(self.world.sell(self.now(), lines=self.lines(), **self.asks()).id)

    def late(self) -> None:
        then = self.at - timedelta(days=self.dice.choice((1, 20, 45)))
        if then > moment("2026-05-20 10:00"):
            at = then.strftime("%Y-%m-%d %H:%M:%S")
            self.sales.append(self.world.sell(at, lines=self.lines(), member=self.member.number, now=self.now()).id)

    def give_back(self) -> None:
        if self.sales:
            lines = self.dice.choice(((), (1,), (2,), (1, 1)))
            settle = self.dice.choice(({}, {"settle": {"way": "cash"}}, self.gift_settles()))
            self.world.give_back(self.now(), self.dice.choice(self.sales[-6:]), *lines, **settle)

    def gift_settles(self) -> dict[str, object]:
        return {"settle": {"way": "gift", "redemption": self.gifts[-1]}} if self.gifts else {}

    def redeem(self) -> None:
        points = self.world.points(self.member, self.now())
        self.gifts.append(self.world.redeem(self.now(), self.member, self.dice.randint(1, max(1, points))).id)

    def return_gift(self) -> None:
        if self.gifts:
            given = read(GiftReturnInput, {"redemption": self.gifts[-1]})
            checkout.return_gift(actor=self.world.actor, at=self.at, given=given)

    def void(self) -> None:
        if self.sales:
            given = read(VoidInput, {"sale": self.sales[-1], "reason": "扫错"})
            checkout.void_sale(actor=self.world.actor, at=self.at, given=given)

    def night(self) -> None:
        night.expire_due(programme=self.world.actor.programme, at=self.at)


def unit_of(member: EnrolledMember):
    return ledger.accounts([member.membership])[member.membership].unit("points")


def refunded(sale: Sale) -> int:
    rows = Return.objects.filter(membership_id=sale.membership_id, sale_seq=sale.seq)
    return sum(row.refund + row.document["claim"] for row in rows)


@pytest.mark.parametrize("seed", range(6))
def test_a_life_leaves_sound_books(seed):
    world = World.found()
    life = Life(world, seed)
    for _ in range(6):
        life.live(20)
        proof = prove(world.actor.programme)
        assert proof.findings == (), life.now()
        assert unit_of(life.member).balance >= 0
        assert world.points(life.member, life.now()) >= 0
    assert life.done > 40
    for sale in Sale.objects.all():
        last = Return.objects.filter(membership_id=sale.membership_id, sale_seq=sale.seq).order_by("n").last()
        left = last.document["left_paid"] if last else sale.paid
        assert 0 <= refunded(sale) == sale.paid - left
        if last and not any(last.kept):
            assert left == 0


@pytest.mark.parametrize("seed", range(6))
def test_the_spending_of_each_day_is_what_is_kept_of_its_sales(seed):
    world = World.found()
    life = Life(world, 100 + seed)
    life.live(60)
    kept: dict[str, tuple[int, int]] = {}
    for sale in Sale.objects.filter(membership_id=life.member.membership):
        last = Return.objects.filter(membership_id=sale.membership_id, sale_seq=sale.seq).order_by("n").last()
        day = sale.at.astimezone(life.at.tzinfo).date().isoformat()
        spend, visits = kept.get(day, (0, 0))
        paid = last.document["left_paid"] if last else sale.paid
        kept[day] = (spend + paid, visits + (1 if last is None or any(last.kept) else 0))
    days = ledger.days([life.member.membership], date(2024, 1, 1))[life.member.membership]
    counted = {day.isoformat(): (values.get("spend", 0), values.get("visits", 0)) for day, values in days.items()}
    assert {day: each for day, each in counted.items() if any(each)} == {
        day: each for day, each in kept.items() if any(each)
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_life_undone_leaves_nothing_but_what_was_given_before(seed):
    """Sales alone, all taken back in any order: every fen is back, and no point is left."""
    world = World.found()
    life = Life(world, 200 + seed)
    for _ in range(8):
        life.at += timedelta(days=life.dice.choice((0, 1, 9)))
        sale = world.sell(life.now(), lines=life.lines(), member=life.member.number, presented="card")
        life.sales.append(sale.id)
    back = 0
    open_sales = list(life.sales)
    while open_sales:
        sale = life.dice.choice(open_sales)
        try:
            lines = life.dice.choice(((), (1,), (2,)))
            back += world.give_back(life.now(), sale, *lines).refund
        except Refusal as refusal:
            if refusal.code == "AlreadyReturned":
                open_sales.remove(sale)
    assert back == sum(Sale.objects.values_list("paid", flat=True))
    assert world.points(life.member, life.now()) == 0
    assert prove(world.actor.programme).findings == ()
