"""The staff as a list, and who is signed in."""

from __future__ import annotations

from collections.abc import Mapping

from huiguan.console.acting import Acting, wall
from huiguan.console.staff.pages import SessionRow, StaffListPage, StaffRow
from huiguan.console.staff.words import FACTORS, how_said, masked, state_mark
from huiguan.design.wording import device_said
from huiguan.identity import queries as identity
from huiguan.identity.values import OpenSession, PostHeld, StaffMember
from huiguan.kernel.text import Text

HERE, GONE, EVERYBODY = "", "left", "all"
_STATES = {HERE: Text(zh="在职", en="Here"), GONE: Text(zh="已离职", en="Left"), EVERYBODY: Text(zh="全部", en="All")}
_ACTIVE = {HERE: True, GONE: False, EVERYBODY: None}


def staff_page(now: Acting, asked: Mapping[str, str]) -> StaffListPage:
    """The staff as filtered by q, post, shop and state. Takes `organise`."""
    wanted = {name: asked.get(name, "").strip() for name in ("q", "post", "shop", "state")}
    shops = {shop.code: shop for shop in identity.shops(now.actor)}
    shop = shops.get(wanted["shop"])
    found = identity.staff_members(
        now.actor,
        now.at,
        search=wanted["q"],
        post=wanted["post"] or None,
        shop=shop.id if shop else None,
        active=_ACTIVE.get(wanted["state"], True),
    )
    posts = identity.posts(now.actor)
    return StaffListPage(
        rows=[_row(each) for each in found],
        asked=wanted,
        posts=[(post.name, post.title, post.name == wanted["post"]) for post in posts],
        shops=[(code, each.name, code == wanted["shop"]) for code, each in shops.items()],
        states=[(name, title, name == wanted["state"]) for name, title in _STATES.items()],
        filtered=any(wanted.values()),
    )


def _row(member: StaffMember) -> StaffRow:
    return StaffRow(
        name=member.name,
        username=member.username,
        href=f"/staff/{member.username}/",
        phone=masked(member.phone),
        posts=[at_place(held) for held in member.posts],
        factors=[FACTORS[way] for way in member.factors],
        seen_at=member.seen_at,
        mark=state_mark(member.active, member.has_password),
    )


def at_place(held: PostHeld) -> Text:
    return Text(zh=f"{held.title.zh} · {held.place.zh}", en=f"{held.title.en} · {held.place.en}")


def session_rows(now: Acting, username: str | None = None, within: str = "/staff/sessions") -> list[SessionRow]:
    """Who is signed in, the last used first; ending one is asked for under `within`."""
    found = identity.sessions(now.actor, wall(), username=username)
    return [_session(each, now, within) for each in found]


def _session(each: OpenSession, now: Acting, within: str) -> SessionRow:
    return SessionRow(
        who=each.name,
        who_href=f"/staff/{each.username}/",
        device=device_said(each.device),
        address=each.address,
        how=how_said(each.how),
        began_at=each.began_at,
        seen_at=each.seen_at,
        end_href=f"{within}/{each.id}",
        here=each.id == now.session.id,
    )
