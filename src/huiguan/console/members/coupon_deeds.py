"""Coupons at the counter: claimed for a member, a code turned in, handed out and taken back by the house."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import MemberReference
from huiguan.checkout.inputs.coupons import CodeInput, CouponInput, HandOutInput, RevokeInput
from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, place_of
from huiguan.console.members.knowing import Member
from huiguan.design.values import Words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.rules.kinds import coupon

BY_CODE = "by_code"
_WHICH = Text(zh="哪张券", en="Which coupon")
_REASON = Text(zh="为什么，会留在账上", en="Why; it is kept")


def has_coupons(member: Member) -> bool:
    """Whether the rulebook has coupons of its own."""
    return bool(coupon.products(member.rulebook))


def _title(member: Member, name: str) -> Text:
    return coupon.terms(coupon.products(member.rulebook)[name]).title


def _claim_blanks(member: Member) -> Sequence[Blank]:
    """What she may claim now; or a code, of a leaflet say."""
    offers = queries.coupon_offers(member.now.actor, member.now.at, MemberReference(number=member.told.number))
    open_now = tuple((each.coupon, each.title) for each in offers if each.why is None)
    choices = (*open_now, (BY_CODE, Text(zh="凭券码", en="For a code")))
    return (Blank("coupon", _WHICH, choices=choices), Blank("code", Text(zh="券码", en="Code"), needed=False))


def _claim(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    number = member.told.number
    if form["coupon"] == BY_CODE or form["code"]:
        code = read(CodeInput, {"member": number, "code": form["code"]})
        made = checkout.claim_code(actor=now.actor, at=now.at, given=code, key=key)
    else:
        asked = read(CouponInput, {"member": number, "coupon": form["coupon"], **place_of(now)})
        made = checkout.claim_coupon(actor=now.actor, at=now.at, given=asked, key=key)
    title, code_said = _title(member, made.coupon), made.outside or made.code
    return Text(zh=f"已领{title.zh} · {code_said}", en=f"{title.en} claimed · {code_said}")


def _claim_explains(member: Member) -> Words:
    return Text(
        zh="可领的都在这里；传单上的码大小写、空格都不要紧。",
        en="What may be claimed stands here. Of a printed code, capitals and blanks do not matter.",
    )


def _hand_blanks(member: Member) -> Sequence[Blank]:
    choices = tuple((name, coupon.terms(each).title) for name, each in coupon.products(member.rulebook).items())
    return (Blank("coupon", _WHICH, choices=choices), Blank("reason", _REASON))


def _hand_out(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked = {"member": member.told.number, "coupon": form["coupon"], "reason": form["reason"]}
    made = checkout.hand_out_coupon(actor=now.actor, at=now.at, given=read(HandOutInput, asked), key=key)
    title = _title(member, made.coupon)
    return Text(zh=f"已发{title.zh} · {made.code}", en=f"{title.en} handed out · {made.code}")


def _revocable(member: Member) -> Sequence[Blank]:
    """What she holds and has not used."""
    held = [each.right for each in member.told.rights if each.state in ("ready", "waiting", "locked", "given")]
    named = [(each.code, coupon.title_of(member.rulebook, each)) for each in held]
    choices = tuple((code, Text(zh=f"{title['zh']} {code}", en=f"{title['en']} {code}")) for code, title in named)
    return (Blank("code", _WHICH, choices=choices), Blank("reason", _REASON))


def _revoke(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked = {"member": member.told.number, "code": form["code"], "reason": form["reason"]}
    made = checkout.revoke_coupon(actor=now.actor, at=now.at, given=read(RevokeInput, asked), key=key)
    return Text(zh=f"已收回 {made.code}", en=f"{made.code} is taken back")


COUPON_DEEDS: dict[str, Deed] = {
    "coupon": Deed(
        "sell", Text(zh="领券", en="Claim a coupon"), _claim_explains, _claim_blanks, Text(zh="领", en="Claim"), _claim
    ),
    "coupon-handout": Deed(
        "coupons",
        Text(zh="发券", en="Hand out a coupon"),
        lambda member: Text(
            zh="由门店发给会员，不占领取的名额。", en="Given by the house; it takes nothing from what may be claimed."
        ),
        _hand_blanks,
        Text(zh="发券", en="Hand it out"),
        _hand_out,
    ),
    "coupon-revocation": Deed(
        "coupons",
        Text(zh="收回券", en="Take a coupon back"),
        lambda member: Text(
            zh="未用的券可以收回，账上留有原因。", en="An unused coupon can be taken back; the reason is kept."
        ),
        _revocable,
        Text(zh="收回", en="Take it back"),
        _revoke,
    ),
}
