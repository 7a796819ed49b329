"""What an example may ask of the mall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told
from huiguan.rewards import lotteries, queries

Given = dict[str, Any]
Question = Callable[[Stage, Actor, Given], Any]
_UNKNOWN = Text(zh="没有这个字段", en="no such field")


def taken(given: Given, *names: str) -> Given:
    """The fields a question knows; nothing else may be left over."""
    found = {name: given.pop(name) for name in names if name in given}
    for name in given:
        raise InvalidInput(field=name, rule=_UNKNOWN)
    return found


def _item(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.item(actor, str(taken(given, "item").get("item", ""))))


def _shelf(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.shelf(actor, stage.now, **taken(given, "member", "zone", "code")))


def _order(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.order(actor, str(taken(given, "order").get("order", "")), stage.now))


def _orders(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.orders(actor, stage.now, **taken(given, "member", "state", "shop")))


def _desk(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.desk(actor, stage.now, **taken(given, "what")))


def _waits(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.waits(actor, **taken(given, "member", "item")))


def _auction(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.auction(actor, str(taken(given, "auction").get("auction", "")), stage.now))


def _draw(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.draw(actor, str(taken(given, "draw").get("draw", "")), stage.now))


def _draw_record(stage: Stage, actor: Actor, given: Given) -> Any:
    """The record of a draw that is over, and whether it proves itself."""
    record = queries.draw_record(stage.world.programme, str(taken(given, "draw").get("draw", "")))
    return {**record, "sound": lotteries.faults(record) == ()}


MALL: dict[str, Question] = {
    "item": _item,
    "shelf": _shelf,
    "order": _order,
    "orders": _orders,
    "desk": _desk,
    "waits": _waits,
    "auction": _auction,
    "draw": _draw,
    "draw_record": _draw_record,
}
