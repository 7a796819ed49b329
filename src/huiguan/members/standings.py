"""What a standing means, since when and why, and the refusal that names why a member may not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiguan.kernel.text import Text
from huiguan.members.life_refusals import NotInForce
from huiguan.members.models import Change, Membership
from huiguan.members.refusals import MemberSuspended
from huiguan.members.values import ACTIVE, SUSPENDED
from huiguan.rules.programme import Programme
from huiguan.rules.standing import STANDINGS as STANDINGS
from huiguan.rules.standing import Dated, Turn, stands, turns

CARD_STATUSES = {
    "none": Text(zh="无卡", en="not issued"),
    "unissued": Text(zh="当时尚未发放", en="not issued at that moment"),
    "active": Text(zh="在用", en="active"),
    "waiting": Text(zh="待开通", en="not opened for use yet"),
    "frozen": Text(zh="冻结", en="frozen"),
    "lost": Text(zh="挂失", en="lost"),
    "replaced": Text(zh="更换", en="replaced"),
    "void": Text(zh="作废", en="void"),
    "expired": Text(zh="过期", en="expired"),
    "transferred": Text(zh="换持卡人", en="taken over"),
}
# The standing at %(at)s as SQL over a row `held`: the same as `rules.standing.stands` says.
NOW = """CASE
    WHEN held.standing IN ('exited', 'expelled') AND held.barred_until > %(at)s THEN 'barred'
    WHEN held.standing IN ('pending', 'provisional', 'exited', 'expelled', 'left', 'merged') THEN held.standing
    WHEN held.standing = 'approved' AND held.opens_at IS NULL THEN 'approved'
    WHEN held.exits_at <= %(at)s THEN CASE WHEN held.barred_until > %(at)s THEN 'barred' ELSE 'exited' END
    WHEN held.lapses_at <= %(at)s AND held.standing <> 'frozen' THEN 'lapsed'
    WHEN held.standing = 'suspended' AND held.resumes_at <= %(at)s THEN 'active'
    WHEN held.standing = 'approved' AND held.opens_at <= %(at)s THEN 'active'
    ELSE held.standing END"""


def dated(row: Membership) -> Dated:
    """The moments ahead of a membership's standing."""
    return Dated(row.opens_at, row.resumes_at, row.lapses_at, row.exits_at, row.barred_until)


def standing_of(row: Membership, at: datetime) -> str:
    """Where the membership stands at `at`, written down or not; for moments not before its newest change."""
    return stands(row.standing, dated(row), at)


def due_turns(row: Membership, at: datetime) -> tuple[Turn, ...]:
    """What fell due by `at` and is not written down yet."""
    return turns(row.standing, dated(row), at)


def standing_since(row: Membership, at: datetime) -> datetime:
    """Since when it stands as it does at `at`."""
    due = due_turns(row, at)
    return due[-1].at if due else row.standing_since


def why(rulebook: Programme, clause: str | None, cause: str, values: Mapping[str, Any]) -> Text:
    """Why a change came about: the clause's own sentence where one decided, else what the person wrote."""
    say = values.get("say")
    if clause and say and clause in rulebook.clauses:
        sentence: Text | None = rulebook.clauses[clause].module.SAYS.get(say)
        if sentence is not None:
            return Text(**sentence.both(**values))
    return Text(zh=cause, en=cause)


def reason_of(membership: int) -> str:
    """Why the standing is what it is, as the person wrote it; '' at the beginning."""
    newest = Change.objects.filter(membership_id=membership, what="standing").order_by("-at", "-seq").first()
    return newest.cause if newest is not None and newest.before else ""


def demand_active(member: Membership, at: datetime) -> None:
    """MemberSuspended or NotInForce unless the membership is active at `at`."""
    now = standing_of(member, at)
    if now == SUSPENDED:
        raise MemberSuspended(field="member", number=member.number, reason=reason_of(member.pk))
    if now != ACTIVE:
        raise NotInForce(field="member", number=member.number, standing=STANDINGS[now])
