"""A card is entered on the day it is handed out, or marked late."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import NOTHING, Reason, Refuse, Warn
from huiguan.rules.explaining import sentence
from huiguan.rules.kinds import credential
from tests.rules.buying import sale
from tests.rules.writing import compiled

RULE = ("credential", "what: card, entered: same_day")


def test_the_same_day_is_in_time() -> None:
    decision = credential.decide(compiled(RULE), issued=date(2026, 3, 1), entered=date(2026, 3, 1))
    assert decision.effects == ()
    assert decision.reasons == (Reason("T-01", "on_time", True, {}),)


def test_the_next_day_is_late_and_not_refused() -> None:
    programme = compiled(RULE)
    decision = credential.decide(programme, issued=date(2025, 12, 31), entered=date(2026, 1, 1))
    values = {"issued": "2025-12-31", "entered": "2026-01-01", "days": 1}
    assert decision.effects == (Warn("T-01", "EnteredLate", values),)
    assert decision.reasons == (Reason("T-01", "late", False, values),)
    assert (
        sentence(programme, decision.reasons[0], "en")
        == "Issued on 31 Dec 2025, entered only on 1 Jan 2026 (days late: 1)."
    )


def test_a_rulebook_that_does_not_say_marks_nothing() -> None:
    for rule in (("statement", ""), ("credential", "what: card")):
        decision = credential.decide(compiled(rule), issued=date(2026, 1, 1), entered=date(2026, 2, 1))
        assert decision == NOTHING


def test_what_must_be_shown_stays_shut_until_it_is() -> None:
    programme = compiled(("credential", "what: card, shown: [card], opens: [points]"))
    assert credential.not_shown(programme, "points", sale(100)) is None
    assert credential.not_shown(programme, "points", sale(100, shown="phone")) == Reason(
        "T-01", "not_shown", False, {"what": "points"}
    )
    assert credential.not_shown(programme, "discount", sale(100, shown="none")) is None


def test_where_the_phone_is_the_account_a_clause_says_so() -> None:
    clause = credential.account_clause(compiled(("credential", "what: phone")))
    assert clause is not None and clause.id == "T-01"
    assert credential.account_clause(compiled(RULE)) is None


CARD = ("credential", "what: card, fee: 5.00, free_from: 50.00")
EARLY = ("credential", "what: card, free_before_opening: true")


@pytest.mark.parametrize(
    ("receipts", "paid", "early", "say", "stands"),
    [
        ([], 500, False, "paid", True),
        ([], 0, False, "fee_due", False),
        ([], 499, False, "fee_due", False),
        ([4999], 0, False, "fee_due", False),
        ([3000, 3000], 0, False, "fee_due", False),
        ([5000], 0, False, "bought", True),
        ([5000], 500, False, "nothing_due", False),
        ([], 0, True, "before_opening", True),
        ([], 500, True, "nothing_due", False),
    ],
)
def test_what_a_card_costs(receipts: list[int], paid: int, early: bool, say: str, stands: bool) -> None:
    decision = credential.cost(compiled(CARD, EARLY), purchases=receipts, paid=paid, before_opening=early)
    assert [reason.say for reason in decision.reasons] == [say]
    assert [effect.code for effect in decision.effects if isinstance(effect, Refuse)] == (
        [] if stands else ["CardFeeDiffers"]
    )


def test_a_card_costs_nothing_where_nobody_says_so() -> None:
    assert credential.cost(compiled(EARLY), purchases=[], paid=0, before_opening=False) is NOTHING


def test_the_card_makes_the_member() -> None:
    programme = compiled(("credential", "what: card, makes_member: true"))
    assert credential.membership(programme, "C1") is NOTHING
    (effect,) = credential.membership(programme, None).effects
    assert isinstance(effect, Refuse) and effect.code == "CardNeeded"


def test_until_when_a_card_waits() -> None:
    programme = compiled(("credential", "what: card, active_within: 7"))
    assert credential.opens_by(programme, date(2026, 3, 2)) == date(2026, 3, 9)
    assert credential.waiting(compiled(CARD), date(2026, 3, 2)) is None


def test_the_card_is_the_holder_s_alone() -> None:
    programme = compiled(
        ("credential", "what: card, shown: [card], opens: [discount]"), ("credential", "what: card, in_person: true")
    )
    assert credential.not_shown(programme, "discount", sale(100)) is None
    assert credential.not_shown(programme, "discount", sale(100, by_member=False)) == Reason(
        "T-02", "not_holder", False, {"what": "discount"}
    )


def test_the_number_on_the_slip() -> None:
    programme = compiled(("credential", "what: card, named: true"))
    (effect,) = credential.slip(programme, sale(100)).effects
    assert isinstance(effect, Refuse) and effect.code == "CardNotNamed"
    assert credential.slip(programme, sale(100, card_named=True)) is NOTHING
    assert credential.slip(programme, sale(100, shown="none")) is NOTHING
    assert credential.slip(compiled(RULE), sale(100)) is NOTHING
