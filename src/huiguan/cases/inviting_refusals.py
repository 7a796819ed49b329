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
