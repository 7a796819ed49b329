"""What is done to a member from her page, each asked in a sheet first: cards, standing, points for a gift."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import RedeemInput
from huiguan.console.acting import Acting
from huiguan.console.members.knowing import Member
from huiguan.console.wording import coupon_title
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members.inputs import (
    AuthoriseUser,
    IssueCard,
    ReplaceCard,
    ReportCardLost,
    RestoreMember,
    SuspendMember,
    WithdrawUser,
)
from huiguan.members.values import IssuedCard
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import redemption
from huiguan.rules.windows import Months

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of a sheet. `mode`: how a phone's keyboard shows; `choices`: one of these is chosen."""

    name: str
    label: Text
    mode: str = "text"
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """`title`, `explains` what it does, `blanks` to fill in, `button`; `do` does it and tells what was done."""

    power: str
    title: Text
    explains: Callable[[Member], Words]
    blanks: tuple[Blank, ...]
    button: Text
    do: Callable[[Acting, str, Form, str | None], Text]


# ---- cards -----------------------------------------------------------------------------------------------------------


def _place(now: Acting) -> dict[str, Any]:
    return {"shop": now.shop.code} if now.shop else {}


def _issue(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(IssueCard, {"member": number, "card": form["card"], **_place(now)})
    return _issued(now, operations.issue_card(actor=now.actor, at=now.at, given=given, key=key))


def _replace(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(ReplaceCard, {"member": number, "card": form["card"], **_place(now)})
    return _issued(now, operations.replace_card(actor=now.actor, at=now.at, given=given, key=key))


def _issued(now: Acting, made: IssuedCard) -> Text:
    zh, en = [f"新卡 {made.card}"], [f"New card {made.card}"]
    if made.replaces:
        zh.append(f"旧卡 {made.replaces} 不再能用")
        en.append(f"{made.replaces} opens nothing any more")
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    for right in made.rights:
        title, worth = coupon_title(rulebook, right.name, right.clause), words.yuan(right.worth)
        zh.append(f"赠{title.zh} {worth}")
        en.append(f"{title.en} {worth}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


def _lose(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(ReportCardLost, {"member": number})
    made = operations.report_card_lost(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"卡 {made.card} 已挂失", en=f"Card {made.card} is reported lost")


def _card_now(member: Member) -> str:
    return member.told.cards[0].number if member.told.cards else "—"


# ---- standing --------------------------------------------------------------------------------------------------------


def _suspend(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(SuspendMember, {"member": number, "reason": form["reason"]})
    operations.suspend_member(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已暂停 · {form['reason']}", en=f"Suspended · {form['reason']}")


def _restore(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(RestoreMember, {"member": number, "reason": form["reason"]})
    operations.restore_member(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已恢复", en="Restored")


# ---- who else may use the account ------------------------------------------------------------------------------------


def _authorise(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(AuthoriseUser, {"member": number, "name": form["name"], "kin": form["kin"]})
    made = operations.authorise_user(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"{made.name} 可以用她的账号了", en=f"{made.name} may use the account")


def _withdraw(now: Acting, number: str, form: Form, key: str | None) -> Text:
    given = read(WithdrawUser, {"member": number, "name": form["name"]})
    made = operations.withdraw_user(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"{made.name} 不能再用她的账号", en=f"{made.name} may use the account no more")


# ---- points for a gift -----------------------------------------------------------------------------------------------


def _redeem(now: Acting, number: str, form: Form, key: str | None) -> Text:
    points = form["points"].replace(",", "")
    asked = {"member": number, "points": int(points) if points.isdecimal() and len(points) < 15 else 0, **_place(now)}
    given = read(RedeemInput, {**asked, "gift": form["gift"]})
    made = checkout.redeem_points(actor=now.actor, at=now.at, given=given, key=key)
    left = words.grouped(made.balance.get(made.unit, 0))
    return Text(
        zh=f"已兑 {made.gift} · 用 {made.units} 分，余 {left}", en=f"{made.gift} for {made.units} points, {left} left"
    )


def _redeem_explains(member: Member) -> Words:
    unit = member.unit
    has = words.grouped(max(0, member.facts.available(unit, member.now.at))) if unit else "0"
    rule = redemption.terms(member.rulebook)
    window = _window(member, rule) if rule else Text(zh="", en="")
    rewards = _rewards(rule) if rule else Text(zh="", en="")
    return Text(
        zh=f"{window.zh}现有 {has} 分，先用最早得到的。{rewards.zh}",
        en=f"{window.en}{has} points are there; the oldest go first. {rewards.en}",
    )


def _window(member: Member, rule: redemption.Terms) -> Text:
    """When points may be turned into something."""
    if isinstance(rule.window, Months):
        months = list(rule.window.months)
        zh, en = (words.say_value(months, "months", lang) for lang in ("zh", "en"))
        return Text(zh=f"{zh}可兑。", en=f"Redeemable in {en}. ")
    if rule.window is not None:
        first, last = rule.window.around(member.day)
        return Text(
            zh=f"{words.monthday(first, 'zh')}至{words.monthday(last, 'zh')}可兑。",
            en=f"Redeemable from {words.monthday(first, 'en')} to {words.monthday(last, 'en')}. ",
        )
    return Text(zh="", en="")


def _rewards(rule: redemption.Terms) -> Text:
    """What so many points give, where the rulebook names it."""
    told = [(units, clause.title, words.yuan(reward.worth)) for units, (clause, reward) in rule.rewards.items()]
    zh = "；".join(f"{units} 分换{title.zh} {worth}" for units, title, worth in told)
    en = "; ".join(f"{units} give {title.en} {worth}" for units, title, worth in told)
    return Text(zh=f"{zh}。", en=f"{en}.") if told else Text(zh="", en="")


_CARD = (Blank("card", Text(zh="新卡号，可扫", en="New card number; scan it")),)
KIN = (
    ("colleague", Text(zh="同事", en="Colleague")),
    ("friend", Text(zh="朋友", en="Friend")),
    ("relative", Text(zh="亲人", en="Relative")),
)
_REASON = (Blank("reason", Text(zh="为什么，会留在账上", en="Why; it is kept")),)
DEEDS: dict[str, Deed] = {
    "card": Deed(
        "cards",
        Text(zh="发卡", en="Issue a card"),
        lambda member: Text(zh="第一张卡；开卡赠券随卡发出。", en="The first card; what it brings comes with it."),
        _CARD,
        Text(zh="发卡", en="Issue"),
        _issue,
    ),
    "card/replacement": Deed(
        "cards",
        Text(zh="换卡", en="Replace the card"),
        lambda member: Text(
            zh=f"现在的卡 {_card_now(member)} 从此不能再用；不再赠券。",
            en=f"The present card {_card_now(member)} opens nothing from then on; there is no further gift.",
        ),
        _CARD,
        Text(zh="换卡", en="Replace"),
        _replace,
    ),
    "card/loss": Deed(
        "cards",
        Text(zh="挂失", en="Report the card lost"),
        lambda member: Text(
            zh=f"卡 {_card_now(member)} 从现在起不能再用。找到了也不能恢复，只能换卡。",
            en=f"Card {_card_now(member)} opens nothing from now on. It cannot be revived, only replaced.",
        ),
        (),
        Text(zh="挂失", en="Report lost"),
        _lose,
    ),
    "suspension": Deed(
        "suspend",
        Text(zh="暂停会员资格", en="Suspend the membership"),
        lambda member: Text(
            zh="暂停期间没有会员待遇；积分与券留着，到期照常清零。",
            en="It gives nothing meanwhile; points and coupons stay, and end when they would.",
        ),
        _REASON,
        Text(zh="暂停", en="Suspend"),
        _suspend,
    ),
    "restoration": Deed(
        "suspend",
        Text(zh="恢复会员资格", en="Restore the membership"),
        lambda member: Text(zh="从现在起恢复全部会员待遇。", en="Everything it gives is back from now on."),
        _REASON,
        Text(zh="恢复", en="Restore"),
        _restore,
    ),
    "users": Deed(
        "edit_members",
        Text(zh="让谁也能用", en="Who else may use it"),
        lambda member: Text(
            zh="须会员同意。名单上的人买，积分记在会员账上。",
            en="With the member's consent. What those on the list buy earns for the member.",
        ),
        (
            Blank("name", Text(zh="姓名", en="Name")),
            Blank("kin", Text(zh="是会员的", en="Is the member's"), choices=KIN),
        ),
        Text(zh="记上", en="Add"),
        _authorise,
    ),
    "users/withdrawal": Deed(
        "edit_members",
        Text(zh="从名单上去掉", en="Take off the list"),
        lambda member: Text(zh="从现在起不能再用会员的账号。", en="May use the account no more from now on."),
        (Blank("name", Text(zh="姓名", en="Name")),),
        Text(zh="去掉", en="Take off"),
        _withdraw,
    ),
    "gift": Deed(
        "sell",
        Text(zh="积分兑礼品", en="Points for a gift"),
        _redeem_explains,
        (
            Blank("gift", Text(zh="什么礼品", en="Which gift")),
            Blank("points", Text(zh="用多少分", en="How many points"), "numeric"),
        ),
        Text(zh="兑换", en="Redeem"),
        _redeem,
    ),
}
