"""A program beside the system is subscribed, told of a sale, and told again by hand."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import SaleInput
from huiguan.foundation.jobs import work
from huiguan.hooks.following import Post, deliver, due_subscriptions
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient
from huiguan.kernel.inputs import read
from tests.browsing import Visit
from tests.console.world import COAT, OPENS, World
from tests.hooks.conftest import receiver
from tests.hooks.receivers import Receiver, status
from tests.journeys.conftest import ComeIn

__all__ = ["receiver"]

pytestmark = pytest.mark.journey


@pytest.fixture
def client(world: World, settings: Any) -> str:
    settings.HUIGUAN_HOOK_NETWORKS = ["127.0.0.0/8"]
    given = read(CreateClient, {"name": "财务系统", "powers": ["sell", "read_members"]})
    return identity.create_client(actor=world.actor, at=OPENS, given=given).name


def sell(world: World, number: str) -> None:
    given = {"member": world.hero, "presented": "card", "shop": "HB", "number": number, "lines": [{"sku": COAT}]}
    checkout.commit_sale(actor=world.actor, at=OPENS, given=read(SaleInput, given), key=number)


def do_jobs() -> None:
    """What a worker does, in a thread of its own: this one has the browser's loop."""
    troubles: list[BaseException] = []

    def run() -> None:
        try:
            work(wait=False)
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connections.close_all()

    worker = threading.Thread(target=run)
    worker.start()
    worker.join(60)
    assert troubles == []


def subscribe(visiting: Visit, receiver: Receiver, client: str) -> str:
    """The secret, as the page shows it once."""
    page = visiting.page
    visiting.go("/programs/hooks/")
    page.get_by_role("link", name="新推送").click()
    page.get_by_label("名称").fill("财务")
    page.get_by_label("地址").fill("http://10.1.2.3/")
    page.get_by_label("给哪个接入程序").select_option(client)
    page.get_by_label("成交一单").check()
    page.get_by_role("button", name="开始推送").click()
    expect(page.locator(".refusal")).to_contain_text("地址在内网或保留段，没有获准")
    expect(page.get_by_label("名称")).to_have_value("财务")
    expect(page.get_by_label("成交一单")).to_be_checked()
    page.get_by_label("地址").fill(receiver.url)
    page.get_by_role("button", name="开始推送").click()
    return page.locator(".hook-secret code").inner_text()


def test_subscribed_told_and_told_again(come_in: ComeIn, world: World, receiver: Receiver, client: str) -> None:
    receiver.replies = [status(500, "库存系统正在维护".encode())]
    with come_in("shenlingyi") as visiting:
        page = visiting.page
        assert subscribe(visiting, receiver, client).startswith("whsec_")
        sell(world, "HB2-1212-0047")
        (hook,) = due_subscriptions(OPENS)
        deliver(hook, Post(lambda: OPENS, dice=lambda low, high: 0))
        visiting.go(f"/programs/hooks/{hook}/")
        expect(page.locator(".hook-warning")).to_contain_text("第 1 次没有送到")
        entry = page.locator(".deliveries li").first
        expect(entry).to_contain_text("500")
        entry.locator("summary").click()
        expect(entry.locator("pre")).to_have_text("库存系统正在维护")
        entry.get_by_role("button", name="再发一次").click()
        expect(page.locator(".said")).to_contain_text("这就重发")
        do_jobs()
        expect(page.locator(".deliveries li")).to_have_count(2, timeout=8000)
        expect(page.locator(".deliveries li").first).to_contain_text("沈令仪")
        first, second = receiver.messages
        assert first.id == second.id and first.told["data"]["number"] == "HB2-1212-0047"
        assert [each for each in visiting.complaints if "422" not in each] == [], "but for the address refused"
