"""The words of dossiers and acceptances as people read them."""

from __future__ import annotations

from huiguan.kernel.text import Text

PAPERS = {
    "signs.member": Text(zh="会员", en="the member"),
    "signs.guide": Text(zh="导购", en="the guide"),
    "signs.house": Text(zh="本会", en="the house"),
    "before.activation": Text(zh="开通", en="opening for use"),
    "before.card": Text(zh="领卡", en="a card is handed out"),
    "before.submission": Text(zh="提交申请", en="application is submitted"),
    "again.new_edition": Text(zh="要重新签", en="signed anew"),
    "again.never": Text(zh="不用重新签", en="not signed anew"),
    "every.scan": Text(zh="原件扫描件", en="a scan of the original"),
    "every.original_seen": Text(zh="看过原件", en="a look at the original"),
    "original": Text(zh="正本", en="the original"),
    "duplicate": Text(zh="副本", en="the duplicate"),
    "copy": Text(zh="复印件", en="a copy"),
    "wants.number": Text(zh="编号", en="its number"),
    "wants.issuer": Text(zh="发证机关", en="who issued it"),
    "wants.issued": Text(zh="签发日期", en="its day of issue"),
    "wants.expires": Text(zh="有效期", en="its last day"),
    "whose.legal_representative": Text(zh="法定代表人", en="the legal representative"),
    "whose.handler": Text(zh="经办人", en="the person handling it"),
    "whose.contact": Text(zh="联系人", en="the contact"),
    "stamp.true": Text(zh="盖公章", en="stamped"),
    "stamp.false": Text(zh="不用盖章", en="without a stamp"),
    "items.optional.true": Text(zh="有就交", en="only where there is one"),
    "items.optional.false": Text(zh="必交", en="always asked for"),
    "unified.true": Text(zh="编号须是统一社会信用代码", en="with a unified credit code"),
    "unified.false": Text(zh="不看编号", en="whatever its number"),
}
