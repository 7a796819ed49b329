"""/staff: people, their posts, their leaving, links for their passwords."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.staff import schemas
from huiguan.foundation.clock import now
from huiguan.identity import inputs, queries
from huiguan.identity import operations as identity
from huiguan.identity.values import Person, PostHeld, StaffMember
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text

router = Router(tags=["staff"])


@router.get(
    "/staff",
    **described(
        name="staff", gives=schemas.StaffPage,
        does=Text(zh="员工，按姓名、职位、门店找", en="The staff, by name, post or shop"),
    ),
)  # fmt: skip
def listed(
    request: HttpRequest,
    search: str = "",
    post: str | None = None,
    shop: str | None = None,
    left: bool = False,
    at: str | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    place = queries.shop(actor.programme, shop).id if shop else None
    found = queries.staff_members(
        actor, moment_asked(at), search=search, post=post, shop=place, active=None if left else True
    )
    return answer({"items": [told_member(each) for each in found], "next": None})


@router.post(
    "/staff",
    **described(
        name="create_staff", takes=inputs.CreateStaff, gives=schemas.PersonAnswer, status=201, write=True,
        does=Text(zh="录入员工", en="Take a person on"),
    ),
)  # fmt: skip
def create(request: HttpRequest) -> HttpResponse:
    return did(request, identity.create_staff, given(request, inputs.CreateStaff), told_person)


@router.get(
    "/staff/{username}",
    **described(name="staff_member", gives=schemas.StaffAnswer, does=Text(zh="一位员工", en="One person of the staff")),
)
def one(request: HttpRequest, username: str, at: str | None = None) -> HttpResponse:
    return answer(told_member(queries.staff_member(actor_of(request), username, moment_asked(at))))


@router.put(
    "/staff/{username}",
    **described(
        name="change_staff", takes=inputs.ChangeStaff, fixed=("username",), gives=schemas.PersonAnswer, write=True,
        does=Text(zh="改姓名与手机", en="Change a person's name and phone"),
    ),
)  # fmt: skip
def change(request: HttpRequest, username: str) -> HttpResponse:
    return did(
        request, identity.change_staff, given(request, inputs.ChangeStaff, username=username), told_person, status=200
    )


@router.post(
    "/staff/{username}/departure",
    **described(
        name="dismiss_staff", gives=schemas.PersonAnswer, status=201, write=True,
        does=Text(zh="离职：职位、登录、通行密钥立刻结束", en="Somebody leaves: posts, sessions and passkeys end at once"),
    ),
)  # fmt: skip
def leave(request: HttpRequest, username: str) -> HttpResponse:
    asked = read(inputs.StaffNamed, {"username": username})
    person = identity.dismiss_staff(
        actor=actor_of(request), at=now(), given=asked, wall=datetime.now(UTC), key=key_of(request)
    )
    return answer(told_person(person), 201)


@router.delete(
    "/staff/{username}/departure",
    **described(
        name="readmit_staff", gives=schemas.PersonAnswer, write=True,
        does=Text(zh="请回离职的人，职位与密码重新给", en="Take back who left; posts and password are given anew"),
    ),
)  # fmt: skip
def take_back(request: HttpRequest, username: str) -> HttpResponse:
    asked = read(inputs.StaffNamed, {"username": username})
    return answer(
        told_person(identity.readmit_staff(actor=actor_of(request), at=now(), given=asked, key=key_of(request)))
    )


@router.post(
    "/staff/{username}/posts",
    **described(
        name="appoint", takes=inputs.Appoint, fixed=("username",), gives=schemas.HeldPostAnswer, status=201, write=True,
        does=Text(zh="任命", en="Give a person a post at a place, for a term or without an end"),
    ),
)  # fmt: skip
def appoint(request: HttpRequest, username: str) -> HttpResponse:
    return did(request, identity.appoint, given(request, inputs.Appoint, username=username), told_held)


@router.post(
    "/staff/{username}/posts/ending",
    **described(
        name="dismiss", takes=inputs.Dismiss, fixed=("username",), gives=schemas.HeldPostAnswer, status=201, write=True,
        does=Text(zh="免去职务", en="End a post of a person's"),
    ),
)  # fmt: skip
def dismiss(request: HttpRequest, username: str) -> HttpResponse:
    return did(request, identity.dismiss, given(request, inputs.Dismiss, username=username), told_held)


@router.post(
    "/staff/{username}/password-links",
    **described(
        name="make_password_link", gives=schemas.PasswordLinkAnswer, status=201, write=True,
        does=Text(zh="给一个设密码的链接，只显示一次", en="A link that sets a password once, told this once"),
    ),
)  # fmt: skip
def link(request: HttpRequest, username: str) -> HttpResponse:
    asked = read(inputs.StaffNamed, {"username": username})
    made = identity.make_password_link(
        actor=actor_of(request), at=now(), given=asked, wall=datetime.now(UTC), key=key_of(request)
    )
    url = request.build_absolute_uri(f"/sign-in/link/{made.token}") if made.token else None
    return answer({"username": made.username, "url": url, "ends_at": made.ends_at}, 201)


def told_person(person: Person) -> dict[str, Any]:
    return {"username": person.username, "name": person.name, "active": person.active}


def told_member(member: StaffMember) -> dict[str, Any]:
    return {
        "username": member.username,
        "name": member.name,
        "phone": member.phone or None,
        "language": member.language,
        "active": member.active,
        "has_password": member.has_password,
        "factors": list(member.factors),
        "posts": [told_held(held) for held in member.posts],
        "created_at": member.created_at,
        "seen_at": member.seen_at,
    }


def told_held(held: PostHeld) -> dict[str, Any]:
    return {
        "post": held.post,
        "title": held.title,
        "node": held.node_code,
        "place": held.place,
        "powers": sorted(held.powers),
        "since": held.since,
        "until": held.until,
    }
