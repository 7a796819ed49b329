"""The words of two families of parameters: a form's fields, and points that are passed on."""

from __future__ import annotations

from huiguan.kernel.text import Text

_TYPES = {
    "text": Text(zh="文字", en="text"),
    "choice": Text(zh="选项", en="a choice"),
    "date": Text(zh="日期", en="a date"),
    "phone": Text(zh="手机号", en="a phone number"),
    "card": Text(zh="卡号", en="a card number"),
    "number": Text(zh="数字", en="a number"),
    "measurements": Text(zh="三围", en="measurements"),
    "id_number": Text(zh="身份证号", en="an identity number"),
    "credit_code": Text(zh="统一社会信用代码", en="a unified credit code"),
    "email": Text(zh="电子邮箱", en="an e-mail address"),
    "list": Text(zh="若干行的列表", en="a list of rows"),
}
FIELDS = {
    "fields.required.true": Text(zh="必填", en="required"),
    "fields.required.false": Text(zh="可不填", en="may be left out"),
    "fields.sensitive.true": Text(zh="加密保存", en="kept sealed"),
    "fields.sensitive.false": Text(zh="照常保存", en="kept openly"),
    "parts.required.true": Text(zh="必填", en="required"),
    "parts.required.false": Text(zh="可不填", en="may be left out"),
    "parts.sensitive.true": Text(zh="加密保存", en="kept sealed"),
    "parts.sensitive.false": Text(zh="照常保存", en="kept openly"),
    "fields.once.true": Text(zh="一人一个，不能重复", en="one person’s alone"),
    "fields.once.false": Text(zh="可以重复", en="may occur again"),
    **{f"parts.type.{name}": text for name, text in _TYPES.items()},
    **{f"fields.type.{name}": text for name, text in _TYPES.items()},
}
PASSING = {
    "way.gift": Text(zh="转赠", en="given to another member"),
    "way.pool": Text(zh="几个人共享", en="shared by a few people"),
    "life.keep": Text(zh="保留原来的有效期", en="keeps its life"),
    "life.new": Text(zh="重新计有效期", en="lives anew"),
    "needs.identity": Text(zh="实名", en="the identity"),
    "needs.phone": Text(zh="手机", en="the phone"),
}
