"""What is signed, by whom, in which edition, and what waits for it."""

from __future__ import annotations

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import acceptance
from huiguan.rules.kinds.acceptance import Signature
from tests.rules.writing import compiled, found

PLEDGE = compiled(("acceptance", "acceptance: pledge, edition: 2, before: [activation]"))
SLIP = compiled(("acceptance", "acceptance: slip, signs: [member, guide], before: [submission]"))


def refusals(book, before: str, *signed: Signature) -> list[Refuse]:
    return [e for e in acceptance.decide(book, before, signed).effects if isinstance(e, Refuse)]  # type: ignore[arg-type]


def test_without_the_pledge_nothing_is_opened() -> None:
    (refusal,) = refusals(PLEDGE, "activation")
    assert (refusal.code, refusal.rank, refusal.clause) == ("AcceptanceNeeded", "standing", "T-01")
    assert refusals(PLEDGE, "activation", Signature("pledge", "2", "member")) == []
    assert refusals(PLEDGE, "submission") == []


@pytest.mark.parametrize(("again", "say"), [("new_edition", "outdated"), ("never", "signed")])
def test_a_new_edition_is_signed_anew(again: str, say: str) -> None:
    book = compiled(("acceptance", f"acceptance: pledge, edition: 2, before: [activation], again: {again}"))
    clause = acceptance.clause_of(book, "pledge")
    assert clause is not None
    assert acceptance.standing(clause, [Signature("pledge", "1", "member")]).say == say


@pytest.mark.parametrize(
    ("signed", "lacking"), [((), ["会员", "导购"]), (("member",), ["导购"]), (("guide",), ["会员"])]
)
def test_both_sign_the_slip(signed: tuple[str, ...], lacking: list[str]) -> None:
    clause = acceptance.clause_of(SLIP, "slip")
    assert clause is not None
    reason = acceptance.standing(clause, [Signature("slip", "1", role) for role in signed])
    assert [each["zh"] for each in reason.values["lacking"]] == lacking
    assert acceptance.standing(clause, [Signature("slip", "1", role) for role in ("member", "guide")]).given


def test_purchases_are_signed_by_member_and_guide_within_days_of_purchases() -> None:
    house = ("acceptance", "acceptance: a, signs: [house], before: [counting]")
    assert ("refuse", "disagreement", "T-01") in found(house)
    assert ("refuse", "disagreement", "T-01") in found(("acceptance", "acceptance: a, within: 7"))
    assert found(("acceptance", "acceptance: a, signs: [member, guide], before: [counting], within: 7")) == []


def test_the_words_are_the_clauses_own_where_none_are_given() -> None:
    clause = acceptance.clause_of(PLEDGE, "pledge")
    assert clause is not None and acceptance.words(clause).zh == "正文"
    assert acceptance.editions(PLEDGE)["pledge"][1] == "2"


def test_an_acceptance_has_one_clause() -> None:
    assert ("refuse", "overlap", "T-02") in found(("acceptance", "acceptance: a"), ("acceptance", "acceptance: a"))
    assert found(("acceptance", "acceptance: a, signs: []"))[0][1] == "wrong_value"
