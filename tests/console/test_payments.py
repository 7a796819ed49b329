"""Payments in the console: asked for, paid in the sandbox, given back, and held against a statement."""

from __future__ import annotations

from typing import Any

from django.test import Client

from huiguan.billing import operations
from huiguan.billing.inputs import AskPaymentInput
from huiguan.billing.providers.sandbox import send_notices
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.kernel.inputs import read
from tests.console.forms import text_of
from tests.console.world import World


def _asked(world: World, amount: str = "50.00") -> str:
    given = {"amount": amount, "means": "sandbox", "purpose": "top_up", "subject": "7", "title": "充值 50 元"}
    return operations.ask_payment(actor=world.actor, at=now(), given=read(AskPaymentInput, given)).number


def _hear() -> None:
    def post(body: bytes, headers: Any) -> str:
        said = {"X-Sandbox-Signature": headers["X-Sandbox-Signature"]}
        address = "/api/payments/notices/sandbox"
        return str(Client().post(address, body, content_type="application/json", headers=said).status_code)

    send_notices(wall_clock(), post)


def test_paid_in_the_sandbox_and_refunded(world: World) -> None:
    owner = world.client("shenlingyi")
    assert "还没有支付" in text_of(owner.get("/payments/"))
    number = _asked(world)
    assert "待付" in text_of(owner.get("/payments/?unsettled=1"))
    page = f"/payments/{number}/"
    assert f'href="/payments/sandbox/{number}"' in owner.get(page).content.decode()
    payer = Client()
    assert "沙箱：不收真钱" in text_of(payer.get(f"/payments/sandbox/{number}"))
    assert payer.post(f"/payments/sandbox/{number}", {"deed": "give"}).status_code == 404
    assert payer.post(f"/payments/sandbox/{number}", {"deed": "pay"}).status_code == 302
    _hear()
    text = text_of(owner.get(page))
    assert "已付 对方通知" in text.replace("  ", " ") and "50.00" in text
    wrong = owner.post(f"{page}refund", {"amount": "50.01", "reason": "x", "key": "a"})
    assert "最多可退" in text_of(wrong) and 'value="50.01"' in wrong.content.decode()
    for _ in range(2):
        assert owner.post(f"{page}refund", {"amount": "20", "reason": "少充", "key": "b"})["Location"] == page
    assert "部分退款" in text_of(owner.get(page)) and "最多 ¥30.00" in text_of(owner.get(page))
    assert "没有未了结" in text_of(owner.get("/payments/?unsettled=1"))


def test_another_amount_is_told_and_settled_by_hand(world: World) -> None:
    owner, number = world.client("shenlingyi"), _asked(world)
    Client().post(f"/payments/sandbox/{number}", {"deed": "pay_other"})
    _hear()
    page = f"/payments/{number}/"
    assert "对方说收了 ¥49.99" in text_of(owner.get(page))
    assert owner.post(f"{page}dispute", {"reason": "已退"})["Location"] == page
    assert "已核实" in text_of(owner.get(page))


def test_a_statement_is_held_against_the_books(world: World) -> None:
    owner, number = world.client("shenlingyi"), _asked(world)
    Client().post(f"/payments/sandbox/{number}", {"deed": "pay"})
    _hear()
    day = "2026-12-12"
    form = {"means": "sandbox", "day": day, "lines": f"收款 {number} 49.99\n收款,PX,1.00"}
    text = text_of(owner.post("/payments/statements/", form))
    assert "0 行相符，2 行对不上" in text and "我方 50.00，对账单 49.99，差 -0.01" in text
    assert "对账单里" in text_of(owner.post("/payments/statements/", {**form, "lines": "收款 A 1\n收款 A 1"}))
    wrong = text_of(owner.post("/payments/statements/", {**form, "lines": "收款 A"}))
    assert "对账单" in wrong and "都对得上" not in wrong
    assert "1 行相符" in text_of(owner.post("/payments/statements/", {**form, "lines": ""}))
    left = owner.get("/payments/statements/").content.decode()
    assert "都对得上" in left


def test_who_may_not(world: World, settings: Any) -> None:
    number = _asked(world)
    clerk, auditor = world.client("zhouhe"), world.client("wenjian")
    assert clerk.get("/payments/").status_code == 200
    assert clerk.get("/payments/statements/").status_code == 403
    assert auditor.post(f"/payments/{number}/refund", {"amount": "1", "reason": "x"}).status_code == 403
    assert world.client("shenlingyi").get("/payments/P0/").status_code == 404
    settings.HUIGUAN_DEMO = False
    assert Client().get(f"/payments/sandbox/{number}").status_code == 404
