"""The year's calendar as everybody sees it and the head office keeps it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.console.world import World

pytestmark = pytest.mark.django_db
STRETCH = {"year": "2026", "first": "2026-12-14", "last": "2026-12-16", "work": "off", "name": "盘点", "key": "c-1"}


def test_the_head_office_sets_days_and_everybody_sees_them(world: World) -> None:
    owner, clerk = world.client("shenlingyi"), world.client("zhouhe")
    page = clerk.get("/calendar/").content.decode()
    assert "248 个工作日" in page and "国务院办公厅" in page and "设定日子" not in page
    assert owner.post("/calendar/days", STRETCH).status_code == 302
    assert owner.post("/calendar/days", STRETCH).status_code == 302  # pressed twice
    page = clerk.get("/calendar/?year=2026").content.decode()
    assert "245 个工作日" in page and "盘点" in page
    assert "2026-12-15,off,盘点" in clerk.get("/calendar/2026/sheet").content.decode()
    assert clerk.post("/calendar/days", STRETCH).status_code == 403


def test_a_year_is_provisional_until_somebody_says_it_is_not(world: World) -> None:
    owner = world.client("shenlingyi")
    assert "暂定" in owner.get("/calendar/?year=2027").content.decode()
    assert owner.post("/calendar/announcement", {"year": "2027", "source": ""}).status_code == 422
    file = SimpleUploadedFile("2027.csv", "\ufeffday,work,name\n2027-01-01,off,元旦\n".encode())
    assert owner.post("/calendar/files", {"year": "2027", "file": file}).status_code == 302
    assert owner.post("/calendar/announcement", {"year": "2027", "source": "通知"}).status_code == 302
    page = owner.get("/calendar/?year=2027").content.decode()
    assert "元旦" in page and "本机构已宣布安排完毕" in page
    assert owner.post("/calendar/announcement", {"year": "2027", "act": "withdraw"}).status_code == 302
    assert "暂定" in owner.get("/calendar/?year=2027").content.decode()
    assert owner.post("/calendar/national", {"year": "2026", "follow": "no"}).status_code == 302
    assert "只按本机构自己的日子" in owner.get("/calendar/?year=2026").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"last": "2026-12-01"}, "到："),
        ({"first": "2026-02-30"}, "从："),
        ({"work": "holiday"}, "日子："),
        ({"year": "26"}, "1"),
    ],
)
def test_what_is_wrong_is_said_and_stays_in_the_form(world: World, wrong: dict[str, str], says: str) -> None:
    answer = world.client("shenlingyi").post("/calendar/days", {**STRETCH, **wrong})
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    if "year" not in wrong:
        assert 'value="盘点"' in answer.content.decode()
    binary = SimpleUploadedFile("x.csv", b"\xff\xfe\x00")
    assert world.client("shenlingyi").post("/calendar/files", {"file": binary}).status_code == 422
