"""What each month's end gives: birthday vouchers for the month that follows, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiguan.entitlements import queries as entitlements
from huiguan.entitlements.validity import state_at
from huiguan.members import operations
from huiguan.members.inputs import RestoreMember, SuspendMember
from huiguan.members.models import GrantRun

from .conftest import Scene, moment

END_OF_MAY = moment("2026-05-31 24:00")
SECOND = timedelta(seconds=1)


def birthdays(scene: Scene) -> dict[str, list[str]]:
    """Member number -> the occasions of her birthday vouchers."""
    told = {}
    for number in ("DW000001", "DW000002", "DW000003", "DW000004"):
        vouchers = [held.right for held in scene.page(number, moment("2030-01-01 00:00")).rights]
        told[number] = sorted(
            right.valid_from.isoformat()[:10] for right in vouchers if right.name == "birthday_voucher"
        )
    return told


@pytest.fixture
def four(scene: Scene) -> Scene:
    """Born in May, June (the last day), July, and on 29 February; joined in March."""
    days = ("1990-05-31", "1990-06-30", "1990-07-01", "1992-02-29")
    for place, day in enumerate(days):
        scene.enrol(f"王{place}", f"1380000000{place}", profile={"birthday": day})
    return scene


def test_nothing_is_due_before_the_end_of_the_month(four: Scene) -> None:
    assert operations.grant_due(four.programme, moment("2026-03-31 23:59")) == 0
    assert not GrantRun.objects.exists()


def test_the_end_of_may_gives_to_june_only(four: Scene) -> None:
    operations.grant_due(four.programme, END_OF_MAY - SECOND)
    before = birthdays(four)
    assert operations.grant_due(four.programme, END_OF_MAY) == 1
    after = birthdays(four)
    assert {number for number in after if after[number] != before[number]} == {"DW000002"}
    membership = four.page("DW000002").membership
    voucher = entitlements.rights_of([membership])[membership][-1]
    assert (voucher.clause, voucher.worth, voucher.granted_at) == ("B55-11", 10000, END_OF_MAY)
    ends = moment("2026-06-30 24:00")
    moments = (END_OF_MAY - SECOND, END_OF_MAY, ends - SECOND, ends)
    assert [state_at(voucher, at) for at in moments] == ["waiting", "ready", "ready", "expired"]


def test_a_night_run_twice_gives_once(four: Scene) -> None:
    assert operations.grant_due(four.programme, END_OF_MAY) == 2  # April for May, May for June
    assert operations.grant_due(four.programme, END_OF_MAY) == 0
    GrantRun.objects.all().delete()
    assert operations.grant_due(four.programme, END_OF_MAY) == 0
    assert sum(len(given) for given in birthdays(four).values()) == 2


def test_months_that_were_missed_are_caught_up(four: Scene) -> None:
    given = operations.grant_due(four.programme, moment("2027-03-01 08:00"))
    assert given == 4
    assert [str(row.month_end)[:7] for row in GrantRun.objects.order_by("month_end")] == [
        "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12",
        "2027-01", "2027-02",
    ]  # fmt: skip
    assert birthdays(four)["DW000004"] == ["2027-01-31"]  # valid from 1 February, local: 31 January 16:00 UTC


def test_the_suspended_and_those_who_came_later_get_nothing(four: Scene) -> None:
    suspension = SuspendMember(member="DW000002", reason="x")
    operations.suspend_member(actor=four.manager, at=END_OF_MAY - SECOND, given=suspension)
    four.enrol("赵云", "13800000009", at=END_OF_MAY, profile={"birthday": "1990-06-10"})
    operations.grant_due(four.programme, moment("2026-05-01 08:00"))
    assert operations.grant_due(four.programme, END_OF_MAY) == 0


@pytest.mark.parametrize(("suspended", "given"), [("2026-05-31 23:59", 0), ("2026-06-01 00:01", 1)])
def test_a_late_night_gives_to_those_who_were_active_then(four: Scene, suspended: str, given: int) -> None:
    """Suspended before the month's end and restored since, or only after it: the night may be written in July."""
    operations.grant_due(four.programme, moment("2026-05-01 08:00"))
    suspension = SuspendMember(member="DW000002", reason="x")
    operations.suspend_member(actor=four.manager, at=moment(suspended), given=suspension)
    if not given:
        restored = RestoreMember(member="DW000002", reason="x")
        operations.restore_member(actor=four.manager, at=moment("2026-06-02 08:00"), given=restored)
    assert operations.grant_due(four.programme, END_OF_MAY + timedelta(days=5)) == given


def test_many_members_in_batches(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiguan.members.operations.granting.BATCH", 2)
    forms = [scene.form(f"王{i}", f"139{i:08d}", card=f"C{i:06d}") for i in range(5)]
    operations.enrol_members(actor=scene.owner, at=moment("2026-05-01 10:00"), given=forms)
    assert operations.grant_due(scene.programme, END_OF_MAY) == 5
