"""Matters through the API: what a program opens, hands in and reads, and that it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from huiguan.cases.models import Snooze
from tests.api.test_document import MATTERS, _holds
from tests.api.world import NOW, POWERS, World, make_key, set_clock
from tests.cases.world import FORM, Guild, moment


@pytest.fixture
def guild(db: None, settings: Any) -> Iterator[Guild]:
    settings.HUIGUAN_DEMO = True
    limiter.forget()
    set_clock(moment("2026-03-02 09:00"))
    yield Guild.founded()
    set_clock(NOW)


def test_every_answer_is_what_the_document_says(guild: Guild) -> None:
    world = World(guild.owner, make_key(guild.owner, "portal", [*POWERS, "matters"]))
    document = world.browser.get("/api/v1/openapi.json").json()
    form = {**FORM, "credit_code": "91350100MA0000001P"}
    made = world.post("/matters", {"procedure": "joining", "form": form})
    assert (made["state"], len(made["code"])) == ("draft", 11)
    shown = world.post("/matters", {"procedure": "joining", "form": form, "submit": True})["number"]
    guild.passed(shown, "2026-03-02 10:00")
    set_clock(moment("2026-03-02 11:00"))
    number = made["number"]
    waits = world.post("/matters", {"procedure": "joining", "form": FORM, "submit": True})["number"]
    calls: list[tuple[str, str, Any]] = [
        ("get /procedures", "/procedures", None),
        ("post /matters", "/matters", {"procedure": "joining", "form": {"name": "清泉茶行"}}),
        ("get /matters", "/matters?procedure=joining&search=山水", None),
        ("patch /matters/{matter}/form", f"/matters/{number}/form", {"form": {"capital": "500"}}),
        ("post /matters/{matter}/submission", f"/matters/{number}/submission", {}),
        ("get /matters/{matter}", f"/matters/{number}", None),
        ("post /matters/{matter}/extension", f"/matters/{number}/extension", {"stage": "first_review", "reason": "x"}),
        ("post /matters/{matter}/code", f"/matters/{number}/code", {}),
        ("post /matters/{matter}/withdrawal", f"/matters/{number}/withdrawal", {"reason": "x"}),
        ("post /matters/{matter}/snooze", f"/matters/{waits}/snooze", {"person": "lin.guild", "until": "2026-03-05"}),
        ("get /notices", "/notices", None),
        ("post /matters/{matter}/objections", f"/matters/{shown}/objections",
         {"words": "冒名", "name": "李梅", "contact": "13800000002"}),
    ]  # fmt: skip
    asked = set()
    for told, address, body in calls:
        method, path = told.split(" ")
        _holds(document, method, path, world.call(method.upper(), address, body))
        asked.add((method, f"/api/v1{path}"))
    for told, code in (
        ({}, "NotOnYourDesk"),
        ({"person": "nobody"}, "NotFound"),
        ({"person": "wei.guild"}, "NotOnYourDesk"),
    ):
        assert world.refused("POST", f"/matters/{waits}/snooze", told)["code"] == code
    assert Snooze.objects.get().by == guild.staff["lin"].reference
    untried = {(m, p) for p, each in document["paths"].items() for m in each if p.startswith(MATTERS)} - asked
    assert {path.rpartition("/")[2] for _, path in untried} >= {"confirmation", "invitations"}
    # Taken back, the applicant may be forgotten; who is under way may not, and a second time there is nothing left to take.
    gone = world.call("POST", f"/matters/{number}/erasure", {"reason": "本人要求"})
    _holds(document, "post", "/matters/{matter}/erasure", gone)
    assert gone.json()["numbers"] == [number]
    assert world.refused("POST", f"/matters/{shown}/erasure", {"reason": "x"})["code"] in (
        "StillTied",
        "NothingToErase",
    )


def test_a_program_without_the_power_sees_nothing(guild: Guild) -> None:
    guild.opened()
    world = World(guild.owner, make_key(guild.owner, "till", ["sell"]))
    codes = [world.call("GET", path).json()["code"] for path in ("/matters", "/matters/M000001")]
    assert codes == ["Forbidden", "MatterUnknown"]
