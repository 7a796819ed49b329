"""What the room refuses."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class CursorUnknown(Refusal):
    """The cursor is of another order: the books were put back from a backup since, or it is none of ours."""

    text = Text(
        zh="游标 {given} 不属于现在的事件流（账册可能由备份恢复过）。请不带 after 从头读，或用 after=end 从现在起。",
        en="The cursor {given} is not of this feed (the books may have been put back from a backup). Read from the "
        "beginning without `after`, or from now on with after=end.",
    )
    rank = "state"


class EventsForgotten(Refusal):
    """What lies behind the cursor is no longer kept."""

    text = Text(
        zh="游标 {given} 之后的一些事件已不再保存（保存 90 天）。请不带 after 从尚存的最早一条读起，并核对其间的账。",
        en="Some events behind the cursor {given} are no longer kept (90 days). Read from the oldest that is, without "
        "`after`, and compare what lies between.",
    )
    rank = "state"


class EventUnknown(Refusal):
    text = Text(zh="没有这个事件，或已不再保存：{given}。", en="No such event, or it is no longer kept: {given}.")
    status = 404
    rank = "existence"


class HookNameTaken(Refusal):
    text = Text(zh="已有名为 {given} 的推送。", en="There is a webhook called {given}.")
    rank = "state"


class HookAddressRefused(Refusal):
    """An address that will never be told anything."""

    text = Text(zh="不能投到这个地址：{why}", en="This address cannot be told anything: {why}")
    status = 422
    rank = "input"


class TooManyHooks(Refusal):
    text = Text(zh="一个接入程序至多 {most} 个推送。", en="A program has at most {most} {most:webhook|webhooks}.")
    rank = "limit"


class HookNotBlocked(Refusal):
    text = Text(zh="没有卡住的消息，无可跳过。", en="No message is stuck; there is nothing to pass over.")
    rank = "state"
