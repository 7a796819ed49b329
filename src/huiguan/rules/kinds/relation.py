"""Relation: who else may act for a member, and for whose account it counts.

"With the customer's consent colleagues, friends and relatives may share the account": the member names them, each with
what they are to her; at the till a person on the list may buy in her name, nobody else. What they buy earns for the
account's holder. A member may also bring a friend: once the friend's first purchase is large enough and nothing of it can
come back any more, both get something.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.findings import Finding
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="亲友共用", en="Who else may use it")
Kin = Literal["colleague", "friend", "relative"]


class Parameters(Base):
    """`role` somebody has. Of an authorised user: `who` may have it, `earns_for` whose account earns what they buy; on one
    local day they buy for at most `spend_a_day` and pay with at most `points_a_day`. Of a referrer: the friend's first
    purchase comes to `first_purchase` at least, `within` so many days of joining; `waits` so many whole days after it, what
    the friend and the referrer get: points of `unit`, a coupon by its name. The referrer gets it `most` times `per` month or
    year. `household`: fields of the form that may not be the same."""

    role: Literal["authorised_user", "referrer"]
    who: list[Kin] = []
    earns_for: Literal["holder"] | None = None
    spend_a_day: Yuan | None = None
    points_a_day: Positive | None = None
    first_purchase: Yuan | None = None
    within: Positive | None = None
    waits: Positive | None = None
    unit: Slug = "points"
    friend_points: Positive | None = None
    friend_coupon: Slug | None = None
    referrer_points: Positive | None = None
    referrer_coupon: Slug | None = None
    most: Positive | None = None
    per: Literal["month", "year"] = "year"
    household: list[Slug] = []


SAYS = {
    "not_listed": Text(
        zh="{buyer}不在会员登记的共用人之列。", en="{buyer} is not on the member's list of authorised users."
    ),
    "not_named": Text(zh="他人使用会员账号，请写明是谁。", en="Where somebody else uses the account, name who it is."),
    "for_holder": Text(zh="{buyer}购买，积分记在会员账上。", en="Bought by {buyer}; the points go to the member."),
    "spend_over": Text(
        zh="{buyer}当天已用这个账号买了 {had:yuan}，一天至多 {most:yuan}，这一单 {asked:yuan}。",
        en="{buyer} has bought for {had:yuan} on this account today; {most:yuan} a day are allowed, this comes to {asked:yuan}.",
    ),
    "points_over": Text(
        zh="{buyer}当天已用这个账号的 {had} 分，一天至多 {most} 分，这一单要用 {asked} 分。",
        en="{buyer} has paid with {had} {had:point|points} of this account today; {most} a day may be used, this takes {asked}.",
    ),
    "referred": Text(
        zh="{referrer}推荐，首单满 {least:yuan} 后双方有礼。",
        en="Brought by {referrer}: once the first purchase reaches {least:yuan} both get something.",
    ),
    "same_member": Text(zh="不能推荐自己。", en="Nobody brings themselves."),
    "same_phone": Text(
        zh="两人用过同一个手机号，视为同一人。", en="Both had the same mobile number; they count as one person."
    ),
    "same_id": Text(
        zh="两人证件号相同，视为同一人。", en="Both have the same identity number; they count as one person."
    ),
    "same_household": Text(
        zh="两人的{field}相同，同一家人不算推荐。", en="Both have the same {field}: one household is no referral."
    ),
    "loop": Text(
        zh="{referrer}是由{friend}推荐来的（或隔了几位），不能倒过来。",
        en="{referrer} was brought by {friend}, perhaps through others; it does not go round.",
    ),
    "already": Text(zh="已登记由{referrer}推荐。", en="Brought by {referrer} already."),
    "bought": Text(
        zh="已经买过东西，推荐人须在首单之前登记。",
        en="Something was bought already; the referrer is named before the first purchase.",
    ),
    "rewarded": Text(
        zh="首单实付 {paid:yuan}，满 {least:yuan}，推荐有礼。",
        en="The first purchase came to {paid:yuan} and reaches {least:yuan}.",
    ),
    "too_small": Text(
        zh="首单实付 {paid:yuan}，不满 {least:yuan}。",
        en="The first purchase came to {paid:yuan} and does not reach {least:yuan}.",
    ),
    "too_late": Text(
        zh="入会 {within} 天内没有购买。", en="Nothing was bought within {within} {within:day|days} of joining."
    ),
    "capped": Text(
        zh="推荐人本期已有 {had} 次，至多 {most} 次，本次只给新会员。",
        en="The referrer has {had} this period already, {most} are the most: this time only the friend gets a share.",
    ),
    "undone": Text(
        zh="首单退货后实付 {paid:yuan}，不满 {least:yuan}，收回推荐所得。",
        en="After a return the first purchase comes to {paid:yuan}, below {least:yuan}: what it brought is taken back.",
    ),
    "not_this": Text(zh="这种关系的人不能共用账号。", en="People so related cannot share the account."),
}


def admits(programme: Programme, kin: str) -> Decision:
    """Whether a member may put somebody so related on her list."""
    for clause in users(programme):
        who: list[str] = clause.parameters.who  # type: ignore[attr-defined]
        if who and kin not in who:
            reason = Reason(clause.id, "not_this", False, {"kin": kin, "who": who})
            return Decision((Refuse(clause.id, "RelationNotAdmitted", "limit", "kin", {"reason": reason}),), (reason,))
    return NOTHING


def users(programme: Programme) -> tuple[Clause, ...]:
    """The clauses about authorised users."""
    return tuple(clause for clause in programme.of("relation") if clause.parameters.role == "authorised_user")  # type: ignore[attr-defined]


def shared(programme: Programme) -> bool:
    """Whether an account may be shared, so that a buyer who is somebody else must be on its list."""
    return any(clause.parameters.who for clause in users(programme))  # type: ignore[attr-defined]


def buying(programme: Programme, buyer: str | None, listed: Collection[str]) -> Decision:
    """Whether `buyer` may buy in the name of a member whose list is `listed`, and for whom it counts."""
    clauses = users(programme)
    for clause in clauses:
        if clause.parameters.who and (buyer is None or buyer not in listed):  # type: ignore[attr-defined]
            say = "not_named" if buyer is None else "not_listed"
            reason = Reason(clause.id, say, False, {"buyer": buyer or ""})
            refuse = Refuse(clause.id, "BuyerNotListed", "credential", "buyer_name", {"reason": reason})
            return Decision((refuse,), (reason,))
    told = [clause for clause in clauses if clause.parameters.earns_for]  # type: ignore[attr-defined]
    return Decision(reasons=tuple(Reason(clause.id, "for_holder", True, {"buyer": buyer}) for clause in told))


@once
def limited(programme: Programme) -> bool:
    """Whether what an authorised user buys and pays with in a day is bounded."""
    return any(clause.parameters.spend_a_day or clause.parameters.points_a_day for clause in users(programme))  # type: ignore[attr-defined]


def measures(user: int) -> tuple[str, str]:
    """Under which measures of the member's day a user's purchases are counted: fen spent, and points."""
    return f"user:{user}:spend", f"user:{user}:points"


def limits(programme: Programme, buyer: str, had: tuple[int, int], asked: tuple[int, int]) -> Decision:
    """Whether a purchase stays within the buyer's day: `had` before it, `asked` by it, each fen and points."""
    for clause in users(programme):
        rule: Any = clause.parameters
        for say, most, before, more in zip(
            ("spend_over", "points_over"), (rule.spend_a_day, rule.points_a_day), had, asked, strict=True
        ):
            if most is not None and more and before + more > most:
                told = {"buyer": buyer, "had": before, "most": most, "asked": more}
                reason = Reason(clause.id, say, False, told)
                refuse = Refuse(clause.id, "UserLimitReached", "limit", "buyer_name", {"reason": reason})
                return Decision((refuse,), (reason,))
    return NOTHING


