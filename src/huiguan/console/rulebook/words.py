"""Words of parameters and conditions as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules import conditions

BENEFIT = Text(zh="{name}折扣", en="{name} discount")
WORDS = {
    "sale": Text(zh="整单", en="the whole sale"),
    "line": Text(zh="每一行", en="each line"),
    "category": Text(zh="每个品类", en="each category"),
    "voucher": Text(zh="券", en="vouchers"),
    "points": Text(zh="积分", en="points"),
    "discount": Text(zh="折扣", en="the discount"),
    "gift": Text(zh="礼品", en="a gift"),
    "offset": Text(zh="抵付货款", en="money off"),
    "cash": Text(zh="现金", en="cash"),
    "card": Text(zh="会员卡", en="the member card"),
    "phone": Text(zh="手机号", en="the phone number"),
    "id": Text(zh="身份证", en="an identity card"),
    "coupon": Text(zh="券", en="a coupon"),
    "group": Text(zh="团购单", en="group orders"),
    "promotion": Text(zh="促销单", en="promotion orders"),
    "oldest": Text(zh="最早得到", en="oldest"),
    "soonest": Text(zh="最早到期", en="soonest to end"),
    "always": Text(zh="自动享受", en="given of itself"),
    "asked": Text(zh="提出才用", en="given when asked for"),
    "month": Text(zh="每月", en="a month"),
    "year": Text(zh="每个自然年", en="a calendar year"),
    "every_month": Text(zh="每月", en="every month"),
    "every_quarter": Text(zh="每季", en="every quarter"),
    "every_year": Text(zh="每年", en="every year"),
    "spend": Text(zh="实付", en="spending"),
    "profile_complete": Text(zh="资料齐全", en="a complete profile"),
    "card_issued": Text(zh="发卡时", en="When the card is issued"),
    "month_end": Text(zh="每月月底", en="At each month's end"),
}
_OPERATORS = {
    "is": Text(zh="是", en="is"),
    "in": Text(zh="属于", en="is one of"),
    "not_in": Text(zh="不属于", en="is none of"),
    "from": Text(zh="不少于", en="is at least"),
    "to": Text(zh="不多于", en="is at most"),
    "over": Text(zh="多于", en="is over"),
    "under": Text(zh="少于", en="is under"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One sentence of a clause's working; `values` fill its placeholders."""

    text: Text
    values: Mapping[str, Any] = field(default_factory=dict)

    def settled(self, *names: str) -> Term:
        """The same sentence with some values put into its words, so that they are not marked: a unit's name is no
        figure."""
        text, values = self.text, dict(self.values)
        for name in names:
            word = values.get(name)
            if isinstance(word, Text):
                del values[name]
                text = Text(zh=text.zh.replace(f"{{{name}}}", word.zh), en=text.en.replace(f"{{{name}}}", word.en))
        return Term(text, values)


def said(word: str) -> Text:
    """A parameter's word as people say it; the word itself where it is a name."""
    return WORDS.get(word, Text(zh=word, en=word))


def condition_told(asked: conditions.Condition) -> Text:
    """A condition in words: '本季购物次数不少于 1'."""
    match asked:
        case conditions.Compare(fact, "missing", value):
            known = Text(zh="未知", en="is not known") if value else Text(zh="已知", en="is known")
            return Text(zh=f"{fact.title.zh}{known.zh}", en=f"{fact.title.en} {known.en}")
        case conditions.Compare(fact, operator, value):
            said, shown = _OPERATORS[operator], _value_told(fact.type, value)
            return Text(zh=f"{fact.title.zh}{said.zh} {shown.zh}", en=f"{fact.title.en} {said.en} {shown.en}")
        case conditions.All(parts):
            return _joined(parts, Text(zh="，且", en=" and "))
        case conditions.AnyOf(parts):
            return _joined(parts, Text(zh="，或", en=" or "))
        case conditions.Not(part):
            inner = condition_told(part)
            return Text(zh=f"并非{inner.zh}", en=f"not: {inner.en}")
        case conditions.Count(relation, where, bounds):
            inner = condition_told(where) if where else Text(zh="", en="")
            how = "，".join(f"{_OPERATORS[word].zh} {number}" for word, number in bounds)
            how_en = ", ".join(f"{_OPERATORS[word].en} {number}" for word, number in bounds)
            zh, en = (f"（{inner.zh}）", f" ({inner.en})") if where else ("", "")
            return Text(zh=f"{relation.title.zh}{zh}的数目{how}", en=f"number of {relation.title.en}{en} {how_en}")


def _joined(parts: Sequence[conditions.Condition], between: Text) -> Text:
    told = [condition_told(part) for part in parts]
    return Text(zh=between.zh.join(each.zh for each in told), en=between.en.join(each.en for each in told))


def _value_told(kind: str, value: Any) -> Text:
    if isinstance(value, tuple):
        told = [_value_told(kind, each) for each in value]
        return Text(zh="、".join(each.zh for each in told), en=", ".join(each.en for each in told))
    spec = {"money": "yuan", "day": "day"}.get(kind, "")
    shown = value.isoformat() if isinstance(value, date) else value
    return (
        Text(**Text(zh=f"{{value:{spec}}}", en=f"{{value:{spec}}}").both(value=shown))
        if spec
        else Text(zh=str(value), en=str(value))
    )
