"""What dues say of a member: in arrears while one charge is, free again once the last one is settled or was a mistake."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiguan.billing import operations
from huiguan.billing.inputs import AgreeShare
from huiguan.billing.models import Charge
from huiguan.billing.refusals import SharesTooLarge
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day
from huiguan.members import operations as members_do
from huiguan.members import queries as members
from huiguan.members.inputs import RestoreMember
from huiguan.rehearsal.rehearsing import rehearse
from tests.billing.dues_world import OWED_SINCE, do, with_dues
from tests.console.world import World, found_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    return with_dues(found_world())


def key_of(world: World, number: str) -> int:
    return members.membership(world.actor, number)


def late(world: World, charge: Any) -> datetime:
    """The nights on which a charge is reminded of, and the one on which being late has its consequence."""
    at = OWED_SINCE
    for days in (1, 30, 91):
        at = OWED_SINCE + (charge.due - local_day(OWED_SINCE, ZoneInfo("Asia/Shanghai"))) + timedelta(days=days)
        operations.follow_dues(programme=world.actor.programme, at=at)
    return at + timedelta(days=1)


def in_arrears(world: World) -> list[str]:
    return [
        each.cause for each in members.marks(world.actor, world.hero) if each.name == "arrears" and each.until is None
    ]


def test_a_charge_raised_in_error_and_taken_back_suspends_nobody(world: World) -> None:
    (made,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    at = late(world, made)
    key = key_of(world, world.hero)
    assert members.standing_at(key, at) == "suspended"
    do(world, "cancel_charge", at=at, charge=made.number, reason="开错")
    assert members.standing_at(key, at) == "active"


def test_in_arrears_until_the_last_late_charge_is_settled(world: World) -> None:
    (one,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    (two,) = do(world, "raise_charge", at=OWED_SINCE + timedelta(days=200), member=world.hero, fee="yearly")
    late(world, one)
    at = late(world, two)
    key = key_of(world, world.hero)
    assert Charge.objects.exclude(followed_at=None).count() == 2
    do(world, "cancel_charge", at=at, charge=two.number, reason="x")
    assert in_arrears(world) == [one.number]
    assert members.standing_at(key, at) == "suspended"
    do(world, "cancel_charge", at=at, charge=one.number, reason="x")
    assert in_arrears(world) == []


def test_parts_agreed_for_a_later_day_count_too(world: World) -> None:
    other = world.enrol("王芳", "13900000021", "DN7001").number

    def agree(member: str, since: str) -> None:
        given = read(AgreeShare, {"share": "commission", "member": member, "part": "60%", "since": since})
        operations.agree_share(actor=world.actor, at=OWED_SINCE, given=given)

    agree(world.hero, "2027-01-01")
    with pytest.raises(SharesTooLarge):
        agree(other, "2026-11-01")


def paid_until(world: World) -> list[str]:
    found = members.marks(world.actor, world.hero)
    return [each.value for each in found if each.name == "paid_until" and each.until is None]


def test_paid_until_is_what_is_paid_still(world: World) -> None:
    """Money taken back takes what it paid for with it; an older charge paid later takes back nothing of a newer one."""
    (one,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    (two,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly", day="2027-02-01")
    newer = {"charges": [two.number], "member": world.hero, "means": "terminal", "amount": as_yuan(two.amount)}
    receipt = do(world, "receive_money", at=OWED_SINCE, **newer)
    assert paid_until(world) == ["2027-12-31"]
    do(world, "receive_money", at=OWED_SINCE, member=world.hero, means="terminal", amount=as_yuan(one.amount))
    assert paid_until(world) == ["2027-12-31"]
    do(world, "undo_money", at=OWED_SINCE + timedelta(days=1), money=receipt.number, reason="退票")
    assert paid_until(world) == ["2026-12-31"]


def standing(world: World, at: datetime) -> str:
    return members.standing_why(world.actor, world.hero, at).standing


def imposed(world: World, at: datetime, until: datetime | None) -> None:
    """What a measure does to the membership."""
    to = "suspended" if until is not None else None
    members_do.impose(
        programme=world.actor.programme, membership=key_of(world, world.hero), to=to, until=until, at=at, actor="x",
        clause="", cause="P000001",
    )  # fmt: skip


def test_dues_that_fall_due_while_a_measure_suspends_do_so_afterwards(world: World) -> None:
    (made,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    until = OWED_SINCE + timedelta(days=400)
    imposed(world, OWED_SINCE, until)
    late(world, made)
    assert standing(world, until) == "active"
    operations.follow_dues(programme=world.actor.programme, at=until)
    assert standing(world, until) == "suspended"
    do(world, "receive_money", at=until, member=world.hero, means="terminal", amount=as_yuan(2 * made.amount))
    assert standing(world, until) == "active"


def test_who_is_let_in_again_by_hand_stays_in(world: World) -> None:
    (made,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    at = late(world, made)
    given = RestoreMember(member=world.hero, reason="已承诺")
    members_do.restore_member(actor=world.actor, at=at, given=given)
    operations.follow_dues(programme=world.actor.programme, at=at + timedelta(days=1))
    assert standing(world, at + timedelta(days=1)) == "active"


def test_money_taken_back_suspends_again(world: World) -> None:
    (made,) = do(world, "raise_charge", at=OWED_SINCE, member=world.hero, fee="yearly")
    at = late(world, made)
    money = {"member": world.hero, "means": "terminal", "amount": as_yuan(2 * made.amount)}
    receipt = do(world, "receive_money", at=at, **money)
    assert standing(world, at) == "active"
    do(world, "undo_money", at=at, money=receipt.number, reason="空头支票")
    assert standing(world, at) == "suspended"
    do(world, "receive_money", at=at, **money)
    assert standing(world, at) == "active"


@pytest.fixture
def called(settings: Any) -> World:
    """The house whose clause on the margin says that whoever is late with it is suspended."""
    settings.HUIGUAN_DEMO = True
    return with_dues(found_world(), "call: {workdays: 5, then: note}", "call: {workdays: 5, then: suspend}")


def night(world: World, at: datetime) -> str:
    operations.follow_dues(programme=world.actor.programme, at=at)
    return standing(world, at)


def test_a_deposit_called_while_a_measure_suspends_does_so_afterwards_until_it_is_held(called: World) -> None:
    """A tenth of 50,000 is called; what pays her dues does not make it up, and what made it up may be taken back."""
    until = OWED_SINCE + timedelta(days=40)
    do(called, "assess_deposit", at=OWED_SINCE, member=called.hero, deposit="margin", base="50000.00")
    imposed(called, OWED_SINCE, until)
    night(called, OWED_SINCE + timedelta(days=20))
    assert standing(called, until) == "active"
    assert night(called, until) == "suspended"
    (dues,) = do(called, "raise_charge", at=until, member=called.hero, fee="yearly")
    do(called, "receive_money", at=until, member=called.hero, means="terminal", amount=as_yuan(dues.amount))
    part = {"member": called.hero, "means": "terminal", "deposit": "margin"}
    do(called, "receive_money", at=until, amount="4999.99", **part)
    assert standing(called, until) == "suspended"
    last = do(called, "receive_money", at=until, amount="0.01", **part)
    assert standing(called, until) == "active"
    do(called, "undo_money", at=until + timedelta(days=1), money=last.number, reason="空头支票")
    assert standing(called, until + timedelta(days=1)) == "suspended"
    do(called, "assess_deposit", at=until + timedelta(days=2), member=called.hero, deposit="margin", base="49999.90")
    assert standing(called, until + timedelta(days=2)) == "active"


def test_dues_and_a_deposit_late_together_let_her_in_once_both_are_settled(called: World) -> None:
    do(called, "assess_deposit", at=OWED_SINCE, member=called.hero, deposit="margin", base="100.00")
    (dues,) = do(called, "raise_charge", at=OWED_SINCE, member=called.hero, fee="yearly")
    at = late(called, dues)
    assert standing(called, at) == "suspended"
    do(called, "receive_money", at=at, member=called.hero, means="terminal", deposit="margin", amount="10.00")
    assert standing(called, at) == "suspended"
    do(called, "receive_money", at=at, member=called.hero, means="terminal", amount=as_yuan(2 * dues.amount))
    assert standing(called, at) == "active"


def test_who_is_let_in_without_her_deposit_stays_in(called: World) -> None:
    do(called, "assess_deposit", at=OWED_SINCE, member=called.hero, deposit="margin", base="100.00")
    at = OWED_SINCE + timedelta(days=20)
    assert night(called, at) == "suspended"
    members_do.restore_member(actor=called.actor, at=at, given=RestoreMember(member=called.hero, reason="已承诺"))
    assert night(called, at + timedelta(days=1)) == "active"


PAID_FOR = """\
rulebook: association-dues
given: {shops: [S1]}
by: {post: owner}
parameters: {X-01: {kind: term, number: 一9, title: {zh: 交费即会员, en: As long as paid}, text: {zh: 会费交到哪天，会籍到哪天，宽限十天, en: Up to the day paid for and ten days of grace}, paid: yearly, grace: 10}}
---
clause: X-01
says: A member up to the last day paid for and through the grace; paying after that makes her one again, money taken back ends it then.
steps:
  - {at: 2026-01-10 10:00, do: enrol_member, as: li, with: {name: 李梅, phone: "13800000001", shop: S1}}
  - {ask: standing_why, with: {member: $li}, expect: {standing: active, ends_at: 2026-01-11 00:00, lapses_at: 2026-01-21 00:00}}
  - {do: raise_charge, as: first, with: {member: $li, fee: yearly}, expect: {amount: 1000.00, covers_last: 2026-12-31}}
  - {do: receive_money, with: {member: $li, amount: 999.99, means: terminal}}
  - {ask: standing_why, with: {member: $li}, expect: {ends_at: 2026-01-11 00:00}}
  - {do: receive_money, with: {member: $li, amount: 0.01, means: terminal}}
  - {ask: standing_why, with: {member: $li}, expect: {standing: active, ends_at: 2027-01-01 00:00}}
  - {at: 2026-12-20 10:00, do: renew_membership, with: {member: $li}, refused: NotRenewable, because: X-01}
  - {at: 2027-01-10 23:59:59, ask: standing_why, with: {member: $li}, expect: {standing: active}}
  - {at: 2027-01-11 00:00, ask: standing_why, with: {member: $li}, expect: {standing: lapsed}}
  - {at: 2027-02-01 10:00, do: run_fee, with: {fee: yearly}, expect: {charged: 0}}
  - {do: raise_charge, with: {member: $li, fee: reports}, refused: NothingToCharge}
  - {do: raise_charge, as: second, with: {member: $li, fee: yearly}, expect: {amount: 1000.00, covers_last: 2027-12-31}}
  - {do: receive_money, as: paid, with: {member: $li, amount: 1000.00, means: terminal}}
  - {ask: standing_why, with: {member: $li}, expect: {standing: active, ends_at: 2028-01-01 00:00}}
  - {at: 2027-02-03 10:00, do: undo_money, with: {money: $paid.number, reason: 空头支票}}
  - {ask: standing_why, with: {member: $li}, expect: {standing: lapsed, ends_at: 2027-01-01 00:00}}
  - {do: receive_money, with: {member: $li, amount: 1000.00, means: terminal}}
  - {ask: standing_why, with: {member: $li}, expect: {standing: active, ends_at: 2028-01-01 00:00}}
