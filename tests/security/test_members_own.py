"""A member's pages show a member what is hers and nothing else, whatever she asks for; a stranger sees none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import URLResolver

from huiguan.portal.urls import urlpatterns
from tests.console.world import set_clock
from tests.portal.world import BASE, Portal, found_portal, sell
from tests.visits.world import AT, HERS, LONG_GONE, NOBODYS

PUBLIC = {
    "sign-in", "sign-in/code", "sign-out", "join", "rules/", "rules/changes", "honours", "apply/", "apply/resume", "apply/lost",
    "apply/lost/code", "apply/out", "apply/for/<slug:procedure>", "apply/templates/<slug:name>", "recommend/<str:token>",
}  # fmt: skip
NOWHERE = {"int": "9" * 25, "str": "a" * 300, "slug": "a" * 300}


@pytest.fixture
def portal(db: None, settings: Any) -> Portal:
    settings.HUIGUAN_DEMO = True
    made = found_portal()
    set_clock(AT)
    return made


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for each in patterns or urlpatterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif route:
            yield route.removeprefix("<slug:code>/")


def filled(route: str, portal: Portal, reference: str) -> str:
    there = {"unit": "points", "reference": reference}
    return re.sub(r"<(\w+):(\w+)>", lambda at: "1" if at[1] == "int" else there.get(at[2], "x"), route)


def text_of(answer: Any) -> str:
    """What an answer says; of an archive, what its files say."""
    if not answer.streaming:
        return str(answer.content.decode())
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_a_stranger_is_led_to_the_door(portal: Portal) -> None:
    client, asked = Client(), 0
    for route in routes():
        for answer in (
            client.get(BASE + filled(route, portal, portal.sale.id)),
            client.post(BASE + filled(route, portal, "x")),
        ):
            assert "林溪" not in answer.content.decode() and portal.lin.number not in answer.content.decode(), route
            if route not in PUBLIC:
                assert answer.status_code in (302, 405), (route, answer.status_code)
                door = f"{BASE}apply/resume?matter=x" if route.startswith("apply/") else f"{BASE}sign-in"
                assert answer.status_code == 405 or answer["Location"] == door, route
        asked += 1
    assert asked > 18


def test_a_member_is_never_shown_another(portal: Portal) -> None:
    """Su asks for every address with Lin's purchase in it, by its id and by its bill's number."""
    client = portal.browser(LONG_GONE)
    for reference in (portal.sale.id, portal.sale.number):
        for route in routes():
            if route == "sign-out":
                continue
            path = BASE + filled(route, portal, reference)
            for answer in (client.get(path), client.post(path, {"what": "marketing", "member": portal.lin.number})):
                page = text_of(answer)
                assert "林溪" not in page and portal.lin.number not in page and "稻花香米" not in page, path
                if "reference" in route:
                    assert answer.status_code in (404, 405), path
    hers = sell(portal, portal.su, "TEA", bill="GY1-2")
    assert client.get(f"{BASE}sales/{hers.id}/").status_code == 200


def test_what_names_nothing_is_answered(portal: Portal) -> None:
    client = portal.browser(HERS)
    for route in routes():
        if route == "sign-out":
            continue
        path = BASE + re.sub(r"<(\w+):\w+>", lambda at: NOWHERE[at[1]], route)
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code in (200, 302, 400, 403, 404, 405, 409, 422, 429), (path, answer.status_code)


def test_a_visit_at_the_door_opens_no_page_of_a_member(portal: Portal) -> None:
    client = portal.browser(NOBODYS)
    for route in routes():
        if route not in PUBLIC:
            answer = client.get(BASE + filled(route, portal, portal.sale.id))
            assert answer.status_code in (302, 405), route
            door = f"{BASE}apply/resume?matter=x" if route.startswith("apply/") else f"{BASE}join"
            assert answer.status_code == 405 or answer["Location"] == door, route


def test_a_members_cookie_is_nothing_to_the_house(portal: Portal) -> None:
    client = portal.browser(HERS)
    assert client.get("/members/")["Location"].startswith("/sign-in")
    assert client.get("/api/v1/members").status_code == 401
