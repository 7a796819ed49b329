"""The calendar by API: read by any program, kept by one that organises."""

from __future__ import annotations

from tests.api.world import POWERS, World, make_key


def test_the_calendar_is_kept_and_asked(world: World) -> None:
    key = make_key(world.actor, "secretariat", [*POWERS, "organise"])
    year = world.get("/calendar/years/2026")
    assert (year["workdays"], year["month_workdays"][1], len(year["days"])) == (248, 16, 39)
    assert year["announced"]["en"].startswith("Notice of the General Office of the State Council")
    asked = "/calendar/deadline?count=1&at=2026-02-13T17:00:00%2B08:00"
    assert world.get(asked) == {"at": "2026-02-15T00:00:00+08:00", "last": "2026-02-14", "provisional": False}
    body = {"days": [{"day": "2026-02-14", "work": "off", "name": "提前放假"}]}
    assert world.call("PUT", "/calendar/days", body).status_code == 403
    assert world.call("PUT", "/calendar/days", body, key=key).json() == {"set": 1, "cleared": 0}
    assert world.get(asked)["last"] == "2026-02-24"
    file = {"text": "day,work\n2026-02-14,usual\n", "announces": 2027, "source": "通知"}
    assert world.post("/calendar/files", file, key=key) == {"set": 0, "cleared": 1}
    assert world.get("/calendar/years/2027")["announced"]["zh"] == "通知"
    gone = world.call("DELETE", "/calendar/years/2027/announcement", key=key)
    assert (gone.status_code, world.get("/calendar/years/2027")["announced"]) == (200, None)
    assert world.call("PUT", "/calendar/national", {"follow": False}, key=key).json() == {"national": False}
    assert world.get(asked)["provisional"] is True


def test_what_the_calendar_refuses(world: World) -> None:
    wrong = {
        "/calendar/deadline?count=-1": "count",
        "/calendar/deadline?count=4000": "count",
        "/calendar/deadline?count=1&span=fortnights": "span",
        "/calendar/years/1999": "year",
    }
    for address, field in wrong.items():
        refused = world.call("GET", address)
        assert (refused.status_code, refused.json()["field"]) == (422, field), address
