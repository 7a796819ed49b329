"""/places: the tree of the organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.places.schemas import PlaceAnswer, PlacesPage
from huiguan.foundation.clock import now
from huiguan.identity import inputs, queries
from huiguan.identity import operations as identity
from huiguan.identity.values import Place
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text

router = Router(tags=["places"])


@router.get(
    "/places",
    **described(name="places", gives=PlacesPage, does=Text(zh="机构树，上级在前", en="The tree, each place before those under it")),
)  # fmt: skip
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.demand("organise")
    return answer({"items": _told(queries.tree(actor)), "next": None})


@router.post(
    "/places",
    **described(
        name="create_place", takes=inputs.CreateNode, gives=PlaceAnswer, status=201, write=True,
        does=Text(zh="开设区域或门店", en="Open a region or shop"),
    ),
)  # fmt: skip
def create(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), given(request, inputs.CreateNode)
    return _one(actor, identity.create_node(actor=actor, at=now(), given=asked, key=key_of(request)), 201)


@router.put(
    "/places/{node}/name",
    **described(
        name="rename_place", takes=inputs.RenameNode, fixed=("node",), gives=PlaceAnswer, write=True,
        does=Text(zh="改名", en="Rename a place"),
    ),
)  # fmt: skip
def rename(request: HttpRequest, node: str) -> HttpResponse:
    actor, asked = actor_of(request), given(request, inputs.RenameNode, node=node)
    return _one(actor, identity.rename_node(actor=actor, at=now(), given=asked, key=key_of(request)))


@router.post(
    "/places/{node}/closing",
    **described(
        name="close_place", takes=inputs.NodeNamed, fixed=("node",), gives=PlaceAnswer, status=201, write=True,
        does=Text(zh="关闭区域或门店", en="Close a region or shop for good"),
    ),
)  # fmt: skip
def close(request: HttpRequest, node: str) -> HttpResponse:
    actor, asked = actor_of(request), given(request, inputs.NodeNamed, node=node)
    return _one(actor, identity.close_node(actor=actor, at=now(), given=asked, key=key_of(request)), 201)


def _one(actor: Actor, place: Place, status: int = 200) -> HttpResponse:
    (told,) = [each for each in _told(queries.tree(actor)) if each["code"] == place.code]
    return answer(told, status)


def _told(tree: tuple[Place, ...]) -> list[dict[str, Any]]:
    codes = {place.id: place.code for place in tree}
    return [
        {
            "code": place.code,
            "kind": place.kind,
            "name": place.name,
            "under": codes[place.parent] if place.parent else None,
            "closed_at": place.closed_at,
        }
        for place in tree
    ]
