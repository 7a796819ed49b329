"""Leaving by oneself: the phone is free, the profile retired, agreements and devices ended, money not kept."""

from __future__ import annotations

import pytest

from huiguan.identity.refusals import ProofNotGood
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import LeaveProgramme
from huiguan.members.refusals import AlreadyLeft
from huiguan.visits import opening, operations, queries
from huiguan.visits.inputs import EraseMember, JoinByPhone, SetConsent
from huiguan.visits.models import Visit
from huiguan.visits.refusals import NotSignedIn
from tests.visits.world import AT, HERS, MINUTE, NOBODYS, WALL, World


def test_she_leaves_and_may_join_again_from_the_beginning(shop: World) -> None:
    visit, actor = shop.come_in(HERS), shop.member(shop.lin)
    operations.set_consent(actor=actor, at=AT, given=SetConsent(what="marketing", given=True))
    hers = f"member:{shop.lin.number}"
    for stranger in (shop.proof(NOBODYS, purpose="leave", subject=hers), "guessed"):
        with pytest.raises(ProofNotGood):
            operations.leave(actor=actor, at=AT, wall=WALL, proof=stranger)
    proof = shop.proof(HERS, WALL + MINUTE, "leave", hers)
    left = operations.leave(actor=actor, at=AT + MINUTE, wall=WALL + MINUTE, proof=proof, reason="搬家了")
    assert left.standing == "left"
    told = members.member(shop.actor, shop.lin.number, AT + MINUTE)
    assert (told.standing, told.standing_reason, told.phone_tail) == ("left", "搬家了", "")
    assert [field.value for field in told.profile if field.name == "birthday"] == [None]
    assert queries.visit_of(shop.actor.programme, visit.token, WALL) is None
    assert not queries.agreed_to(shop.lin.membership, "marketing")
    assert members.phone_holder(shop.actor.programme, HERS, AT) is None
    with pytest.raises(AlreadyLeft):
        operations.leave(actor=actor, at=AT + MINUTE, wall=WALL, proof=proof)
    again = shop.come_in(HERS, WALL + 2 * MINUTE)
    assert again.stage == "stranger"
    form = read(JoinByPhone, {"name": "林溪", "consents": ["terms", "privacy"]})
    made = operations.join_by_phone(actor=shop.door, at=AT + MINUTE, given=form, token=again.token, wall=WALL)
    assert made.membership != shop.lin.membership


def test_whom_the_house_takes_out_is_out_at_her_devices(shop: World) -> None:
    visit = shop.come_in(HERS)
    given = LeaveProgramme(member=shop.lin.number, reason="违规")
    member_operations.leave_programme(actor=shop.actor, at=AT, given=given)
    assert queries.visit_of(shop.actor.programme, visit.token, WALL) is None


def test_whoever_is_erased_is_out_at_every_device_whatever_she_was(shop: World) -> None:
    visit = shop.come_in(HERS)
    given = LeaveProgramme(member=shop.lin.number, reason="违规")
    member_operations.leave_programme(actor=shop.actor, at=AT, given=given)
    Visit.objects.filter(pk=visit.id).update(device="", address="203.0.113.9")
    erased = EraseMember(member=shop.lin.number, reason="本人要求")
    assert operations.erase_member(actor=shop.actor, at=AT + MINUTE, given=erased).devices == 1
    assert Visit.objects.get(pk=visit.id).address == ""
    assert opening.found(shop.actor.programme, visit.token, WALL) is None


def test_nobody_leaves_for_another(shop: World) -> None:
    given = LeaveProgramme(member=shop.lin.number)
    with pytest.raises(Forbidden):
        member_operations.leave_programme(actor=shop.member(shop.su), at=AT, given=given)
    with pytest.raises(NotSignedIn):
        operations.leave(actor=shop.door, at=AT, wall=WALL, proof="x")
    assert members.member(shop.actor, shop.lin.number, AT).standing == "active"