---
clause: X-01
says: With nothing paid she is a member on the day she joined and through the grace.
steps:
  - {at: 2026-01-10 10:00, do: enrol_member, as: li, with: {name: 李梅, phone: "13800000001", shop: S1}}
  - {at: 2026-01-20 23:59:59, ask: standing_why, with: {member: $li}, expect: {standing: active}}
  - {at: 2026-01-20 24:00, ask: standing_why, with: {member: $li}, expect: {standing: lapsed}}
"""
PAID_BEFORE = """\
rulebook: pledge-association
by: {post: owner}
given: {bodies: {committee: 7}}
parameters: {X-01: {kind: term, number: 九9, title: {zh: 交费即会员, en: As long as paid}, text: {zh: 会费交到哪天，会籍到哪天, en: Up to the day paid for}, paid: dues}}
---
clause: X-01
says: What is paid before she is a member counts from the beginning.
steps:
  - {at: 2026-05-06 10:00, do: open_matter, as: m, by: {applicant: guest}, with: {procedure: joining, submit: true, name: 王芳, member_type: person, phone: "13800000001"}}
  - {do: sign_acceptance, by: {applicant: $m}, with: {matter: $m, acceptance: pledge, edition: '1', signer: 王芳}}
  - {do: decide_matter, by: {post: member_office}, with: {matter: $m, verdict: pass}}
  - {do: record_roll, by: {post: member_office}, with: {matter: $m, minutes: 纪要 1, held_on: 2026-05-06, 'yes': [1, 2, 3, 4], 'no': [5, 6, 7]}}
  - {ask: members, as: found, with: {text: 王芳}}
  - {do: raise_charge, with: {member: $found.0.number, fee: dues}}
  - {do: receive_money, with: {member: $found.0.number, amount: 200.00, means: transfer, reference: A1}}
  - {ask: standing_why, with: {member: $found.0.number}, expect: {standing: approved, ends_at: null}}
  - {at: 2026-05-07 10:00, do: decide_matter, by: {post: member_office}, with: {matter: $m, verdict: pass}, expect: {state: passed}}
  - {ask: standing_why, with: {member: $found.0.number}, expect: {standing: active, ends_at: 2027-05-06 00:00}}
"""


def test_a_membership_lasts_as_long_as_it_is_paid(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    for said in (PAID_FOR, PAID_BEFORE):
        path.write_text(said, encoding="utf-8")
        assert not [each.message.en for each in rehearse([path]) if each.message.en]
