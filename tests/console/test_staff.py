"""The pages of staff, posts, programs and one's own account."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pyotp
import pytest
from django.test import Client

from huiguan.cli.demo.house import PASSWORD
from huiguan.console.staff.words import OPENS
from huiguan.design.wording import device_said
from huiguan.identity import queries as identity
from huiguan.kernel.actors import POWERS
from huiguan.kernel.text import Text
from tests.console.world import World


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_every_power_is_told_in_a_sentence() -> None:
    assert OPENS.keys() == POWERS.keys()


def test_the_staff_is_found_by_name_post_and_shop(world: World) -> None:
    owner = world.client("shenlingyi")
    assert [name in text_of(owner.get("/staff/?q=zhou")) for name in ("周禾", "贺知微")] == [True, False]
    managers = text_of(owner.get("/staff/?post=shop_manager&shop=HB"))
    assert [name in managers for name in ("贺知微", "唐越")] == [True, False]
    assert "没有这样的人。" in text_of(owner.get("/staff/?q=nobody"))


@pytest.mark.parametrize(
    "path", ["/staff/", "/staff/new", "/staff/posts/", "/staff/sessions", "/programs/", "/staff/zhouhe/"]
)
def test_only_who_organises_sees_it(world: World, path: str) -> None:
    answer = world.client("hezhiwei").get(path)
    assert answer.status_code == 403
    assert "管理机构与人员须另有权限。" in text_of(answer)


def test_a_person_from_entry_to_leaving(world: World) -> None:
    owner = world.client("shenlingyi")
    wrong = owner.post("/staff/new", {"username": "A", "name": "林", "language": "zh"})
    assert (wrong.status_code, "用户名：用小写字母" in text_of(wrong)) == (422, True)
    made = owner.post("/staff/new", {"username": "linxi", "name": "林夕", "phone": "", "language": "zh"})
    assert made["Location"] == "/staff/linxi/"
    assert "没有职位：能进来，什么也做不了。" in text_of(owner.get("/staff/linxi/"))
    given = {"post": "clerk", "node": "HB", "since": "", "until": "2026-12-31"}
    assert owner.post("/staff/linxi/posts", given).status_code == 302
    page = text_of(owner.get("/staff/linxi/"))
    assert "至 2026-12-31 24:00" in page
    shown = text_of(owner.post("/staff/linxi/link"))
    (link,) = re.findall(r"http://testserver(/sign-in/link/[\w-]+)", shown)
    newcomer = Client()
    assert "密码至少 8 个字符。" in text_of(newcomer.post(link, {"password": "short", "again": "short"}))
    assert "两次输入的密码不一样" in text_of(newcomer.post(link, {"password": "Magnolia-7", "again": "Magnolia-8"}))
    assert "密码已设好" in text_of(newcomer.post(link, {"password": "Magnolia-7", "again": "Magnolia-7"}))
    assert newcomer.post(link, {"password": "Magnolia-9", "again": "Magnolia-9"}).status_code == 404
    assert newcomer.post("/sign-in", {"username": "linxi", "password": "Magnolia-7"})["Location"] == "/"
    assert newcomer.get("/till/").status_code == 200
    assert owner.post("/staff/linxi/departure").status_code == 302
    assert newcomer.get("/till/")["Location"] == "/sign-in?next=%2Ftill%2F"


def test_powers_are_told_with_whence_they_come(world: World) -> None:
    owner = world.client("shenlingyi")
    page = text_of(owner.get("/staff/zhouhe/?with=hezhiwei"))
    assert "店员 · 湖滨店" in page and "店长 · 湖滨店" in page
    assert "作废当日的销售单" in page
    assert owner.get("/staff/nobody/").status_code == 404
    assert world.client("zhouhe").get("/staff/zhouhe/").status_code == 200


def test_the_last_owner_is_told_so(world: World) -> None:
    answer = world.client("shenlingyi").post("/staff/shenlingyi/posts/owner/DN")
    assert answer.status_code == 409
    assert "这是最后一位店主，须先另立一位。" in text_of(answer)


def test_a_post_is_changed_and_restored(world: World) -> None:
    owner = world.client("shenlingyi")
    post = {"zh": "导购", "en": "Guide", "held_at": ["shop"], "powers": ["sell", "return"]}
    assert owner.post("/staff/posts/clerk/", post)["Location"] == "/staff/posts/clerk/"
    assert world.client("zhouhe").get("/members/").status_code == 403
    assert "导购" in text_of(owner.get("/staff/posts/"))
    assert owner.post("/staff/posts/clerk/removal")["Location"] == "/staff/posts/"
    assert world.client("zhouhe").get("/members/").status_code == 200
    fixed = owner.post("/staff/posts/owner/", post)
    assert (fixed.status_code, "不能改" in text_of(fixed)) == (409, True)


def test_a_post_that_takes_a_second_step_opens_nothing_before_there_is_one(world: World) -> None:
    owner, clerk = world.client("shenlingyi"), world.client("zhouhe")
    usual = {"zh": "店员", "en": "Clerk", "held_at": ["shop"], "powers": ["sell"], "second_factor": "on"}
    owner.post("/staff/posts/clerk/", usual)
    assert clerk.get("/till/")["Location"] == "/account/"
    assert clerk.get("/till/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/"
    assert "你的职位必须两步进来" in text_of(clerk.get("/account/"))
    clerk.post("/account/authenticator", {"begin": ""})
    (shown,) = re.findall(r'<code id="secret">([A-Z2-7 ]+)</code>', text_of(clerk.get("/account/authenticator")))
    totp = pyotp.TOTP(shown.replace(" ", ""))
    codes = text_of(clerk.post("/account/authenticator", {"code": totp.now()}))
    assert len(re.findall(r"<li>[a-z2-9]{5}-[a-z2-9]{5}</li>", codes)) == 10
    assert clerk.get("/till/").status_code == 200
    off = clerk.post("/account/authenticator/removal")
    assert (off.status_code, "必须使用两步验证" in text_of(off)) == (409, True)


def test_the_second_step_at_the_door(world: World) -> None:
    clerk = world.client("zhouhe")
    clerk.post("/account/authenticator", {"begin": ""})
    (shown,) = re.findall(r'<code id="secret">([A-Z2-7 ]+)</code>', text_of(clerk.get("/account/authenticator")))
    codes = text_of(clerk.post("/account/authenticator", {"code": pyotp.TOTP(shown.replace(" ", "")).now()}))
    (paper, *_) = re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", codes)
    visitor = Client()
    half = visitor.post("/sign-in", {"username": "zhouhe", "password": PASSWORD, "next": "/till/"})
    assert half["Location"] == "/sign-in/second?next=%2Ftill%2F"
    assert visitor.get("/till/").status_code == 302, "half a sign-in opens nothing"
    wrong = visitor.post("/sign-in/second", {"code": "000000", "next": "/till/"})
    assert (wrong.status_code, "验证码不对，或已用过" in text_of(wrong)) == (422, True)
    assert visitor.post("/sign-in/second", {"code": paper, "next": "/till/"})["Location"] == "/till/"
    assert visitor.get("/till/").status_code == 200
    stranger = Client()
    assert stranger.get("/sign-in/second")["Location"] == "/sign-in"
    assert stranger.post("/sign-in/second", {"code": paper}).status_code == 401
    assert stranger.post("/sign-in/passkey", {"credential": "{}"}).status_code == 422


def test_a_program_gets_a_key_once_and_another(world: World) -> None:
    owner = world.client("shenlingyi")
    form = {"name": "收银机", "powers": ["sell"], "every_shop": "on", "rate": "60"}
    none = owner.post("/programs/new", {**form, "powers": []})
    assert (none.status_code, "权限：" in text_of(none)) == (422, True)
    (key,) = re.findall(r'<code id="key">(hg_[\w-]{43})</code>', text_of(owner.post("/programs/new", form)))
    known = identity.known_client(key)
    assert known is not None and known.rate_per_minute == 60
    (program,) = identity.clients(world.actor)
    where = f"/programs/{program.id}/"
    assert key not in text_of(owner.get(where))
    assert owner.post(where, {**form, "every_shop": "", "shops": ["HB"]})["Location"] == where
    changed = text_of(owner.post(f"{where}rotation", {"overlap_hours": "0"}))
    assert "密钥，只显示这一次" in changed and identity.known_client(key) is None
    too_long = owner.post(f"{where}rotation", {"overlap_hours": "721"})
    assert (too_long.status_code, "不能大于 720" in text_of(too_long)) == (422, True)
    assert owner.post(f"{where}revocation")["Location"] == where
    assert "已废止" in text_of(owner.get("/programs/"))


def test_a_session_that_was_ended_is_out_at_the_next_press(world: World) -> None:
    owner, clerk = world.client("shenlingyi"), world.client("zhouhe")
    page = text_of(owner.get("/staff/sessions"))
    assert "周禾" in page and "就是这里" in page
    (session,) = [each for each in identity.sessions(world.actor, datetime.now(UTC)) if each.username == "zhouhe"]
    assert owner.post(f"/staff/sessions/{session.id}")["Location"] == "/staff/sessions"
    assert clerk.get("/till/").status_code == 302
    other = world.client("hezhiwei")
    mine = identity.sessions(world.actor, datetime.now(UTC), username="shenlingyi")[0]
    assert other.post(f"/account/sessions/{mine.id}").status_code == 404


def test_a_new_password_keeps_this_device_and_ends_the_others(world: World) -> None:
    here, there = world.client("zhouhe"), world.client("zhouhe")
    wrong = here.post("/account/password", {"old": "wrong", "password": "Magnolia-7", "again": "Magnolia-7"})
    assert (wrong.status_code, "密码不对。" in text_of(wrong)) == (422, True)
    right = {"old": PASSWORD, "password": "Magnolia-7", "again": "Magnolia-7"}
    assert here.post("/account/password", right)["Location"] == "/account/"
    assert here.get("/till/").status_code == 200
    assert there.get("/till/").status_code == 302


def test_the_language_is_kept_and_comes_along(world: World) -> None:
    clerk = world.client("zhouhe")
    answer = clerk.post("/account/language", {"language": "en"})
    assert answer.cookies["huiguan_language"].value == "en"
    assert "My account" in text_of(clerk.get("/account/"))
    assert clerk.post("/account/language", {"language": "fr"}).status_code == 422


def test_a_device_is_told_by_what_it_says_of_itself() -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
    assert device_said(agent) == Text(zh="Safari · iPhone", en="Safari · iPhone")
    assert device_said("curl/8.5.0").en == "curl"
    assert device_said("").zh == "未知设备"
