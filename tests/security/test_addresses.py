"""Every address of the console, as the clerk Zhou He asks for it, and with names and numbers nobody has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from tests.console.world import World, found_world

# What of the console a clerk (sell, return, enrol, read members, cards, read the rulebook) may not open at all, by the
# power it takes; with the addresses underneath that are hers all the same.
CLOSED = {
    "/bodies/": "organise",
    "/books/": "audit",
    "/calendar/announcement": "organise",
    "/calendar/days": "organise",
    "/calendar/files": "organise",
    "/calendar/national": "organise",
    "/clock/": "clock",
    "/coupons/": "coupons",
    "/dues/": "bill",
    "/goods/": "catalogue",
    "/import/": "import",
    "/mall/items/new": "catalogue",
    "/mall/items/{code}/codes": "catalogue",
    "/mall/items/{code}/edit": "catalogue",
    "/mall/items/{code}/picture": "catalogue",
    "/mall/items/{code}/stock": "catalogue",
    "/mall/items/{code}/withdrawal": "catalogue",
    "/mall/exchanges/{number}/settlement": "correct",
    "/mall/partners/{name}/line": "organise",
    "/mall/partners/{name}/months/": "audit",
    "/mall/partners/{name}/months/{month}/close": "estimate",
    "/mall/partners/{name}/months/{month}/payment": "estimate",
    "/mall/partners/{name}/stop": "organise",
    "/mall/scarce/{kind}/": "catalogue",
    "/mall/zones": "catalogue",
    "/members/duplicates/": "correct",
    "/members/{number}/merge": "correct",
    "/members/{number}/profile": "edit_members",
    "/members/{number}/reveal": "reveal",
    "/papers/": "documents",
    "/payments/differences/{difference}": "correct",
    "/payments/statements/": "audit",
    "/payments/{number}/dispute": "correct",
    "/conduct/": "conduct",
    "/conduct/awards/new/": "matters",
    "/places/": "organise",
    "/programs/": "organise",
    "/rulebook/drafts/": "write_rulebook",
    "/rulebook/simulations/": "write_rulebook",
    "/rulebook/templates/{template}/": "write_rulebook",
    "/setup/onward": "organise",
    "/sales/{reference}/void": "void",
    "/staff/": "organise",
}
OPEN = (
    "/", "/account/", "/calendar/", "/design/", "/draws/", "/healthz", "/invoices/", "/mall/", "/matters/", "/members/", "/messages/", "/notice/", "/verify/", "/payments/", "/readyz", "/rulebook/", "/sales/", "/search",
    "/setup/", "/shop", "/shops/day/", "/sign-in", "/sign-out", "/till/",
)  # fmt: skip
ELSEWHERE = ("/api", "/static", "/m/", "/^")  # the members' pages have a test of their own
NOWHERE = {"int": "9" * 25, "str": "a" * 300, "slug": "a" * 300, "path": "a" * 300}


@pytest.fixture
def brand(db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    return found_world()


def routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        elif not route.startswith(ELSEWHERE):
            yield route


def plain(route: str) -> str:
    return re.sub(r"<\w+:(\w+)>", r"{\1}", route)


def is_closed(route: str) -> bool:
    return any(plain(route).startswith(each) for each in CLOSED)


def filled(route: str, hero: str) -> str:
    """The address with what is there: the hero, the owner, a shop, the first of everything."""
    there = {"number": hero, "member": hero, "username": "shenlingyi", "code": "HB"}
    return re.sub(r"<(\w+):(\w+)>", lambda at: "1" if at[1] == "int" else there.get(at[2], "x"), route)


def test_every_address_is_known_to_be_open_or_closed() -> None:
    unknown = [plain(route) for route in routes() if not is_closed(route) and not _open(route)]
    assert unknown == []


def _open(route: str) -> bool:
    return any(route == each or (each != "/" and route.startswith(each)) for each in OPEN)


def test_a_clerk_is_refused_whatever_is_not_hers(brand: World) -> None:
    client = brand.client("zhouhe")
    asked = 0
    for route in filter(is_closed, routes()):
        path = filled(route, brand.hero)
        answers = [answer.status_code for answer in (client.get(path), client.post(path))]
        assert set(answers) <= {403, 405} and 403 in answers, (path, answers)
        asked += 1
    assert asked > 60


@pytest.mark.parametrize("username", ["zhouhe", "shenlingyi"])
def test_what_names_nothing_is_answered(brand: World, username: str) -> None:
    """Numbers no table holds and names no column holds: a page that says so, never a fault of ours."""
    client = brand.client(username)
    for route in routes():
        if "<" not in route:
            continue
        path = re.sub(r"<(\w+):\w+>", lambda at: NOWHERE[at[1]], route)
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code in (302, 400, 403, 404, 405, 422), (path, answer.status_code)
