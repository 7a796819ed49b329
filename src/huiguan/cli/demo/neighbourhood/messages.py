"""What the neighbourhood shop wrote to its members: every evening the day's messages go into the local box, and one
number is out of service."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.cli.demo.neighbourhood.days import FIRST, Told
from huiguan.messaging import operations
from huiguan.messaging.queries import Local
from huiguan.messaging.values import REFUSED, Answer, Letter

GONE = "19910000007"


class Network(Local):
    """The local box, but for the one number nobody answers any more."""

    def send(self, letter: Letter) -> Answer:
        return Answer(REFUSED, trouble="该号码已停机") if letter.address == GONE else super().send(letter)


def write_to_members(told: Told, day: date, closing: datetime) -> None:
    if day == FIRST:
        operations.begin_telling(programme=told.programme, position=0)
    while operations.send_messages(providers={"sms": Network()}, at=closing, clock=lambda: closing):
        pass
