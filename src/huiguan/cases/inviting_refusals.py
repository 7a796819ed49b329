"""What is refused of asking recommenders besides what `refusals` holds."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class TooManyInvited(Refusal):
    """Everybody who is asked gets a message."""

    text = Text(
        zh="这一环节已请了 {most} 人，不能再请；等他们答复。",
        en="This stage asked {most} people already; wait for their answers.",
    )
    rank = "limit"


class InvitedBefore(Refusal):
    """One person recommends once: asked twice she would count as two."""

    text = Text(zh="{name} 已经请过，不能再请一次。", en="{name} was asked already and is not asked a second time.")
    rank = "state"


class ContactNeeded(Refusal):
    text = Text(zh="写明推荐人的手机号或邮箱。", en="Say by which phone or mailbox the recommender is reached.")
    status = 422
    rank = "input"
