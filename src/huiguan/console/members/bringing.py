"""Who brought a member and whom she brought, as her page draws it; and the sheet that asks who did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, always
from huiguan.console.members.knowing import Member
from huiguan.console.wording import clause_refs
from huiguan.design.values import Mark, Why, Words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text, either
from huiguan.members import operations
from huiguan.members import queries as members
from huiguan.members.inputs import NameReferrer
from huiguan.members.values import ReferralTold
from huiguan.rules.referring import clause_of

STATES = {
    "waiting": Mark(Text(zh="等首单", en="Waiting"), "draft"),
    "rewarded": Mark(Text(zh="已给", en="Given"), "ok"),
    "lapsed": Mark(Text(zh="未成", en="Not reached")),
    "undone": Mark(Text(zh="已收回", en="Taken back"), "warn"),
}


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """`label`: brought by, or brought; `other` the other member and her page; `why` what came of it."""

    label: Words
    other: str
    href: str
    since: date | datetime
    mark: Mark
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Bringing:
    """Her code for friends, and the rows."""

    code: str
    rows: tuple[ReferralRow, ...]


def bringing_of(member: Member) -> Bringing | None:
    """Nothing where the rulebook gives nothing for it."""
    if clause_of(member.rulebook) is None:
        return None
    actor, number = member.now.actor, member.told.number
    found = members.referrals(actor, number, member.now.at)
    return Bringing(members.referral_code(actor, number), tuple(_row(member, each) for each in found))


def may_name(member: Member, bringing: Bringing | None) -> bool:
    """Whether who brought her may still be noted: she has bought nothing, and nobody is noted yet."""
    if bringing is None or not member.now.actor.may("enrol"):
        return False
    bought = member.facts.purchases_before(member.now.at) > 0
    return not bought and all(row.label != _BY for row in bringing.rows)


_BY = Text(zh="由谁推荐", en="Brought by")
_HERS = Text(zh="推荐了", en="Brought")


def _row(member: Member, told: ReferralTold) -> ReferralRow:
    mine = told.friend == member.told.number
    other = told.referrer if mine else told.friend
    return ReferralRow(
        _BY if mine else _HERS, other, f"/members/{other}/", member.local(told.at).date(), STATES[told.state],
        _why(member, told, "friend" if mine else "referrer"),
    )  # fmt: skip


def _why(member: Member, told: ReferralTold, who: str) -> Why | None:
    """The last reason, with what she got of it."""
    if not told.reasons:
        return None
    reason = told.reasons[-1]
    says = member.rulebook.clauses[reason.clause].module.SAYS[reason.say].both(**reason.values)
    got = told.given.get(who, {})
    points, coupon = got.get("points"), got.get("coupon")
    zh, en = says["zh"], says["en"]
    if points:
        zh, en = f"{zh}得 {points} 分。", f"{en} {points} {either(points, 'point', 'points')}."
    if coupon:
        zh, en = f"{zh}券 {coupon}。", f"{en} Coupon {coupon}."
    return Why(Text(zh=zh, en=en), clause_refs(member.rulebook, [told.clause]))


def _name(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(NameReferrer, {"member": member.told.number, "referrer": form["referrer"]})
    made = operations.name_referrer(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已登记由 {made.referrer} 推荐", en=f"Noted: brought by {made.referrer}")


REFERRER = Deed(
    "enrol",
    Text(zh="登记推荐人", en="Who brought this member"),
    lambda member: Text(
        zh="须在首单之前登记，登记后不改。写推荐码，或推荐人的会员号、卡号、手机。",
        en="Noted before the first purchase and not changed after. By code, number, card or mobile of whoever did.",
    ),
    always(Blank("referrer", Text(zh="推荐码", en="Code"))),
    Text(zh="登记", en="Note it"),
    _name,
)
