"""Coupons as their holder reads them: what each is, until when, by which clause, what became of it."""

from __future__ import annotations

from huiguan.checkout import queries as checkout
from huiguan.checkout.inputs import MemberReference
from huiguan.design.values import Mark, Why, Words
from huiguan.design.wording import coupon_title
from huiguan.entitlements.values import HeldRight
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.portal.acting import clause_refs
from huiguan.portal.books.pages import Coupon, CouponsPage, Offered
from huiguan.portal.knowing import Member
from huiguan.rules.kinds import coupon

STATES = {
    "ready": Mark(Text(zh="可用", en="Ready"), "ok"),
    "waiting": Mark(Text(zh="未到日子", en="Not yet"), "draft"),
    "reserved": Mark(Text(zh="为您留着", en="Kept for you"), "warn"),
    "locked": Mark(Text(zh="在付款中", en="Being paid with"), "draft"),
    "given": Mark(Text(zh="转赠中", en="On its way"), "draft"),
    "taken": Mark(Text(zh="已送出", en="Given away")),
    "used": Mark(Text(zh="已用", en="Used")),
    "expired": Mark(Text(zh="过期", en="Run out")),
    "lapsed": Mark(Text(zh="没有领", en="Not claimed")),
    "revoked": Mark(Text(zh="已收回", en="Taken back"), "stop"),
}
STEPS = {
    "granted": Text(zh="得到", en="Came"),
    "used": Text(zh="用掉", en="Used"),
    "restored": Text(zh="退回", en="Given back"),
}
PENDING = ("waiting", "reserved", "locked", "given")


def coupons_page(member: Member) -> CouponsPage:
    """What may be claimed; what is held, what ends soonest first; what is gone, the last first."""
    held = sorted(
        member.told.rights,
        key=lambda each: (each.right.valid_until is None, each.right.valid_until or each.right.granted_at),
    )
    told = [(each.state, _coupon(member, each)) for each in held]
    return CouponsPage(
        ready=[each for state, each in told if state == "ready"],
        waiting=[each for state, each in told if state in PENDING],
        gone=[each for state, each in told if state != "ready" and state not in PENDING][::-1],
        offers=_offers(member),
        turns_in=bool(member.rulebook.of("coupon")),
    )


def _offers(member: Member) -> list[Offered]:
    """What the rulebook lets her claim, with why she may not where she may not."""
    found = checkout.coupon_offers(member.now.actor, member.now.at, MemberReference(number=member.told.number))
    return [
        Offered(
            each.coupon,
            each.title,
            each.terms,
            each.left,
            each.of,
            Why(each.why, clause_refs(member.now, each.clause)) if each.why else None,
        )
        for each in found
    ]


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
        state=held.state,
        gives=_gives(member, held),
        outside=held.outside,
        told=[Why(clause.text, clause_refs(member.now, right.clause))] if clause else [],
        facts=steps,
    )


def _gives(member: Member, held: HeldRight) -> bool:
    """Whether its clause lets her give it to a friend."""
    clause = coupon.product_of(member.rulebook, held.right)
    return held.state == "ready" and clause is not None and coupon.terms(clause).give is not None


def _ends(member: Member, held: HeldRight) -> Words:
    right, zone = held.right, member.rulebook.zone
    if held.state == "waiting":
        since = right.valid_from.astimezone(zone)
        return Text(zh=f"{since:%Y-%m-%d %H:%M} 起可用", en=f"good from {since:%Y-%m-%d %H:%M}")
    if right.valid_until is None:
        return Text(zh="没有期限", en="no end")
    end = end_of_day_text(right.valid_until, zone)
    return Text(zh=f"{end} 到期", en=f"ends {end}")
