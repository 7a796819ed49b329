"""The words of parameters and conditions as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from huiguan.kernel.text import Text, rate
from huiguan.rules import conditions
from huiguan.rules.sentences.gathered_words import GATHERED
from huiguan.rules.sentences.more_words import FIELDS, PASSING

BENEFITS = {
    "member": Text(zh="会员", en="Member"),
    "birthday": Text(zh="生日", en="Birthday"),
    "card": Text(zh="持卡", en="Card"),
}
MEASURES = {
    "spend": Text(zh="实付", en="spending"),
    "visits": Text(zh="购物次数", en="purchases"),
    "active_months": Text(zh="有购物的月份", en="months with a purchase"),
}
STAGES = {
    "voucher": Text(zh="券", en="vouchers"),
    "points": Text(zh="积分", en="points"),
    "discount": Text(zh="折扣", en="the discount"),
}
# What a word says, and where it says something else: `valid.always` beside `apply.value.always`.
_WORDS = {
    **FIELDS,
    **PASSING,
    "sale": Text(zh="整单", en="the whole sale"),
    "line": Text(zh="每一行", en="each line"),
    "category": Text(zh="每个品类", en="each category"),
    **STAGES,
    "gift": Text(zh="换礼品", en="buy gifts"),
    "offset": Text(zh="抵付货款", en="pay for goods"),
    "coupon": Text(zh="换券", en="buy coupons"),
    "cash": Text(zh="补足现金", en="paying the difference"),
    "shortfall.gift": Text(zh="退回礼品", en="handing back the gift"),
    "gives.gift": Text(zh="一份礼物", en="a gift"),
    "gives.coupon": Text(zh="一张券", en="a coupon"),
    "to.everyone": Text(zh="给每位会员", en="to every member"),
    "to.birthday_next_month": Text(zh="给下月过生日的会员", en="to members whose birthday is next month"),
    "valid.always": Text(zh="长期", en="without an end"),
    "valid.birthday_month": Text(zh="生日当月", en="in the birthday month"),
    "on.card_issued": Text(zh="发卡时", en="when the card is issued"),
    "on.month_end": Text(zh="每月月底", en="at each month’s end"),
    "on.referral": Text(zh="推荐成功时", en="when a friend was brought"),
    "role.referrer": Text(zh="推荐人", en="referrer"),
    "on.birthday": Text(zh="生日当天", en="on the birthday"),
    "on.birthday_month": Text(zh="生日当月", en="in the birthday month"),
    "on.days": Text(zh="在指定的日子", en="on certain days"),
    "on.every_day": Text(zh="每天", en="every day"),
    "together.highest": Text(zh="只取最高的一个", en="the highest alone counts"),
    "together.added": Text(zh="各自相加", en="each adds its own"),
    "together.highest_day": Text(zh="先乘每天的，再乘当天最高的", en="that of every day, then the day’s highest"),
    "together.in_turn": Text(zh="一个接一个连乘", en="one counts on top of the other"),
    "within.quarter": Text(zh="这个季度", en="this quarter"),
    "within.year": Text(zh="这一年", en="this year"),
    "monday": Text(zh="周一", en="Monday"),
    "tuesday": Text(zh="周二", en="Tuesday"),
    "wednesday": Text(zh="周三", en="Wednesday"),
    "thursday": Text(zh="周四", en="Thursday"),
    "friday": Text(zh="周五", en="Friday"),
    "saturday": Text(zh="周六", en="Saturday"),
    "sunday": Text(zh="周日", en="Sunday"),
    "card": Text(zh="会员卡", en="the member card"),
    "phone": Text(zh="手机号", en="the phone number"),
    "id": Text(zh="身份证件", en="the identity paper"),
    "opens.discount": Text(zh="折扣", en="discounts"),
    "opens.points": Text(zh="积分", en="points"),
    "opens.offset": Text(zh="积分抵付", en="paying with points"),
    **GATHERED,
    "group": Text(zh="团购单", en="group orders"),
    "proxy": Text(zh="店外代购单", en="orders for somebody outside"),
    "promotion": Text(zh="促销单", en="promotion orders"),
    "oldest": Text(zh="最早得到", en="oldest"),
    "soonest": Text(zh="最早到期", en="soonest to end"),
    "apply.value.always": Text(zh="自动享受", en="given of itself"),
    "apply.value.asked": Text(zh="提出才用", en="given when asked for"),
    "last_days.of.month": Text(zh="每月", en="every month"),
    "last_days.of.quarter": Text(zh="每季", en="every quarter"),
    "last_days.of.year": Text(zh="每年", en="every year"),
    "uses.per.day": Text(zh="每天", en="a day"),
    "uses.per.month": Text(zh="每月", en="a month"),
    "uses.per.year": Text(zh="每年", en="a year"),
    "uses.per.always": Text(zh="总共", en="in all"),
    "claim.per.day": Text(zh="每天", en="a day"),
    "claim.per.month": Text(zh="每月", en="a month"),
    "claim.per.year": Text(zh="每年", en="a year"),
    "claim.per.always": Text(zh="总共", en="in all"),
    "free.cheapest": Text(zh="最便宜的", en="the cheapest"),
    "free.dearest": Text(zh="最贵的", en="the dearest"),
    "returns.share": Text(zh="按件退，券抵的部分不退", en="each piece keeps its share of the coupon"),
    "returns.unmet": Text(
        zh="按留下的重算，不够条件便退券",
        en="what is kept is reckoned anew, and a coupon it no longer earns comes back",
    ),
    "coupons": Text(zh="别的券", en="other coupons"),
    "quota.per.month": Text(zh="每月", en="a month"),
    "quota.per.year": Text(zh="每个自然年", en="a calendar year"),
    "returns.withdraw": Text(zh="收回由它带来的晋级", en="the step it brought is withdrawn"),
    "returns.keep": Text(zh="仍保留等级", en="the tier is kept"),
    "keep.card.stays": Text(zh="卡留用", en="the card stays"),
    "keep.card.void": Text(zh="卡作废", en="the card is void"),
    "together.true": Text(zh="可以叠加几种折扣", en="Several discounts may be combined"),
    "together.false": Text(zh="只用一种折扣", en="One discount"),
    "earns.true": Text(zh="照常积分", en="earns as usual"),
    "earns.false": Text(zh="不积分", en="earns nothing"),
    "profile_complete": Text(zh="资料齐全", en="a complete profile"),
    "authorised_user": Text(zh="共用人", en="authorised users"),
    "who.colleague": Text(zh="同事", en="colleagues"),
    "who.friend": Text(zh="朋友", en="friends"),
    "who.relative": Text(zh="亲属", en="relatives"),
    "holds.member": Text(zh="会员价", en="member prices"),
    "holds.exclusive": Text(zh="会员专享商品", en="goods sold to members only"),
    "then.freeze": Text(zh="冻结会员卡", en="the card is frozen"),
    "then.note": Text(zh="只记下来", en="the use is only noted"),
    "sale.stands": Text(zh="照常", en="stands"),
    "sale.refused": Text(zh="不做", en="is refused"),
    "swap.pay_difference": Text(zh="补差价", en="paying the difference"),
    "refund.unused": Text(zh="没用过可以退，用过不退", en="taken back while unused, never once used"),
    "refund.never": Text(zh="售出不退", en="never taken back"),
    "transfer.member": Text(zh="登记后可以转给别的会员", en="it may go over to another member once registered"),
    "transfer.never": Text(zh="卡不能转让", en="it cannot be handed on"),
    "transfer.re_registered": Text(zh="重新登记后可以转给别人", en="another may take it over once registered"),
    "joining": Text(zh="入会", en="joining"),
    "tiers": Text(zh="等级", en="tiers"),
    "benefits": Text(zh="权益", en="benefits"),
    "papers": Text(zh="须交的材料", en="papers"),
    "approval": Text(zh="审批流程", en="approval"),
    "dues": Text(zh="会费", en="dues"),
    "duties": Text(zh="义务", en="duties"),
    "penalties": Text(zh="违规后果", en="penalties"),
    "leaving": Text(zh="退出", en="leaving"),
    "bodies": Text(zh="机构", en="bodies"),
    "begins.moment": Text(zh="任何时刻", en="any moment"),
    "begins.day": Text(zh="一天", en="a day"),
    "begins.month": Text(zh="一个月", en="a month"),
    "begins.year": Text(zh="一年", en="a year"),
    "on.member_enrolled": Text(zh="入会时", en="On joining"),
    "on.tier_changed": Text(zh="等级变动时", en="When the tier changes"),
    "on.sale_committed": Text(zh="购物后", en="After a purchase"),
    "on.sale_returned": Text(zh="退货后", en="After a return"),
    "on.points_redeemed": Text(zh="积分兑换后", en="After points were redeemed"),
    "on.points_expiring": Text(zh="积分快到期时", en="When points are about to end"),
    "on.right_granted": Text(zh="得到券时", en="When a coupon is given"),
    "on.coupon_expiring": Text(zh="券快到期时", en="When a coupon is about to end"),
    "on.card_frozen": Text(zh="卡被冻结时", en="When the card is frozen"),
    "on.card_released": Text(zh="卡恢复使用时", en="When the card is released"),
    "on.card_lost": Text(zh="卡挂失时", en="When the card is reported lost"),
    "on.standing_changed": Text(zh="会员资格变动时", en="When the standing changes"),
    "on.value_stored": Text(zh="储值充值后", en="After a top-up"),
    "on.value_refunded": Text(zh="储值退款后", en="After stored value was refunded"),
    "on.phone_changed": Text(zh="手机号更换时（发到原号码）", en="When the number changes (to the one before)"),
    "to.sms": Text(zh="短信", en="text message"),
    "to.email": Text(zh="邮件", en="mail"),
    "language.zh": Text(zh="中文", en="Chinese"),
    "language.en": Text(zh="英文", en="English"),
    "language.both": Text(zh="中英文", en="both languages"),
    "purpose.service": Text(zh="服务通知", en="service"),
    "purpose.security": Text(zh="安全通知，随时发出", en="security, which never waits"),
    "spend.principal_first": Text(zh="先用本金", en="principal goes first"),
    "spend.bonus_first": Text(zh="先用赠送", en="bonus goes first"),
    "spend.ratio": Text(zh="本金与赠送按余额的比例一起用", en="both go in proportion to their balances"),
    "earns.all": Text(zh="照常积分", en="all earns points"),
    "earns.principal": Text(zh="只有本金积分", en="only principal earns points"),
    "earns.none": Text(zh="不积分", en="nothing earns points"),
    "proof.pin": Text(zh="支付密码", en="the PIN"),
    "proof.code": Text(zh="短信验证码", en="a one-time code"),
    "per.day": Text(zh="每天", en="a day"),
    "per.month": Text(zh="每月", en="a month"),
    "per.year": Text(zh="每年", en="a year"),
    "per.ever": Text(zh="总共", en="in all"),
    "refund.bonus.all": Text(zh="赠送全部收回", en="all bonus comes back"),
    "refund.bonus.share": Text(
        zh="赠送按未用的本金收回", en="bonus comes back in proportion to the principal not spent"
    ),
    "cn-prepaid": Text(zh="单用途预付卡法规", en="the law on single-purpose prepaid cards"),
    "issuer.retail": Text(zh="零售、住宿、餐饮", en="retail, lodging and catering"),
    "issuer.services": Text(zh="居民服务", en="services to residents"),
    "issuer.group": Text(zh="集团", en="a group"),
    "issuer.brand": Text(zh="品牌", en="a brand"),
    "cards.named": Text(zh="记名卡", en="named"),
    "cards.unnamed": Text(zh="不记名卡", en="unnamed"),
    "cards.by_profile": Text(
        zh="资料齐全的为记名卡，其余为不记名卡", en="named where the profile is complete, else unnamed"
    ),
    "switches.does.block": Text(zh="拦截", en="blocks"),
    "switches.does.warn": Text(zh="只提醒", en="only warns"),
    "switches.does.off": Text(zh="不管", en="is off"),
    "switches.rule.filing": Text(zh="备案与存管", en="filing and custodian"),
    "switches.rule.named_cap": Text(zh="记名卡限额", en="cap of named cards"),
    "switches.rule.unnamed_cap": Text(zh="不记名卡限额", en="cap of unnamed cards"),
    "switches.rule.named_validity": Text(zh="记名卡不设有效期", en="named cards never expire"),
    "switches.rule.unnamed_validity": Text(zh="不记名卡有效期", en="validity of unnamed cards"),
    "switches.rule.named_identity": Text(zh="记名卡登记证件", en="identity for named cards"),
    "switches.rule.unnamed_identity": Text(zh="不记名卡登记证件", en="identity for unnamed cards"),
    "switches.rule.unit_transfer": Text(zh="单位转账", en="organisations pay by transfer"),
    "switches.rule.person_transfer": Text(zh="个人转账", en="persons pay large sums by transfer"),
    "switches.rule.refund_identity": Text(zh="退卡核对证件", en="identity at refunds"),
    "switches.rule.refund_cash": Text(zh="退款不退现金", en="refunds not in cash"),
    "switches.rule.seven_days": Text(zh="七日可退", en="refund within seven days"),
    "switches.rule.ceiling_retail": Text(zh="零售预收上限", en="ceiling, retail"),
    "switches.rule.ceiling_services": Text(zh="服务业预收上限", en="ceiling, services"),
    "switches.rule.ceiling_group": Text(zh="集团预收上限", en="ceiling, groups"),
    "switches.rule.ceiling_new": Text(zh="新企业预收上限", en="ceiling, young firms"),
    "switches.rule.custody_large": Text(zh="规模企业存管", en="custody, large issuers"),
    "switches.rule.custody_group": Text(zh="集团存管", en="custody, groups"),
    "switches.rule.custody_brand": Text(zh="品牌存管", en="custody, brands"),
    "by.rank": Text(zh="按等级优先", en="by rank"),
    "by.wait_list": Text(zh="按候补名单", en="by the wait-list"),
    "by.auction": Text(zh="竞拍", en="by auction"),
    "by.draw": Text(zh="抽签", en="by draw"),
    "round.up": Text(zh="进一取整", en="rounded up"),
    "round.down": Text(zh="舍去取整", en="rounded down"),
    "delivery": Text(zh="寄送", en="delivery"),
    "pickup": Text(zh="到店领取", en="collection at a shop"),
    "dispatch.key.goods": Text(zh="商品", en="goods"),
    "dispatch.key.gift": Text(zh="礼品", en="gifts"),
    "cancel.until_prepared": Text(zh="备货之前", en="it is prepared"),
    "cancel.until_sent": Text(zh="发出之前", en="it is sent"),
    "per.quarter": Text(zh="每季", en="a quarter"),
    "shops.all": Text(zh="所有门店", en="all shops"),
}
OPERATORS = {
    "is": Text(zh="是", en="is"),
    "in": Text(zh="属于", en="is one of"),
    "not_in": Text(zh="不属于", en="is none of"),
    "from": Text(zh="不少于", en="is at least"),
    "to": Text(zh="不多于", en="is at most"),
    "over": Text(zh="多于", en="is over"),
    "under": Text(zh="少于", en="is under"),
}
_TRUTH = {True: Text(zh="是", en="is"), False: Text(zh="不是", en="is not")}


def said(path: str, word: Any) -> Text:
    """What a parameter's word says at this place; the word itself where it is a name."""
    plain = str(word).lower() if isinstance(word, bool) else str(word)
    parts = path.split(".")
    for start in range(len(parts)):
        found = _WORDS.get(".".join([*parts[start:], plain]))
        if found is not None:
            return found
    return _WORDS.get(plain, Text(zh=plain, en=plain))


