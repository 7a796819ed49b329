"""Sentences of the kinds that are about the mall: what can be had for units, who gets what is scarce, how many."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

CATALOGUE = (
    Sentence(Text(zh="商城里用{unit:unit}换。", en="Things in the mall are had for {unit:unit}."), always=True),
    Sentence(
        Text(zh="{rates.key:tier}付标价的 {rates.value}。", en="{rates.key:tier}: {rates.value} on the price."),
        rows="rates",
    ),
    Sentence(Text(zh="不足一分的{round}。", en="Parts of a unit are {round}."), when=("round",)),
    Sentence(
        Text(zh="可以与现金合付的，一分值 {worth}。", en="Where money may pay a part, one unit is worth {worth}.")
    ),
    Sentence(Text(zh="其中至少 {least} 用分付。", en="Units pay {least} of it at least."), when=("least",)),
    Sentence(Text(zh="其中至多 {most} 用分付。", en="Units pay {most} of it at most."), when=("most",)),
    Sentence(Text(zh="可以{ways}。", en="It is had by {ways}."), when=("ways",)),
    Sentence(
        Text(
            zh="{dispatch.key}在 {dispatch.value} 个工作日内发出。",
            en="Of {dispatch.key}, each leaves within {dispatch.value} {dispatch.value:workday|workdays}.",
        ),
        rows="dispatch",
    ),
    Sentence(
        Text(zh="{cancel}可以取消，积分原路退回。", en="It may be cancelled until {cancel}; the units go back."),
        when=("cancel",),
    ),
    Sentence(
        Text(
            zh="收到后 {return_days} 天内可以退回。",
            en="It may come back within {return_days} {return_days:day|days} of receipt.",
        ),
        when=("return_days",),
    ),
    Sentence(
        Text(
            zh="应付的钱在 {pay_within} 小时内付清，过时取消。",
            en="What is owed in money is paid within {pay_within} {pay_within:hour|hours}, or the order is cancelled.",
        )
    ),
    Sentence(
        Text(
            zh="先付 {deposit.part} 作定金的，再留 {deposit.days} 天。",
            en="{deposit.part} of it paid in that time keeps the order for {deposit.days} {deposit.days:day|days} more.",
        )
    ),
    Sentence(
        Text(
            zh="缺货时可换价值不低于原物的另一件。",
            en="Where it has run out, another worth as much may be given.",
        ),
        sets={"substitute": "worth_as_much"},
    ),
    Sentence(
        Text(
            zh="{book_ahead.units} 分以上的提前 {book_ahead.days} 天预约。",
            en="Things of {book_ahead.units} or more are booked {book_ahead.days} {book_ahead.days:day|days} ahead.",
        )
    ),
    Sentence(
        Text(
            zh="每年 {finish_by} 前领完，逾期视为放弃。",
            en="It is collected by {finish_by} of each year, or forfeited.",
        )
    ),
)

ALLOCATION = (
    Sentence(Text(zh="这样分配：{by}。", en="It is given {by}."), always=True),
    Sentence(
        Text(
            zh="{early.key:tier}早 {early.value} 小时可换。",
            en="{early.key:tier}: {early.value} {early.value:hour|hours} before others.",
        ),
        rows="early",
    ),
    Sentence(Text(zh="只限这样的物品：{where}。", en="For these things only: {where}.")),
    Sentence(
        Text(
            zh="轮到后保留 {hours} 小时，过时让给下一位。",
            en="An offer stands for {hours} {hours:hour|hours}, then it is the next one’s.",
        )
    ),
    Sentence(Text(zh="等级高的排在前面。", en="The better tier stands first."), sets={"ranked": True}),
    Sentence(Text(zh="用{unit:unit}。", en="With {unit:unit}."), when=("unit",)),
    Sentence(Text(zh="每次加价不少于 {step}。", en="Each bid is {step} or more above the last.")),
    Sentence(Text(zh="每人至多 {tickets} 张。", en="A member may have {tickets} {tickets:ticket|tickets} at most.")),
)

LIMIT = (
    Sentence(
        Text(zh="这样的商品{per}每人限 {quantity} 件：", en="A member may have {quantity} {per} of these goods:"),
        always=True,
    ),
    Sentence(Text(zh="{where}。", en="{where}."), always=True),
    Sentence(Text(zh="只限这些等级：{tiers}。", en="For these tiers: {tiers}.")),
)

TRADE_UP = (
    Sentence(Text(zh="用{unit:unit}换购：", en="Traded up for {unit:unit}:"), always=True),
    Sentence(
        Text(
            zh="{goods.sku}：{goods.units} {unit:unit}另付 {goods.pay}",
            en="{goods.sku}: {goods.units} of the {unit:unit} and {goods.pay}",
        ),
        rows="goods",
    ),
    Sentence(Text(zh="从 {since} 起。", en="From {since} on.")),
    Sentence(Text(zh="到 {until} 为止。", en="Until {until}.")),
    Sentence(Text(zh="只限这些等级：{tiers}。", en="For these tiers: {tiers}.")),
)
