"""Importing in the console: hand in, confirm the columns, try, import, take away what was rejected."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiguan.billing import operations as billing
from huiguan.billing.models import BankLine
from huiguan.checkout import queries as sales
from huiguan.checkout.models import Sale
from huiguan.console.importing import uploads
from huiguan.foundation.models import ErrandRow
from huiguan.foundation.sheets import open_sheet
from tests.console.errands import do_waiting
from tests.console.forms import form_of, text_of
from tests.console.world import OPENS, World

SALES = (
    "小票号,销售日期,店铺,会员卡号,款号,数量,实收,随便\n"
    "OLD-1,2026-11-02,湖滨店,DN0382,DN26W-0118,1,3280,甲\nOLD-2,2026-11-03,湖滨店,,DN26W-0342,1,1280,乙\n"
    "OLD-3,昨天,湖滨店,,DN26W-0342,1,1280,丙\n"
)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.HUIGUAN_DATA = tmp_path


def hand_in(client: Client, text: str | bytes, kind: str = "sales", name: str = "流水.csv") -> Any:
    content = text.encode("gbk") if isinstance(text, str) else text
    return client.post("/import/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def chosen(page: Any) -> dict[str, str]:
    """What the columns page would send."""
    options = re.findall(r'<select class="in" name="(column-\d+)".*?>(.*?)</select>', page.content.decode(), re.DOTALL)
    found = {name: re.search(r'value="([^"]*)" selected', inside) for name, inside in options}
    return {name: each.group(1) if each else "" for name, each in found.items()}


def test_a_file_of_sales_from_hand_to_books(world: World) -> None:
    client = world.client("shenlingyi")
    answer = hand_in(client, SALES)
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert list(chosen(page).values()) == ["bill", "date", "shop", "card", "sku", "quantity", "amount", ""]
    assert "OLD-1" in text_of(page) and "每一列是什么" in text_of(page)
    asked = client.post(answer["Location"], {**chosen(page), "act": "import"})
    assert re.fullmatch(r"/import/runs/\d+/", asked["Location"])
    waiting = client.get(asked["Location"])
    assert "hx-get" in waiting.content.decode() and "排着队" in text_of(waiting)
    do_waiting()
    done = client.get(asked["Location"])
    assert re.search(r"读到的行 3 .*已导入 2 2 单.*原已在册 0 .*未导入 1 ", text_of(done))
    assert "日期：不是日期：昨天" in text_of(done)
    assert sales.sale(world.actor, "OLD-1").member == world.hero
    rejected = client.get(f"{asked['Location']}rejected")
    assert "attachment" in rejected["Content-Disposition"]
    path = uploads._folder() / "got.xlsx"
    path.write_bytes(BytesIO(rejected.content).getvalue())
    with open_sheet(path) as sheet:
        assert [row.cells[0] for row in sheet.rows()] == ["小票号", "OLD-3"]
    assert client.get(answer["Location"]).status_code == 404  # taken in: the file is gone
    assert "流水.csv" in text_of(client.get("/import/"))


def test_a_trial_keeps_nothing_and_can_be_confirmed(world: World) -> None:
    client = world.client("shenlingyi")
    before = Sale.objects.count()
    where = hand_in(client, SALES)["Location"]
    run = client.post(where, {**chosen(client.get(where)), "act": "trial"})["Location"]
    do_waiting()
    tried = text_of(client.get(run))
    assert "这是试导，什么都没有留下。" in tried and "会导入 2 2 单" in tried
    assert Sale.objects.count() == before
    confirmed = client.post(f"{run}confirmation")["Location"]
    do_waiting()
    assert "已导入 2 2 单" in text_of(client.get(confirmed))
    assert Sale.objects.count() == before + 2


def test_the_same_file_again(world: World) -> None:
    client = world.client("shenlingyi")
    for _ in range(2):
        where = hand_in(client, SALES)["Location"]
        page = client.get(where)
        run = client.post(where, {**chosen(page), "act": "import"})["Location"]
        do_waiting()
    assert "这个文件导入过" in text_of(page)
    assert "已导入 0 0 单 原已在册 2" in text_of(client.get(run))


def test_columns_are_changed_by_hand(world: World) -> None:
    client = world.client("shenlingyi")
    text = "甲,日期,款号,钱\nOLD-9,2026-11-02,DN26W-0118,3000\n"
    where = hand_in(client, text)["Location"]
    page = client.get(where)
    assert "还缺：单号" in text_of(page) and "没写门店的行，算在" in text_of(page)
    said = chosen(page)
    missing = client.post(where, {**said, "act": "import"})
    assert missing.status_code == 422 and "没有认出这些列：单号" in text_of(missing)
    twice = client.post(where, {**said, "column-0": "date", "act": "import"})
    assert twice.status_code == 422 and "有两列都当作“日期”" in text_of(twice)
    run = client.post(where, {**said, "column-0": "bill", "column-3": "amount", "shop": "XX", "act": "import"})[
        "Location"
    ]
    do_waiting()
    assert "已导入 1 1 单" in text_of(client.get(run))
    assert sales.sale(world.actor, "OLD-9").shop == "XX"


def test_members_come_in_the_same_way(world: World) -> None:
    client = world.client("shenlingyi")
    text = "姓名,手机,会员卡号,入会日期,门店\n秦绾,19910007777,DN7777,2025-05-01,湖滨店\n秦绾,1991,DN7778,2025-05-01,湖滨店\n"
    where = hand_in(client, text, "members")["Location"]
    run = client.post(where, {**chosen(client.get(where)), "act": "import"})["Location"]
    do_waiting()
    done = text_of(client.get(run))
    assert "已导入 1 1 位会员" in done and "未导入 1" in done


def test_products_belong_to_no_shop(world: World) -> None:
    client = world.client("shenlingyi")
    text = "货号,品名,标价\nNEW-1,羊绒衫,1280\nNEW-2,,80\n"
    where = hand_in(client, text, "products")["Location"]
    page = client.get(where)
    assert "没写门店的行" not in text_of(page)
    run = client.post(where, {**chosen(page), "act": "import"})["Location"]
    do_waiting()
    assert "已导入 1 1 件商品" in text_of(client.get(run)) and "品名：必填" in text_of(client.get(run))
    assert 'value="products"' not in world.client("hezhiwei").get("/import/").content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "表里没有数据。"),
        (b"  \n", "表里没有数据。"),
        (b"\x89PNG\r\n\x1a\n\x00", "读不了这个文件"),
        ("单号,日期\n".encode(), "表里没有数据。"),
        (b"<html><table></table>", "它其实是网页"),
    ],
)
def test_a_wrong_file_is_refused_where_it_is_handed_in(world: World, content: bytes, said: str) -> None:
    answer = hand_in(world.client("shenlingyi"), content, name="表.xlsx")
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert list(uploads._folder().glob("*")) == []


def test_a_file_that_is_too_large(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    assert "文件太大" in text_of(hand_in(world.client("shenlingyi"), SALES))


def test_what_cannot_be_done_is_told_at_the_end(world: World) -> None:
    client = world.client("shenlingyi")
    where = hand_in(client, SALES)["Location"]
    run = client.post(where, {**chosen(client.get(where)), "shop": "S9", "act": "import"})["Location"]
    do_waiting()
    told = client.get(run)
    assert "没有这个门店：S9。" in text_of(told) and "回到列" in text_of(told)
    row = ErrandRow.objects.get()
    ErrandRow.objects.filter(pk=row.pk).update(state="failed", answer=None)
    assert "出了差错" in text_of(client.get(run))


def test_who_may_import(world: World) -> None:
    assert world.client("zhouhe").get("/import/").status_code == 403
    assert world.client("hezhiwei").get("/import/").status_code == 200
    assert Client().get("/import/")["Location"] == "/sign-in?next=%2Fimport%2F"
    client = world.client("shenlingyi")
    for address in ("/import/0123456789abcdef0123456789abcdef/", "/import/runs/99/", "/import/?kind=nonsense"):
        assert client.get(address).status_code == 404


def test_a_manager_brings_in_her_own_shop_only(world: World) -> None:
    client = world.client("hezhiwei")
    where = hand_in(client, SALES.replace("OLD-2,2026-11-03,湖滨店", "OLD-2,2026-11-03,西溪店"))["Location"]
    page = client.get(where)
    assert "算在" not in text_of(page) and form_of(page)
    run = client.post(where, {**chosen(page), "act": "import"})["Location"]
    do_waiting()
    assert "没有这家门店，或不归你管：西溪店" in text_of(client.get(run))
    assert sales.sale(world.actor, "OLD-1").clerk == "—"


def test_a_bank_statement_is_taken_in_once_and_says_what_it_did_not_take(world: World, tmp_path: Path) -> None:
    path, rejects = tmp_path / "bank.csv", tmp_path / "rejects.xlsx"
    lines = [
        "流水号,交易日期,贷方金额,对方户名",
        "B1,2026-12-01,800.00,王芳",
        "B2,2026-12-01,,银行",
        "B3,昨天,5.00,李梅",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")

    def brought_in(**how: Any) -> tuple[int, int, int, int]:
        told = billing.import_statement(actor=world.actor, at=OPENS, path=path, rejects=rejects, **how)
        return told.rows, told.taken, told.again, told.rejected

    assert brought_in(dry_run=True) == (3, 1, 1, 1) and not BankLine.objects.exists()
    assert brought_in() == (3, 1, 1, 1)
    assert [(each.reference, each.amount, each.payer) for each in BankLine.objects.all()] == [("B1", 80_000, "王芳")]
    path.write_text("\n".join([*lines[:2], "B1,2026-12-01,801.00,王芳"]), encoding="utf-8")
    assert brought_in() == (2, 0, 1, 1)
    with open_sheet(rejects) as sheet:
        assert [row.cells[0] for row in sheet.rows()] == ["流水号", "B1"]
