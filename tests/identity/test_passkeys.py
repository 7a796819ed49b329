"""Passkeys: both ceremonies, and every way in which an answer does not hold."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiguan.identity import operations, queries
from huiguan.identity.inputs import DemandSecondFactor, NamePasskey, PasskeyNumbered, RegisterPasskey, StaffNamed
from huiguan.identity.models import Passkey
from huiguan.identity.refusals import (
    PasskeyNameTaken,
    PasskeyRefused,
    PasskeyTaken,
    ProofTooOld,
    SecondFactorDemanded,
    SignInMustWait,
)
from huiguan.identity.values import PASSKEY, Ceremony, KnownPasskey, OpenSession, SignedIn
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from tests.identity.conftest import AT, House, hire
from tests.identity.device import PRESENT, Device

WALL = datetime(2026, 7, 24, 10, 0, tzinfo=UTC)


def ceremony(site: str = "members.example", origin: str = "https://members.example") -> Ceremony:
    return Ceremony(site, origin, os.urandom(32))


def clerk(house: House, username: str = "mei") -> tuple[Actor, OpenSession]:
    actor = queries.actor_of_staff(hire(house.owner, username, ("clerk", "S1")), AT)
    known = operations.sign_in(username=username, password="Peony-2026", wall=WALL)
    return actor, operations.begin_session(known=known, wall=WALL)


def register(
    actor: Actor, session: OpenSession, device: Device, name: str = "phone", held: Ceremony | None = None
) -> KnownPasskey:
    asked = ceremony()
    options = queries.passkey_to_register(actor, session.id, WALL, asked, "澹宁")
    given = RegisterPasskey(name=name, credential=device.registers(options))
    return operations.register_passkey(
        actor=actor, at=AT, session=session.id, wall=WALL, given=given, ceremony=held or asked
    )


def come_in(device: Device, held: Ceremony | None = None, staff: int | None = None, **lies: Any) -> SignedIn:
    asked = ceremony()
    credential = device.signs(queries.passkey_to_present(asked, staff), **lies)
    return operations.sign_in_with_passkey(ceremony=held or asked, credential=credential, wall=WALL, staff_id=staff)


def test_a_passkey_opens_without_name_and_password(house: House) -> None:
    mei, session = clerk(house)
    device = Device()
    known = register(mei, session, device)
    assert (known.name, known.site, known.used_at) == ("phone", "members.example", None)
    in_ = come_in(device)
    assert (in_.staff, in_.how, in_.second) == (mei.id, PASSKEY, ())
    assert (Passkey.objects.get().sign_count, Passkey.objects.get().used_at) == (1, WALL)


def test_what_the_browser_is_asked_takes_a_verified_user_and_tells_no_name(house: House) -> None:
    mei, session = clerk(house)
    options = queries.passkey_to_register(mei, session.id, WALL, ceremony(), "澹宁")
    assert options["rp"] == {"name": "澹宁", "id": "members.example"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    device = Device()
    register(mei, session, device)
    assert device.handle is not None and len(device.handle) == 32
    again = queries.passkey_to_register(mei, session.id, WALL, ceremony(), "澹宁")
    assert len(again["excludeCredentials"]) == 1
    anybody = queries.passkey_to_present(ceremony())
    assert (anybody["userVerification"], anybody["allowCredentials"]) == ("required", [])


def test_as_a_second_step_it_must_be_hers(house: House) -> None:
    mei, session = clerk(house)
    lan, other = clerk(house, "lan")
    hers, anothers = Device(), Device()
    register(mei, session, hers)
    register(lan, other, anothers)
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL).second == (PASSKEY,)
    with pytest.raises(PasskeyRefused):
        come_in(anothers, staff=mei.id)
    assert come_in(hers, staff=mei.id).staff == mei.id


@pytest.mark.parametrize(
    "lies",
    [
        {"flags": PRESENT},  # nobody was verified
        {"flags": 0},
        {"count": 5},  # a copy of the device, or the same answer again
        {"count": 4},
        {"handle": b"somebody else's handle, 32 bytes!"},
    ],
)
def test_an_answer_that_does_not_hold_opens_nothing(house: House, lies: dict[str, Any]) -> None:
    mei, session = clerk(house)
    device = Device()
    register(mei, session, device)
    device.count = 4
    come_in(device)
    with pytest.raises(PasskeyRefused):
        come_in(device, **lies)


def test_the_answer_is_to_this_challenge_at_this_site(house: House) -> None:
    mei, session = clerk(house)
    device = Device()
    register(mei, session, device)
    for held in (ceremony(), ceremony(site="evil.example"), ceremony(origin="https://evil.example")):
        with pytest.raises(PasskeyRefused):
            come_in(device, held)
    elsewhere = replace(device, site="evil.example")
    with pytest.raises(PasskeyRefused):
        come_in(elsewhere)
    forged = Device(id=device.id, handle=device.handle)
    with pytest.raises(PasskeyRefused):
        come_in(forged)
    assert come_in(device).staff == mei.id


def test_one_answer_opens_once(house: House) -> None:
    mei, session = clerk(house)
    device = Device()
    register(mei, session, device)
    asked = ceremony()
    credential = device.signs(queries.passkey_to_present(asked))
    operations.sign_in_with_passkey(ceremony=asked, credential=credential, wall=WALL)
    with pytest.raises(PasskeyRefused):
        operations.sign_in_with_passkey(ceremony=asked, credential=credential, wall=WALL)


@pytest.mark.parametrize(
    "credential", ["{}", "[]", "nonsense", '{"id": "x"}', '{"id":"AA","rawId":"AA","type":"public-key","response":{}}']
)
def test_nonsense_opens_nothing(house: House, credential: str) -> None:
    with pytest.raises(PasskeyRefused):
        operations.sign_in_with_passkey(ceremony=ceremony(), credential=credential, wall=WALL)
    mei, session = clerk(house)
    with pytest.raises(PasskeyRefused):
        operations.register_passkey(
            actor=mei, at=AT, session=session.id, wall=WALL, ceremony=ceremony(),
            given=RegisterPasskey(name="x", credential=credential),
        )  # fmt: skip


def test_registering_is_refused_by_name(house: House) -> None:
    mei, session = clerk(house)
    lan, other = clerk(house, "lan")
    device = Device()
    register(mei, session, device)
    with pytest.raises(PasskeyTaken):
        register(lan, other, device)
    with pytest.raises(PasskeyNameTaken):
        register(mei, session, Device(), "phone")
    with pytest.raises(PasskeyRefused):
        register(mei, session, Device(), "other", held=ceremony())
    with pytest.raises(PasskeyRefused):
        register(mei, session, Device(flags=PRESENT), "unverified")
    with pytest.raises(ProofTooOld):
        register(mei, other, Device(), "through another's session")
    assert Passkey.objects.count() == 1


def test_named_and_removed_by_its_owner_alone(house: House) -> None:
    mei, session = clerk(house)
    lan, other = clerk(house, "lan")
    device = Device()
    made = register(mei, session, device)
    numbered = PasskeyNumbered(passkey=made.id)
    with pytest.raises(NotFound):
        operations.rename_passkey(actor=lan, at=AT, given=NamePasskey(passkey=made.id, name="mine"))
    with pytest.raises(NotFound):
        operations.remove_passkey(actor=lan, at=AT, session=other.id, wall=WALL, given=numbered)
    renamed = operations.rename_passkey(actor=mei, at=AT, given=NamePasskey(passkey=made.id, name="till"))
    assert renamed.name == "till"
    operations.remove_passkey(actor=mei, at=AT, session=session.id, wall=WALL, given=numbered)
    with pytest.raises(PasskeyRefused):
        come_in(device)


def test_the_last_one_stays_where_a_post_demands_it(house: House) -> None:
    mei, session = clerk(house)
    first, second = register(mei, session, Device()), register(mei, session, Device(), "till")
    operations.demand_second_factor(actor=house.owner, at=AT, given=DemandSecondFactor(post="clerk", demanded=True))
    operations.remove_passkey(actor=mei, at=AT, session=session.id, wall=WALL, given=PasskeyNumbered(passkey=first.id))
    with pytest.raises(SecondFactorDemanded):
        operations.remove_passkey(
            actor=mei, at=AT, session=session.id, wall=WALL, given=PasskeyNumbered(passkey=second.id)
        )


def test_who_left_comes_in_with_no_passkey(house: House) -> None:
    mei, session = clerk(house)
    device = Device()
    register(mei, session, device)
    operations.dismiss_staff(actor=house.owner, at=AT, given=StaffNamed(username="mei"), wall=WALL)
    with pytest.raises(PasskeyRefused):
        come_in(device)
    operations.readmit_staff(actor=house.owner, at=AT + timedelta(days=1), given=StaffNamed(username="mei"))
    with pytest.raises(PasskeyRefused):
        come_in(device)


def test_an_address_that_tries_is_slowed_down(house: House) -> None:
    for _ in range(30):
        with pytest.raises(PasskeyRefused):
            operations.sign_in_with_passkey(ceremony=ceremony(), credential="{}", wall=WALL, origin="203.0.113.9")
    with pytest.raises(SignInMustWait):
        operations.sign_in_with_passkey(ceremony=ceremony(), credential="{}", wall=WALL, origin="203.0.113.9")
