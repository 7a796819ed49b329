"""The tree, and the shops in it."""

from __future__ import annotations

from collections.abc import Iterable

from huiguan.foundation.statements import Question, Row, ask
from huiguan.identity.models import Node
from huiguan.identity.places import place_of, text_of
from huiguan.identity.values import SHOP, Place, Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_SHOPS = """
SELECT id, code, name_zh, name_en, closed_at, opened_at FROM identity_node
WHERE programme_id = %s AND kind = %s AND code = ANY(%s::text[])
"""
_SHOP = Text(zh="门店", en="shop")


def shop(programme: int, code: str, field: str = "shop") -> Shop:
    """A shop by its code; NotFound naming `field` otherwise."""
    found = shops_by_code(programme, [code]).get(code)
    if found is None:
        raise NotFound(field=field, what=_SHOP, given=code)
    return found


def shops_by_code(programme: int, codes: Iterable[str]) -> dict[str, Shop]:
    """Shops by code, open or closed; unknown codes are left out."""
    return ask(shops_question(programme, codes))


def shops_question(programme: int, codes: Iterable[str]) -> Question[dict[str, Shop]]:
    """`shops_by_code`, to be asked together with others."""
    return Question(_SHOPS, [programme, SHOP, list(codes)], _shops_told)


def _shops_told(rows: list[Row]) -> dict[str, Shop]:
    return {code: Shop(key, code, Text(zh=zh, en=en), closed, opened) for key, code, zh, en, closed, opened in rows}


def shops_by_id(programme: int, ids: Iterable[int]) -> dict[int, Shop]:
    """Shops by id, open or closed; unknown ids are left out."""
    rows = Node.objects.filter(programme_id=programme, kind=SHOP, pk__in=list(ids))
    return {row.pk: _shop_of(row) for row in rows}


def shops(actor: Actor) -> tuple[Shop, ...]:
    """The open shops the actor may act at, by code."""
    rows = Node.objects.filter(programme_id=actor.programme, kind=SHOP, closed_at=None).order_by("code")
    return tuple(_shop_of(row) for row in rows if actor.shops is None or row.pk in actor.shops)


def _shop_of(node: Node) -> Shop:
    return Shop(node.pk, node.code, text_of(node), node.closed_at, node.opened_at)


def house_name(programme: int) -> Text | None:
    """What the house itself is called; None before it is founded."""
    row = Node.objects.filter(programme_id=programme, parent=None).first()
    return text_of(row) if row is not None else None


def tree(actor: Actor) -> tuple[Place, ...]:
    """All places of the actor's programme, each parent before its children, siblings by code."""
    rows = list(Node.objects.filter(programme_id=actor.programme).order_by("code"))
    below: dict[int | None, list[Node]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    told: list[Place] = []
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        told.append(place_of(node, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(node.pk, [])))
    return tuple(told)
