"""/programs: who may call, with which scopes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.programs import schemas
from huiguan.foundation.clock import now
from huiguan.identity import inputs, queries
from huiguan.identity import operations as identity
from huiguan.identity.values import Program
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text

router = Router(tags=["programs"])


@router.get(
    "/programs",
    **described(name="programs", gives=schemas.ProgramsPage, does=Text(zh="接入程序", en="The API clients")),
)
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    found = queries.clients(actor)
    codes = _codes(actor)
    return answer({"items": [told_program(each, codes) for each in found], "next": None})


@router.post(
    "/programs",
    **described(
        name="create_client", takes=inputs.CreateClient, gives=schemas.NewKeyAnswer, status=201, write=True,
        does=Text(zh="接入程序，给它密钥", en="Let a program in: make its key, told this once"),
    ),
)  # fmt: skip
def create(request: HttpRequest) -> HttpResponse:
    asked = given(request, inputs.CreateClient)
    made = identity.create_client(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer({"name": made.name, "key": made.key}, 201)


@router.put(
    "/programs/{name}",
    **described(
        name="change_client", takes=inputs.ChangeClient, fixed=("name",), gives=schemas.ProgramAnswer, write=True,
        does=Text(zh="改权限、门店与次数", en="Change a client's scopes, shops and rate"),
    ),
)  # fmt: skip
def change(request: HttpRequest, name: str) -> HttpResponse:
    actor, asked = actor_of(request), given(request, inputs.ChangeClient, name=name)
    changed = identity.change_client(actor=actor, at=now(), given=asked, key=key_of(request))
    return answer(told_program(changed, _codes(actor)))


@router.post(
    "/programs/{name}/rotation",
    **described(
        name="rotate_client", takes=inputs.RotateClient, fixed=("name",), gives=schemas.NewKeyAnswer, status=201,
        write=True, does=Text(zh="换一把密钥，旧的再用一阵", en="A fresh key; the old one opens a while longer"),
    ),
)  # fmt: skip
def rotate(request: HttpRequest, name: str) -> HttpResponse:
    asked = given(request, inputs.RotateClient, name=name)
    made = identity.rotate_client(
        actor=actor_of(request), at=now(), given=asked, wall=datetime.now(UTC), key=key_of(request)
    )
    return answer({"name": made.name, "key": made.key}, 201)


@router.post(
    "/programs/{name}/revocation",
    **described(
        name="revoke_client", gives=schemas.ProgramAnswer, status=201, write=True,
        does=Text(zh="废止", en="Revoke a client: its keys open nothing any more"),
    ),
)  # fmt: skip
def revoke(request: HttpRequest, name: str) -> HttpResponse:
    actor, asked = actor_of(request), read(inputs.ClientNamed, {"name": name})
    gone = identity.revoke_client(actor=actor, at=now(), given=asked, key=key_of(request))
    return answer(told_program(gone, _codes(actor)), 201)


@router.get(
    "/programs/{name}/refusals",
    **described(
        name="client_refusals", gives=schemas.RefusedCallsPage,
        does=Text(zh="近来被拒绝的调用", en="What a client was refused lately"),
    ),
)  # fmt: skip
def refusals(request: HttpRequest, name: str) -> HttpResponse:
    return answer({"items": list(queries.client_refusals(actor_of(request), name)), "next": None})


def _codes(actor: Actor) -> dict[int, str]:
    return {place.id: place.code for place in queries.tree(actor)}


def told_program(program: Program, codes: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": program.name,
        "tail": program.tail,
        "powers": list(program.powers),
        "shops": None if program.shops is None else [codes[each] for each in program.shops],
        "rate_per_minute": program.rate_per_minute,
        "created_at": program.created_at,
        "revoked_at": program.revoked_at,
        "last_used_at": program.last_used_at,
        "old_key_until": program.old_key_until,
    }
