"""The pages at the door, outside the frame: what is shown before anybody is known."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiguan.console.acting import brand_of
from huiguan.console.door.challenges import passkeys_possible
from huiguan.console.door.pages import SignInPage, TryAccount
from huiguan.design.values import Brand
from huiguan.foundation import clock
from huiguan.identity import queries as identity
from huiguan.kernel.actors import system
from huiguan.programme import queries as programmes


def door(request: HttpRequest, page: SignInPage, status: int = 200) -> HttpResponse:
    """Sign-in by name and password, or by passkey where this address can have one."""
    shown = SignInPage(page.username, page.refused, page.next, _accounts(), passkeys_possible(request), page.told)
    return outside(request, "console/door/sign_in.html", status, page=shown)


def outside(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page outside the house, under its name."""
    return render(request, template, {"brand": _brand(), **context}, status=status)


def _brand() -> Brand:
    """The name over the door: that of the only house here, else the product's own."""
    known = programmes.programmes()
    return brand_of(identity.tree(system(known[0].id)) if len(known) == 1 else ())


def _accounts() -> tuple[TryAccount, ...]:
    """In a demonstration, the people anybody may come in as."""
    password = settings.HUIGUAN_DEMO_PASSWORD
    known = programmes.programmes()
    if not (settings.HUIGUAN_DEMO and password and known):
        return ()
    people = {person.username: person for person in identity.people(system(known[0].id), clock.now())}
    shown = [people[name] for name in settings.HUIGUAN_DEMO_PEOPLE if name in people and people[name].posts]
    return tuple(
        TryAccount(each.username, password, each.name, each.posts[0].title, each.posts[0].place) for each in shown
    )
