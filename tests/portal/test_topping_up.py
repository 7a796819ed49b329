"""Topping up by herself: the grades with their bonus, the payment, and what became of it."""

from __future__ import annotations

import re
from typing import Any

from huiguan.billing import operations as billing
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from tests.portal.world import BASE, Portal
from tests.visits.world import AT, HERS, LONG_GONE, MINUTE


def test_she_tops_up_and_finds_it_in_her_wallet(portal: Portal) -> None:
    client = portal.browser(HERS)
    assert "wallet/top-up" in client.get(f"{BASE}wallet/").content.decode()
    page = client.get(f"{BASE}wallet/top-up").content.decode()
    assert "充 ¥500.00" in page and "送 ¥50.00" in page and "至少 ¥100.00" in page
    assert "没有赠送" in client.get(f"{BASE}wallet/top-up?amount=100").content.decode()
    little = client.get(f"{BASE}wallet/top-up?amount=99.99")
    assert little.status_code == 409 and "一次至少充 ¥100.00" in little.content.decode()
    assert client.post(f"{BASE}wallet/top-up", {"amount": "很多"}).status_code == 422
    answer = client.post(f"{BASE}wallet/top-up", {"amount": "500.00", "key": "k"})
    again = client.post(f"{BASE}wallet/top-up", {"amount": "500.00", "key": "k"})
    assert answer.status_code == 302 and again["Location"] == answer["Location"]
    number = re.fullmatch(r"/payments/sandbox/(\w+)\?back=.*", answer["Location"])[1]  # type: ignore[index]
    assert f'href="{BASE}wallet/payments/{number}"' in client.get(answer["Location"]).content.decode()
    outside = client.get(f"/payments/sandbox/{number}?back=//evil.example/").content.decode()
    assert "evil" not in outside.replace("back=//evil.example/", "")
    client.post(answer["Location"], {"deed": "pay_silently"})
    programme = portal.actor.programme
    billing.settle_payments(programme=programme, at=AT + MINUTE)
    assert "一分钟内充入" in client.get(f"{BASE}wallet/payments/{number}").content.decode()
    assert checkout.store_paid(programme=programme, at=AT + MINUTE) == 1
    assert "已充入储值" in client.get(f"{BASE}wallet/payments/{number}").content.decode()
    assert portal.browser(LONG_GONE).get(f"{BASE}wallet/payments/{number}").status_code != 200
    assert [each.shop for each in queries.top_ups(portal.actor, portal.lin.number)] == ["GY"]


def test_without_the_sandbox_the_counter_does_it(portal: Portal, settings: Any) -> None:
    client = portal.browser(HERS)
    settings.HUIGUAN_DEMO = settings.HUIGUAN_SANDBOX = False
    page = client.get(f"{BASE}wallet/top-up").content.decode()
    assert "充值请到柜台办理" in page and 'name="amount"' not in page
    assert client.post(f"{BASE}wallet/top-up", {"amount": "500.00"}).status_code == 403