def joined(parts: Sequence[Text], zh: str = "、", en: str = ", ") -> Text:
    return Text(zh=zh.join(each.zh for each in parts), en=en.join(each.en for each in parts))


def condition_told(asked: conditions.Condition) -> Text:
    """A condition in words: '本季购物次数不少于 1'."""
    match asked:
        case conditions.Compare(fact, "missing", value):
            known = Text(zh="未知", en="is not known") if value else Text(zh="已知", en="is known")
            return Text(zh=f"{fact.title.zh}{known.zh}", en=f"{fact.title.en} {known.en}")
        case conditions.Compare(fact, "is", bool() as value):
            verb = _TRUTH[value]
            return Text(zh=f"{verb.zh}{fact.title.zh}", en=f"{verb.en} {fact.title.en}")
        case conditions.Compare(fact, operator, value):
            how, shown = OPERATORS[operator], _value_told(fact.type, value)
            return Text(zh=f"{fact.title.zh}{how.zh} {shown.zh}", en=f"{fact.title.en} {how.en} {shown.en}")
        case conditions.All(parts):
            return joined([condition_told(part) for part in parts], "，且", " and ")
        case conditions.AnyOf(parts):
            return joined([condition_told(part) for part in parts], "，或", " or ")
        case conditions.Not(conditions.Compare(fact, "is", value)) if not isinstance(value, bool):
            shown = _value_told(fact.type, value)
            return Text(zh=f"{fact.title.zh}不是 {shown.zh}", en=f"{fact.title.en} is not {shown.en}")
        case conditions.Not(conditions.Compare(fact, "in", value)):
            shown = _value_told(fact.type, value)
            return Text(zh=f"{fact.title.zh}不属于 {shown.zh}", en=f"{fact.title.en} is none of {shown.en}")
        case conditions.Not(part):
            inner = condition_told(part)
            return Text(zh=f"并非{inner.zh}", en=f"not: {inner.en}")
        case conditions.Count(relation, where, bounds):
            inner = condition_told(where) if where else Text(zh="", en="")
            zh, en = (f"（{inner.zh}）", f" ({inner.en})") if where else ("", "")
            how = joined([Text(zh=f"{OPERATORS[w].zh} {n}", en=f"{OPERATORS[w].en} {n}") for w, n in bounds], "，")
            return Text(zh=f"{relation.title.zh}{zh}的数目{how.zh}", en=f"number of {relation.title.en}{en} {how.en}")


def _value_told(kind: str, value: Any) -> Text:
    if isinstance(value, tuple):
        return joined([_value_told(kind, each) for each in value])
    if kind == "ratio":
        return Text(zh=rate(value), en=rate(value))
    spec = {"money": "yuan", "day": "day"}.get(kind, "")
    shown = value.isoformat() if isinstance(value, date) else value
    if not spec:
        return Text(zh=str(value), en=str(value))
    return Text(**Text(zh=f"{{value:{spec}}}", en=f"{{value:{spec}}}").both(value=shown))
