"""What is done to a person of the staff, each asked in a sheet first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from huiguan.console.acting import Acting, wall
from huiguan.design.values import Words
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.inputs import Appoint, ChangeStaff, Dismiss, StaffNamed
from huiguan.identity.values import PLACES, StaffMember
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import at_day, day_of, local_day
from huiguan.kernel.text import Text

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of a sheet. `choices`: one of these is chosen; `kind`: of the input; `optional`: may stay empty."""

    name: str
    label: Text
    kind: str = "text"
    value: str = ""
    choices: tuple[tuple[str, Words], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """`explains` what it does, `blanks` to fill in, `button`; `do` does it and tells what was done."""

    title: Text
    explains: Text
    blanks: Callable[[Acting, StaffMember], tuple[Blank, ...]]
    button: Text
    do: Callable[[Acting, str, Form, str | None], Text]


def _nothing(now: Acting, member: StaffMember) -> tuple[Blank, ...]:
    return ()


def _appointment(now: Acting, member: StaffMember) -> tuple[Blank, ...]:
    posts = tuple((post.name, post.title) for post in identity.posts(now.actor) if post.powers <= now.actor.powers)
    places: list[tuple[str, Words]] = []
    for place in identity.tree(now.actor):
        if place.closed_at is None and _mine(now, place.id, place.kind):
            pad = "\u3000" * place.depth
            kind = PLACES[place.kind]
            told = Text(zh=f"{pad}{place.name.zh}（{kind.zh}）", en=f"{pad}{place.name.en} ({kind.en})")
            places.append((place.code, told))
    return (
        Blank("post", Text(zh="职位", en="Post"), choices=posts),
        Blank("node", Text(zh="在哪里", en="Where"), choices=tuple(places)),
        Blank("since", Text(zh="自哪天", en="From"), kind="date", optional=True),
        Blank("until", Text(zh="到哪天为止（含）", en="To, the last day"), kind="date", optional=True),
    )


def _mine(now: Acting, node: int, kind: str) -> bool:
    if now.actor.shops is None:
        return True
    under = identity.shops_under([node])
    return bool(under) and under <= now.actor.shops


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _appoint(now: Acting, username: str, form: Form, key: str | None) -> Text:
    given: dict[str, Any] = {"username": username, "post": form["post"], "node": form["node"]}
    if form["since"] and day_of(form["since"], "since") != local_day(now.at, _zone()):  # today is from now on
        given["since"] = at_day(day_of(form["since"], "since"), _zone()).isoformat()
    if form["until"]:
        given["until"] = at_day(day_of(form["until"], "until") + timedelta(days=1), _zone()).isoformat()
    made = operations.appoint(actor=now.actor, at=now.at, given=read(Appoint, given), key=key)
    return Text(zh=f"已任命 · {made.title.zh} · {made.place.zh}", en=f"Appointed · {made.title.en} · {made.place.en}")


def _leave(now: Acting, username: str, form: Form, key: str | None) -> Text:
    given = read(StaffNamed, {"username": username})
    person = operations.dismiss_staff(actor=now.actor, at=now.at, given=given, wall=wall(), key=key)
    return Text(
        zh=f"{person.name} 已离职，登录与职位都已结束", en=f"{person.name} has left; sign-ins and posts have ended"
    )


def _return(now: Acting, username: str, form: Form, key: str | None) -> Text:
    given = read(StaffNamed, {"username": username})
    person = operations.readmit_staff(actor=now.actor, at=now.at, given=given, key=key)
    return Text(
        zh=f"{person.name} 回来了，请任命并给密码链接",
        en=f"{person.name} is back; appoint them and give a password link",
    )


def _drop(now: Acting, username: str, form: Form, key: str | None) -> Text:
    given = read(StaffNamed, {"username": username})
    operations.drop_second_factors(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="第二步已撤，下次只凭密码进来", en="The second step is dropped; the password alone opens next time")


def _profile(now: Acting, member: StaffMember) -> tuple[Blank, ...]:
    return (
        Blank("name", Text(zh="姓名", en="Name"), value=member.name),
        Blank("phone", Text(zh="手机", en="Mobile"), kind="tel", value=member.phone, optional=True),
    )


def _change(now: Acting, username: str, form: Form, key: str | None) -> Text:
    given = read(ChangeStaff, {"username": username, "name": form["name"], "phone": form["phone"] or None})
    person = operations.change_staff(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已保存 · {person.name}", en=f"Saved · {person.name}")


def end_post(now: Acting, username: str, post: str, node: str, key: str | None) -> Text:
    """One post of hers ends now."""
    given = read(Dismiss, {"username": username, "post": post, "node": node})
    held = operations.dismiss(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已免去 · {held.title.zh} · {held.place.zh}", en=f"Ended · {held.title.en} · {held.place.en}")


DEEDS = {
    "posts": Deed(
        Text(zh="任命", en="Appoint"),
        Text(
            zh="在总部或大区任职，管其下全部门店。不填日期就从现在起、没有期限。",
            en="A post at head office or a region covers every shop under it. Without dates it holds from now, without an end.",
        ),
        _appointment,
        Text(zh="任命", en="Appoint"),
        _appoint,
    ),
    "departure": Deed(
        Text(zh="离职", en="Leaves"),
        Text(
            zh="立刻退出所有设备，职位全部结束，通行密钥与验证器作废。做过的事仍记在此人名下。",
            en="Signed out everywhere at once; all posts end, passkeys and authenticator open nothing. What was done stays under this name.",
        ),
        _nothing,
        Text(zh="办理离职", en="Confirm leaving"),
        _leave,
    ),
    "return": Deed(
        Text(zh="请回来", en="Take back"),
        Text(
            zh="用原来的用户名，职位与密码须重新给。", en="Under the same username; posts and password are given anew."
        ),
        _nothing,
        Text(zh="请回来", en="Take back"),
        _return,
    ),
    "second-factors": Deed(
        Text(zh="撤第二步", en="Drop the second step"),
        Text(
            zh="手机丢了才用：验证器、备用码与通行密钥全部作废。先确认是本人。",
            en="For a lost phone: authenticator, recovery codes and passkeys open nothing any more. Make sure who is asking.",
        ),
        _nothing,
        Text(zh="撤掉", en="Drop it"),
        _drop,
    ),
    "profile": Deed(
        Text(zh="改资料", en="Edit"),
        Text(
            zh="手机用来认出想入会的员工。", en="The phone tells when somebody on the staff wants to become a member."
        ),
        _profile,
        Text(zh="保存", en="Save"),
        _change,
    ),
}
