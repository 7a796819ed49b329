"""/hooks: a program keeps its own subscriptions; one that organises keeps all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, key_of, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.hooks import schemas
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.hooks import inputs, operations, queries
from huiguan.hooks.values import AttemptTold
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.text import Text

router = Router(tags=["hooks"])


@router.get("/hooks", **described(name="hooks", gives=schemas.HooksPage, does=Text(zh="订阅", en="Subscriptions")))
def listed(request: HttpRequest) -> HttpResponse:
    return answer({"items": queries.hooks(actor_of(request)), "next": None})


@router.post(
    "/hooks",
    **described(
        name="subscribe", takes=inputs.Subscribe, gives=schemas.NewHookAnswer, status=201, write=True,
        does=Text(zh="订阅事件，密钥只示一次", en="Subscribe an address; its secret is told once"),
    ),
)  # fmt: skip
def subscribe(request: HttpRequest) -> HttpResponse:
    return _do(request, operations.subscribe, given(request, inputs.Subscribe), 201)


@router.get("/hooks/{hook}", **described(name="hook", gives=schemas.HookAnswer, does=Text(zh="一个订阅", en="One")))
def one(request: HttpRequest, hook: int) -> HttpResponse:
    return answer(queries.hook(actor_of(request), hook))


@router.patch(
    "/hooks/{hook}",
    **described(
        name="change_hook", takes=schemas.HookChanges, gives=schemas.HookAnswer, write=True,
        does=Text(zh="改名、改址、改事件", en="Another name, address or choice of events"),
    ),
)  # fmt: skip
def change(request: HttpRequest, hook: int) -> HttpResponse:
    asked = given(request, schemas.HookChanges)
    return _do(request, operations.change_hook, inputs.ChangeHook(hook=hook, **asked.model_dump()))


@router.post(
    "/hooks/{hook}/secret",
    **described(
        name="renew_secret", gives=schemas.NewHookAnswer, status=201, write=True,
        does=Text(zh="换密钥，旧的再用一日", en="A new secret; the old one signs for another day"),
    ),
)  # fmt: skip
def renew(request: HttpRequest, hook: int) -> HttpResponse:
    done = operations.renew_secret(
        actor=actor_of(request), at=now(), given=inputs.HookNamed(hook=hook), wall=wall_clock(), key=key_of(request)
    )
    return answer(done, 201)


@router.post(
    "/hooks/{hook}/pause",
    **described(name="pause_hook", gives=schemas.HookAnswer, status=201, write=True, does=Text(zh="暂停", en="Pause")),
)
def pause(request: HttpRequest, hook: int) -> HttpResponse:
    return _do(request, operations.pause_hook, inputs.HookNamed(hook=hook), 201)


@router.delete(
    "/hooks/{hook}/pause",
    **described(
        name="resume_hook", gives=schemas.HookAnswer, write=True,
        does=Text(zh="继续投递：等着的，或从现在起", en="Deliver again: what waits, or from now on"),
    ),
)  # fmt: skip
def resume(request: HttpRequest, hook: int, begin: str = "waiting") -> HttpResponse:
    return _do(request, operations.resume_hook, read(inputs.ResumeHook, {"hook": hook, "begin": begin}))


@router.post(
    "/hooks/{hook}/skip",
    **described(
        name="pass_over", gives=schemas.HookAnswer, status=201, write=True,
        does=Text(zh="跳过送不到的那一条", en="Leave out the event that is not taken"),
    ),
)  # fmt: skip
def skip(request: HttpRequest, hook: int) -> HttpResponse:
    return _do(request, operations.pass_over, inputs.HookNamed(hook=hook), 201)


@router.post(
    "/hooks/{hook}/resends/{event}",
    **described(
        name="resend_event", gives=schemas.AskedAnswer, status=201, write=True,
        does=Text(zh="重发一个事件", en="Send an event again"),
    ),
)  # fmt: skip
def resend(request: HttpRequest, hook: int, event: str) -> HttpResponse:
    return _do(request, operations.resend_event, inputs.Resend(hook=hook, event=event[:60]), 201)


@router.post(
    "/hooks/{hook}/tests",
    **described(
        name="send_test", gives=schemas.AskedAnswer, status=201, write=True,
        does=Text(zh="发一条测试", en="Send a test message"),
    ),
)  # fmt: skip
def test(request: HttpRequest, hook: int) -> HttpResponse:
    return _do(request, operations.send_test, inputs.HookNamed(hook=hook), 201)


@router.get(
    "/hooks/{hook}/attempts",
    **described(name="attempts", gives=schemas.AttemptsPage, does=Text(zh="投递记录", en="What was sent")),
)
def attempts(
    request: HttpRequest, hook: int, failed: bool = False, cursor: str | None = None, limit: int | None = None
) -> HttpResponse:
    size = page_size(limit)
    found = queries.attempts(actor_of(request), hook, before=place_of(cursor, int), failed=failed, limit=size + 1)
    return page(found, size, _place, lambda attempt: attempt)


def _place(attempt: AttemptTold) -> int:
    return attempt.id


def _do(request: HttpRequest, operation: Callable[..., Any], asked: Input, status: int = 200) -> HttpResponse:
    return answer(operation(actor=actor_of(request), at=now(), given=asked, key=key_of(request)), status)
