"""What happened to payments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text

READERS = ("read_members", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPaid(Told):
    """A payment's whole `amount` (fen) came, by `means`, for `purpose` and its `subject`; `reference` is its number."""

    text: ClassVar[Text] = Text(zh="收到付款", en="A payment was paid")
    readers: ClassVar[tuple[str, ...]] = READERS

    amount: int
    means: str
    purpose: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded(PaymentPaid):
    """A refund of `amount` fen went back the way it came."""

    text: ClassVar[Text] = Text(zh="退款完成", en="A payment was refunded")
