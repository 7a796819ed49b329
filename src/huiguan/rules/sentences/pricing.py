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
    Sentence(
        Text(
            zh="同一单的其他商品折后满 {goods_from}。",
            en="Where the other goods of the sale come to {goods_from} or more.",
        )
    ),
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
    Sentence(Text(zh="只在生日当天可用。", en="On the birthday itself only."), sets={"day": "birthday"}),
    Sentence(Text(zh="只限门店 {shops}。", en="At shops {shops} only.")),
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

COUPON = (
    Sentence(
        Text(zh="{title.zh}（{title.en}），记作 {name}。", en="{title.en} ({title.zh}), kept as {name}."),
        always=True,
        place="form",
    ),
    Sentence(Text(zh="{title}：", en="{title}:"), always=True, place="reading"),
    Sentence(Text(zh="减 {off}。", en="{off} off.")),
    Sentence(Text(zh="付 {rate}。", en="{rate}.")),
    Sentence(Text(zh="至多减 {most}。", en="At most {most} off.")),
    Sentence(Text(zh="其中{free}一件免费。", en="{free} of its goods is free.")),
    Sentence(Text(zh="其中一件只付 {fixed}。", en="One of its goods for {fixed}.")),
    Sentence(Text(zh="凭码在发码方使用。", en="A code for use elsewhere."), sets={"elsewhere": True}),
    Sentence(Text(zh="满 {minimum} 可用。", en="For {minimum} of its goods or more.")),
    Sentence(Text(zh="只限这样的商品：{where}。", en="For these goods only: {where}.")),
    Sentence(Text(zh="只限{tiers:tier}。", en="For {tiers:tier} only.")),
    Sentence(Text(zh="只限门店 {shops}。", en="At shops {shops} only.")),
    Sentence(Text(zh="{since} 起可用。", en="From {since} on.")),
    Sentence(Text(zh="到 {until} 24:00 为止。", en="Until {until}, 24:00.")),
    Sentence(
        Text(zh="得券后 {days} 天内有效，含最后一天。", en="Good until the end of day {days} after it was given.")
    ),
    Sentence(Text(zh="不与这些同用：{apart:apart}。", en="Not together with: {apart:apart}.")),
    Sentence(
        Text(
            zh="每位会员{uses.per}至多用 {uses.times} 次。", en="Used at most {uses.times} × {uses.per} by one member."
        )
    ),
    Sentence(
        Text(
            zh="会员可以自己领：{claim.per}每人至多 {claim.times} 张，一共 {claim.quota} 张，每店 {claim.shop_quota} 张。",
            en="Members may claim it: at most {claim.times} × {claim.per}, {claim.quota} in all, {claim.shop_quota} at one shop.",
        ),
        when=("claim",),
        place="form",
    ),
    Sentence(
        Text(
            zh="会员可以自己领：{claim.per}每人至多 {claim.times} 张。",
            en="Members may claim it: at most {claim.times} × {claim.per}.",
        ),
        when=("claim",),
        place="reading",
    ),
    Sentence(
        Text(
            zh="可转赠好友，{give} 天内接受。",
            en="It may be given to a friend, who has {give} {give:day|days} to accept.",
        )
    ),
    Sentence(Text(zh="部分退货时{returns}。", en="Where part comes back, {returns}."), always=True),
)

ASSURANCE = (Sentence(Text(zh="{guarantee:guarantee}", en="{guarantee:guarantee}"), always=True),)
