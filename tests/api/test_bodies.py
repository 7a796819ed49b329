"""Bodies by API: who sits there, filled, given up and handed on by a program that organises."""

from __future__ import annotations

from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from tests.api.world import FOUNDED, POWERS, RULEBOOKS, World, make_key
from tests.members.bodies import with_bodies


def test_places_are_filled_handed_on_and_given_up(world: World) -> None:
    text = with_bodies((RULEBOOKS / "designer-wear" / "rulebook.yaml").read_text(encoding="utf-8"))
    proof = Proof(digest_of(text), examples=1, passed=1, at=FOUNDED)
    given = PublishRulebook(source=text, effective_from="2026-02-01")
    programmes.publish_rulebook(actor=world.actor, at=FOUNDED, given=given, proof=proof)
    key = make_key(world.actor, "secretariat", [*POWERS, "organise"])
    number = world.enrol("周蓉", at="2026-02-02 10:00")
    term = {"member": number, "since": "2026-03-01", "resolution": "2026-1"}
    assert world.refused("POST", "/bodies/council/places/1/terms", term)["status"] == 403
    made = world.post("/bodies/council/places/1/terms", term, key=key)
    assert (made["name"], made["role"], made["until"]) == ("周蓉", "chair", "2031-03-01T00:00:00+08:00")
    taken = world.refused("POST", "/bodies/council/places/1/terms", {**term, "since": "2026-04-01"}, key=key)
    assert (taken["code"], taken["clause"]) == ("SeatTaken", "T1-01")
    handed = {"name": "周老师", "resolution": "2026-2", "why": "调任"}
    assert world.post("/bodies/council/places/1/handover", handed, key=key)["holder"] == "name:周老师"
    assert world.post("/bodies/council/places/1/vacancy", {"why": "辞任"}, key=key)["why_ended"] == "辞任"
    told = world.get("/bodies/council", key=key)
    assert (told["vacant"], told["clause"], [each["name"] for each in told["places"][0]["past"]]) == (
        3,
        "T1-01",
        ["周老师", "周蓉"],
    )
    assert [each["body"] for each in world.get("/bodies", key=key)["items"]] == ["council", "supervisors"]
    assert world.refused("GET", "/bodies/senate", key=key)["field"] == "body"
