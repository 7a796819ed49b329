"""What happened to rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Event
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RightGranted(Event):
    """A coupon or another right was given; `reference` is its key ("382-5")."""

    text: ClassVar[Text] = Text(zh="发放券礼", en="A right was granted")
