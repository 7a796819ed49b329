"""What a standing means, and the refusal that names why a member may not."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.members.models import Change, Membership
from huiguan.members.refusals import MemberSuspended
from huiguan.members.values import ACTIVE

STANDINGS = {
    "active": Text(zh="正常", en="active"),
    "suspended": Text(zh="暂停", en="suspended"),
    "merged": Text(zh="已合并", en="merged"),
    "left": Text(zh="已退会", en="left"),
}
CARD_STATUSES = {
    "none": Text(zh="无卡", en="not issued"),
    "active": Text(zh="在用", en="active"),
    "waiting": Text(zh="待开通", en="not opened for use yet"),
    "frozen": Text(zh="冻结", en="frozen"),
    "lost": Text(zh="挂失", en="lost"),
    "replaced": Text(zh="更换", en="replaced"),
    "void": Text(zh="作废", en="void"),
    "expired": Text(zh="过期", en="expired"),
    "transferred": Text(zh="换持卡人", en="taken over"),
}


def reason_of(membership: int) -> str:
    """Why the standing is what it is, as the person wrote it; '' at the beginning."""
    newest = Change.objects.filter(membership_id=membership, what="standing").order_by("-at", "-seq").first()
    return newest.cause if newest is not None and newest.before else ""


def demand_active(member: Membership) -> None:
    """MemberSuspended unless the membership is active."""
    if member.standing != ACTIVE:
        raise MemberSuspended(field="member", number=member.number, reason=reason_of(member.pk))
