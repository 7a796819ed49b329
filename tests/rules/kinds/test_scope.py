"""Which shops a rulebook covers."""

from __future__ import annotations

from huiguan.rules.effects import NOTHING, Reason, Refuse
from huiguan.rules.explaining import sentence
from huiguan.rules.kinds import scope
from tests.rules.writing import compiled


def test_all_shops_are_covered() -> None:
    programme = compiled(("scope", "shops: all"))
    assert scope.decide(programme, "S1") == NOTHING
    assert compiled(("scope", "")).clauses["T-01"].parameters.shops == "all"  # type: ignore[attr-defined]


def test_a_rulebook_without_scope_covers_every_shop() -> None:
    assert scope.decide(compiled(("statement", "")), "S1") == NOTHING


def test_a_shop_that_is_not_named_is_refused_with_the_clause() -> None:
    programme = compiled(("scope", "shops: [S1, 2]".replace("2", '"2"')))
    assert scope.decide(programme, "2") == NOTHING
    decision = scope.decide(programme, "S3")
    reason = Reason("T-01", "outside", False, {"shop": "S3"})
    assert decision.effects == (Refuse("T-01", "ShopOutsideScope", "permission", "shop", {"reason": reason}),)
    assert decision.reasons == (reason,)
    assert sentence(programme, reason, "en") == "Shop S3 is not covered."
    assert sentence(programme, reason, "zh") == "门店 S3 不在适用范围内。"
