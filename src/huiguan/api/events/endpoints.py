"""/events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import page_size
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.events.schemas import EventAnswer, EventsPage
from huiguan.api.events.waiting import next_page
from huiguan.api.members.telling import named
from huiguan.hooks import queries
from huiguan.hooks.values import FeedItem
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

LONGEST_WAIT = 25  # seconds
router = Router(tags=["events"])


@router.get(
    "/events",
    **described(
        name="events", gives=EventsPage,
        does=Text(zh="事件流：按次序，从游标之后读起，可等候", en="What happened, in order, from behind a cursor; may wait"),
    ),
)  # fmt: skip
def listed(
    request: HttpRequest, after: str = "", limit: int | None = None, types: str = "", wait: int = 0
) -> HttpResponse:
    if not 0 <= wait <= LONGEST_WAIT:
        raise InvalidInput(
            field="wait", rule=Text(zh=f"须在 0 至 {LONGEST_WAIT} 之间", en=f"must be from 0 to {LONGEST_WAIT}")
        )
    chosen = [each for each in types.split(",") if each]
    found = next_page(actor_of(request), after=after, limit=page_size(limit), types=chosen, wait=wait)
    return answer({"items": [told_event(each) for each in found.items], "next": found.next, "more": found.more})


@router.get(
    "/events/{event}",
    **described(name="event", gives=EventAnswer, does=Text(zh="一个事件", en="One event")),
)
def one(request: HttpRequest, event: str) -> HttpResponse:
    return answer(told_event(queries.event(actor_of(request), event)))


def told_event(item: FeedItem) -> dict[str, Any]:
    return named(EventAnswer, item)
