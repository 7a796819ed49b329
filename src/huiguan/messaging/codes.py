"""One-time codes: taken over from whoever issued them, once, and sealed until they are sent or worth nothing."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import in_transaction
from huiguan.identity import operations as identity
from huiguan.identity import queries as codes
from huiguan.identity.values import PURPOSES, CodeToSend
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.messaging.composing import HIDDEN, house_of, sealed_of
from huiguan.messaging.models import Message
from huiguan.messaging.values import CODE

TEXT = Text(
    zh="{code} 是您在{house}{purpose}的验证码，{minutes} 分钟内有效。工作人员不会向您索要，请勿告诉他人。",
    en="{code} is your code for {purpose} at {house}, good for {minutes} {minutes:minute|minutes}. Our staff never ask for it: tell nobody.",
)
SUBJECT = Text(zh="{house}验证码", en="Your code from {house}")


def take_over(at: datetime, wall: datetime) -> int:
    """Write a message for every code that waits to be sent; how many."""
    return sum(in_transaction(lambda code=code: _take(code, at, wall)) for code in codes.codes_to_send(wall))  # type: ignore[misc]


def _take(code: CodeToSend, at: datetime, wall: datetime) -> int:
    if not identity.hand_over_code(number=code.id, wall=wall):
        return 0
    Message.objects.bulk_create([_message(code, at, wall)], ignore_conflicts=True)
    return 1


def _whose(programme: int, number: str) -> int | None:
    """The membership of a member number, which may well be digits alone."""
    return members.resolve(programme, [("number", number)]).get(("number", number))


def _message(code: CodeToSend, at: datetime, wall: datetime) -> Message:
    house = house_of(code.programme)
    minutes = max(1, (code.ends_at - code.issued_at).seconds // 60)
    known = {"house": house, "purpose": PURPOSES[code.purpose], "minutes": minutes}
    told = {
        "address": code.address,
        "text": TEXT.fill(code.language, code=code.code, **known),
        "values": [["code", code.code], ["minutes", str(minutes)]],
    }
    kind, _, number = code.subject.partition(":")
    cause = f"code:{code.id}"
    return Message(
        programme_id=code.programme,
        membership_id=_whose(code.programme, number) if kind == "member" else None,
        cause=cause,
        occasion=CODE,
        about=code.purpose,
        clause="",
        channel=code.channel,
        masked=code.masked,
        subject=SUBJECT.fill(code.language, house=house) if code.channel == "email" else "",
        text=TEXT.fill(code.language, code=HIDDEN, **known),
        sealed=sealed_of(code.programme, cause, "", told),
        at=at,
        due_at=at,
        written_at=wall,
        ends_at=code.ends_at,
    )
