"""Who else may buy in a member's name."""

from __future__ import annotations

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import relation
from tests.rules.buying import says
from tests.rules.writing import compiled

PROGRAMME = compiled(
    ("relation", "role: authorised_user, who: [friend, relative]"),
    ("relation", "role: authorised_user, earns_for: holder"),
)


@pytest.mark.parametrize(("kin", "admitted"), [("friend", True), ("relative", True), ("colleague", False)])
def test_who_may_be_listed(kin: str, admitted: bool) -> None:
    decision = relation.admits(PROGRAMME, kin)
    assert (decision.effects == ()) == admitted
    assert says(decision) == ([] if admitted else [("T-01", "not_this")])


@pytest.mark.parametrize(
    ("buyer", "told"),
    [
        ("王芳", [("T-02", "for_holder")]),
        ("赵强", [("T-01", "not_listed")]),
        (None, [("T-01", "not_named")]),
    ],
)
def test_who_may_buy(buyer: str | None, told: list[tuple[str, str]]) -> None:
    decision = relation.buying(PROGRAMME, buyer, {"王芳"})
    assert says(decision) == told
    refused = [effect.code for effect in decision.effects if isinstance(effect, Refuse)]
    assert refused == ([] if buyer == "王芳" else ["BuyerNotListed"])


def test_a_rulebook_that_says_nothing_shares_nothing_and_asks_nothing() -> None:
    silent = compiled(("statement", ""))
    assert not relation.shared(silent)
    assert relation.shared(PROGRAMME)
    assert relation.buying(silent, None, ()).effects == ()
