"""The pages at the door, outside the frame: what is shown before anybody is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiguan.console.acting import brand_of
from huiguan.console.door.challenges import passkeys_possible
from huiguan.console.door.pages import SignInPage, TryAccount, TryHouse
from huiguan.design.values import Brand
from huiguan.foundation import clock
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

_SORTS = {
    "shop": Text(zh="店铺", en="Shop"),
    "association": Text(zh="公会", en="Association"),
    "exchange": Text(zh="交易所", en="Exchange"),
}


def door(request: HttpRequest, page: SignInPage, status: int = 200) -> HttpResponse:
    """Sign-in by name and password, or by passkey where this address can have one."""
    shown = SignInPage(page.username, page.refused, page.next, _houses(), passkeys_possible(request), page.told)
    return outside(request, "console/door/sign_in.html", status, page=shown)


def outside(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page outside the house, under its name."""
    return render(request, template, {"brand": _brand(), **context}, status=status)


def _brand() -> Brand:
    """The name over the door: that of the only house here, else the product's own."""
    known = programmes.programmes()
    return brand_of(identity.tree(system(known[0].id)) if len(known) == 1 else ())


def _houses() -> tuple[TryHouse, ...]:
    """In a demonstration, its houses and the people of each anybody may come in as."""
    password, at = settings.HUIGUAN_DEMO_PASSWORD, clock.now()
    if not (settings.HUIGUAN_DEMO and password):
        return ()
    sorts: dict[str, str] = settings.HUIGUAN_DEMO_HOUSES
    order = list(sorts)
    known = sorted(
        programmes.programmes(), key=lambda each: order.index(each.code) if each.code in sorts else len(order)
    )
    shown = (_house(system(each.id), sorts.get(each.code, ""), password, at) for each in known)
    return tuple(house for house in shown if house.accounts)


def _house(actor: Actor, sort: str, password: str, at: datetime) -> TryHouse:
    people = {person.username: person for person in identity.people(actor, at)}
    shown = [people[name] for name in settings.HUIGUAN_DEMO_PEOPLE if name in people and people[name].posts]
    tree = identity.tree(actor)
    house = tree[0].name if tree else ""
    accounts = tuple(
        TryAccount(
            each.username, password, each.name, each.posts[0].title,
            "" if each.posts[0].place == house else each.posts[0].place,  # the heading says it already
        )
        for each in shown
    )  # fmt: skip
    return TryHouse(house, accounts, _SORTS.get(sort, ""))
