"""What was said to a member: found, seen why it did not go, sent again, read on her phone; and a look ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from huiguan.identity import operations as identity
from huiguan.identity.inputs import IssueCode
from huiguan.kernel.inputs import read
from huiguan.messaging import operations
from huiguan.messaging.queries import Local
from huiguan.messaging.values import REFUSED, Answer
from tests.console.world import LATER, OPENS, World
from tests.journeys.conftest import ComeIn
from tests.messaging.post import WALL, Scripted

pytestmark = pytest.mark.journey

PHONE = "13600001111"


def write(world: World) -> str:
    """A birthday's word that could not go, and a code that arrived; her number."""
    programme = world.actor.programme
    operations.begin_telling(programme=programme)
    number = world.enrol("王芳", PHONE, "DN0901", birthday="1990-01-11").number
    for until in (OPENS - timedelta(days=1), OPENS):
        operations.tell_after_grants(programme=programme, until=until, written_at=until)
    gone = Scripted(sends=[Answer(REFUSED, trouble="该号码已停机")])
    operations.send_messages(providers={"sms": gone}, at=OPENS, clock=lambda: WALL)
    code = read(IssueCode, {"purpose": "sign_in", "address": PHONE})
    identity.issue_code(actor=world.actor, at=OPENS, given=code, wall=WALL)
    send(world)
    return number


def send(world: World) -> None:
    operations.send_messages(providers={"sms": Local()}, at=LATER, clock=lambda: WALL)


def test_found_sent_again_and_read_on_her_phone(come_in: ComeIn, world: World) -> None:
    number = write(world)
    with come_in("hezhiwei") as visiting:
        page = visiting.page
        visiting.go(f"/members/{number}/")
        page.get_by_role("link", name="生日", exact=True).click()
        expect(page.locator(".letter-warn")).to_contain_text("该号码已停机")
        expect(page.locator(".letter-text")).to_contain_text("王芳女士，2027 年 1 月 11 日是您的生日")
        page.get_by_role("button", name="重发").click()
        expect(page.locator(".said")).to_contain_text("这就重发")
        send(world)
        page.reload()
        expect(page.locator(".band .mark")).to_have_text("已送达")
        expect(page.locator(".letter-tries li")).to_have_count(3)
        visiting.go("/messages/?q=1111&state=delivered")
        expect(page.locator("tbody tr")).to_have_count(2)
        page.get_by_role("link", name="本地信箱").click()
        page.get_by_label("手机号或邮箱").fill(PHONE)
        page.get_by_role("button", name="看这部手机").click()
        expect(page.locator(".letter")).to_have_count(2)
        expect(page.locator(".letter-text").last).to_contain_text("登录的验证码")
        visiting.go("/messages/preview")
        page.get_by_label("会员号、卡号或手机号").fill(number)
        page.get_by_role("button", name="预览").click()
        expect(page.locator(".letter-text")).to_contain_text("王芳女士")
        assert visiting.complaints == []


def test_a_clerk_reads_on_a_phone_and_sends_nothing_again(come_in: ComeIn, world: World) -> None:
    write(world)
    with come_in("zhouhe", width=390, language="en", theme="dark", policy=False) as visiting:
        page = visiting.page
        visiting.go("/messages/?state=dead")
        assert (visiting.sideways(), visiting.barriers()) == (0, [])
        page.locator("a.opener").first.click()
        expect(page.locator(".letter-tries")).to_contain_text("Refused")
        expect(page.get_by_role("button", name="Send again")).to_have_count(0)
        assert (visiting.sideways(), visiting.barriers()) == (0, [])
        visiting.go("/messages/box")
        assert (visiting.sideways(), visiting.barriers()) == (0, [])
        visiting.go("/messages/preview?clause=B55-44&member=nobody")
        expect(page.locator(".refusal")).to_contain_text("nobody")
        assert visiting.barriers() == []
