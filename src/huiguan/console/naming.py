"""What the console calls the fields most forms have: a wrong one is named in words, not as a program names it."""

from __future__ import annotations

from huiguan.kernel.refusals import InvalidInput, KeyReused, Refusal
from huiguan.kernel.text import Text

_NAMES = {
    "address": Text(zh="地址", en="Address"),
    "amount": Text(zh="金额", en="Amount"),
    "at": Text(zh="时间", en="Moment"),
    "card": Text(zh="卡号", en="Card number"),
    "cards": Text(zh="卡", en="Cards"),
    "cash": Text(zh="金额", en="Amount"),
    "code": Text(zh="代码", en="Code"),
    "en": Text(zh="英文", en="English"),
    "file": Text(zh="文件", en="File"),
    "from": Text(zh="从", en="From"),
    "held_at": Text(zh="任职处", en="Held at"),
    "kind": Text(zh="种类", en="Kind"),
    "matter": Text(zh="事项", en="Matter"),
    "member": Text(zh="会员", en="Member"),
    "name": Text(zh="名称", en="Name"),
    "node": Text(zh="所在", en="Where"),
    "on": Text(zh="日期", en="Day"),
    "points": Text(zh="积分", en="Points"),
    "post": Text(zh="职务", en="Post"),
    "powers": Text(zh="权限", en="Powers"),
    "price": Text(zh="价格", en="Price"),
    "purpose": Text(zh="用途", en="Purpose"),
    "quantity": Text(zh="数量", en="Quantity"),
    "reason": Text(zh="缘由", en="Reason"),
    "recipient": Text(zh="接收方", en="Recipient"),
    "since": Text(zh="从", en="From"),
    "sku": Text(zh="货号", en="SKU"),
    "source": Text(zh="章程文件", en="Rulebook file"),
    "text": Text(zh="正文", en="Text"),
    "title": Text(zh="名称", en="Title"),
    "until": Text(zh="到", en="Until"),
    "url": Text(zh="网址", en="Address"),
    "words": Text(zh="说明", en="Words"),
    "year": Text(zh="年", en="Year"),
    "zh": Text(zh="中文", en="Chinese"),
}
# Who acts without being a person, by the name that is kept; the older name of founding too, as it stands in the books.
_FOUNDING = Text(zh="建馆", en="founding")
_DOERS = {"founding": _FOUNDING, "huiguan init": _FOUNDING}
_SENT = Text(
    zh="这张表单已经提交过一次，内容和现在的不同；这一次没有再做。请先看看上一次的结果，再从头填。",
    en="This form was sent once already, with other contents; nothing was done this time. See what came of it first, then "
    "begin anew.",
)


def doer(name: str) -> Text:
    """Who did something, by the name that was kept: a person's as it is, what the house did itself in both languages."""
    return _DOERS.get(name) or Text(zh=name, en=name)


def told_of(refusal: Refusal) -> Text:
    """A refusal in words; of wrong input the field as forms call it (`lines.0.quantity` is the quantity), where known."""
    if isinstance(refusal, KeyReused):
        return _SENT
    rule = refusal.values.get("rule")
    parts = [part for part in (refusal.field or "").split(".") if not part.isdecimal()]
    name = _NAMES.get(parts[-1]) if parts else None
    if not isinstance(refusal, InvalidInput) or name is None or not isinstance(rule, Text):
        return Text(**refusal.as_problem()["text"])
    return Text(zh=f"{name.zh}：{rule.zh}", en=f"{name.en}: {rule.en}")
