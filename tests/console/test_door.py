"""Coming in and going out."""

from __future__ import annotations

from typing import Any

from django.conf import settings as chosen
from django.test import Client

from huiguan.cli.demo.house import PASSWORD
from huiguan.identity.models import Passkey, RecoveryCode, Staff
from tests.console.world import OPENS, World


def test_nobody_sees_a_page_before_coming_in(world: World) -> None:
    answer = Client().get("/members/?q=gu")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=%2Fmembers%2F%3Fq%3Dgu")
    part = Client().get("/members/?q=gu", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (200, "/sign-in")


def test_name_and_password_open_the_door(world: World) -> None:
    client = Client()
    answer = client.post("/sign-in", {"username": " ZhouHe ", "password": PASSWORD, "next": "/till/"})
    assert (answer.status_code, answer["Location"]) == (302, "/till/")
    assert "周禾" in client.get("/till/").content.decode()
    assert client.get("/sign-in")["Location"] == "/"


def test_a_wrong_password_keeps_the_name_and_tells_not_which(world: World) -> None:
    for username in ("zhouhe", "nobody"):
        answer = Client().post("/sign-in", {"username": username, "password": "wrong"})
        page = answer.content.decode()
        assert answer.status_code == 401
        assert "用户名或密码不对。" in page
        assert f'value="{username}"' in page


def test_too_many_failures_must_wait(world: World) -> None:
    client = Client()
    for _ in range(5):
        client.post("/sign-in", {"username": "zhouhe", "password": "wrong"})
    answer = client.post("/sign-in", {"username": "zhouhe", "password": PASSWORD})
    assert answer.status_code == 429
    assert "失败次数太多" in answer.content.decode()


def test_a_code_from_paper_is_asked_only_of_who_has_one(world: World) -> None:
    her = Staff.objects.get(username="zhouhe")
    Passkey.objects.create(
        programme_id=her.programme_id, staff=her, credential_id=b"1", public_key=b"2", sign_count=0, name="柜台",
        site="localhost", created_at=OPENS,
    )  # fmt: skip
    client = Client()
    second = client.post("/sign-in", {"username": "zhouhe", "password": PASSWORD})["Location"]
    page = client.get(second).content.decode()
    assert 'name="code"' not in page and "没有备用码了" in page
    RecoveryCode.objects.create(programme_id=her.programme_id, staff=her, code_hash=b"3" * 32)
    page = client.get(second).content.decode()
    assert 'name="code"' in page and "没有备用码了" not in page


def test_the_way_on_stays_in_the_house(world: World) -> None:
    for away in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        answer = Client().post("/sign-in", {"username": "zhouhe", "password": PASSWORD, "next": away})
        assert answer["Location"] == "/"


def test_going_out_ends_it(world: World) -> None:
    client = world.client("zhouhe")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/till/").status_code == 302


def test_the_demo_shows_its_people_and_nothing_else_does(world: World, settings: Any) -> None:
    assert chosen.HUIGUAN_DEMO_PASSWORD == PASSWORD
    shown = Client().get("/sign-in").content.decode()
    assert [name in shown for name in ("沈令仪", "贺知微", "闻鉴")] == [True, True, True]
    settings.HUIGUAN_DEMO = False
    assert PASSWORD not in Client().get("/sign-in").content.decode()


def test_the_owner_chooses_her_shop_and_a_clerk_has_hers(world: World) -> None:
    owner = world.client("shenlingyi")
    assert owner.get("/till/")["Location"] == "/shop?next=%2Ftill%2F"
    assert "湖滨店" in owner.get("/shop?next=/till/").content.decode()
    assert owner.post("/shop", {"shop": "HB", "next": "/till/"})["Location"] == "/till/"
    assert owner.get("/till/").status_code == 200
    assert world.client("zhouhe").get("/till/").status_code == 200


def test_a_shop_that_is_not_hers_is_refused(world: World) -> None:
    answer = world.client("zhouhe").post("/shop", {"shop": "XX"})
    assert answer.status_code == 404
    assert "没有这个门店：XX。" in answer.content.decode()


def test_what_takes_another_permission_says_so(world: World) -> None:
    clerk = world.client("zhouhe")
    page = clerk.get(f"/members/{world.hero}/suspension")
    assert page.status_code == 403
    assert "暂停与恢复会员须另有权限。" in page.content.decode()
    part = clerk.get(f"/members/{world.hero}/suspension", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<div class="refusal"')


def test_an_auditor_has_no_till(world: World) -> None:
    auditor = world.client("wenjian")
    assert auditor.get("/till/").status_code == 403
    front = auditor.get("/").content.decode()
    assert 'href="/till/"' not in front
    assert 'href="/members/"' in front


def test_english_is_complete_at_the_door(world: World) -> None:
    client = Client()
    client.cookies["huiguan_language"] = "en"
    answer = client.post("/sign-in", {"username": "zhouhe", "password": "wrong"})
    assert "The username or the password is wrong." in answer.content.decode()