_OF_USERS = Text(zh="“{key}”说的是共用人（authorised_user）。", en="{key} is said of an authorised_user.")
_OF_REFERRERS = Text(zh="“{key}”说的是推荐人（referrer）。", en="{key} is said of a referrer.")
_NOTHING = Text(zh="没有写明推荐成功给谁什么。", en="It is not said what anybody gets for it.")
_NO_GRANT = Text(
    zh="没有哪一条在推荐时（on: referral）给 {name}。", en="No grant gives {name} on a referral (on: referral)."
)
_USERS_ONLY = ("who", "earns_for", "spend_a_day", "points_a_day")
_REFERRERS_ONLY = (
    "first_purchase", "within", "waits", "friend_points", "friend_coupon", "referrer_points", "referrer_coupon", "most",
    "household",
)  # fmt: skip


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each role is said what belongs to it, and what is given for a friend can be given."""
    found: list[Finding] = []
    for clause in clauses:
        rule: Any = clause.parameters
        referrer = rule.role == "referrer"
        wrong, text = (_USERS_ONLY, _OF_USERS) if referrer else (_REFERRERS_ONLY, _OF_REFERRERS)
        found += [refused(programme, clause, "other_role", key, text, key=key) for key in wrong if getattr(rule, key)]
        coupons = {key: getattr(rule, key) for key in ("friend_coupon", "referrer_coupon") if getattr(rule, key)}
        if referrer and not (coupons or rule.friend_points or rule.referrer_points):
            found.append(refused(programme, clause, "gives_nothing", "role", _NOTHING))
        for key, name in coupons.items():
            if programme.first_of("grant", on="referral", name=name) is None:
                found.append(refused(programme, clause, "unknown_grant", key, _NO_GRANT, name=name))
    return found
