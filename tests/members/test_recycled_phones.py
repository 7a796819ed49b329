"""A phone that is another person's now: asked for a second fact, and never the former holder's account."""

from __future__ import annotations

import pytest

from huiguan.kernel.inputs import read
from huiguan.members import operations, queries, refusals
from huiguan.members.inputs import ReleasePhone
from tests.members.conftest import Scene, moment

JOINED, YEARS_ON = moment("2022-03-01 10:00"), moment("2026-03-01 10:00")
PHONE = "13800000001"


def test_the_phone_of_somebody_seen_lately_is_taken(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(refusals.PhoneTaken):
        scene.enrol(name="王芳", card="HB9", new_holder=True, profile={"birthday": "1995-01-02"})


def test_a_new_owner_needs_a_second_fact_and_gets_an_account_of_her_own(scene: Scene) -> None:
    former = scene.enrol(at=JOINED)
    scene.open(former.number, at=JOINED, bill="B1", points=100)
    with pytest.raises(refusals.PhoneDormant) as told:
        scene.enrol(name="王芳", card="HB9", at=YEARS_ON)
    assert told.value.values["seen"] == "2022-03-01"
    with pytest.raises(refusals.SecondFactNeeded):  # the birthday is the former holder's
        scene.enrol(name="王芳", card="HB9", at=YEARS_ON, new_holder=True)
    assert queries.membership(scene.owner, PHONE) == former.membership

    made = scene.enrol(name="王芳", card="HB9", at=YEARS_ON, new_holder=True, profile={"birthday": "1995-01-02"})

    assert made.membership != former.membership
    assert queries.membership(scene.owner, PHONE) == made.membership
    assert queries.membership(scene.owner, former.number) == former.membership
    (held,) = queries.phones(scene.owner, former.number)
    assert (held.tail, held.since, held.until) == ("0001", JOINED, YEARS_ON)


def test_who_bought_within_two_years_is_not_gone(scene: Scene) -> None:
    former = scene.enrol(at=JOINED)
    spend = [{"day": "2024-03-02", "amount": "100.00"}]
    scene.open(former.number, at=moment("2024-03-02 12:00"), bill="B1", spend=spend)
    with pytest.raises(refusals.PhoneTaken):
        scene.enrol(name="王芳", card="HB9", at=YEARS_ON, new_holder=True, profile={"birthday": "1995-01-02"})


def test_a_form_that_is_refused_otherwise_takes_no_phone_away(scene: Scene) -> None:
    former = scene.enrol(at=JOINED)
    form = scene.form(name="王芳", card="HB00001", new_holder=True, profile={"birthday": "1995-01-02"})
    (answer,) = operations.enrol_members(actor=scene.owner, at=YEARS_ON, given=[form])
    assert isinstance(answer, refusals.CardTaken)
    assert queries.membership(scene.owner, PHONE) == former.membership


def test_a_phone_given_up_finds_nobody_and_is_free(scene: Scene) -> None:
    one = scene.enrol()
    given = read(ReleasePhone, {"member": one.number, "reason": "换号"})
    done = operations.release_phone(actor=scene.manager, at=YEARS_ON, given=given)
    assert (done.changed, done.missing) == (("phone",), ("phone",))
    assert queries.find(scene.owner, PHONE) == ()
    other = scene.enrol(name="王芳", card="HB9", at=YEARS_ON)
    assert queries.membership(scene.owner, PHONE) == other.membership
    with pytest.raises(refusals.NothingToChange):
        operations.release_phone(actor=scene.manager, at=YEARS_ON, given=given)


def test_an_identity_number_finds_its_holder_whole(scene: Scene) -> None:
    """The rulebook asks for none, so it is kept as any other field would be: sealed, and found by its blind index."""
    one = scene.enrol(profile={"opinion": "11010519491231002X"})
    assert [hit.number for hit in queries.find(scene.owner, "11010519491231002x")] == [one.number]
    assert queries.find(scene.owner, "110105194912310021") == ()
