"""Invoices on the console: asked for by a clerk, issued by her manager, reversed after a return, exported."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import ReturnInput, SaleInput
from huiguan.kernel.inputs import read
from tests.console.world import COAT, OPENS, World

BUYER = {"kind": "company", "title": "=HYPERLINK(1)", "tax_number": "91110000600037341L"}


@pytest.fixture
def sale(world: World) -> str:
    given = read(SaleInput, {"shop": "HB", "lines": [{"sku": COAT}]})
    return checkout.commit_sale(actor=world.actor, at=OPENS, given=given, key="sold").id


def test_from_the_request_to_the_red_one(world: World, sale: str) -> None:
    clerk, manager = world.client("zhouhe"), world.client("hezhiwei")
    page = f"/sales/{sale}/invoice"
    wrong = clerk.post(page, {**BUYER, "tax_number": "123", "key": "a"}).content.decode()
    assert "统一社会信用代码有 18 位" in wrong and "=HYPERLINK(1)" in wrong
    assert clerk.post(page, {**BUYER, "key": "b"}).status_code == 302
    told = clerk.get(page).content.decode()
    assert "待开" in told and "登记已开" not in told and "撤回申请" in told
    assert clerk.get("/invoices/").status_code == 403
    listed = manager.get("/invoices/?state=asked").content.decode()
    assert "=HYPERLINK(1)" in listed
    book = CalamineWorkbook.from_filelike(BytesIO(manager.get("/invoices/sheet").content))
    assert book.get_sheet_by_index(0).to_python()[1][4] == "=HYPERLINK(1)"  # text, no formula
    (invoice,) = re.findall(r"/invoices/(\d+)/issue", manager.get(page).content.decode())
    assert "格式不对" in manager.post(f"/invoices/{invoice}/issue", {"number": "x"}).content.decode()
    assert manager.post(f"/invoices/{invoice}/issue", {"number": "N0001"}).status_code == 302
    checkout.return_sale(actor=world.actor, at=OPENS, given=read(ReturnInput, {"sale": sale}))
    assert "须红冲" in manager.get(page).content.decode()
    assert manager.post(f"/invoices/{invoice}/reversal", {"number": "R0001"}).status_code == 302
    told = manager.get(page).content.decode()
    assert "已红冲" in told and "申请开票" not in told
