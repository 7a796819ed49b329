"""Sentences of the kinds that are about units: earned, multiplied, cleared, used, taken back."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

EARN = (
    Sentence(Text(zh="只给{tier:tier}：", en="For {tier:tier} only:")),
    Sentence(
        Text(
            zh="实付每满 {per} 得 {give} {unit:unit}，按{group}计，不足的部分不计。",
            en="Every full {per} paid adds {give} to the {unit:unit}, counted over {group}; the remainder adds nothing.",
        ),
        when=("per", "give"),
    ),
    Sentence(Text(zh="这样的商品：{where}。", en="For these goods: {where}.")),
    Sentence(
        Text(zh="只有这样的商品得{unit:unit}：{only}。", en="Only these goods earn {unit:unit}: {only}."),
        when=("only",),
    ),
    Sentence(Text(zh="{not_on}不得{unit:unit}。", en="{not_on} earn no {unit:unit}."), when=("not_on",)),
    Sentence(
        Text(zh="用{without}付的部分不得{unit:unit}。", en="What {without} pay earns no {unit:unit}."),
        when=("without",),
    ),
    Sentence(
        Text(zh="每 1 {unit:unit}相当于 {worth}。", en="Each of the {unit:unit} stands for {worth}."), when=("worth",)
    ),
    Sentence(Text(zh="每次购物另得 {per_purchase} 分。", en="{per_purchase} more for each purchase by itself.")),
    Sentence(Text(zh="这一单实付要满 {purchase_from}。", en="Where the purchase comes to {purchase_from} or more.")),
)

MULTIPLIER = (
    Sentence(
        Text(
            zh="会员{on}所得的{unit:unit}按 {times} 倍计。",
            en="{on}, the {unit:unit} earned count {times} {times:time|times}.",
        ),
        when=("times",),
    ),
    Sentence(
        Text(zh="{on}所得的{unit:unit}按等级计：", en="{on}, the {unit:unit} earned count by tier:"), when=("tiers",)
    ),
    Sentence(
        Text(zh="{tiers.key:tier}按 {tiers.value} 倍计", en="{tiers.key:tier}: {tiers.value} {tiers.value:time|times}"),
        rows="tiers",
    ),
    Sentence(Text(zh="是{weekdays}的日子。", en="The day is one of: {weekdays}.")),
    Sentence(Text(zh="是每月的 {month_days} 日。", en="The day of the month is one of: {month_days}.")),
    Sentence(Text(zh="从 {since} 起。", en="From {since} on.")),
    Sentence(Text(zh="到 {until} 为止。", en="Until {until}.")),
    Sentence(Text(zh="几个倍数碰在一起时，{together}。", en="Where several meet, {together}.")),
    Sentence(
        Text(
            zh="2 月 29 日出生的，平年在 {leap_day} 这天。",
            en="Who was born on 29 February has it on {leap_day} in common years.",
        )
    ),
)

EXPIRY = (
    Sentence(
        Text(
            zh="截至 {takes_until} 24:00 所得的{unit:unit}，在 {clears} 24:00 清零。",
            en="The {unit:unit} earned up to 24:00 of {takes_until} are cleared at 24:00 of {clears}.",
        ),
        when=("clears", "takes_until"),
    ),
    Sentence(Text(zh="先用{spend}的。", en="The {spend} are used first.")),
    Sentence(
        Text(
            zh="{carries}所得的{unit:unit}转入下一年。",
            en="The {unit:unit} earned in {carries} carry into the next year.",
        ),
        when=("carries",),
    ),
    Sentence(
        Text(zh="入会当年不清零。", en="Nothing is cleared in the year of joining."), sets={"newcomers": "skip_first"}
    ),
    Sentence(
        Text(
            zh="一个年度自 {cycle.since} 起，至 {cycle.until} 止。",
            en="The year runs from {cycle.since} to {cycle.until}.",
        )
    ),
    Sentence(
        Text(
            zh="{unit:unit}自得到那天起 {months} 个月内有效，到期当天 24:00 清零。",
            en="The {unit:unit} live for {months} {months:month|months} from the day they were earned, to 24:00 of the last.",
        ),
        when=("months",),
    ),
)

REDEMPTION = (
    Sentence(
        Text(zh="{unit:unit}只在 {months} 使用。", en="The {unit:unit} are used in {months} only."), when=("months",)
    ),
    Sentence(Text(zh="每个这样的月份至多 {times} 次。", en="At most {times} × in each of these months.")),
    Sentence(
        Text(
            zh="只在{last_days.of}最后 {last_days.days} 天使用。",
            en="Used in the last {last_days.days} {last_days.days:day|days} of {last_days.of} only.",
        )
    ),
    Sentence(Text(zh="{unit:unit}可以{ways}。", en="The {unit:unit} may {ways}."), when=("ways",)),
    Sentence(Text(zh="每 1 {unit:unit}抵 {worth}。", en="Each of the {unit:unit} takes off {worth}."), when=("worth",)),
    Sentence(
        Text(
            zh="{rewards.units} {unit:unit}换 {rewards.worth} 的券",
            en="{rewards.units} of the {unit:unit} {rewards.units:gives|give} a coupon of {rewards.worth}",
        ),
        rows="rewards",
    ),
    Sentence(Text(zh="记作 {rewards.name}", en="kept as {rewards.name}"), rows="rewards", place="form"),
    Sentence(Text(zh="{not_on}不能用{unit:unit}。", en="On {not_on} no {unit:unit} can be used."), when=("not_on",)),
    Sentence(Text(zh="从第 {from_purchase} 次购物起可用。", en="Usable from purchase number {from_purchase} on.")),
    Sentence(
        Text(zh="本单所得，下一单起可用。", en="What a purchase earns is for the next one."), sets={"own_sale": False}
    ),
    Sentence(Text(zh="任何商品都可以。", en="Good for any goods."), sets={"goods": "any"}),
    Sentence(Text(zh="用多少扣多少。", en="Only what is used is deducted."), sets={"takes": "what_is_used"}),
    Sentence(
        Text(zh="先打折，折后再用来付。", en="They pay what is left after the discount."), sets={"after": "discount"}
    ),
    Sentence(Text(zh="在发卡的门店使用。", en="Used at the shop that issued the card."), sets={"at": "issuing_shop"}),
    Sentence(Text(zh="限会员本人。", en="For the member in person."), sets={"in_person": True}),
    Sentence(Text(zh="须出示{shown}。", en="{shown} must be shown.")),
    Sentence(Text(zh="一次至少用 {least}。", en="At least {least} at a time.")),
    Sentence(
        Text(
            zh="{rates.key:tier}抵同样的钱只用 {rates.value} 的分。",
            en="{rates.key:tier}: {rates.value} on the points for the same money.",
        ),
        rows="rates",
    ),
    Sentence(Text(zh="一单至多抵 {most}。", en="At most {most} of a purchase.")),
    Sentence(Text(zh="礼品分 {rungs} 各档。", en="Gifts are had for {rungs}.")),
)

REVERSAL = (
    Sentence(
        Text(
            zh="退货时扣回所退商品得到的{unit:unit}。", en="A return takes back the {unit:unit} its goods had earned."
        ),
        sets={"undo": "earned"},
    ),
    Sentence(
        Text(
            zh="余额不够扣时，以{shortfall}结清，再办退货。",
            en="Where too few are left, it is settled before the return by {shortfall}.",
        )
    ),
    Sentence(
        Text(
            zh="当初付货款的{unit:unit}退回原来的批次。",
            en="The {unit:unit} that paid for the goods go back to the lots they came from.",
        ),
        sets={"used": "back_to_lots"},
    ),
)
