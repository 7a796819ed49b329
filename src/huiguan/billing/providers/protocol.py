"""What a provider is asked and what it answers. Asked outside of any transaction; every question may be asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from huiguan.billing.values import StatementRow


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be paid: our `number`, fen, what the payer reads."""

    number: str
    programme: int
    amount: int
    title: str


@dataclass(frozen=True, slots=True)
class Word:
    """A provider's word on an order: `state` open, paid, closed, failed or unknown; fen it says it took; its reference."""

    state: str
    amount: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A provider's own word, its signature found good."""

    number: str
    word: Word


class Provider(Protocol):
    """One provider. `create`, `refund` and `close` are safe to repeat: the number (and the refund's key) says which."""

    def create(self, order: Order, at: datetime) -> None: ...

    def query(self, number: str) -> Word: ...

    def close(self, number: str) -> Word:
        """No longer payable; the word after that, which may be that it was paid meanwhile."""

    def refund(self, number: str, key: str, amount: int, at: datetime) -> str:
        """done, refused or unknown."""

    def query_refund(self, number: str, key: str) -> str:
        """done, refused or unknown; `unknown` also where the provider never heard of it."""

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Refuses NoticeForged."""

    def statement(self, programme: int, day: date, zone: ZoneInfo) -> Sequence[StatementRow]:
        """What it took and gave back on a local day, by its own books."""
