"""`huiguan import`, run as a person would, on the tests' own database."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from huiguan.checkout.models import Price, Product, Sale
from huiguan.foundation.sheets import open_sheet
from huiguan.members.models import Membership
from tests.checkout.world import World
from tests.cli.here import Run, own_database, run

__all__ = ["run"]

pytestmark = pytest.mark.django_db(transaction=True)
SALES = "小票号,销售日期,店铺,款号,数量,实收\nA,2026-03-01,S1,COAT,1,1000\nB,昨天,S1,COAT,1,500\n"


@pytest.fixture
def imported(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", own_database())
    return partial(run, "import", language="zh_CN.UTF-8")


def file(folder: Path, text: str, name: str = "流水.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="gbk")
    return str(path)


def test_columns_are_shown_then_sales_come_in(imported: Run, tmp_path: Path) -> None:
    World.found()
    code, told, _ = imported("sales", file(tmp_path, SALES))
    assert code == 1
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert lines[:3] == ["列 当作 头几行", "小票号 单号 (bill) A · B", "销售日期 日期 (date) 2026-03-01 · 昨天"]
    assert "✗ 读 2 行；导入 1 行（1 单），原已在册 0 行，未导入 1 行。" in lines
    rejected = tmp_path / "流水-rejected.xlsx"
    assert lines[-1] == f"未导入的行与原因在：{rejected}"
    with open_sheet(rejected) as sheet:
        assert [row.cells[-1] for row in sheet.rows()] == ["未导入的原因", "日期：不是日期：昨天"]
    assert Sale.objects.count() == 1


def test_twice_and_clean_ends_with_nought(imported: Run, tmp_path: Path) -> None:
    World.found()
    clean = file(tmp_path, SALES.replace("昨天", "2026-03-02"))
    assert imported("sales", clean)[0] == 0
    code, told, _ = imported("sales", clean, "--json")
    assert code == 0
    answer = json.loads(told)
    assert {name: answer[name] for name in ("rows", "taken", "again", "rejected", "records", "rejects")} == {
        "rows": 2, "taken": 0, "again": 2, "rejected": 0, "records": 0, "rejects": None,
    }  # fmt: skip
    assert answer["columns"]["amount"] == "实收"


def test_a_trial_keeps_nothing(imported: Run, tmp_path: Path) -> None:
    World.found()
    code, told, _ = imported("sales", file(tmp_path, SALES), "--dry-run", language="en_GB.UTF-8")
    assert (code, Sale.objects.count()) == (1, 0)
    assert "A trial, nothing was kept:\n✗ 2 rows read; 1 imported (1 sales), 0 there already, 1 rejected." in told


def test_a_column_said_by_hand(imported: Run, tmp_path: Path) -> None:
    World.found()
    text = "甲,日期,店,乙\nA,2026-03-01,S1,100\n"
    code, _, why = imported("sales", file(tmp_path, text))
    assert (code, why.strip().splitlines()[-1]) == (1, "✗ 没有认出这些列：单号。请指明它们。")
    said = ["--map", "甲=bill", "--map", "店=shop", "--map", "D=amount"]
    assert imported("sales", file(tmp_path, text), *said)[0] == 0
    assert Sale.objects.get().paid == 10000


def test_members_come_in_too(imported: Run, tmp_path: Path) -> None:
    World.found()
    text = "姓名,手机,会员卡号,入会日期,门店\n李梅,19900001234,DN0001,2025-03-01,S1\n"
    code, told, why = imported("members", file(tmp_path, text), "--json")
    assert code == 0, told + why
    assert json.loads(told)["records"] == 1
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--programme", "nobody"], ("NotFound", "programme")),
        (["--shop", "S9"], ("NotFound", "shop")),
        (["--map", "单号=nothing"], ("InvalidInput", "单号")),
    ],
)
def test_refusals_are_problems(imported: Run, tmp_path: Path, arguments: list[str], problem: tuple[str, str]) -> None:
    World.found()
    text = "单号,日期,金额\nA,2026-03-01,100\n"
    code, told, _ = imported("sales", file(tmp_path, text), "--json", *arguments)
    answer: dict[str, Any] = json.loads(told)
    assert (code, answer["code"], answer["field"]) == (1, *problem)


def test_products_come_in_too(imported: Run, tmp_path: Path) -> None:
    World.found()
    text = "货号,品名,吊牌价,进价\nDN-1,竹节棉衬衫,￥480,120\nDN-2,羊毛围巾,3.999,\n"
    code, told, _ = imported("products", file(tmp_path, text), language="en_GB.UTF-8")
    assert (code, "✗ 2 rows read; 1 imported (1 products), 0 there already, 1 rejected." in told) == (1, True)
    assert Product.objects.get(sku="DN-1").name == "竹节棉衬衫"
    assert dict(Price.objects.filter(sku="DN-1").values_list("kind", "amount")) == {"list": 48000, "cost": 12000}
    code, told, _ = imported("products", file(tmp_path, text), "--shop", "S1", "--json")
    assert (code, json.loads(told)["field"]) == (1, "shop")


def test_wrong_calls(imported: Run, tmp_path: Path) -> None:
    World.found()
    World.found("other")
    text = file(tmp_path, SALES)
    assert imported("sales", str(tmp_path / "none.csv"))[0] == 2
    assert imported("staff", text)[0] == 2
    assert imported("sales", text, "--map", "单号", "--programme", "dn")[0] == 2
    code, _, why = imported("sales", text)
    assert (code, "dn, other" in why) == (1, True)
