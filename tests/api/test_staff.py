"""Staff, posts and programs by API, within what the calling program holds."""

from __future__ import annotations

from typing import Any

from django.test import Client as Browser

from huiguan.api.tallies import tally
from huiguan.identity import queries as identity
from huiguan.kernel.actors import POWERS as KNOWN
from tests.api.test_document import ORGANISING
from tests.api.test_document import _holds as holds
from tests.api.world import POWERS, World, make_key

MEI = {"username": "mei", "name": "梅", "phone": "13800000009"}


def organiser(world: World, **bounds: Any) -> str:
    return make_key(world.actor, "personnel", [*POWERS, "organise"], **bounds)


def test_a_person_from_her_first_day_to_her_last(world: World) -> None:
    key = organiser(world)
    assert world.post("/staff", MEI, key=key) == {"username": "mei", "name": "梅", "active": True}
    held = world.post("/staff/mei/posts", {"post": "clerk", "node": "S1"}, key=key)
    assert (held["post"], held["node"], held["until"]) == ("clerk", "S1", None)
    told = world.get("/staff/mei", key=key)
    assert (told["phone"], told["has_password"], [each["post"] for each in told["posts"]]) == (
        "13800000009",
        False,
        ["clerk"],
    )
    assert [each["username"] for each in world.get("/staff?shop=S1&post=clerk", key=key)["items"]] == ["mei"]
    assert world.get("/staff?shop=S2&post=clerk", key=key)["items"] == []
    ended = world.post("/staff/mei/posts/ending", {"post": "clerk", "node": "S1"}, key=key)
    assert ended["until"] is not None
    assert world.post("/staff/mei/departure", key=key)["active"] is False
    assert world.get("/staff?search=mei", key=key)["items"] == []
    assert world.get("/staff?search=mei&left=true", key=key)["items"][0]["active"] is False
    back = world.call("DELETE", "/staff/mei/departure", key=key)
    assert (back.status_code, back.json()["active"]) == (200, True)


def test_a_password_link_is_told_once(world: World) -> None:
    key = organiser(world)
    world.post("/staff", MEI, key=key)
    first = world.post("/staff/mei/password-links", key=key, idem="link")
    again = world.post("/staff/mei/password-links", key=key, idem="link")
    assert first["url"].startswith("http://testserver/sign-in/link/")
    assert (again["url"], again["ends_at"]) == (None, first["ends_at"])
    page = Browser().get(first["url"])
    assert "梅，请设一个只有你知道的密码" in page.content.decode()


def test_posts_are_made_and_given_up(world: World) -> None:
    key = organiser(world)
    body = {"title": {"zh": "导购", "en": "Guide"}, "powers": ["sell"], "held_at": ["shop"], "second_factor": True}
    made = world.call("PUT", "/posts/guide", body, key=key)
    assert made.status_code == 200
    names = [each["name"] for each in world.get("/posts", key=key)["items"]]
    assert names[0] == "owner" and "guide" in names
    assert (
        world.call("PUT", "/posts/guide/second-factor", {"demanded": False}, key=key).json()["second_factor"] is False
    )
    assert world.call("DELETE", "/posts/guide", key=key).status_code == 200
    assert world.refused("DELETE", "/posts/guide", key=key)["code"] == "NotFound"
    lacking = next(power for power in KNOWN if power not in {*POWERS, "organise"})
    above = world.refused("PUT", "/posts/guide", {**body, "powers": [lacking]}, key=key)
    assert (above["status"], above["code"], above["field"]) == (403, "AbovePowers", "powers")


def test_programs_are_let_in_changed_and_shut_out(world: World) -> None:
    key = organiser(world)
    wanted = {"name": "till 1", "powers": ["sell"], "shops": ["S1"]}
    old = world.post("/programs", wanted, key=key, idem="p")["key"]
    assert world.post("/programs", wanted, key=key, idem="p")["key"] is None
    changed = world.call("PUT", "/programs/till%201", {"powers": ["sell", "return"], "rate_per_minute": 60}, key=key)
    assert (changed.json()["powers"], changed.json()["shops"]) == (["return", "sell"], None)
    new = world.post("/programs/till%201/rotation", {"overlap_hours": 1}, key=key)["key"]
    assert [world.call("GET", "/shops", key=each).status_code for each in (old, new)] == [200, 200]
    assert world.post("/programs/till%201/revocation", key=key)["revoked_at"] is not None
    assert [world.call("GET", "/shops", key=each).status_code for each in (old, new)] == [401, 401]
    assert [each["name"] for each in world.get("/programs", key=key)["items"]] == ["erp", "personnel", "till 1"]


def test_who_does_not_organise_does_none_of_it(world: World) -> None:
    for method, path, body in (
        ("GET", "/staff", None),
        ("GET", "/staff/boss", None),
        ("POST", "/staff", MEI),
        ("GET", "/posts", None),
        ("GET", "/programs", None),
        ("POST", "/programs", {"name": "x", "powers": ["sell"]}),
    ):
        assert world.refused(method, path, body)["code"] == "Forbidden", path


