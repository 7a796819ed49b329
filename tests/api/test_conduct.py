"""Breaches and measures through the API: every answer as documented, and nothing decided by a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from tests.api.test_document import CONDUCT, _holds
from tests.api.world import NOW, POWERS, World, make_key, set_clock
from tests.cases.world import Guild, moment

BREACH = {"duty": "charter", "on": "2026-03-01", "words": "擅用会标", "person": "赵云", "amount": "100.50"}


@pytest.fixture
def guild(db: None, settings: Any) -> Iterator[Guild]:
    settings.HUIGUAN_DEMO = True
    limiter.forget()
    set_clock(moment("2026-03-02 09:00"))
    yield Guild.founded()
    set_clock(NOW)


@pytest.fixture
def member(guild: Guild) -> str:
    form = {"name": "李梅", "phone": "13800000001"}
    given = read(EnrolMember, {"profile": form})
    return members.enrol_member(actor=guild.owner, at=moment("2026-03-01 09:00"), given=given).number


def test_every_answer_is_what_the_document_says(guild: Guild, member: str) -> None:
    world = World(guild.owner, make_key(guild.owner, "desk", [*POWERS, "matters", "conduct", "suspend"]))
    document = world.browser.get("/api/v1/openapi.json").json()
    first = world.post("/breaches", {"member": member, **BREACH})
    assert (first["number"], first["amount"], first["proposes"]) == ("B000001", "100.50", ["criticism"])
    second = world.post("/breaches", {"member": member, **BREACH})["number"]
    made = world.post(
        "/measures", {"breaches": [first["number"]], "measures": ["suspension", "warning"], "words": "屡教不改"}
    )
    matter = made["items"][0]["matter"]
    assert [each["number"] for each in made["items"]] == ["P000001", "P000002"]
    calls: list[tuple[str, str, Any]] = [
        ("get /duties", "/duties", None),
        ("post /breaches", "/breaches", {"member": member, **BREACH}),
        ("get /breaches", f"/breaches?member={member}", None),
        ("get /breaches/{breach}", f"/breaches/{second}", None),
        ("post /breaches/{breach}/dismissal", f"/breaches/{second}/dismissal", {"reason": "查无实据"}),
        ("post /measures", "/measures", {"breaches": ["B000003"], "measures": ["criticism"], "words": "初犯"}),
        ("get /measures", "/measures?state=proposed", None),
        ("get /award-kinds", "/award-kinds", None),
        ("post /awards", "/awards", {"member": member, "award": "yearly", "words": "带头"}),
        ("get /awards", f"/awards?member={member}", None),
        ("get /awards/{award}", "/awards/H000001", None),
        ("post /measures/{measure}/pleas", "/measures/P000001/pleas", {"words": "已在整改"}),
    ]
    asked = set()
    for told, address, body in calls:
        method, path = told.split(" ")
        _holds(document, method, path, world.call(method.upper(), address, body))
        asked.add((method, f"/api/v1{path}"))
    honour = world.get("/awards/H000001")["matter"]
    guild.do("decide_matter", "2026-03-02 10:00", "shen", matter=honour, stage="decision", verdict="pass")
    guild.do("decide_matter", "2026-03-03 10:00", "shen", matter=matter, stage="decision", verdict="pass")
    set_clock(moment("2026-03-03 11:00"))
    task = world.get("/measures/P000002")["tasks"][0]["id"]
    later: list[tuple[str, str, Any]] = [
        ("get /measures/{measure}", "/measures/P000001", None),
        ("post /measures/{measure}/completions", "/measures/P000002/completions", {"task": task, "note": "已培训"}),
        ("post /measures/{measure}/appeal", "/measures/P000001/appeal", {"words": "证据有误"}),
        ("post /measures/{measure}/lifting", "/measures/P000001/lifting", {"reason": "已整改"}),
        ("post /awards/{award}/withdrawal", "/awards/H000001/withdrawal", {"reason": "查有不实"}),
    ]
    for told, address, body in later:
        method, path = told.split(" ")
        _holds(document, method, path, world.call(method.upper(), address, body))
        asked.add((method, f"/api/v1{path}"))
    assert {(m, p) for p, each in document["paths"].items() for m in each if p.startswith(CONDUCT)} == asked


def test_without_the_power_and_with_what_is_not_there(guild: Guild, member: str) -> None:
    till = World(guild.owner, make_key(guild.owner, "till", ["sell", "read_members"]))
    assert till.call("GET", "/breaches").status_code == 403
    assert till.call("POST", "/breaches", {"member": member, **BREACH}).status_code == 403
    desk = World(guild.owner, make_key(guild.owner, "desk", [*POWERS, "matters", "conduct"]))
    wrong = desk.call("POST", "/breaches", {"member": member, **BREACH, "duty": "charte"})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (404, "DutyUnknown", "duty")
    assert desk.call("GET", "/breaches").json()["items"] == []
    assert desk.call("GET", "/measures/P000009").json()["code"] == "TakenUnknown"
