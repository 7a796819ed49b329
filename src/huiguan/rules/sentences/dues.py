"""Sentences of the kinds that are about what members owe: fees, deposits, shares."""

from __future__ import annotations

from huiguan.kernel.text import Text
from huiguan.rules.sentences.wording import Sentence

FEE = (
    Sentence(Text(zh="费用，记作 {name}。", en="A fee, kept as {name}."), always=True, place="form"),
    Sentence(Text(zh="收 {amount}。", en="It is {amount}.")),
    Sentence(
        Text(
            zh="{amounts.where}的收 {amounts.amount}，从 {amounts.since} 起",
            en="{amounts.amount} where {amounts.where}, from {amounts.since} on",
        ),
        rows="amounts",
    ),
    Sentence(Text(zh="这样的会员免交：{exempt}。", en="Exempt are those: {exempt}.")),
    Sentence(Text(zh="{every}。", en="It is charged {every}.")),
    Sentence(Text(zh="期间按{counts_from}算。", en="Periods follow {counts_from}.")),
    Sentence(Text(zh="中途加入的那一期：{first}。", en="A period joined late is charged {first}.")),
    Sentence(Text(zh="{due.on} 前交清。", en="It is due by {due.on}."), when=("due.on",)),
    Sentence(
        Text(zh="开单后 {due.days} 天内交清。", en="It is due {due.days} {due.days:day|days} after it was charged."),
        when=("due.days",),
    ),
    Sentence(
        Text(
            zh="开单后 {due.workdays} 个工作日内交清。",
            en="It is due {due.workdays} {due.workdays:workday|workdays} after it was charged.",
        ),
        when=("due.workdays",),
    ),
    Sentence(
        Text(
            zh="开单后 {due.months} 个月内交清。",
            en="It is due {due.months} {due.months:month|months} after it was charged.",
        ),
        when=("due.months",),
    ),
    Sentence(
        Text(
            zh="宽限 {grace} 天，不计滞纳金。",
            en="There {grace:is|are} {grace} {grace:day|days} of grace without a fine.",
        )
    ),
    Sentence(
        Text(zh="到期后这些天提醒（到期前为负）：{remind}。", en="Reminders so many days after it was due: {remind}.")
    ),
    Sentence(
        Text(zh="每逾期一天，收未交部分的 {fine.a_day}。", en="Each day late costs {fine.a_day} of what is unpaid."),
        when=("fine",),
    ),
    Sentence(
        Text(zh="滞纳金至多为费用的 {fine.most}。", en="A fine is {fine.most} of the fee at most."), when=("fine.most",)
    ),
    Sentence(
        Text(
            zh="逾期 {late.days} 天仍未交清，{late.then}。",
            en="Unpaid {late.days} {late.days:day|days} after it was due, {late.then}.",
        ),
        when=("late",),
    ),
    Sentence(
        Text(
            zh="须先提醒过 {late.reminders} 次。",
            en="That takes {late.reminders} {late.reminders:reminder|reminders} before.",
        ),
        when=("late.reminders",),
    ),
    Sentence(
        Text(
            zh="程序 {raised.procedure} 到环节 {raised.stage} 时自行开单。",
            en="It is charged by itself when a matter of {raised.procedure} comes to {raised.stage}.",
        ),
        when=("raised",),
    ),
    Sentence(Text(zh="退费：{refund.what}。", en="Refunded is {refund.what}."), when=("refund",)),
    Sentence(
        Text(zh="限交费后 {refund.days} 天内。", en="Within {refund.days} {refund.days:day|days} of payment."),
        when=("refund.days",),
    ),
    Sentence(
        Text(
            zh="其中 {parts.amount} 为{parts.title.zh}（英文 {parts.title.en}，记作 {parts.purpose}），存入 {parts.unit}",
            en="{parts.amount} of it is {parts.title.en} (in Chinese {parts.title.zh}, kept as {parts.purpose}), into {parts.unit}",
        ),
        rows="parts",
    ),
    Sentence(
        Text(
            zh="分期：{instalments.part} 于到期日后 {instalments.months} 个月",
            en="In instalments: {instalments.part}, {instalments.months} {instalments.months:month|months} after the due day",
        ),
        rows="instalments",
    ),
    Sentence(
        Text(zh="管 {gives.months} 个月。", en="It pays for {gives.months} {gives.months:month|months}."),
        when=("gives",),
    ),
    Sentence(Text(zh="缴费方式：{means}。", en="It is paid by: {means}.")),
)

DEPOSIT = (
    Sentence(Text(zh="保证金，记作 {name}。", en="A deposit, kept as {name}."), always=True, place="form"),
    Sentence(Text(zh="存 {amount}。", en="It is {amount}.")),
    Sentence(
        Text(zh="按{of.zh}（英文 {of.en}）的 {part} 存。", en="It is {part} of {of.en} (in Chinese {of.zh})."),
        when=("part",),
    ),
    Sentence(
        Text(
            zh="不足的 {call.workdays} 个工作日内补足。",
            en="What is short is made up within {call.workdays} {call.workdays:workday|workdays}.",
        ),
        when=("call.workdays",),
    ),
    Sentence(
        Text(
            zh="不足的 {call.days} 天内补足。", en="What is short is made up within {call.days} {call.days:day|days}."
        ),
        when=("call.days",),
    ),
    Sentence(Text(zh="逾期不补，{call.then}。", en="Where it is not, {call.then}."), when=("call",)),
    Sentence(Text(zh="退会时{returned}。", en="On leaving it is returned {returned}.")),
    Sentence(Text(zh="退还之前先交清：{paid_first}。", en="Before it is returned these are paid: {paid_first}.")),
    Sentence(Text(zh="保证金{forfeit}。", en="The deposit {forfeit}.")),
)

SHARE = (
    Sentence(Text(zh="分配，记作 {name}。", en="A share, kept as {name}."), always=True, place="form"),
    Sentence(Text(zh="{by}分。", en="It is divided {by}."), always=True),
    Sentence(Text(zh="依据的保证金：{deposit}。", en="The deposit it goes by: {deposit}.")),
)
