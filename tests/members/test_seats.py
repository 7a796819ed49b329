"""Places in bodies: taken for a term, vacant after it, given up, handed on; apart where the rulebook says so."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.identity import operations as identity
from huiguan.identity import queries as seats
from huiguan.identity.inputs import CreateStaff, HandOverSeat, SeatPerson, StaffNamed, VacateSeat
from huiguan.identity.models import Seat
from huiguan.identity.values import SeatHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations, queries
from huiguan.members.inputs import LeaveProgramme
from tests.members.bodies import with_bodies
from tests.members.conftest import RULEBOOK, Scene, moment, publish


@pytest.fixture
def house(scene: Scene) -> Scene:
    publish(scene.programme, with_bodies(RULEBOOK.read_text(encoding="utf-8")), "2025-06-01 09:00")
    for username in ("mei", "lan"):
        person = CreateStaff(username=username, name={"mei": "梅", "lan": "兰"}[username])
        identity.create_staff(actor=scene.owner, at=moment("2026-01-01 09:00"), given=person)
    return scene


def seat(house: Scene, at: str, place: int = 1, body: str = "council", **given: Any) -> SeatHeld:
    asked = {"body": body, "place": place, "resolution": "2026-1", **given}
    return operations.seat_person(actor=house.owner, at=moment(at), given=read(SeatPerson, asked))


def refused(code: str, do: Any) -> Refusal:
    before = list(Seat.objects.values_list("pk", "until"))
    with pytest.raises(Refusal) as told:
        do()
    assert told.value.code == code
    assert list(Seat.objects.values_list("pk", "until")) == before
    return told.value


def sits(house: Scene, at: str) -> list[tuple[int, str]]:
    return [(each.place, each.name) for each in seats.seats_of(house.programme, "council", moment(at))]


def test_a_term_ends_after_five_years_and_the_place_is_vacant_without_another(house: Scene) -> None:
    held = seat(house, "2026-03-01 10:00", staff="mei")
    assert (held.role, held.since, held.until) == ("chair", moment("2026-03-01 10:00"), moment("2031-03-01 00:00"))
    assert sits(house, "2031-02-28 23:59") == [(1, "梅")]
    assert sits(house, "2031-02-28 24:00") == []
    again = seat(house, "2031-02-01 10:00", staff="mei", since="2031-03-01")
    assert again.until == moment("2036-03-01 00:00")
    assert sits(house, "2031-02-28 24:00") == [(1, "梅")]
    third = refused("TermsUsedUp", lambda: seat(house, "2036-02-01 10:00", staff="mei", since="2036-03-01"))
    assert (third.clause, third.values["most"]) == ("T1-01", 2)
    told = queries.body(house.owner, "council", moment("2036-03-01 00:00"))
    assert (told.vacant, [each.since.year for each in told.places[0].past]) == (3, [2031, 2026])


def test_who_may_not_sit_where(house: Scene) -> None:
    at = "2026-03-01 10:00"
    seat(house, at, staff="mei")
    refused("SeatTaken", lambda: seat(house, at, staff="lan"))
    refused("AlreadySeated", lambda: seat(house, at, 2, staff="mei"))
    refused("ResolutionNeeded", lambda: seat(house, at, 2, staff="lan", resolution=""))
    refused("TermTooLong", lambda: seat(house, at, 2, staff="lan", until="2031-03-02"))
    assert refused("NotFound", lambda: seat(house, at, 4, staff="lan")).field == "place"
    assert refused("NotFound", lambda: seat(house, at, body="senate", staff="lan")).field == "body"
    assert refused("NotFound", lambda: seat(house, at, 2, staff="nobody")).field == "staff"
    refused("InvalidInput", lambda: seat(house, at, 2, staff="lan", name="兰"))
    refused("InvalidInput", lambda: seat(house, at, 2))
    # A supervisor is chosen from members with a purchase, which nobody on the staff is.
    refused("NotEligibleForSeat", lambda: seat(house, at, body="supervisors", staff="lan"))
    clerk = Actor("staff", 99, "店员", house.programme, frozenset({"sell"}))
    given = read(SeatPerson, {"body": "council", "place": 2, "name": "兰"})
    refused("Forbidden", lambda: operations.seat_person(actor=clerk, at=moment(at), given=given))


def test_a_place_is_given_up_and_handed_on_in_one_moment(house: Scene) -> None:
    seat(house, "2026-03-01 10:00", staff="mei")
    given = {"body": "council", "place": 1, "name": "周老师", "resolution": "2026-7", "why": "调任"}
    at = moment("2026-06-01 15:00")
    handed = operations.hand_over_seat(actor=house.owner, at=at, given=read(HandOverSeat, given), key="h")
    same = operations.hand_over_seat(actor=house.owner, at=at, given=read(HandOverSeat, given), key="h")
    assert (handed.id, handed.holder, handed.staff) == (same.id, "name:周老师", None)
    assert sits(house, "2026-06-01 14:59") == [(1, "梅")]
    assert sits(house, "2026-06-01 15:00") == [(1, "周老师")]
    vacate = read(VacateSeat, {"body": "council", "place": 1, "why": "辞任", "until": "2026-07-01"})
    operations.vacate_seat(actor=house.owner, at=moment("2026-06-02 09:00"), given=vacate)
    assert sits(house, "2026-06-30 23:59") == [(1, "周老师")]
    assert sits(house, "2026-06-30 24:00") == []
    refused(
        "SeatVacant", lambda: operations.vacate_seat(actor=house.owner, at=moment("2026-07-02 09:00"), given=vacate)
    )
    (mei,) = [each for each in seats.seat_terms(house.programme) if each.staff]
    assert (mei.why_ended, mei.until) == ("调任", at)


def test_a_member_sits_as_herself_until_she_leaves(house: Scene) -> None:
    number = house.enrol(phone="13900000007").number
    seat(house, "2026-03-02 10:00", 2, member="13900000007")
    (held,) = seats.seats_of(house.programme, "council", moment("2026-03-02 10:00"))
    herself = Actor("member", held.membership or 0, "会员", house.programme, membership=held.membership)
    assert seats.holds_seat(herself, "council", moment("2026-03-02 10:00")) == held
    assert seats.holds_seat(herself, "supervisors", moment("2026-03-02 10:00")) is None
    assert seats.holds_seat(house.owner, "council", moment("2026-03-02 10:00")) is None
    told = AuditEntry.objects.filter(operation="seat_person").latest("seq").given
    assert told["member"] == number  # never her phone
    left = LeaveProgramme(member=number)
    operations.leave_programme(actor=house.owner, at=moment("2026-05-01 10:00"), given=left)
    assert sits(house, "2026-05-01 10:00") == []


def test_who_is_dismissed_sits_nowhere(house: Scene) -> None:
    seat(house, "2026-03-01 10:00", staff="mei")
    seat(house, "2026-03-01 10:00", 2, staff="lan", since="2026-09-01")
    for username in ("mei", "lan"):
        identity.dismiss_staff(actor=house.owner, at=moment("2026-05-01 10:00"), given=StaffNamed(username=username))
    assert sits(house, "2026-05-01 10:00") == []
    assert sits(house, "2026-09-02 10:00") == []
    assert queries.body(house.owner, "council", moment("2026-09-02 10:00")).places[1].past == ()
