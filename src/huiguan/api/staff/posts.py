"""/posts: which post carries which powers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.staff import schemas
from huiguan.foundation.clock import now
from huiguan.identity import inputs, queries
from huiguan.identity import operations as identity
from huiguan.identity.values import Post
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text

router = Router(tags=["staff"])


@router.get(
    "/posts", **described(name="posts", gives=schemas.PostsPage, does=Text(zh="职位", en="The posts of the house"))
)
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.demand("organise")
    return answer({"items": [told_post(each) for each in queries.posts(actor)], "next": None})


@router.put(
    "/posts/{post}",
    **described(
        name="set_post", takes=inputs.SetPost, fixed=("post",), gives=schemas.PostAnswer, write=True,
        does=Text(zh="设立或改动职位", en="Make a post or change one"),
    ),
)  # fmt: skip
def write(request: HttpRequest, post: str) -> HttpResponse:
    return did(request, identity.set_post, given(request, inputs.SetPost, post=post), told_post, status=200)


@router.delete(
    "/posts/{post}",
    **described(
        name="remove_post", gives=schemas.PostAnswer, write=True,
        does=Text(zh="取消自设的职位，或恢复原有的", en="Give up a post of the house's own, or restore a usual one"),
    ),
)  # fmt: skip
def remove(request: HttpRequest, post: str) -> HttpResponse:
    asked = read(inputs.PostNamed, {"post": post})
    return answer(told_post(identity.remove_post(actor=actor_of(request), at=now(), given=asked, key=key_of(request))))


@router.put(
    "/posts/{post}/second-factor",
    **described(
        name="demand_second_factor", takes=inputs.DemandSecondFactor, fixed=("post",), gives=schemas.PostAnswer,
        write=True, does=Text(zh="定任此职者是否必须两步登录", en="Whether who holds a post signs in with a second factor"),
    ),
)  # fmt: skip
def demand(request: HttpRequest, post: str) -> HttpResponse:
    return did(
        request,
        identity.demand_second_factor,
        given(request, inputs.DemandSecondFactor, post=post),
        told_post,
        status=200,
    )


def told_post(post: Post) -> dict[str, Any]:
    return {
        "name": post.name,
        "title": post.title,
        "powers": sorted(post.powers),
        "held_at": sorted(post.held_at),
        "second_factor": post.second_factor,
        "usual": post.usual,
    }
