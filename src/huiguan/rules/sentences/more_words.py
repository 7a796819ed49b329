"""The words of two families of parameters: a form's fields, and points that are passed on."""

from __future__ import annotations

from huiguan.kernel.text import Text

FIELDS = {
    "fields.required.true": Text(zh="必填", en="required"),
    "fields.required.false": Text(zh="可不填", en="may be left out"),
    "fields.sensitive.true": Text(zh="加密保存", en="kept sealed"),
    "fields.sensitive.false": Text(zh="照常保存", en="kept openly"),
    "fields.type.text": Text(zh="文字", en="text"),
    "fields.type.choice": Text(zh="选项", en="a choice"),
    "fields.type.date": Text(zh="日期", en="a date"),
    "fields.type.phone": Text(zh="手机号", en="a phone number"),
    "fields.type.card": Text(zh="卡号", en="a card number"),
    "fields.type.number": Text(zh="数字", en="a number"),
    "fields.type.measurements": Text(zh="三围", en="measurements"),
    "fields.type.id_number": Text(zh="身份证号", en="an identity number"),
    "fields.type.email": Text(zh="电子邮箱", en="an e-mail address"),
}
PASSING = {
    "way.gift": Text(zh="转赠", en="given to another member"),
    "way.pool": Text(zh="几个人共享", en="shared by a few people"),
    "life.keep": Text(zh="保留原来的有效期", en="keeps its life"),
    "life.new": Text(zh="重新计有效期", en="lives anew"),
    "needs.identity": Text(zh="实名", en="the identity"),
    "needs.phone": Text(zh="手机", en="the phone"),
}
