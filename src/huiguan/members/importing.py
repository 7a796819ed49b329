"""A row of the member list a shop's old till exports, as what this system is given. Pure.

Cells come as the sheet holds them: text, numbers, dates, whatever a person once typed. Each is brought to the one way
the operations read it, or named with its column and what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from huiguan.foundation.sheets import Cell, Field, fen_in, moment_in, text_in, whole_in
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members.inputs import EnrolMember
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

_EPOCH, _CENTURY = date(1899, 12, 30), Decimal(36526)  # days as a spreadsheet counts them; birthdays lie before 2000
_TIER = Text(zh="章程里没有“{given}”这个等级", en="the rulebook has no tier {given}")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row read: the form, the tier she stands on, and what she brings. `spend` fen on `spend_day`."""

    form: EnrolMember
    tier: str | None
    points: int
    earned_at: str | None
    bill: str | None
    spend: int
    spend_day: str | None


def _field(name: str, zh: str, en: str, *words: str, required: bool = False) -> Field:
    return Field(name, Text(zh=zh, en=en), (zh, en, *words), required)


_OWN = (
    _field("name", "姓名", "Name", "会员姓名", "会员名称", "客户姓名", "顾客姓名", "名字", "full name", "customer", "member name", required=True),
    _field("phone", "手机", "Mobile", "手机号", "手机号码", "联系电话", "联系方式", "电话", "电话号码", "移动电话", "phone", "mobile phone", "phone number", "tel", "cell"),
    _field("number", "会员号", "Member number", "会员编号", "会员代码", "会员id", "客户编号", "顾客编号", "vip编号", "member no", "member id", "customer id"),
    _field("card", "卡号", "Card number", "会员卡号", "vip卡号", "vip号", "card", "card no", "membership card"),
    _field("joined_at", "入会日期", "Joined", "入会时间", "开卡日期", "开卡时间", "办卡日期", "办卡时间", "注册日期", "注册时间", "发卡日期", "建档日期", "joined at", "join date", "date joined", "member since", "registered", "created"),
    _field("shop", "入会门店", "Shop", "门店", "店铺", "门店代码", "店铺代码", "开卡门店", "开卡店铺", "发卡门店", "发卡店铺", "所属门店", "所属店铺", "柜位", "专柜", "store", "shop code", "store code", "branch"),
    _field("form_date", "填表日期", "Form date", "填表时间", "填写日期", "form filled in"),
    _field("tier", "等级", "Tier", "会员等级", "会员级别", "级别", "卡类型", "会员类型", "卡类", "会员类别", "level", "grade", "class", "membership level", "card type"),
    _field("points", "积分", "Points", "积分余额", "可用积分", "当前积分", "剩余积分", "现有积分", "期初积分", "points balance", "balance", "available points"),
    _field("earned_at", "积分日期", "Points earned on", "积分获得日期", "积分时间", "得分日期", "积分取得日期", "points date", "earned on", "earned at"),
    _field("bill", "单据号", "Bill", "初始单据号", "期初单据号", "开卡单据号", "单号", "小票号", "bill no", "receipt", "invoice"),
    _field("spend", "累计消费", "Total spent", "累计消费金额", "消费累计", "消费累积", "累计金额", "消费总额", "消费金额", "总消费", "total spend", "lifetime spend", "total amount", "spent"),
    _field("spend_day", "消费日期", "Spent on", "最近消费日期", "最后消费日期", "上次消费日期", "最近消费时间", "末次消费", "累计截止日期", "last purchase", "last visit", "spend date"),
)  # fmt: skip
_PROFILE_WORDS = {
    "sex": ("性别", "gender"),
    "birthday": (
        "生日",
        "出生日期",
        "出生年月日",
        "出生年月",
        "会员生日",
        "birth date",
        "date of birth",
        "dob",
        "birthdate",
    ),
    "occupation": ("职业", "工作", "job", "profession"),
    "hobbies": ("爱好", "兴趣", "兴趣爱好", "业余爱好", "interests"),
    "colours": ("颜色", "喜欢的颜色", "喜好颜色", "偏好颜色", "colors", "favorite colors", "favourite colors"),
    "style": ("风格", "喜欢的风格", "穿衣风格"),
    "height": ("身高", "身高cm"),
    "measurements": ("三围", "bust waist hips"),
    "skin_tone": ("肤色", "skin"),
    "address": ("地址", "联系地址", "通讯地址", "家庭住址", "住址", "邮寄地址"),
    "opinion": ("评价", "品牌评价", "feedback", "comment"),
    "email": ("邮箱", "电子邮箱", "邮件", "e-mail", "mail"),
}
PROFILE = "profile."
_SEXES = {
    "女士": "女", "女性": "女", "小姐": "女", "f": "女", "女生": "女", "woman": "女", "ms": "女", "先生": "男", "男性": "男",
    "男士": "男", "m": "男", "男生": "男", "man": "男", "mr": "男",
}  # fmt: skip


