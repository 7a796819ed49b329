"""Nobody organises above herself: whom, what and where the acting person may give and take.

Who holds `organise` gives away no power she lacks, no place outside her own, and touches nobody who holds more: otherwise
resetting an owner's password, or appointing oneself owner, would be one step.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q

from huiguan.identity.models import Holding, Node, Staff
from huiguan.identity.posts import posts_of, unknown_post
from huiguan.identity.refusals import AbovePowers, OutsidePlaces
from huiguan.kernel.actors import POWERS, Actor
from huiguan.kernel.text import Text


def demand_powers(actor: Actor, powers: Iterable[str], field: str) -> None:
    """Refuse AbovePowers, naming one of `powers` the actor does not hold."""
    lacking = sorted(power for power in powers if not actor.may(power))
    if lacking:
        raise AbovePowers(field=field, power=POWERS[lacking[0]])


def demand_place(actor: Actor, node: Node, field: str) -> None:
    """Refuse OutsidePlaces unless every shop at or under the node is the actor's; the house takes all of them."""
    if actor.shops is None:
        return
    under = shops_under([node.pk])
    if not under or not under <= actor.shops:
        raise OutsidePlaces(field=field, place=Text(zh=node.name_zh, en=node.name_en))


def demand_over(actor: Actor, person: Staff, at: datetime, field: str = "username") -> None:
    """Refuse where the person holds, now or later, a power or a place the actor does not."""
    if actor.reference == f"staff:{person.pk}":
        return
    posts = posts_of(actor.programme)
    rows = Holding.objects.filter(Q(until=None) | Q(until__gt=at), staff=person).select_related("node")
    for held in rows:
        demand_powers(actor, posts.get(held.post, unknown_post(held.post)).powers, field)
        demand_place(actor, held.node, field)


def shops_under(nodes: list[int]) -> frozenset[int]:
    """The ids of all shops that are one of `nodes` or lie under one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE under AS (
                SELECT id, kind FROM identity_node WHERE id = ANY(%s)
                UNION SELECT n.id, n.kind FROM identity_node n JOIN under u ON n.parent_id = u.id
            ) SELECT id FROM under WHERE kind = 'shop'
            """,
            [nodes],
        )
        return frozenset(row[0] for row in cursor.fetchall())
