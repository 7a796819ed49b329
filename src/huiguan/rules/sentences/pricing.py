"""Sentences of the kinds that are about prices: rates, their conditions, their order, members' prices, gifts."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

BENEFIT = (
    Sentence(
        Text(
            zh="{rates.key:benefit}折扣：{rates.key2:tier_or_any} {rates.value}",
            en="{rates.key:benefit} discount: {rates.key2:tier_or_any} {rates.value}",
        ),
        rows="rates",
    ),
    Sentence(
        Text(zh="{apply.key:benefit}折扣{apply.value}", en="{apply.key:benefit} discount: {apply.value}"), rows="apply"
    ),
    Sentence(Text(zh="只限这样的商品：{where}。", en="For these goods only: {where}.")),
    Sentence(Text(zh="一单{together}。", en="{together} on one sale."), always=True),
)

DISCOUNT = (
    Sentence(Text(zh="{benefits:benefit}折扣：", en="{benefits:benefit} discount:"), always=True),
    Sentence(Text(zh="限会员本人使用。", en="For the member in person."), sets={"by_member": True}),
    Sentence(Text(zh="只在生日当月可用。", en="In the birthday month only."), sets={"month": "birthday"}),
    Sentence(Text(zh="须出示{shown}。", en="{shown} must be shown.")),
    Sentence(Text(zh="{quota.per}至多 {quota.times} 次。", en="At most {quota.times} × {quota.per}.")),
    Sentence(
        Text(zh="办卡当次不打折，下一单起可用。", en="Not on the purchase that opens the card; from the next one on."),
        sets={"opening": False},
    ),
)

STACKING = (
    Sentence(
        Text(
            zh="先减{first:stage}，余额再算{then:stage}。",
            en="First {first:stage} come off, then {then:stage} on the rest.",
        ),
        always=True,
    ),
    Sentence(
        Text(zh="{first:stage}付的部分{earns}。", en="What {first:stage} pay {earns}."), when=("earns",), always=True
    ),
)

PRICE = (
    Sentence(Text(zh="会员享有{holds}。", en="Members have {holds}."), always=True),
    Sentence(Text(zh="须出示{shown}。", en="{shown} must be shown.")),
    Sentence(
        Text(
            zh="须在扫描商品之前出示；已经扫过的按原价。",
            en="It must be shown before scanning; what was scanned earlier keeps its ordinary price.",
        ),
        sets={"before": "scanning"},
    ),
)

GRANT = (
    Sentence(
        Text(
            zh="{on}{to}{gives}：{title.zh}（{title.en}）。",
            en="{on}, {gives} goes {to}: {title.en} ({title.zh}).",
        ),
        always=True,
        place="form",
    ),
    Sentence(
        Text(zh="{on}{to}{gives}：{title}。", en="{on}, {gives} goes {to}: {title}."), always=True, place="reading"
    ),
    Sentence(Text(zh="抵 {worth}。", en="It is worth {worth}.")),
    Sentence(Text(zh="{valid}有效。", en="Good {valid}.")),
    Sentence(Text(zh="不能用在办卡当次。", en="Not on the purchase that opens the card."), sets={"opening": False}),
    Sentence(Text(zh="须会员本人领取。", en="The member comes for it in person."), sets={"in_person": True}),
    Sentence(Text(zh="须出示{shown}。", en="{shown} must be shown.")),
    Sentence(Text(zh="记作 {name}。", en="Kept as {name}."), always=True, place="form"),
)

ASSURANCE = (Sentence(Text(zh="{guarantee:guarantee}", en="{guarantee:guarantee}"), always=True),)
