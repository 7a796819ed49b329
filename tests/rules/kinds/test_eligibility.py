"""What a member must have before a grant is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from huiguan.kernel.moments import whole_years
from huiguan.rules.effects import NOTHING, Reason, Refuse
from huiguan.rules.explaining import sentence
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import eligibility
from tests.rules.buying import DAY
from tests.rules.writing import compiled, findings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MEMBER = MemberFacts(1, "M1", "active", NOW, "", NOW, None, None, profile_complete=True)
GRANT = ("grant", "on: card_issued, name: gift, worth: 10.00")
RULE = ("eligibility", "grants: [gift], needs: [profile_complete]")


def test_a_complete_profile_may_have_the_gift() -> None:
    decision = eligibility.decide(compiled(GRANT, RULE), "gift", MEMBER)
    assert decision.reasons == (Reason("T-02", "complete", True, {"grant": "gift"}),)
    assert decision.effects == ()


def test_an_incomplete_profile_is_told_and_not_refused() -> None:
    programme = compiled(GRANT, RULE)
    decision = eligibility.decide(programme, "gift", replace(MEMBER, profile_complete=False))
    assert decision.effects == ()
    assert decision.reasons == (Reason("T-02", "incomplete", False, {"grant": "gift"}),)
    assert sentence(programme, decision.reasons[0], "zh") == "资料还没填齐，补齐后才能领取。"


def test_other_grants_are_not_governed() -> None:
    assert eligibility.decide(compiled(GRANT, RULE), "other", MEMBER) == NOTHING


def test_a_grant_that_is_not_there_is_refused_with_its_neighbour() -> None:
    (finding,) = findings(GRANT, ("eligibility", "grants: [gfit], needs: [profile_complete]"))
    assert (finding.code, finding.clause, finding.line) == ("unknown_grant", "T-02", 7)
    assert finding.text.en == "No grant clause is named gfit. Did you mean gift?"


def test_only_declared_needs_can_be_named() -> None:
    (finding,) = findings(GRANT, ("eligibility", "grants: [gift], needs: [profile]"))
    assert (finding.code, finding.path) == ("wrong_value", "needs.0")
    assert finding.text.en == "needs.0: must be one of profile_complete, identity, phone"


@pytest.mark.parametrize(
    ("receipts", "say"),
    [
        ([], "no_purchase"),
        ([4999], "too_little"),
        ([3000, 3000], "too_little"),
        ([5000], "bought"),
        ([1, 9000], "bought"),
    ],
)
def test_joining_takes_one_purchase_that_is_large_enough(receipts: list[int], say: str) -> None:
    bought = [(amount, 1) for amount in receipts]
    decision = eligibility.joining(compiled(("eligibility", "purchase: 50.00")), bought)
    assert [reason.say for reason in decision.reasons] == [say]
    refused = [effect.code for effect in decision.effects if isinstance(effect, Refuse)]
    assert refused == ([] if say == "bought" else ["PurchaseNeeded"])


@pytest.mark.parametrize(("of_the_day", "say"), [(True, "bought"), (False, "no_purchase")])
def test_the_purchase_may_have_to_be_of_the_day(of_the_day: bool, say: str) -> None:
    rulebook = compiled(("eligibility", "purchase: 50.00, same_day: true"))
    assert [reason.say for reason in eligibility.joining(rulebook, [(5000, 0 if of_the_day else 1)]).reasons] == [say]


def test_without_the_clause_joining_takes_nothing() -> None:
    assert eligibility.joining(compiled(("statement", "")), []) == NOTHING


def test_nobody_on_the_staff_joins_where_a_clause_says_so() -> None:
    programme = compiled(("eligibility", "staff: never"))
    (effect,) = eligibility.not_staff(programme, works_here=True).effects
    assert isinstance(effect, Refuse) and effect.code == "StaffCannotJoin"
    assert eligibility.not_staff(programme, works_here=False) is NOTHING
    assert eligibility.not_staff(compiled(GRANT, RULE), works_here=True) is NOTHING


def test_an_incomplete_registration_opens_no_card() -> None:
    programme = compiled(("eligibility", "uses: [card], needs: [profile_complete]"))
    assert eligibility.using(programme, MEMBER) is NOTHING
    (effect,) = eligibility.using(programme, replace(MEMBER, profile_complete=False)).effects
    assert isinstance(effect, Refuse) and effect.code == "RegistrationInvalid"
    assert eligibility.using(compiled(GRANT, RULE), replace(MEMBER, profile_complete=False)) is NOTHING


OF_AGE = compiled(("eligibility", "age_from: 18, age_to: 60"))


@pytest.mark.parametrize(
    ("born", "says_"),
    [
        (date(2008, 6, 15), "of_age"),  # eighteen today
        (date(2008, 6, 16), "too_young"),
        (date(1965, 6, 16), "of_age"),  # sixty until tomorrow
        (date(1965, 6, 15), "too_old"),
        (None, "age_unknown"),
    ],
)
def test_joining_by_age(born: date | None, says_: str) -> None:
    decision = eligibility.of_age(OF_AGE, born, DAY)
    assert [reason.say for reason in decision.reasons] == [says_]
    refused = [effect.code for effect in decision.effects if isinstance(effect, Refuse)]
    assert refused == ([] if says_ == "of_age" else ["NotOfAge"])


def test_born_on_the_leap_day() -> None:
    assert whole_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert whole_years(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert eligibility.of_age(compiled(("statement", "")), None, DAY) == NOTHING


@pytest.mark.parametrize(
    ("other", "traits"),
    [
        (("eligibility", "age_from: 18"), ["age"]),
        (("member_type", "type: youth, called: {zh: 青年, en: youth}, age_under: 18"), ["age"]),
        (("profile", "fields: [{name: birthday, title: {zh: 生日, en: Birthday}, type: date}]"), []),
        (("eligibility", "purchase: 100.00"), []),
    ],
)
def test_what_joining_may_not_go_by(other: tuple[str, str], traits: list[str]) -> None:
    """Asking for a birthday is no limit; letting it decide is."""
    rules = findings(("eligibility", "blind_to: [sex, age]"), other)
    assert [(found.code, found.clause) for found in rules] == [("goes_by", "T-01")] * len(traits)


def test_a_procedure_that_counts_or_demands_by_it() -> None:
    form = (
        "name: joining, of: record, opened_by: [staff], fields: [{name: gender, title: {zh: 性别, en: Sex}}, "
        "{name: born, title: {zh: 籍贯, en: From}}], stages: [{stage: a, title: {zh: 审, en: A}, by: {post: owner}}]"
    )
    fair = ("eligibility", "blind_to: [sex, religion]")
    assert [found.code for found in findings(fair, ("procedure", form))] == []
    counted = ("procedure", form + ", quota: [{by: gender, answer: 女, places: 1}]")
    demanded = ("procedure", form + ", demands: [{field: gender, one_of: [女]}]")
    for other in (counted, demanded):
        assert [found.code for found in findings(fair, other)] == ["goes_by"]


@pytest.mark.parametrize(
    ("bought", "say"),
    [
        ([(40000, 0), (40000, 89)], "bought_together"),  # the ninetieth day, that of joining counted
        ([(40000, 0), (40000, 90)], "too_little"),
        ([(40000, 0), (39999, 1)], "too_little"),
        ([(79999, -1), (1, 0)], "bought"),  # one large enough, whatever its day
        ([(50000, 400)], "bought"),
    ],
)
def test_purchases_together_are_another_way_in(bought: list[tuple[int, int]], say: str) -> None:
    rules = compiled(("eligibility", "purchase: 500.00"), ("eligibility", "together: 800.00, days: 90"))
    decision = eligibility.joining(rules, bought)
    assert decision.reasons[0].say == say
    assert len(decision.effects) == (say == "too_little")


@pytest.mark.parametrize("wrong", ["together: 800.00", "days: 90", "purchase: 1.00, together: 800.00, days: 90"])
def test_a_way_in_is_said_whole(wrong: str) -> None:
    assert [(found.level, found.clause) for found in findings(("eligibility", wrong))] == [("refuse", "T-01")]
