"""What this room refuses, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class NotResendable(Refusal):
    """Only what was not sent is sent again by hand."""

    text = Text(zh="这条消息{state}，不能重发。", en="This message cannot be sent again: {state}.")


class NotWithdrawable(Refusal):
    """Only what nobody has taken yet can be held back."""

    text = Text(zh="这条消息{state}，不能撤回。", en="This message cannot be withdrawn: {state}.")


class CodeNotResent(Refusal):
    """A one-time code is asked for again by whoever needs it."""

    text = Text(
        zh="验证码不能重发，请会员重新获取。", en="A one-time code is not sent again: the member asks for another."
    )


class NoSuchNotice(Refusal):
    text = Text(zh="条款 {clause_id} 不是现行的通知。", en="Clause {clause_id} is no notice in force.")
    status = 404
    rank = "existence"


class ReceiptUnknown(Refusal):
    text = Text(zh="没有这条消息的回执：{reference}。", en="No message has this reference: {reference}.")
    status = 404
    rank = "existence"
