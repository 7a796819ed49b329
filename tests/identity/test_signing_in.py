"""Signing in: by name and password, slowed down after failures, on wall time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiguan.identity import operations
from huiguan.identity.inputs import StaffNamed
from huiguan.identity.models import SignInTrouble
from huiguan.identity.refusals import SignInMustWait, SignInRefused
from huiguan.identity.troubles import BORNE, LONGEST_WAIT, wait_after
from huiguan.identity.values import SignedIn
from tests.identity.conftest import AT, House, hire

WALL = datetime(2031, 1, 1, 12, 0, tzinfo=UTC)  # far from the domain's time: the two never meet
SECOND = timedelta(seconds=1)


def fail(times: int, username: str = "mei", wall: datetime = WALL, origin: str = "") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            operations.sign_in(username=username, password="wrong", wall=wall, origin=origin)


def test_the_right_name_and_password_sign_in(house: House) -> None:
    mei = hire(house.owner, "mei")
    signed = operations.sign_in(username=" MEI ", password="Peony-2026", wall=WALL)
    assert signed == SignedIn(staff=mei, programme=1, name="Mei", language="zh")


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("mei", "peony-2026"),
        ("mei", ""),
        ("nobody", "Peony-2026"),
        ("", ""),
        ("m" * 500, "x"),
        ("lan", ""),
        ("m\x00", "\x00"),
    ],
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(house: House, username: str, password: str) -> None:
    hire(house.owner, "mei")
    hire(house.owner, "lan", password=None)
    with pytest.raises(SignInRefused) as refused:
        operations.sign_in(username=username, password=password, wall=WALL)
    assert refused.value.as_problem()["values"] == {}
    assert refused.value.status == 401


def test_who_left_signs_in_no_more(house: House) -> None:
    hire(house.owner, "mei")
    operations.dismiss_staff(actor=house.owner, at=AT, given=StaffNamed(username="mei"))
    with pytest.raises(SignInRefused):
        operations.sign_in(username="mei", password="Peony-2026", wall=WALL)


def test_after_five_failures_even_the_right_password_waits(house: House) -> None:
    hire(house.owner, "mei")
    fail(5)
    with pytest.raises(SignInMustWait) as refused:
        operations.sign_in(username="mei", password="Peony-2026", wall=WALL)
    assert (refused.value.status, refused.value.values["seconds"]) == (429, 30)
    with pytest.raises(SignInMustWait) as nearly:
        operations.sign_in(username="mei", password="Peony-2026", wall=WALL + 30 * SECOND - timedelta(microseconds=1))
    assert nearly.value.values["seconds"] == 1
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL + 30 * SECOND).name == "Mei"
    fail(1, wall=WALL + 31 * SECOND)
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL + 32 * SECOND).name == "Mei"


def test_four_failures_are_borne(house: House) -> None:
    hire(house.owner, "mei")
    fail(4)
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL).name == "Mei"


def test_waiting_itself_does_not_lengthen_the_wait(house: House) -> None:
    hire(house.owner, "mei")
    fail(5)
    for _ in range(10):
        with pytest.raises(SignInMustWait):
            operations.sign_in(username="mei", password="wrong", wall=WALL + SECOND)
    assert SignInTrouble.objects.get().failures == 5


def test_failures_are_forgotten_after_an_hour(house: House) -> None:
    hire(house.owner, "mei")
    fail(4)
    fail(4, wall=WALL + timedelta(hours=1, seconds=1))
    assert SignInTrouble.objects.get().failures == 4


def test_one_address_trying_many_names_is_slowed_down(house: House) -> None:
    for i in range(BORNE["from"]):
        fail(1, username=f"name{i}", origin="203.0.113.9")
    with pytest.raises(SignInMustWait):
        operations.sign_in(username="boss", password="Peony-2026", wall=WALL, origin="203.0.113.9")
    assert operations.sign_in(username="boss", password="Peony-2026", wall=WALL, origin="198.51.100.7").name == "王老板"


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (10_000, 900)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert wait_after(failures, 5) == timedelta(seconds=seconds)
    assert timedelta(seconds=900) == LONGEST_WAIT
