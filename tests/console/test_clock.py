"""The demonstration's clock: forward only, night by night, and what the nights brought."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from huiguan.console.clock.moving import midnights
from huiguan.foundation import clock
from huiguan.ledger.proof import prove
from tests.console.errands import do_waiting
from tests.console.forms import text_of
from tests.console.world import OPENS, ZONE, World


def test_past_the_new_year_points_are_cleared(world: World) -> None:
    held = world.points()
    client = world.client("shenlingyi")
    page = client.get("/clock/")
    assert "2026 年 12 月 12 日" in text_of(page) and f"将有 {held} 积分清零" in text_of(page)
    assert client.post("/clock/", {"to": "2027-01-01T09:00"})["Location"] == "/clock/"
    moving = client.get("/clock/")
    assert "hx-get" in moving.content.decode() and "时钟就要走了" in text_of(moving)
    do_waiting()
    done = client.get("/clock/")
    text = text_of(done)
    assert "2027 年 1 月 1 日 09:00" in text
    assert "过了 20 夜" in text and f"清零积分 {held} 1 位会员" in text
    assert "顾清和" in text and f"−{held}" in text and f'data-go="/members/{world.hero}/"' in done.content.decode()
    assert clock.now() - datetime(2027, 1, 1, 9, tzinfo=ZONE) < timedelta(minutes=5)
    assert prove(world.actor.programme).sound
    again = client.get("/clock/state")
    assert again["HX-Redirect"] == "/clock/"


def test_a_birthday_voucher_is_given_on_the_way(world: World) -> None:
    world.enrol("秦绾", "19910007777", "DN7777", birthday="1990-01-05")
    client = world.client("shenlingyi")
    client.post("/clock/", {"to": "2027-01-01T09:00"})
    do_waiting()
    text = text_of(client.get("/clock/"))
    assert "发出的券 1 1 位会员" in text and "秦绾" in text and "生日积分券 ¥100.00" in text


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("2026-12-12T14:00", "时钟只能向前拨"),
        ("2026-12-12T14:36", "时钟只能向前拨"),
        ("2031-01-01T00:00", "一次至多拨三年"),
        ("", "不是时刻"),
        ("明天", "拨到：不是时刻"),
    ],
)
def test_where_it_cannot_go(world: World, to: str, said: str) -> None:
    answer = world.client("shenlingyi").post("/clock/", {"to": to})
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert clock.now() - OPENS < timedelta(minutes=5)


def test_one_move_at_a_time(world: World) -> None:
    client = world.client("shenlingyi")
    client.post("/clock/", {"to": "2026-12-13T09:00"})
    assert client.post("/clock/", {"to": "2026-12-14T09:00"}).status_code == 422
    assert "hx-trigger" in client.get("/clock/state").content.decode()


def test_there_is_no_such_page_outside_a_demonstration(world: World, settings: Any) -> None:
    client = world.client("shenlingyi")
    settings.HUIGUAN_DEMO = False
    assert client.get("/clock/").status_code == 404
    assert client.post("/clock/", {"to": "2027-01-01T09:00"}).status_code == 404
    assert "拨动时钟" not in text_of(client.get("/rulebook/"))


def test_only_who_holds_the_power(world: World) -> None:
    assert world.client("hezhiwei").get("/clock/").status_code == 403


def test_every_midnight_on_the_way() -> None:
    since, to = datetime(2026, 12, 30, 14, tzinfo=ZONE), datetime(2027, 1, 2, 0, tzinfo=ZONE)
    assert [each.isoformat() for each in midnights(since, to, ZONE)] == [
        "2026-12-31T00:00:00+08:00", "2027-01-01T00:00:00+08:00",
    ]  # fmt: skip
