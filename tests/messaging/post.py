"""A provider that answers as it is told, its letters, and a shop whose members are written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from huiguan.kernel.inputs import read
from huiguan.messaging import operations, queries
from huiguan.messaging.inputs import MessageNamed, NoteReceipt
from huiguan.messaging.models import Message
from huiguan.messaging.values import DELIVERED, NEVER, UNCLEAR, Answer, Letter
from tests.checkout.world import World, moment

SOURCE = (Path(__file__).parents[2] / "rulebooks/neighbourhood/rulebook.yaml").read_text(encoding="utf-8")
WALL = datetime(2031, 1, 1, 12, 0, tzinfo=UTC)  # far from the domain's time: the two never meet
AT = moment("2026-03-02 10:00")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Scripted:
    """Answers each `send` and `ask` with the next of its script, then with `then`; a letter counts as taken unless the
    answer says otherwise."""

    sends: list[Any] = field(default_factory=list)
    asks_: list[Any] = field(default_factory=list)
    then: Answer = field(default_factory=lambda: Answer(DELIVERED, "ref"))
    asks: bool = True
    name: str = "scripted"
    letters: list[Letter] = field(default_factory=list)
    asked: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> Answer:
        self.letters.append(letter)
        return _said(self.sends.pop(0) if self.sends else self.then)

    def ask(self, letter: Letter, reference: str, wall: datetime) -> Answer:
        self.asked.append(letter)
        return _said(self.asks_.pop(0) if self.asks_ else Answer(UNCLEAR))


def _said(answer: Any) -> Answer:
    if isinstance(answer, BaseException):
        raise answer
    told: Answer = answer
    return told


@dataclass
class Post:
    """The shop, its post and the two clocks, which tests move."""

    shop: World
    provider: Scripted = field(default_factory=Scripted)
    at: datetime = AT
    wall: datetime = WALL

    @classmethod
    def found(cls) -> Post:
        shop = World.found("nb", SOURCE, profile={})
        operations.begin_telling(programme=shop.actor.programme)
        return cls(shop)

    def round(self) -> int:
        providers = {"sms": self.provider, "email": self.provider}
        return operations.send_messages(providers=providers, at=self.at, clock=lambda: self.wall)

    def enrol(self, name: str = "李梅", at: str = "2026-03-02 10:00", **more: Any) -> str:
        return self.shop.enrol(at, name=name, card=None, **more).number

    def written(self) -> list[Message]:
        return list(Message.objects.order_by("id"))

    def only(self) -> Message:
        (row,) = self.written()
        return row

    def resend(self, number: int) -> int:
        given = MessageNamed(message=number)
        return operations.resend_message(actor=self.shop.actor, at=self.at, given=given, wall=self.wall)

    def withdraw(self, number: int) -> int:
        given = MessageNamed(message=number)
        return operations.withdraw_message(actor=self.shop.actor, at=self.at, given=given, wall=self.wall)

    def receipt(self, outcome: str, reference: str = "ref", provider: str = "scripted") -> int:
        given = read(NoteReceipt, {"provider": provider, "reference": reference, "outcome": outcome})
        return operations.note_receipt(actor=self.shop.actor, at=self.at, given=given, wall=self.wall)

    def tries(self, number: int) -> list[tuple[str, str]]:
        return [(each.what, each.outcome) for each in queries.message(self.shop.actor, number)[1]]


__all__ = ["AT", "DELIVERED", "HOUR", "MINUTE", "NEVER", "SECOND", "SOURCE", "WALL", "Post", "Scripted", "moment"]