def test_nobody_above_the_program_itself_is_touched(world: World) -> None:
    key = organiser(world)
    for path in ("/staff/boss/departure", "/staff/boss/password-links"):
        assert world.refused("POST", path, key=key)["code"] == "AbovePowers"
    mine = make_key(world.actor, "s1", ["organise", "sell"], shops=["S1"])
    assert world.refused("POST", "/programs", {"name": "x", "powers": ["sell"]}, key=mine)["code"] == "OutsidePlaces"


def test_what_a_program_is_refused_is_noted(world: World) -> None:
    tally.forget()
    world.refused("GET", "/programs")
    world.refused("GET", "/members/NOBODY")
    noted = {(each.code, each.address, each.times) for each in identity.client_refusals(world.actor, "erp")}
    assert noted == {
        ("Forbidden", "GET /api/v1/programs", 1),
        ("NotFound", "GET /api/v1/members/<member>", 1),
    }
    assert [each.last_used_at is not None for each in identity.clients(world.actor)] == [True]


def test_answers_are_what_the_document_says(world: World) -> None:
    key, document = organiser(world), world.browser.get("/api/v1/openapi.json").json()
    post = {"title": {"zh": "导购", "en": "Guide"}, "powers": ["sell"], "held_at": ["shop"]}
    calls = [
        ("post /staff", "/staff", MEI),
        ("get /staff", "/staff", None),
        ("put /staff/{username}", "/staff/mei", {"name": "梅子"}),
        ("post /staff/{username}/posts", "/staff/mei/posts", {"post": "clerk", "node": "S1"}),
        ("get /staff/{username}", "/staff/mei", None),
        ("post /staff/{username}/password-links", "/staff/mei/password-links", None),
        ("post /staff/{username}/posts/ending", "/staff/mei/posts/ending", {"post": "clerk", "node": "S1"}),
        ("post /staff/{username}/departure", "/staff/mei/departure", None),
        ("delete /staff/{username}/departure", "/staff/mei/departure", None),
        ("put /posts/{post}", "/posts/guide", post),
        ("get /posts", "/posts", None),
        ("put /posts/{post}/second-factor", "/posts/guide/second-factor", {"demanded": True}),
        ("delete /posts/{post}", "/posts/guide", None),
        ("post /programs", "/programs", {"name": "till", "powers": ["sell"], "shops": ["S1"]}),
        ("get /programs", "/programs", None),
        ("put /programs/{name}", "/programs/till", {"powers": ["sell"]}),
        ("post /programs/{name}/rotation", "/programs/till/rotation", {}),
        ("get /programs/{name}/refusals", "/programs/till/refusals", None),
        ("post /programs/{name}/revocation", "/programs/till/revocation", None),
    ]
    asked = set()
    for operation, path, body in calls:
        method, address = operation.split(" ")
        asked.add((method, f"/api/v1{address}"))
        answer = world.call(method.upper(), path, body, key=key)
        assert answer.status_code < 300, (path, answer.content.decode())
        holds(document, method, address, answer)
    told = {(m, p) for p, each in document["paths"].items() for m in each if p.startswith(ORGANISING)}
    assert told == asked


def test_a_place_from_its_opening_to_its_end(world: World) -> None:
    key = organiser(world)
    shop = {"kind": "shop", "code": "S9", "name": {"zh": "九店", "en": "Shop nine"}}
    made = world.post("/places", shop, key=key)
    house = next(each for each in world.get("/places", key=key)["items"] if each["kind"] == "house")
    assert (made["code"], made["under"], made["closed_at"]) == ("S9", house["code"], None)
    renamed = world.call("PUT", "/places/S9/name", {"name": {"zh": "第九店", "en": "Ninth"}}, key=key)
    assert renamed.json()["name"] == {"zh": "第九店", "en": "Ninth"}
    assert world.post("/places/S9/closing", key=key)["closed_at"] is not None
    again = world.call("POST", "/places/S9/closing", key=key)
    assert (again.status_code, again.json()["code"]) == (409, "PlaceClosed")


def test_the_audit_trail_is_read_page_by_page_and_its_end_noted(world: World) -> None:
    key = organiser(world)
    auditor = make_key(world.actor, "auditor", ["audit"])
    world.post("/staff", MEI, key=key)
    world.post("/staff/mei/posts", {"post": "clerk", "node": "S1"}, key=key)
    first = world.get("/audit?subject=staff:mei&limit=1", key=auditor)
    (appointed,), following = first["items"], first["next"]
    assert (appointed["operation"], appointed["subject"], appointed["by_name"]) == ("appoint", "staff:mei", "personnel")
    (taken_on,) = world.get(f"/audit?subject=staff:mei&limit=1&cursor={following}", key=auditor)["items"]
    assert taken_on["seq"] < appointed["seq"] and taken_on["operation"] == "create_staff"
    assert world.get("/audit?operation=appoint&since=2099-01-01", key=auditor) == {"items": [], "next": None}
    end = world.get("/audit/end", key=auditor)
    assert end["entries"] >= appointed["seq"] and len(end["hash"]) == 64
    assert world.call("GET", "/audit", key=key).status_code == (200 if "audit" in POWERS else 403)
    assert world.call("GET", "/audit/end", key=make_key(world.actor, "seller", ["sell"])).status_code == 403
