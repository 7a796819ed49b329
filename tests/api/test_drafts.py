"""Drafts by programs: written, compared, never approved by one."""

from __future__ import annotations

import pytest

from huiguan.rules.shelf import source_of
from tests.api.world import World, make_key

pytestmark = pytest.mark.django_db
THREE = source_of("designer-wear").decode().replace("give: 2\n", "give: 3\n")


def opened(world: World) -> None:
    made = world.call("POST", "/rulebook/drafts", {"title": "Three points", "source": THREE})
    assert (made.status_code, made.json()["number"], made.json()["state"]) == (201, 1, "open")


def test_a_program_writes_and_reads_what_changes(world: World) -> None:
    opened(world)
    told = world.get("/rulebook/drafts/1")
    assert (told["source"], told["authors"], told["findings"], told["proof"]) == (THREE, ["erp"], [], None)
    (clause,) = world.get("/rulebook/drafts/1/difference")["clauses"]
    assert (clause["id"], clause["acts"]) == ("B55-13", True)
    assert clause["changes"][0] | {"line": 0} == {"path": "give", "before": "2", "after": "3", "line": 0}
    assert [each["what"] for each in world.get("/rulebook/drafts/1/history")["items"]] == ["opened"]


def test_two_programs_at_once(world: World) -> None:
    opened(world)
    body = {"revision": 1, "source": THREE + "# one\n"}
    first = world.call("PUT", "/rulebook/drafts/1/text", body, idem="a")
    assert first.json()["revision"] == 2
    assert world.call("PUT", "/rulebook/drafts/1/text", body, idem="a").json() == first.json()
    late = world.call("PUT", "/rulebook/drafts/1/text", {"revision": 1, "source": THREE + "# two\n"})
    assert (late.status_code, late.json()["code"], late.json()["field"]) == (409, "DraftChanged", "revision")


def test_what_was_not_approved_is_not_published(world: World) -> None:
    opened(world)
    refused = world.call("POST", "/rulebook/drafts/1/publication", {"effective_from": "2027-01-01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "DraftNotApproved")
    for address in ("submission", "approval"):
        assert world.call("POST", f"/rulebook/drafts/1/{address}", {}).status_code == 404


def test_all_faults_come_with_the_draft(world: World) -> None:
    broken = THREE.replace("kind: scope", "kind: scoop").replace("give: 3\n", "giv: 3\n")
    world.call("POST", "/rulebook/drafts", {"title": "x", "source": broken})
    told = world.get("/rulebook/drafts/1")
    assert {each["code"] for each in told["findings"]} == {"unknown_kind", "unknown_key", "missing_key"}
    refused = world.call("POST", "/rulebook/drafts/1/proofs", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "RulebookRefused")


def test_drafting_takes_its_scope(world: World) -> None:
    opened(world)
    reader = make_key(world.actor, "reader", ["read_rulebook"])
    for method, path, body in (
        ("GET", "/rulebook/drafts", None),
        ("GET", "/rulebook/drafts/1", None),
        ("POST", "/rulebook/drafts", {"title": "x"}),
        ("POST", "/rulebook/drafts/1/proofs", {}),
        ("POST", "/rulebook/drafts/1/publication", {}),
    ):
        answer = world.call(method, path, body, key=reader)
        assert (path, answer.status_code, answer.json()["code"]) == (path, 403, "Forbidden")
    for number in (9, 10**12):
        assert world.call("GET", f"/rulebook/drafts/{number}").status_code == 404


def test_a_draft_begun_from_a_template(world: World) -> None:
    told = {each["name"]: each for each in world.get("/rulebook/templates")["items"]}
    assert (told["phone-vip"]["sells"], told["association"]["sells"]) == (True, False)
    shipped = world.get("/rulebook/templates/phone-vip")
    assert shipped["source"] == source_of("phone-vip").decode()
    assert shipped["acting"] + shipped["waiting"] <= shipped["source"].count("\n  - id:")
    made = world.call("POST", "/rulebook/drafts", {"title": "By phone", "source": shipped["source"]})
    assert (made.status_code, world.get("/rulebook/drafts/1")["findings"][0]["clause"]) == (201, "B22-14")
    assert world.call("GET", "/rulebook/templates/none").json()["field"] == "template"
    assert world.call("GET", "/rulebook/templates", key=make_key(world.actor, "till", ["sell"])).status_code == 403
