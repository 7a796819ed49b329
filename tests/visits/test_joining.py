"""Joining by oneself: the rulebook's form, agreements apart from it, and a number's new owner."""

from __future__ import annotations

import pytest

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.members import queries as members
from huiguan.visits import operations, queries
from huiguan.visits.inputs import JoinByPhone, SetConsent
from huiguan.visits.refusals import ConsentNeeded, ConsentStays, NotAnotherPerson, NotSignedIn
from huiguan.visits.values import Joined, OpenVisit
from tests.visits.world import AT, LONG_GONE, MINUTE, NOBODYS, WALL, World

LATER = AT.replace(year=2027)
AGREED = ["terms", "privacy"]


def join(world: World, visit: OpenVisit, at=AT, key: str | None = None, **more: object) -> Joined:  # type: ignore[no-untyped-def]
    form = {"name": "沈禾", "shop": "HT", "consents": AGREED, **more}
    given = read(JoinByPhone, form)
    return operations.join_by_phone(actor=world.door, at=at, given=given, token=visit.token, wall=WALL, key=key)


def test_a_stranger_joins_at_the_shop_whose_code_she_scanned(shop: World) -> None:
    visit = shop.come_in(NOBODYS)
    made = join(shop, visit, key="k1", profile={"birthday": "1999-02-03"})
    assert join(shop, visit, key="k1", profile={"birthday": "1999-02-03"}) == made  # pressed twice
    told = members.member(shop.actor, made.number, AT)
    assert (told.name, told.phone_tail, str(told.birthday)) == ("沈禾", "0003", "1999-02-03")
    assert shop.clerk("jichun").shops == {told.joined_shop}
    assert queries.visit_of(shop.actor.programme, visit.token, WALL) is None, "the token of before opens nothing"
    found = queries.visit_of(shop.actor.programme, queries.next_token(visit.token), WALL)
    assert found is not None and (found.stage, found.number) == ("member", made.number)


def test_nothing_is_kept_of_a_form_that_is_refused(shop: World) -> None:
    visit = shop.come_in(NOBODYS)
    for wrong, refusal, field in (
        ({"name": ""}, InvalidInput, "profile.name"),
        ({"profile": {"birthday": "1999-02-30"}}, InvalidInput, "profile.birthday"),
        ({"shop": "NO"}, NotFound, "shop"),
        ({"consents": ["terms"]}, ConsentNeeded, "privacy"),
        ({"consents": ["privacy", "marketing"]}, ConsentNeeded, "terms"),
    ):
        with pytest.raises(refusal) as told:
            join(shop, visit, **wrong)
        assert told.value.field == field
    assert queries.visit_of(shop.actor.programme, visit.token, WALL).stage == "stranger"  # type: ignore[union-attr]
    join(shop, visit)
    with pytest.raises(NotSignedIn):
        join(shop, visit, name="另一位")


def test_agreements_are_kept_with_version_words_and_day(shop: World) -> None:
    made = join(shop, shop.come_in(NOBODYS))
    actor = type(shop.door)("member", made.membership, made.name, shop.actor.programme, membership=made.membership)
    told = {each.asked.what: (each.given, each.version) for each in queries.consents(actor, AT)}
    assert told == {
        "terms": (True, "1"),
        "privacy": (True, "2026-11"),
        "marketing": (False, "2026-11"),
    }
    assert not queries.agreed_to(made.membership, "marketing")
    operations.set_consent(actor=actor, at=AT, given=SetConsent(what="marketing", given=True))
    assert queries.agreed_to(made.membership, "marketing")
    operations.set_consent(actor=actor, at=AT + MINUTE, given=SetConsent(what="marketing", given=False))
    assert not queries.agreed_to(made.membership, "marketing")
    history = [(each.what, each.given) for each in queries.consent_history(actor)]
    assert history[:3] == [("marketing", False), ("marketing", True), ("marketing", False)]
    with pytest.raises(ConsentStays):
        operations.set_consent(actor=actor, at=AT, given=SetConsent(what="terms", given=False))


def test_a_numbers_new_owner_joins_and_never_sees_the_former(shop: World) -> None:
    visit = shop.come_in(LONG_GONE, WALL, LATER)
    for birthday in ({}, {"birthday": "1985-01-02"}):
        with pytest.raises(NotAnotherPerson) as refused:
            join(shop, visit, at=LATER, new_holder=True, profile=birthday)
        assert "苏叶" not in refused.value.say("zh") and shop.su.number not in refused.value.say("zh")
    with pytest.raises(NotAnotherPerson):
        join(shop, visit, at=LATER, profile={"birthday": "2001-01-02"})
    made = join(shop, visit, at=LATER, new_holder=True, profile={"birthday": "2001-01-02"})
    assert made.membership != shop.su.membership
    assert members.phone_holder(shop.actor.programme, LONG_GONE, LATER).membership == made.membership  # type: ignore[union-attr]
