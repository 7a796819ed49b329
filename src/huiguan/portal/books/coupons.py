"""Coupons as their holder reads them: what each is, until when, by which clause, what became of it."""

from __future__ import annotations

from huiguan.design.values import Mark, Why, Words
from huiguan.design.wording import coupon_title
from huiguan.entitlements.values import HeldRight
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.portal.acting import clause_refs
from huiguan.portal.books.pages import Coupon, CouponsPage
from huiguan.portal.knowing import Member

STATES = {
    "ready": Mark(Text(zh="可用", en="Ready"), "ok"),
    "waiting": Mark(Text(zh="未到日子", en="Not yet"), "draft"),
    "used": Mark(Text(zh="已用", en="Used")),
    "expired": Mark(Text(zh="过期", en="Run out")),
}
STEPS = {
    "granted": Text(zh="得到", en="Given"),
    "used": Text(zh="用掉", en="Used"),
    "restored": Text(zh="退回", en="Given back"),
}


def coupons_page(member: Member) -> CouponsPage:
    """What ends soonest first; what is gone, the last first."""
    held = sorted(
        member.told.rights,
        key=lambda each: (each.right.valid_until is None, each.right.valid_until or each.right.granted_at),
    )
    told = [_coupon(member, each) for each in held]
    states = [each.state for each in held]
    return CouponsPage(
        ready=[each for each, state in zip(told, states, strict=True) if state == "ready"],
        waiting=[each for each, state in zip(told, states, strict=True) if state == "waiting"],
        gone=[each for each, state in zip(told, states, strict=True) if state not in ("ready", "waiting")][::-1],
    )


def _coupon(member: Member, held: HeldRight) -> Coupon:
    right, zone = held.right, member.rulebook.zone
    clause = member.rulebook.clauses.get(right.clause)
    steps: list[tuple[Words, Words]] = [
        (STEPS.get(step.what, Text(zh="变动", en="Changed")), f"{step.at.astimezone(zone):%Y-%m-%d %H:%M}")
        for step in held.steps
    ]
    return Coupon(
        id=right.id,
        name=coupon_title(member.rulebook, right.name, right.clause),
        code=right.code,
        worth=right.worth,
        mark=STATES.get(held.state, Mark(Text(zh="停用", en="Closed"))),
        ends=_ends(member, held),
        ready=held.state == "ready",
        told=[Why(clause.text, clause_refs(member.now, right.clause))] if clause else [],
        facts=steps,
    )


def _ends(member: Member, held: HeldRight) -> Words:
    right, zone = held.right, member.rulebook.zone
    if held.state == "waiting":
        since = right.valid_from.astimezone(zone)
        return Text(zh=f"{since:%Y-%m-%d %H:%M} 起可用", en=f"good from {since:%Y-%m-%d %H:%M}")
    if right.valid_until is None:
        return Text(zh="没有期限", en="no end")
    end = end_of_day_text(right.valid_until, zone)
    return Text(zh=f"{end} 到期", en=f"ends {end}")
