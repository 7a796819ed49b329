"""Drafts by programs, clause by clause: the file around a clause stays as it is, and what is wrong is named."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.editing import clause_in
from huiguan.rules.shelf import source_of
from tests.api.world import World, make_key

pytestmark = pytest.mark.django_db
DESIGNER = source_of("designer-wear").decode()
RATE = "/rulebook/drafts/1/clauses/B55-13"


@pytest.fixture
def drafted(world: World) -> World:
    made = world.call("POST", "/rulebook/drafts", {"title": "Three points", "source": DESIGNER})
    assert made.status_code == 201
    return world


def _value(world: World, **changes: Any) -> dict[str, Any]:
    return {**world.get(RATE)["value"], **changes}


def test_one_figure_changes_one_line_of_the_file(drafted: World) -> None:
    told = drafted.get(RATE)
    assert (told["kind"], told["changed"], told["findings"], told["revision"]) == ("earn", None, [], 1)
    assert told["value"]["per"] == "100.00"  # money is text, both ways
    saved = drafted.call("PUT", RATE, {"revision": 1, "value": _value(drafted, give=3)}, idem="a")
    assert (saved.status_code, saved.json()["clause"], saved.json()["revision"]) == (200, "B55-13", 2)
    assert drafted.get("/rulebook/drafts/1")["source"] == DESIGNER.replace("    give: 2\n", "    give: 3\n")
    now = drafted.get(RATE)
    assert (now["changed"], now["value"]["give"]) == ("changed", 3)
    assert any("3" in each["en"] for each in now["says"])
    # The same once more is answered as before; the same text again is no revision.
    assert drafted.call("PUT", RATE, {"revision": 1, "value": _value(drafted, give=3)}, idem="a").json() == saved.json()
    again = drafted.call("PUT", RATE, {"revision": 2, "value": _value(drafted)})
    assert again.json()["revision"] == 2


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"give": 0}, "value.give", "give"),
        ({"per": "abc"}, "value.per", "per"),
        ({"pre": "100.00"}, "value.pre", "pre"),
        ({"give": None}, "value.give", "give"),
        ({"per": 99.5}, "value", "takes per as text"),
        ({"id": "B55-99"}, "value.id", "a clause keeps its id"),
        ({"text": {"zh": "积分", "en": "Points", 'x: "\n- y': "z"}}, "value", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_changed(
    drafted: World, changes: dict[str, Any], field: str, rule: str
) -> None:
    refused = drafted.call("PUT", RATE, {"revision": 1, "value": _value(drafted, **changes)})
    told = refused.json()
    assert (refused.status_code, told["field"].startswith(field)) == (422, True), told
    assert rule in told["text"]["en"] and told["text"]["zh"]
    assert drafted.get("/rulebook/drafts/1")["revision"] == 1


def test_an_unfinished_clause_is_kept_where_that_is_said(drafted: World) -> None:
    body = {"revision": 1, "value": _value(drafted, give=0), "unfinished": True}
    assert drafted.call("PUT", RATE, body).json()["revision"] == 2
    told = drafted.get(RATE)
    assert [(each["level"], each["path"]) for each in told["findings"]] == [("refuse", "give")]
    assert (told["faults"], told["says"]) == (1, [])
    (line,) = [each for each in drafted.get("/rulebook/drafts/1/clauses")["items"] if each["faults"]]
    assert (line["id"], line["changed"]) == ("B55-13", "changed")
    refused = drafted.call("POST", "/rulebook/drafts/1/proofs", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "RulebookRefused")


def test_two_write_other_clauses_and_then_the_same(drafted: World) -> None:
    other = "/rulebook/drafts/1/clauses/B55-14"
    mine, theirs = _value(drafted, give=3), drafted.get(other)["value"]
    words = {**theirs["text"], "en": "Points earned by November die with the year."}
    assert drafted.call("PUT", other, {"revision": 1, "value": {**theirs, "text": words}}).status_code == 200
    # Written over revision 1 as well, but of another clause: both stay.
    assert drafted.call("PUT", RATE, {"revision": 1, "value": mine}).json()["revision"] == 3
    assert drafted.get(other)["value"]["text"] == words
    late = drafted.call("PUT", RATE, {"revision": 1, "value": {**mine, "give": 4}})
    assert (late.status_code, late.json()["code"], late.json()["field"]) == (409, "DraftChanged", "revision")
    gone = drafted.call("DELETE", f"{RATE}?revision=2")
    assert (gone.status_code, gone.json()["code"]) == (409, "DraftChanged")
    assert drafted.get(RATE)["value"]["give"] == 3


def test_a_clause_is_put_in_and_taken_out(drafted: World) -> None:
    clauses = "/rulebook/drafts/1/clauses"
    empty = drafted.call("POST", clauses, {"kind": "multiplier", "after": "B55-13"}, idem="new")
    assert empty.status_code == 201
    made = empty.json()["clause"]
    assert drafted.call("POST", clauses, {"kind": "multiplier", "after": "B55-13"}, idem="new").json() == empty.json()
    told = drafted.get(f"{clauses}/{made}")
    assert (told["kind"], told["changed"], told["faults"] > 0) == ("multiplier", "new", True)
    ids = [each["id"] for each in drafted.get(clauses)["items"]]
    assert ids.index(made) == ids.index("B55-13") + 1
    assert drafted.call("DELETE", f"{clauses}/{made}?revision=2").status_code == 200
    assert drafted.get("/rulebook/drafts/1")["source"] == DESIGNER
    whole = clause_in(DESIGNER, "B55-13") | {"id": "B55-80", "give": 1, "tier": "diamond_card"}
    added = drafted.call("POST", clauses, {"kind": "earn", "after": "B55-13", "value": whole})
    assert added.status_code == 201, added.content.decode()
    assert compile_rulebook(drafted.get("/rulebook/drafts/1")["source"]).clauses["B55-80"].kind == "earn"
    for body, field in (
        ({"kind": "earm", "after": "B55-13"}, "kind"),
        ({"kind": "earn", "after": "B55-999"}, "after"),
        ({"kind": "earn", "after": "B55-13", "value": whole}, "value.id"),
        ({"kind": "earn", "after": "B55-13", "value": {**whole, "id": "B55-81", "give": -1}}, "value.give"),
    ):
        refused = drafted.call("POST", clauses, body)
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert drafted.call("DELETE", f"{clauses}/B55-13?revision=4").status_code == 200
    assert drafted.get(clauses)["gone"] == ["B55-13"]


def test_every_clause_of_every_rulebook_goes_in_and_out_unchanged(world: World) -> None:
    """What is read of a clause and written again is no revision: nothing is lost on the way through JSON."""
    for n, name in enumerate(("designer-wear", "supermarket"), 1):
        world.call("POST", "/rulebook/drafts", {"title": name, "source": source_of(name).decode()})
        for line in world.get(f"/rulebook/drafts/{n}/clauses")["items"][:12]:
            address = f"/rulebook/drafts/{n}/clauses/{line['id']}"
            saved = world.call("PUT", address, {"revision": 1, "value": world.get(address)["value"]})
            assert (address, saved.status_code, saved.json().get("revision")) == (address, 200, 1), saved.content


def test_clauses_take_the_scope_of_drafts(drafted: World) -> None:
    reader = make_key(drafted.actor, "reader", ["read_rulebook"])
    calls: list[tuple[str, str, dict[str, Any] | None]] = [
        ("GET", "/rulebook/drafts/1/clauses", None),
        ("GET", RATE, None),
        ("PUT", RATE, {"revision": 1, "value": {}}),
        ("POST", "/rulebook/drafts/1/clauses", {"kind": "earn", "after": "B55-13"}),
        ("DELETE", f"{RATE}?revision=1", None),
    ]
    for method, path, body in calls:
        answer = drafted.call(method, path, body, key=reader)
        assert (method, answer.status_code, answer.json()["code"]) == (method, 403, "Forbidden")
    for path in ("/rulebook/drafts/9/clauses", "/rulebook/drafts/1/clauses/B55-999"):
        assert drafted.call("GET", path).status_code == 404
    kinds = drafted.get("/rulebook/kinds")["items"]
    earn = next(each for each in kinds if each["kind"] == "earn")
    assert {"unit", "per", "give"} <= set(earn["parameters"]["properties"])


def test_a_file_that_cannot_be_read_has_no_clauses(world: World) -> None:
    world.call("POST", "/rulebook/drafts", {"title": "x", "source": "clauses: ["})
    refused = world.call("GET", "/rulebook/drafts/1/clauses")
    assert (refused.status_code, refused.json()["code"]) == (422, "RulebookRefused")
