"""A member's account is opened by a one-time code that nobody can read back, try for long, or use twice (B40-06, B40-15)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiguan.identity import operations, queries
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.identity.models import OneTimeCode
from huiguan.identity.refusals import OneTimeCodeWrong
from huiguan.identity.values import ProvedCode
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read

WALL = datetime(2031, 1, 1, 12, 0, tzinfo=UTC)
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PHONE = "13800000001"
pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> str:
    """The digits of the code just sent."""
    given = read(IssueCode, {"purpose": "sign_in", "address": PHONE})
    operations.issue_code(actor=system(1, "portal"), at=AT, given=given, wall=WALL)
    return queries.codes_to_send(WALL)[-1].code


def check(code: str) -> ProvedCode:
    given = read(CheckCode, {"purpose": "sign_in", "address": PHONE, "code": code})
    return operations.check_code(actor=system(1, "portal"), at=AT, given=given, wall=WALL)


def test_after_five_wrong_tries_the_right_one_opens_nothing(code: str) -> None:
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(OneTimeCodeWrong):
            check(wrong)
    with pytest.raises(OneTimeCodeWrong):
        check(code)


def test_it_opens_once(code: str) -> None:
    assert check(code).purpose == "sign_in"
    with pytest.raises(OneTimeCodeWrong):
        check(code)


def test_neither_the_digits_nor_the_phone_stand_in_the_table(code: str) -> None:
    (row,) = OneTimeCode.objects.values_list()
    stored = " ".join(bytes(each).hex() if isinstance(each, bytes | memoryview) else str(each) for each in row)
    assert PHONE not in stored
    assert code not in [str(each) for each in row]