def member_fields(rulebook: Programme) -> tuple[Field, ...]:
    """The columns that can be read under a rulebook: our own, then the fields of its form as `profile.<field>`."""
    own = {field.name for field in _OWN}
    fields = tuple(
        _field(PROFILE + each.name, each.title.zh, each.title.en, *_PROFILE_WORDS.get(each.name, (each.name,)))
        for each in profile_kind.form(rulebook)[1]
        if each.name not in own and each.type not in ("phone", "card")
    )
    return _OWN + fields


def read_row(rulebook: Programme, cells: Mapping[str, Cell], shops: Mapping[str, str]) -> MemberRow:
    """A row's cells by column name, as a form and what she brings. `shops` finds a code by code or name.

    InvalidInput naming the column for the first cell that cannot be read. What the form itself refuses is told when it
    is entered.
    """
    types = {PROFILE + each.name: each.type for each in profile_kind.form(rulebook)[1]}
    form = {
        "name": _said(cells, "name"),
        "phone": _said(cells, "phone"),
        "card": _said(cells, "card"),
        "number": _said(cells, "number"),
        "shop": _shop(_said(cells, "shop"), shops),
        "at": _moment(cells, "joined_at"),
        "form_date": _day(cells, "form_date"),
        "profile": {
            name.removeprefix(PROFILE): _day(cells, name) if types.get(name) == "date" else _answer(cells, name)
            for name in cells
            if name.startswith(PROFILE)
        },
    }
    return MemberRow(
        form=read(EnrolMember, form),
        tier=_tier(rulebook, _said(cells, "tier")),
        points=whole_in(cells.get("points"), "points") or 0,
        earned_at=_moment(cells, "earned_at"),
        bill=_said(cells, "bill"),
        spend=fen_in(cells.get("spend"), "spend") or 0,
        spend_day=_day(cells, "spend_day"),
    )


def _said(cells: Mapping[str, Cell], column: str) -> str | None:
    return text_in(cells.get(column), column, most=500) or None


def _answer(cells: Mapping[str, Cell], column: str) -> str | None:
    text = _said(cells, column)
    return _SEXES.get(text.lower(), text) if text else None


def _moment(cells: Mapping[str, Cell], column: str) -> str | None:
    """A day, or a moment where the cell has a time, as ISO text."""
    cell = cells.get(column)
    if isinstance(cell, str) and cell.strip().isdigit() and len(cell.strip()) == 5:
        cell = Decimal(cell.strip())
    if isinstance(cell, Decimal) and 1 <= cell < _CENTURY:
        cell = _EPOCH + timedelta(days=int(cell))
    found = moment_in(cell, column)
    if isinstance(found, datetime) and found.time() == time(0):
        found = found.date()
    return found.isoformat() if found is not None else None


def _day(cells: Mapping[str, Cell], column: str) -> str | None:
    text = _moment(cells, column)
    return text[:10] if text else None


def _shop(text: str | None, shops: Mapping[str, str]) -> str | None:
    """The code of the shop that is called so; an unknown one stays as it is and is refused when entered."""
    return shops.get(text, shops.get(text.upper(), text)) if text else None


def _tier(rulebook: Programme, text: str | None) -> str | None:
    """The tier by its word or what people call it, with or without 会员 behind it."""
    if text is None:
        return None
    for rung in tier_ladder.rungs(rulebook):
        title = tier_ladder.title_of(rulebook, rung.tier)
        if text.lower() in {rung.tier, title["zh"], title["zh"].removesuffix("会员"), title["en"].lower()}:
            return rung.tier
    raise InvalidInput(field="tier", rule=Text(**_TIER.both(given=text)))


def opening_of(row: MemberRow, member: str, at: datetime, rulebook: Programme) -> dict[str, Any] | None:
    """What she brings as an opening's input; None where she brings nothing.

    Points without a bill go under `import:<member>`: however often the list is read, they come in once. Where the list
    names no day, points and spending count as of the day of the import.
    """
    if not row.points and not row.spend:
        return None
    today = at.astimezone(rulebook.zone).date().isoformat()
    spend = [{"day": row.spend_day or today, "amount": as_yuan(row.spend)}] if row.spend else []
    return {
        "member": member,
        "bill": row.bill or f"import:{member}",
        "points": row.points or None,
        "earned_at": row.earned_at,
        "spend": spend,
    }


def titles_of(fields: tuple[Field, ...]) -> dict[str, Text]:
    """What the columns are called, by their names and by those the form's own fields go by without their prefix."""
    bare = {each.name.removeprefix(PROFILE): each.title for each in fields}
    return {
        **{PROFILE + name: title for name, title in bare.items()},
        **bare,
        **{each.name: each.title for each in fields},
    }
