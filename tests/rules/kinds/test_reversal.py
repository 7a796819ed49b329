"""What a return takes back, and what must be settled when it is no longer there."""

from __future__ import annotations

from huiguan.rules.effects import Reason, Require
from huiguan.rules.kinds import reversal
from tests.rules.buying import told
from tests.rules.writing import compiled, designer_wear


def test_the_clauses_that_take_and_give_back() -> None:
    assert reversal.undo_clause(designer_wear(), "points") == "B55-22"
    assert reversal.back_clause(designer_wear(), "points") == "B55-23"
    assert reversal.undo_clause(designer_wear(), "stars") is None


def test_a_balance_that_covers_it_leaves_nothing_to_settle() -> None:
    assert reversal.shortfall(designer_wear(), "points", has=10, needs=10) == (None, None)


def test_what_is_missing_is_claimed_as_gift_or_cash() -> None:
    require, reason = reversal.shortfall(designer_wear(), "points", has=4, needs=10)
    assert require == Require("B55-23", "points", 6, 600, ("gift", "cash"))
    assert reason == Reason("B55-23", "shortfall", False, {"needs": 10, "has": 4, "gap": 6, "worth": 600})
    assert told(designer_wear(), (reason,)) == [
        (
            "应扣 10 分，现有 4 分，差 6 分：退回礼品，或补 ¥6.00。",
            "10 points are to be taken back and 4 are left; for the missing 6, return the gift or pay ¥6.00.",
        )
    ]


def test_a_rulebook_that_claims_nothing_lets_it_go() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00"), ("reversal", "unit: points, undo: earned")
    )
    assert reversal.shortfall(programme, "points", has=0, needs=10) == (None, None)
    assert reversal.back_clause(programme, "points") == "T-02"
