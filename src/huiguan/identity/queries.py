"""Who acts, with which powers, at which shops; the tree, the staff and the programs."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from huiguan.foundation.statements import Question, Row, ask
from huiguan.identity.clients import hash_of, program_of
from huiguan.identity.models import Client, Holding, Node, Staff
from huiguan.identity.places import place_of, text_of
from huiguan.identity.staffing import living, person_of, post_held_of
from huiguan.identity.values import HOUSE, POSTS, SHOP, KnownClient, Person, Place, PostHeld, Program, Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_SHOPS = """
SELECT id, code, name_zh, name_en, closed_at, opened_at FROM identity_node
WHERE programme_id = %s AND kind = %s AND code = ANY(%s::text[])
"""
_SHOP = Text(zh="门店", en="shop")
_PERSON = Text(zh="员工", en="person on the staff")


def actor_of_staff(staff_id: int, at: datetime, post: str | None = None) -> Actor:
    """The person as she acts at `at`, in one post at a time: `post`, else the widest she holds.

    A post held at several places acts at all of them together; powers of different posts never mix, so that a
    manager of one shop who also helps out at another is no manager there. Without a post in force (or no longer on
    the staff) the actor may do nothing. NotFound for an unknown key.
    """
    staff = account(staff_id)
    held = list(Holding.objects.filter(living(at), staff=staff).select_related("node")) if staff.is_active else []
    held = [holding for holding in held if post is None or holding.post == post]
    if not held:
        return Actor("staff", staff.pk, staff.name, staff.programme_id, frozenset(), frozenset())
    best = min((POSTS[holding.post] for holding in held), key=lambda each: each.rank)
    nodes = [holding.node for holding in held if holding.post == best.name]
    everywhere = any(node.kind == HOUSE for node in nodes)
    shops = None if everywhere else shops_under([node.pk for node in nodes])
    return Actor("staff", staff.pk, staff.name, staff.programme_id, best.powers, shops)


def staff_phones(programme: int, phones: Iterable[str]) -> set[str]:
    """Those of `phones` that belong to somebody on the programme's staff."""
    wanted = [phone for phone in phones if phone]
    working = Staff.objects.filter(programme_id=programme, is_active=True, phone__in=wanted)
    return set(working.values_list("phone", flat=True)) if wanted else set()


def all_staff_phones(programme: int) -> set[str]:
    """The phones of everybody on the programme's staff who gave one."""
    working = Staff.objects.filter(programme_id=programme, is_active=True).exclude(phone="")
    return set(working.values_list("phone", flat=True))


def account(staff_id: int) -> Staff:
    """The row Django's session signs in; NotFound for an unknown key."""
    found = Staff.objects.filter(pk=staff_id).first()
    if found is None:
        raise NotFound(what=_PERSON, given=f"#{staff_id}")
    return found


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


def known_client(key: str) -> KnownClient | None:
    """The client of an API key, or None for a wrong or revoked one.

    Only the hash is looked up and then compared in constant time, so timing tells nothing about a key.
    """
    digest = hash_of(key)
    found = Client.objects.filter(key_hash=digest, revoked_at=None).first()
    if found is None or not hmac.compare_digest(bytes(found.key_hash), digest):
        return None
    shops = None if found.shops is None else frozenset(found.shops)
    actor = Actor("client", found.pk, found.name, found.programme_id, frozenset(found.powers), shops)
    return KnownClient(actor=actor, rate_per_minute=found.rate_per_minute)


def actor_of_client(key: str) -> Actor | None:
    """The actor of an API key, or None."""
    known = known_client(key)
    return known.actor if known else None


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


def person_powers(staff_id: int, at: datetime) -> tuple[PostHeld, ...]:
    """The posts a person holds at `at`, the widest first; their `powers` are what each may do."""
    rows = Holding.objects.filter(living(at), staff_id=staff_id).select_related("node")
    return tuple(sorted(map(post_held_of, rows), key=lambda held: (POSTS[held.post].rank, held.id)))


def people(actor: Actor, at: datetime) -> tuple[Person, ...]:
    """The staff of the actor's programme with the posts they hold at `at`, by username. Takes `organise`."""
    actor.demand("organise")
    held: dict[int, list[Holding]] = {}
    for row in Holding.objects.filter(living(at), programme_id=actor.programme).select_related("node"):
        held.setdefault(row.staff_id, []).append(row)
    rows = Staff.objects.filter(programme_id=actor.programme).order_by("username")
    return tuple(person_of(row, held.get(row.pk, [])) for row in rows)


def sellers(programme: int, shop_id: int, at: datetime) -> tuple[str, ...]:
    """The names of those who may sell at a shop by a post held there at `at`, by username: who a sale may name."""
    posts = [post.name for post in POSTS.values() if "sell" in post.powers]
    rows = Holding.objects.filter(living(at), programme_id=programme, node_id=shop_id, post__in=posts)
    names = rows.filter(staff__is_active=True).order_by("staff__username").values_list("staff__name", flat=True)
    return tuple(dict.fromkeys(names))


def people_by_username(programme: int, usernames: Iterable[str]) -> dict[str, Person]:
    """People by username without their posts, also those who left; unknown names are left out."""
    rows = Staff.objects.filter(programme_id=programme, username__in=[name.lower() for name in usernames])
    return {row.username: person_of(row) for row in rows}


def people_by_id(programme: int, ids: Iterable[int]) -> dict[int, Person]:
    """People by id without their posts; unknown ids are left out."""
    rows = Staff.objects.filter(programme_id=programme, pk__in=list(ids))
    return {row.pk: person_of(row) for row in rows}


def clients(actor: Actor) -> tuple[Program, ...]:
    """The programs of the actor's programme, revoked ones too, by name. Takes `organise`."""
    actor.demand("organise")
    return tuple(map(program_of, Client.objects.filter(programme_id=actor.programme).order_by("name")))


def program_key(programme: int, name: str) -> int | None:
    """The key of the program of this name, revoked or not; None where there is none."""
    return Client.objects.filter(programme_id=programme, name=name).values_list("pk", flat=True).first()


def actor_of_program(client: int) -> Actor | None:
    """The program with this key as it acts when it calls; None once it was revoked."""
    found = Client.objects.filter(pk=client, revoked_at=None).first()
    if found is None:
        return None
    shops = None if found.shops is None else frozenset(found.shops)
    return Actor("client", found.pk, found.name, found.programme_id, frozenset(found.powers), shops)
