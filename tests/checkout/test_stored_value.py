"""Stored value: paid in, spent, returned, refunded, to the fen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import (
    CloseDayInput,
    HandOverInput,
    OpenShiftInput,
    PaymentCodeInput,
    PaymentProofInput,
    RefundTopUpInput,
    TopUpInput,
)
from huiguan.checkout.printing import receipt_text
from huiguan.checkout.stored.watching import quarter_begins
from huiguan.checkout.stored_refusals import NothingToRefund, ProofNeeded
from huiguan.checkout.values import TopUpRefundView, TopUpView
from huiguan.identity import queries as identity
from huiguan.identity.refusals import OneTimeCodeWrong, ProofNotGood
from huiguan.kernel.inputs import read
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from huiguan.members import operations as members
from huiguan.members.inputs import SetPin
from huiguan.members.pins import PinLocked, PinNotSet, PinTooWeak, PinWrong
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
    late = {"at": given.pop("when")} if "when" in given else {}
    asked = read(TopUpInput, {"member": member, "amount": amount, "shop": "S1", **late, **given})
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
    with pytest.raises(NothingToRefund):
        refund(house, "2026-05-07 12:00", made.id)
    assert prove(house.actor.programme).sound


def pin(house: World, member: Any, code: str = "480275", at: str = "2026-05-01 12:00") -> None:
    asked = read(SetPin, {"member": member.number, "pin": code, "presented": ["id"]})
    members.set_pin(actor=house.actor, at=moment(at), given=asked)


def test_much_from_stored_value_takes_the_pin() -> None:
    house = world(LADDER, clause(2, "tender", "proof_above: 99.99, proof: [pin]"))
    li = house.enrol(card=None)
    store(house, "2026-05-02 12:00", li.number, "500.00")
    wallet = {"member": li.number, "tenders": [{"means": "wallet", "amount": "100.00"}]}
    quoted = house.quote("2026-05-03 12:00", "HUNDRED", **wallet)
    assert [each.say for each in quoted.reasons if each.clause == "W-02"] == ["paid", "needs_proof"]
    with pytest.raises(ProofNeeded):
        house.sell("2026-05-03 12:00", "HUNDRED", **wallet)
    with pytest.raises(PinNotSet):
        house.sell("2026-05-03 12:00", "HUNDRED", pin="480275", **wallet)
    # 99.99 is not above 99.99.
    house.sell("2026-05-03 12:00", "GLOVE", member=li.number, tenders=[{"means": "wallet", "amount": "99.99"}])
    pin(house, li)
    sale = house.sell("2026-05-03 12:01", "HUNDRED", pin="480275", key="one", **wallet)
    assert house.sell("2026-05-03 12:02", "HUNDRED", key="one", **wallet).id == sale.id
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(PinWrong) as wrong:
            house.sell("2026-05-03 12:03", "HUNDRED", pin="480276", **wallet)
        assert wrong.value.values["left"] == left
    with pytest.raises(PinLocked):
        house.sell("2026-05-03 12:04", "HUNDRED", pin="480275", **wallet)
    pin(house, li, "902814", "2026-05-04 12:00")
    house.sell("2026-05-04 12:01", "HUNDRED", pin="902814", **wallet)
    assert held(house, li, "2026-05-04 12:02") == (20001, 5000)


def test_or_a_code_sent_to_her_phone_which_opens_one_payment() -> None:
    house = world(LADDER, clause(2, "tender", "proof_above: 99.99, proof: [pin, code]"))
    li, mei = house.enrol(card=None), house.enrol(card=None, phone="13800000009")
    store(house, "2026-05-01 12:00", li.number, "500.00")
    wallet = {"member": li.number, "tenders": [{"means": "wallet", "amount": "100.00"}]}

    def proof(of: Any, at: str) -> str:
        asked = {"actor": house.actor, "at": moment(at), "wall": moment(at)}
        sent = checkout.send_payment_code(**asked, given=read(PaymentCodeInput, {"member": of.number}))
        (code,) = (each for each in identity.codes_to_send(moment(at)) if each.masked == sent.masked)
        wrong = read(PaymentProofInput, {"member": of.number, "code": "x"})
        with pytest.raises(OneTimeCodeWrong):
            checkout.prove_payment(**asked, given=wrong)
        given = read(PaymentProofInput, {"member": of.number, "code": code.code})
        return checkout.prove_payment(**asked, given=given).proof

    with pytest.raises(ProofNeeded):
        house.sell("2026-05-03 12:00", "HUNDRED", **wallet)
    with pytest.raises(ProofNotGood):
        house.sell("2026-05-03 12:00", "HUNDRED", proof=proof(mei, "2026-05-03 12:00"), **wallet)
    hers = proof(li, "2026-05-03 12:00")
    assert house.sell("2026-05-03 12:01", "HUNDRED", proof=hers, **wallet).paid == 10000
    with pytest.raises(ProofNotGood):
        house.sell("2026-05-03 12:02", "HUNDRED", proof=hers, **wallet)
    late = proof(li, "2026-05-03 13:00")
    with pytest.raises(ProofNotGood):
        house.sell("2026-05-03 13:10", "HUNDRED", proof=late, **wallet)


@pytest.mark.parametrize("code", ["12345", "1234567", "111111", "123456", "987654", "12345a", "１２３４５６"])
def test_a_pin_is_not_what_anybody_guesses(code: str) -> None:
    house = world(LADDER)
    li = house.enrol(card=None)
    with pytest.raises(PinTooWeak):
        pin(house, li, code)


def test_its_money_is_in_the_drawer_and_no_turnover() -> None:
    house = world(LADDER)
    li = house.enrol(card=None)
    clerk = {"shop": "S1", "till": "1", "opening": "100.00", "clerk": "小何"}
    shift = checkout.open_shift(actor=house.actor, at=moment("2026-05-02 09:00"), given=read(OpenShiftInput, clerk))
    paid = [{"means": "cash", "amount": "300.00"}, {"means": "wechat", "amount": "200.00"}]
    made = store(house, "2026-05-02 12:00", li.number, "500.00", tenders=paid, clerk="小何")
    house.sell(
        "2026-05-02 13:00", "HUNDRED", member=li.number, clerk="小何",
        tenders=[{"means": "wallet", "amount": "60.00"}, {"means": "cash", "amount": "40.00"}],
    )  # fmt: skip
    back = refund(house, "2026-05-02 14:00", made.id, clerk="小何")
    assert (back.refund, back.bonus_back) == (44000, 5000)
    assert back.tenders == (("cash", 26400), ("wechat", 17600))
    sheet = queries.shift(house.actor, shift.id, moment("2026-05-02 15:00")).sheet
    assert sheet["stored"] == {"count": 1, "amount": 50000, "refunds": 1, "refund": 44000}
    # 100 of float, 40 for goods, 300 − 264 for stored value.
    assert sheet["tenders"]["cash"] == {"sales": 4000, "refunds": 0, "stored": 3600, "expected": 17600}
    assert sheet["tenders"]["wechat"] == {"sales": 0, "refunds": 0, "stored": 2400, "expected": 2400}
    counted = [{"means": "cash", "amount": "176.00"}, {"means": "wechat", "amount": "24.00"}]
    given = read(HandOverInput, {"shift": shift.id, "counted": counted})
    checkout.hand_over(actor=house.actor, at=moment("2026-05-02 21:00"), given=given)
    closing = read(CloseDayInput, {"shop": "S1"})
    day = checkout.close_day(actor=house.actor, at=moment("2026-05-02 22:00"), given=closing).document
    assert day["sales"]["paid"] == 10000
    assert day["net"] == {"cash": 4000}
    assert day["stored"] == {
        "count": 1, "amount": 50000, "bonus": 5000, "refunds": 1, "refund": 44000, "bonus_back": 5000, "spent": 6000,
        "back": 0, "tenders": {"wechat": 2400, "cash": 3600},
    }  # fmt: skip
    # What is stored late, for a day that is closed, is told by the next close, once.
    store(house, "2026-05-03 12:00", li.number, "100.00", when="2026-05-02 20:00")
    told = [
        checkout.close_day(actor=house.actor, at=moment(f"2026-05-0{n} 22:00"), given=closing).document["stored"]
        for n in (3, 4)
    ]
    assert [each["amount"] for each in told] == [10000, 0]


@pytest.mark.parametrize(
    ("day", "begins"), [("2026-05-31", "2026-04-01"), ("2026-04-01", "2026-04-01"), ("2026-12-31", "2026-10-01")]
)
def test_a_quarter_begins_on_the_first_whatever_the_day(day: str, begins: str) -> None:
    assert quarter_begins(date.fromisoformat(day)) == date.fromisoformat(begins)


def test_the_slip_of_a_top_up_and_of_its_refund() -> None:
    """500 with 50 on top; 100 spent, bonus first, then 400 back: 50 of principal is kept for the bonus spent."""
    house = world(LADDER, clause(2, "tender", "spend: bonus_first"))
    li = house.enrol(card=None)
    made = store(house, "2026-05-02 12:00", li.number, "500.00", tenders=[{"means": "wechat", "amount": "500.00"}])
    sale = house.sell(
        "2026-05-03 12:00", "HUNDRED", member=li.number, tenders=[{"means": "wallet", "amount": "100.00"}]
    )
    back = refund(house, "2026-05-04 12:00", made.id)
    slip = queries.stored_receipt(house.actor, made.id)
    assert (slip.number, slip.sums[-1][1], [amount for _, amount in slip.tenders]) == (made.number, 50000, [50000])
    assert [value.zh for _, value in slip.member][:4] == [li.number, "¥50.00", "¥500.00", "¥50.00"]
    gone = queries.stored_receipt(house.actor, made.id, 1)
    assert [amount for _, amount in gone.sums] == [-5000, back.refund]
    assert [value.zh for _, value in gone.member] == [li.number, "¥0.00", "¥0.00"]
    assert "400.00" in receipt_text(gone, 32, "zh")
    (left,) = [value.zh for word, value in queries.receipt(house.actor, sale.id).member if word.zh == "储值余额"]
    assert left == "¥450.00"
