"""Sentences of the kinds that are about stored value: topped up, paid with, watched by the law."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

TOP_UP = (
    Sentence(Text(zh="一次至少充 {minimum}。", en="A top-up is {minimum} at least.")),
    Sentence(Text(zh="一次至多充 {maximum}。", en="A top-up is {maximum} at most.")),
    Sentence(Text(zh="首次至少充 {opening}。", en="The first top-up is {opening} at least.")),
    Sentence(Text(zh="金额须为 {multiple_of} 的整数倍。", en="The amount is a multiple of {multiple_of}.")),
    Sentence(Text(zh="本金至多存 {most_held}。", en="At most {most_held} of principal is stored.")),
    Sentence(
        Text(zh="充 {grades.pay} 送 {grades.bonus}", en="{grades.pay} paid in gives {grades.bonus} of bonus"),
        rows="grades",
    ),
    Sentence(Text(zh="每满一份都送。", en="The bonus comes for every full amount."), sets={"repeat": True}),
    Sentence(Text(zh="只能充这些金额。", en="Only these amounts may be paid in."), sets={"only_grades": True}),
    Sentence(Text(zh="从 {since} 起送。", en="The bonus holds from {since} on.")),
    Sentence(Text(zh="到 {until} 为止送。", en="The bonus holds until {until}.")),
    Sentence(Text(zh="只送给{tiers:tier}。", en="The bonus is for {tiers:tier} only.")),
    Sentence(Text(zh="{per}至多送 {times} 次。", en="The bonus is given {times} × {per} at most."), when=("times",)),
    Sentence(
        Text(zh="赠送部分有效 {bonus_months} 个月。", en="Bonus lives for {bonus_months} {bonus_months:month|months}."),
    ),
    Sentence(
        Text(
            zh="本金有效 {principal_months} 个月。",
            en="Principal lives for {principal_months} {principal_months:month|months}.",
        ),
    ),
    Sentence(
        Text(
            zh="余下的本金可以退：{refund.bonus}，已用的从本金扣。",
            en="The principal left is refunded: {refund.bonus}, what of it was spent is deducted.",
        ),
        when=("refund",),
    ),
    Sentence(
        Text(
            zh="充值后 {refund.days} 天内可退。",
            en="Refunds are for {refund.days} {refund.days:day|days} after the top-up.",
        ),
        when=("refund.days",),
    ),
    Sentence(
        Text(zh="收手续费 {refund.fee_percent}%。", en="A fee of {refund.fee_percent}% is kept."),
        when=("refund.fee_percent",),
    ),
)

TENDER = (
    Sentence(Text(zh="储值支付时{spend}。", en="Paying from stored value, {spend}.")),
    Sentence(Text(zh="赠送部分只能买这样的商品：{bonus_for}。", en="Bonus pays only for these goods: {bonus_for}.")),
    Sentence(Text(zh="储值付的部分{earns}。", en="Of what stored value pays, {earns}.")),
    Sentence(
        Text(zh="没有说怎么付时，先用储值付。", en="Where no means is named, stored value pays first."),
        sets={"of_itself": True},
    ),
    Sentence(
        Text(
            zh="一单用储值付超过 {proof_above}，须验证本人。",
            en="Above {proof_above} of stored value on one sale, the member is verified.",
        ),
        when=("proof_above",),
    ),
    Sentence(Text(zh="验证方式：{proof}。", en="By: {proof}.")),
    Sentence(Text(zh="{not_on}不能用储值付。", en="Stored value cannot pay {not_on}."), when=("not_on",)),
    Sentence(Text(zh="限会员本人使用。", en="For the member in person."), sets={"in_person": True}),
)

CUSTODY = (
    Sentence(
        Text(zh="遵守{law}，{edition} 起的一版。", en="{law} is followed, in its edition from {edition} on."),
        always=True,
    ),
    Sentence(Text(zh="发卡企业：{issuer}。", en="The issuer: {issuer}.")),
    Sentence(Text(zh="达到规模发卡企业。", en="It is of the size that keeps money in custody."), sets={"large": True}),
    Sentence(Text(zh="开业未满一年。", en="It is less than a year old."), sets={"young": True}),
    Sentence(Text(zh="备案号 {filing}。", en="Filed under {filing}.")),
    Sentence(Text(zh="存管银行 {custodian}。", en="Custodian bank: {custodian}.")),
    Sentence(Text(zh="上年主营收入 {revenue}。", en="Last year’s main revenue: {revenue}.")),
    Sentence(Text(zh="注册资本 {capital}。", en="Registered capital: {capital}.")),
    Sentence(
        Text(zh="以保险或银行保函代替存管。", en="Insurance or a bank’s guarantee stands for custody."),
        sets={"guaranteed": True},
    ),
    Sentence(Text(zh="卡是{cards}。", en="Cards are {cards}.")),
    Sentence(
        Text(zh="{switches.rule} 这一条{switches.does}", en="The rule {switches.rule} {switches.does}"),
        rows="switches",
    ),
)

REBATE = (
    Sentence(
        Text(
            zh="全年实付满 {bands.spend}，年终返 {bands.part} 存入储值",
            en="{bands.spend} or more in the year: at its end {bands.part} of it is stored",
        ),
        rows="bands",
    ),
    Sentence(Text(zh="返的 {months} 个月内有效。", en="It is good for {months} {months:month|months}.")),
    Sentence(Text(zh="只限这些等级：{tiers}。", en="For these tiers: {tiers}.")),
)
