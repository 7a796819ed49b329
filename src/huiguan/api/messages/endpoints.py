"""/messages: what was said, sent again, held back; a look ahead; what providers report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, key_of, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.messages.schemas import (
    MessagesPage,
    MovedAnswer,
    OneMessageAnswer,
    PreviewAnswer,
    told_message,
    told_one,
    told_preview,
)
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.messaging import operations, queries
from huiguan.messaging.inputs import MessageNamed, NoteReceipt, PreviewNotice
from huiguan.messaging.values import MessageTold

router = Router(tags=["messages"])


@router.get(
    "/messages",
    **described(name="messages", gives=MessagesPage, does=Text(zh="消息，新的在前", en="Messages, newest first")),
)
def listed(
    request: HttpRequest,
    member: str | None = None,
    state: str | None = None,
    occasion: str | None = None,
    text: str = "",
    cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:
    size = page_size(limit)
    found = queries.messages(
        actor_of(request),
        member=member,
        state=state,
        occasion=occasion,
        text=text,
        before=place_of(cursor, int),
        limit=size + 1,
    )
    return page(found, size, _place, told_message)


def _place(last: MessageTold) -> int:
    return last.id


@router.get(
    "/messages/{message}",
    **described(
        name="message", gives=OneMessageAnswer, does=Text(zh="一条消息和它的经过", en="A message and what became of it")
    ),
)
def one(request: HttpRequest, message: int) -> HttpResponse:
    named = read(MessageNamed, {"message": message})
    return answer(told_one(*queries.message(actor_of(request), named.message)))


@router.post(
    "/messages/{message}/resending",
    **described(
        name="resend_message", gives=MovedAnswer, status=201, write=True,
        does=Text(zh="没有发成的再发一次", en="Send once more what was not sent"),
    ),
)  # fmt: skip
def resend(request: HttpRequest, message: int) -> HttpResponse:
    named = read(MessageNamed, {"message": message})
    moved = operations.resend_message(
        actor=actor_of(request), at=now(), given=named, wall=wall_clock(), key=key_of(request)
    )
    return answer({"message": moved}, 201)


@router.post(
    "/messages/{message}/withdrawal",
    **described(
        name="withdraw_message", gives=MovedAnswer, status=201, write=True,
        does=Text(zh="撤回还没发出的", en="Hold back what has not gone"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, message: int) -> HttpResponse:
    named = read(MessageNamed, {"message": message})
    moved = operations.withdraw_message(
        actor=actor_of(request), at=now(), given=named, wall=wall_clock(), key=key_of(request)
    )
    return answer({"message": moved}, 201)


@router.get(
    "/message-previews",
    **described(
        name="message_preview", gives=PreviewAnswer,
        does=Text(zh="会员将收到的原文", en="Exactly what a member would receive"),
    ),
)  # fmt: skip
def preview(request: HttpRequest, clause: str, member: str) -> HttpResponse:
    asked = read(PreviewNotice, {"clause": clause, "member": member})
    return answer(told_preview(queries.preview(actor_of(request), now(), asked)))


@router.post(
    "/message-receipts",
    **described(
        name="note_receipt", takes=NoteReceipt, gives=MovedAnswer, status=201, write=True,
        does=Text(zh="登记发送方的回执", en="Note what a provider reports"),
    ),
)  # fmt: skip
def receipt(request: HttpRequest) -> HttpResponse:
    asked = given(request, NoteReceipt)
    moved = operations.note_receipt(actor=actor_of(request), at=now(), given=asked, wall=wall_clock())
    return answer({"message": moved}, 201)
