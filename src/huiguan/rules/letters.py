"""The texts of notices: what each occasion makes known, what of it must be said, and how variables are put in."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from huiguan.kernel.records import record
from huiguan.kernel.text import LANGUAGES, Text, say_value


@record
class Variable:
    """What a text may name: `title` for people, `way` in which it is read (a spec of `kernel.text`)."""

    title: Text
    way: str = ""


VARIABLES: Mapping[str, Variable] = {
    "house": Variable(Text(zh="商家", en="the shop’s name")),
    "name": Variable(Text(zh="姓名", en="the member’s name")),
    "number": Variable(Text(zh="会员号", en="member number")),
    "tier": Variable(Text(zh="等级", en="tier")),
    "tier_before": Variable(Text(zh="原等级", en="tier before")),
    "card": Variable(Text(zh="卡号", en="card")),
    "shop": Variable(Text(zh="门店", en="shop")),
    "sale": Variable(Text(zh="单号", en="bill number")),
    "moment": Variable(Text(zh="时间", en="moment"), "moment"),
    "day": Variable(Text(zh="日期", en="day"), "day"),
    "paid": Variable(Text(zh="实付", en="paid"), "yuan"),
    "bonus": Variable(Text(zh="赠送", en="bonus"), "yuan"),
    "wallet": Variable(Text(zh="储值余额", en="stored value left"), "yuan"),
    "fee": Variable(Text(zh="费用", en="fee")),
    "owed": Variable(Text(zh="应交", en="owed"), "yuan"),
    "due": Variable(Text(zh="到期日", en="due day"), "day"),
    "receipt": Variable(Text(zh="收据号", en="receipt")),
    "refund": Variable(Text(zh="退款", en="refund"), "yuan"),
    "points": Variable(Text(zh="积分", en="points"), "points"),
    "balance": Variable(Text(zh="积分余额", en="points left"), "points"),
    "gift": Variable(Text(zh="礼品", en="gift")),
    "coupon": Variable(Text(zh="券", en="coupon")),
    "code": Variable(Text(zh="券码", en="coupon code")),
    "worth": Variable(Text(zh="面值", en="worth"), "yuan"),
    "days": Variable(Text(zh="天数", en="days")),
    "reason": Variable(Text(zh="原因", en="reason")),
    "release": Variable(Text(zh="恢复办法", en="how it is released")),
    "standing": Variable(Text(zh="资格", en="standing")),
    "type": Variable(Text(zh="会员种类", en="sort of member")),
    "type_before": Variable(Text(zh="原会员种类", en="former sort of member")),
    "tail": Variable(Text(zh="新号尾数", en="tail of the new number")),
    "letter": Variable(Text(zh="告知的内容", en="what is told")),
    "matter": Variable(Text(zh="事项编号", en="the matter’s number")),
    "procedure": Variable(Text(zh="事项", en="what it is about")),
    "paper": Variable(Text(zh="材料", en="paper")),
    "applicant": Variable(Text(zh="申请人", en="the applicant")),
    "link": Variable(Text(zh="链接", en="link")),
    "until": Variable(Text(zh="截止时间", en="until when")),
}
ALWAYS = ("house", "name", "number", "day")
# What each occasion makes known, and what of it a text must say.
KNOWN: Mapping[str, tuple[str, ...]] = {
    "member_enrolled": ("tier", "card", "shop"),
    "card_issued": ("card",),
    "tier_changed": ("tier", "tier_before"),
    "sale_committed": ("sale", "shop", "moment", "paid", "points", "balance"),
    "sale_returned": ("sale", "shop", "moment", "refund", "points", "balance"),
    "points_redeemed": ("points", "gift", "balance"),
    "points_expiring": ("points", "days"),
    "right_granted": ("coupon", "code", "worth"),
    "coupon_expiring": ("coupon", "code", "worth", "days"),
    "card_frozen": ("card", "reason", "release"),
    "card_released": ("card",),
    "card_lost": ("card",),
    "standing_changed": ("standing", "reason"),
    "type_changed": ("type", "type_before"),
    "value_stored": ("paid", "bonus", "wallet"),
    "value_refunded": ("refund", "wallet"),
    "dues_charged": ("fee", "owed", "due"),
    "dues_reminded": ("fee", "owed", "due", "days"),
    "dues_received": ("paid", "receipt"),
    "phone_changed": ("tail",),
    "birthday": ("days",),
    "matter_told": ("letter", "matter", "procedure"),
    "recommender_asked": ("applicant", "procedure", "link", "until"),
    "paper_expiring": ("paper", "days"),
    "membership_ending": ("days",),
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "tier_changed": ("tier",),
    "type_changed": ("type",),
    "sale_committed": ("paid",),
    "sale_returned": ("refund",),
    "points_expiring": ("points", "day"),
    "right_granted": ("coupon",),
    "coupon_expiring": ("coupon", "day"),
    "card_frozen": ("reason", "release"),
    "value_stored": ("paid",),
    "value_refunded": ("refund",),
    "dues_charged": ("owed", "due"),
    "dues_reminded": ("owed", "due"),
    "dues_received": ("paid",),
    "phone_changed": ("tail",),
    "matter_told": ("letter",),
    "recommender_asked": ("applicant", "link"),
    "paper_expiring": ("paper", "day"),
    "membership_ending": ("day",),
}


def written(text: Text, known: Mapping[str, Any], language: str) -> str:
    """A text with its variables said; both languages one under the other. A variable not known is a KeyError."""
    wanted = LANGUAGES if language == "both" else (language,)
    ready = Text(zh=_with_ways(text.zh), en=_with_ways(text.en))
    return "\n".join(ready.fill(lang, **known) for lang in wanted)


def readable(text: Text) -> Text:
    """A text as people read it in a rulebook: every variable as what it stands for, 〔姓名〕."""
    told = {name: {"zh": f"〔{each.title.zh}〕", "en": f"‹{each.title.en}›"} for name, each in VARIABLES.items()}
    return Text(
        zh=text.zh.format(**{name: each["zh"] for name, each in told.items()}),
        en=text.en.format(**{name: each["en"] for name, each in told.items()}),
    )


def values_of(text: Text, known: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """The variables a text names, in its order, each as it reads: for providers that send by template."""
    named = names_in(text.of(language))
    return [(name, say_value(known[name], VARIABLES[name].way, language)) for name in named]


def names_in(text: str) -> tuple[str, ...]:
    """The variables a text names, in order; ValueError where its braces do not match or hold more than a name."""
    found = []
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError(name)
        found.append(name)
    return tuple(dict.fromkeys(found))


def _with_ways(text: str) -> str:
    """The text with each variable's own way of being read."""
    told = []
    for said, name, _, _ in string.Formatter().parse(text):
        told.append(said.replace("{", "{{").replace("}", "}}"))
        if name is not None:
            way = VARIABLES[name].way
            told.append(f"{{{name}:{way}}}" if way else f"{{{name}}}")
    return "".join(told)
