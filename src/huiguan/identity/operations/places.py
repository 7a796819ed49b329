"""The tree of the organisation: founding the house, opening and closing regions and shops."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import F, Q

from huiguan.foundation.performing import perform
from huiguan.identity import staffing
from huiguan.identity.inputs import CreateNode, FoundHouse, NodeNamed, RenameNode
from huiguan.identity.models import Holding, Node
from huiguan.identity.places import find_node, lock_house, place_of
from huiguan.identity.posts import row_as, store_post
from huiguan.identity.reach import demand_place
from huiguan.identity.refusals import CodeTaken, HouseAlreadyFounded, PlaceClosed, PlaceStillOpen
from huiguan.identity.values import HOUSE, OWNER, POSTS, FoundedHouse, Place
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import aware_moment
from huiguan.kernel.text import Text

_NOT_TOLD = frozenset({"password"})


def found_house(*, actor: Actor, at: datetime, given: FoundHouse, key: str | None = None) -> FoundedHouse:
    """The root of the programme's tree and its first owner, who holds every power.

    Refuses HouseAlreadyFounded, UsernameTaken, PasswordTooWeak.
    """
    actor.demand("organise")

    def do() -> FoundedHouse:
        if Node.objects.filter(programme_id=actor.programme).exists():
            raise HouseAlreadyFounded()
        root = Node.objects.create(
            programme_id=actor.programme,
            kind=HOUSE,
            code=given.code,
            name_zh=given.name.zh,
            name_en=given.name.en,
            opened_at=at,
        )
        owner = staffing.add_person(
            actor.programme, at, given.username, given.owner_name, given.password, given.language
        )
        Holding.objects.create(programme_id=actor.programme, staff=owner, node=root, post=OWNER, since=at)
        if given.owner_title is not None:
            title = Text(zh=given.owner_title.zh, en=given.owner_title.en)
            store_post(actor.programme, OWNER, row_as(replace(POSTS[OWNER], title=title)))
        return FoundedHouse(root=root.id, owner=owner.id)

    return perform(
        "found_house",
        actor=actor,
        at=at,
        subject=f"house:{given.code}",
        given=given,
        do=do,
        returns=FoundedHouse,
        key=key,
        scope="organisation",
        secret=_NOT_TOLD,
    )


def create_node(*, actor: Actor, at: datetime, given: CreateNode, key: str | None = None) -> Place:
    """Open a region or shop. Refuses CodeTaken, NotFound (parent), PlaceClosed (parent), OutsidePlaces (parent)."""
    actor.demand("organise")

    def do() -> Place:
        house = lock_house(actor.programme)
        parent = find_node(actor.programme, given.parent, "parent") if given.parent else house
        demand_place(actor, parent, "parent")
        if parent.closed_at is not None:
            raise PlaceClosed(field="parent", place={"zh": parent.name_zh, "en": parent.name_en})
        if Node.objects.filter(programme_id=actor.programme, code=given.code).exists():
            raise CodeTaken(field="code", given=given.code)
        made = Node.objects.create(
            programme_id=actor.programme,
            parent=parent,
            kind=given.kind,
            code=given.code,
            name_zh=given.name.zh,
            name_en=given.name.en,
            opened_at=aware_moment(given.opens, "opens") if given.opens else at,
        )
        return place_of(made)

    return perform(
        "create_node",
        actor=actor,
        at=at,
        subject=f"{given.kind}:{given.code}",
        given=given,
        do=do,
        returns=Place,
        key=key,
        scope="organisation",
    )


def rename_node(*, actor: Actor, at: datetime, given: RenameNode, key: str | None = None) -> Place:
    """Another name for a place, the house included; its code stays. Refuses NotFound, OutsidePlaces."""
    actor.demand("organise")

    def do() -> Place:
        lock_house(actor.programme)
        node = find_node(actor.programme, given.node, "node")
        demand_place(actor, node, "node")
        node.name_zh, node.name_en = given.name.zh, given.name.en
        node.save(update_fields=["name_zh", "name_en"])
        return place_of(node)

    return perform(
        "rename_node",
        actor=actor,
        at=at,
        subject=f"node:{given.node}",
        given=given,
        do=do,
        returns=Place,
        key=key,
        scope="organisation",
    )


def close_node(*, actor: Actor, at: datetime, given: NodeNamed, key: str | None = None) -> Place:
    """Close a region or shop for good; the posts held there end with it, and those to come never begin. The house itself
    is never closed.

    Refuses NotFound, PlaceClosed (already), PlaceStillOpen (something under it), OutsidePlaces.
    """
    actor.demand("organise")

    def do() -> Place:
        lock_house(actor.programme)
        node = find_node(actor.programme, given.node, "node")
        demand_place(actor, node, "node")
        name = {"zh": node.name_zh, "en": node.name_en}
        if node.closed_at is not None:
            raise PlaceClosed(field="node", place=name)
        if node.kind == HOUSE or node.children.filter(closed_at=None).exists():
            raise PlaceStillOpen(field="node", place=name)
        Node.objects.filter(pk=node.pk).update(closed_at=at)
        unended = Holding.objects.filter(Q(until=None) | Q(until__gt=at), node=node)
        unended.filter(since__lte=at).update(until=at)
        unended.filter(since__gt=at).update(until=F("since"))
        node.refresh_from_db()
        return place_of(node)

    return perform(
        "close_node",
        actor=actor,
        at=at,
        subject=f"node:{given.node}",
        given=given,
        do=do,
        returns=Place,
        key=key,
        scope="organisation",
    )
