"""The feed: what happened, in its one order, as far as an actor may know it."""

from __future__ import annotations

import re
from collections.abc import Collection

from huiguan.foundation.outbox import Feed, Happened, feed_of, give_positions, happened
from huiguan.hooks.kinds import KINDS, may_read
from huiguan.hooks.refusals import CursorUnknown, EventsForgotten, EventUnknown
from huiguan.hooks.telling import items
from huiguan.hooks.values import FeedItem, FeedPage
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

END = "end"
LOOKED_AT = 1000  # events one page looks through at most, for it or not
_CURSOR = re.compile(r"([0-9a-f]{8})-([0-9]{1,18})")
_NO_KIND = Text(zh="没有这种事件：{given}", en="there is no such event: {given}")


def page(actor: Actor, *, after: str, limit: int, types: Collection[str] = ()) -> FeedPage:
    """Events behind the cursor `after` ('': the oldest kept; 'end': none of the past), at most `limit`.

    Only those the actor may read, of its shops. Refuses CursorUnknown, EventsForgotten, InvalidInput (`types`).
    """
    demand_kinds(types)
    give_positions(actor.programme)
    feed = feed_of(actor.programme)
    return page_from(actor, feed, _position(feed, after), limit=limit, types=types)


def page_from(actor: Actor, feed: Feed, position: int, *, limit: int, types: Collection[str]) -> FeedPage:
    """`page`, from a position on."""
    seen = happened(actor.programme, after=position, limit=LOOKED_AT)
    chosen: list[Happened] = []
    for each in seen:
        if len(chosen) == limit:
            break
        position = each.position
        if _for(actor, each, types):
            chosen.append(each)
    told = tuple(items(actor.programme, feed.generation, chosen))
    return FeedPage(told, f"{feed.generation}-{position}", position, more=position < feed.last)


def event(actor: Actor, reference: str) -> FeedItem:
    """One event by its id. EventUnknown where it is not kept, or not for the actor."""
    feed = feed_of(actor.programme)
    found = _CURSOR.fullmatch(reference)
    if found is not None and found.group(1) == feed.generation:
        seen = happened(actor.programme, after=int(found.group(2)) - 1, limit=1)
        if seen and seen[0].position == int(found.group(2)) and _for(actor, seen[0], ()):
            return items(actor.programme, feed.generation, seen)[0]
    raise EventUnknown(field="event", given=reference[:60])


def anything_behind(actor: Actor, after: str) -> bool:
    """Whether the order has gone on behind a cursor; a look, for those who wait."""
    give_positions(actor.programme)
    feed = feed_of(actor.programme)
    return feed.last > _position(feed, after)


def demand_kinds(types: Collection[str]) -> None:
    for name in types:
        if name not in KINDS:
            raise InvalidInput(field="types", rule=Text(**_NO_KIND.both(given=name[:60])))


def _for(actor: Actor, each: Happened, types: Collection[str]) -> bool:
    kind = KINDS.get(each.kind)
    return kind is not None and (not types or each.kind in types) and may_read(actor, kind, each.shop)


def _position(feed: Feed, after: str) -> int:
    if not after:
        return feed.forgotten
    if after == END:
        return feed.last
    found = _CURSOR.fullmatch(after)
    if found is None or found.group(1) != feed.generation or int(found.group(2)) > feed.last:
        raise CursorUnknown(field="after", given=after[:60])
    if int(found.group(2)) < feed.forgotten:
        raise EventsForgotten(field="after", given=after[:60])
    return int(found.group(2))
