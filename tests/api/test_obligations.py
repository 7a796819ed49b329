"""What members owe by a day, through the API: every answer as documented, wrong input refused, the night reporting it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from huiguan.conduct import operations as conduct
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.nightly.operations import run_due
from huiguan.rules.shelf import source_of
from tests.api.test_document import OBLIGATIONS, _holds
from tests.api.world import NOW, POWERS, World, make_key, set_clock
from tests.cases.world import Guild, moment

EVENT = {"obligation": "reports", "event": "team", "on": "2026-03-02", "words": "工商公示"}


@pytest.fixture
def exchange(db: None, settings: Any) -> Iterator[Guild]:
    settings.HUIGUAN_DEMO = True
    limiter.forget()
    set_clock(moment("2026-03-03 09:00"))
    yield Guild.founded("exchange", source_of("metals-exchange").decode())
    set_clock(NOW)


@pytest.fixture
def member(exchange: Guild) -> str:
    given = read(EnrolMember, {"profile": {"name": "恒信", "phone": "13800000001"}})
    return members.enrol_member(actor=exchange.owner, at=moment("2026-03-01 09:00"), given=given).number


def test_every_answer_is_what_the_document_says(exchange: Guild, member: str) -> None:
    world = World(exchange.owner, make_key(exchange.owner, "desk", [*POWERS, "conduct"]))
    document = world.browser.get("/api/v1/openapi.json").json()
    done = {"member": member, "obligation": "reports", "which": "team:2026-03-02", "on": "2026-03-03", "words": "来函"}
    calls: list[tuple[str, str, Any]] = [
        ("get /obligation-events", "/obligation-events", None),
        ("post /obligation-events", "/obligation-events", {"member": member, **EVENT}),
        ("get /obligations", f"/obligations?member={member}", None),
        ("post /obligations/completions", "/obligations/completions", done),
        ("post /obligation-events/{event}/withdrawal", "/obligation-events/E000001/withdrawal", {"reason": "误记"}),
    ]
    asked = set()
    for told, address, body in calls:
        method, path = told.split(" ")
        _holds(document, method, path, world.call(method.upper(), address, body))
        asked.add((method, f"/api/v1{path}"))
    assert {(m, p) for p, each in document["paths"].items() for m in each if p.startswith(OBLIGATIONS)} == asked
    kinds = {each["event"]: each for each in world.get("/obligation-events")["items"]}
    assert (kinds["dispute"]["least"], kinds["team"]["within"], kinds["team"]["least"]) == (
        "500000.00",
        "10 workdays",
        None,
    )


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"obligation": "report"}, "ObligationUnknown", "obligation"),
        ({"event": "teem"}, "NotToReport", "event"),
        ({"event": "dispute", "amount": "499999.99"}, "NotToReport", "amount"),
        ({"on": "2026-03-04"}, "InvalidInput", "on"),
        ({"words": ""}, "InvalidInput", "words"),
        ({"member": "LT999999"}, "NotFound", "member"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(exchange: Guild, member: str, wrong: Any, code: str, field: str) -> None:
    world = World(exchange.owner, make_key(exchange.owner, "desk", [*POWERS, "conduct"]))
    answer = world.call("POST", "/obligation-events", {"member": member, **EVENT, **wrong}).json()
    assert (answer["code"], answer["field"]) == (code, field)
    assert world.get(f"/obligations?member={member}")["items"] == []


def test_missed_it_is_a_breach_once_however_often_the_night_runs(exchange: Guild, member: str) -> None:
    world = World(exchange.owner, make_key(exchange.owner, "desk", [*POWERS, "conduct"]))
    noted = world.post("/obligation-events", {"member": member, **EVENT})
    assert noted["due"] == "2026-03-16"  # ten workdays after Monday 2 March
    programme = exchange.owner.programme
    run_due(programme, moment("2026-03-16 23:59"))
    assert world.get("/breaches")["items"] == []
    run_due(programme, moment("2026-03-17 00:00"))
    assert conduct.report_missed(programme, moment("2026-03-18 00:00")) == 0
    (breach,) = world.get("/breaches")["items"]
    assert (breach["on"], breach["duty"], breach["says"][0]["clause"]) == ("2026-03-17", "reporting", "A5-58a")
    assert "逾期" in breach["says"][0]["text"]["zh"] or "没有完成" in breach["says"][0]["text"]["zh"]
    set_clock(moment("2026-03-18 09:00"))
    (owed,) = world.get("/obligations?state=overdue")["items"]
    assert (owed["breach"], owed["number"]) == (breach["number"], noted["number"])


def test_without_the_power_nothing_is_told(exchange: Guild, member: str) -> None:
    till = World(exchange.owner, make_key(exchange.owner, "till", ["sell", "read_members"]))
    assert till.call("GET", "/obligations").status_code == 403
    assert till.call("POST", "/obligation-events", {"member": member, **EVENT}).status_code == 403
