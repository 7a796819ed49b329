"""A coupon's slip: by which clause it was given, when it is good, what became of it."""

from __future__ import annotations

from huiguan.console.members.books import STATES
from huiguan.console.members.knowing import Member
from huiguan.console.wording import clause_refs, coupon_title
from huiguan.design import markup
from huiguan.design.values import Slip, Why, Words
from huiguan.entitlements.values import HeldRight, RightStep
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.rules.kinds import grant

_COUPON = Text(zh="卡券", en="coupon")
_GIVEN = Text(zh="赠{title}一张。", en="{title} given.")
STEPS = {
    "granted": Text(zh="得到", en="Given"),
    "used": Text(zh="用掉", en="Used"),
    "restored": Text(zh="退回", en="Given back"),
    "reserved": Text(zh="为其保留", en="Reserved"),
    "locked": Text(zh="为订单锁定", en="Locked for an order"),
    "released": Text(zh="放开", en="Let go"),
    "given": Text(zh="转赠好友", en="Offered to a friend"),
    "returned": Text(zh="收回转赠", en="Taken back"),
    "taken": Text(zh="好友已接受", en="A friend accepted it"),
    "lapsed": Text(zh="逾期未领", en="Not claimed in time"),
    "revoked": Text(zh="收回", en="Revoked"),
}


def coupon_slip(member: Member, key: int) -> Slip:
    """The slip of the coupon with this key; NotFound where she never had it."""
    held = next((each for each in member.told.rights if each.right.id == key), None)
    if held is None:
        raise NotFound(field="coupon", what=_COUPON, given=f"#{key}")
    right = held.right
    title = coupon_title(member.rulebook, right.name, right.clause)
    values = {"title": {"zh": title.zh, "en": title.en}, "worth": right.worth, "code": right.code}
    said = grant.SAYS["granted"] if right.worth else _GIVEN
    clause = member.rulebook.clauses.get(right.clause)
    after = [Why(clause.text, clause_refs(member.rulebook, [right.clause]))] if clause else []
    return Slip(
        sentence=markup.filled(said, values, mark=True),
        after=after,
        facts=[*_validity(member, held), *(_step(member, step) for step in held.steps)],
    )


def _validity(member: Member, held: HeldRight) -> list[tuple[Words, Words]]:
    zone = member.rulebook.zone
    until: Words = Text(zh="没有期限", en="no end")
    if held.right.valid_until:
        until = end_of_day_text(held.right.valid_until, zone)
    return [
        (Text(zh="券号", en="Code"), held.right.code),
        (Text(zh="现状", en="State"), STATES[held.state].text),
        (Text(zh="有效至", en="Good until"), until),
        *([(Text(zh="外部码", en="Another house's code"), held.outside)] if held.outside else []),
    ]


def _step(member: Member, step: RightStep) -> tuple[Words, Words]:
    at = f"{member.local(step.at):%Y-%m-%d %H:%M}"
    return STEPS[step.what], at
