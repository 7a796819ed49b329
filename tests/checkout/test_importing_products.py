"""A catalogue from a list: what comes in, what is there already, what changes from when, what is rejected and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.catalogue import prices_for
from huiguan.checkout.inputs import CategoriesInput, CategoryInput
from huiguan.checkout.models import Price, Product
from huiguan.foundation.sheets import HeadingsUnknown, Imported, open_sheet
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Forbidden, InvalidInput
from huiguan.rules.sentences.telling import terms
from tests.checkout.world import World, moment
from tests.rules.writing import compiled

pytestmark = pytest.mark.django_db
HEAD = ["货号", "品名", "类别", "吊牌价", "进价"]
NOW = "2026-03-01 10:00"
SHIRT = ["DN-1", "竹节棉衬衫", "上装", "480", "120.50"]


class Importing:
    def __init__(self, folder: Path) -> None:
        self.world, self.folder = World.found(), folder
        self.rejects = folder / "rejected.xlsx"

    def __call__(self, *rows: list[Any], head: list[str] = HEAD, at: str = NOW, **more: Any) -> Imported:
        path = self.folder / "products.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet()
            for i, cells in enumerate([head, *rows]):
                for j, cell in enumerate(cells):
                    page.write(i, j, cell)
        given = {"actor": self.world.actor, "at": moment(at), **more}
        return checkout.import_products(path=path, rejects=self.rejects, **given)

    def reasons(self) -> list[str]:
        with open_sheet(self.rejects) as found:
            return [str(row.cells[-1]) for row in found.rows()][1:]

    def price(self, sku: str, at: str, kind: str = "list") -> int | None:
        held = prices_for(self.world.actor.programme, [sku])[sku].at(kind, 0, moment(at))
        return held.amount if held else None


@pytest.fixture
def run(tmp_path: Path) -> Importing:
    return Importing(tmp_path)


def test_new_products_have_their_price_since_long_ago(run: Importing) -> None:
    assert run(SHIRT, ["DN-2", "围巾", "", 99.9, None]) == Imported(rows=2, taken=2, again=0, rejected=0, records=2)
    shirt = Product.objects.get(sku="DN-1")
    assert (shirt.name, shirt.category, shirt.search) == ("竹节棉衬衫", "上装", "竹节棉衬衫 zjmcs")
    assert (run.price("DN-1", "2025-01-01"), run.price("DN-1", NOW, "cost")) == (48000, 12050)
    assert (run.price("DN-2", NOW), run.price("DN-2", NOW, "cost")) == (9990, None)
    assert not run.rejects.exists()


def test_twice_changes_nothing(run: Importing) -> None:
    run(SHIRT)
    before = list(Price.objects.order_by("pk").values())
    assert run(SHIRT, at="2026-05-01") == Imported(rows=1, taken=0, again=1, rejected=0, records=0)
    assert list(Price.objects.order_by("pk").values()) == before


def test_another_price_holds_from_now_on(run: Importing) -> None:
    run(SHIRT)
    assert run(["DN-1", "竹节棉衬衫", "上装", "520", None], at="2026-05-01").taken == 1
    assert (run.price("DN-1", "2026-04-30 23:59"), run.price("DN-1", "2026-05-01")) == (48000, 52000)
    assert run.price("DN-1", "2026-06-01", "cost") == 12050


def test_a_list_without_a_category_takes_none_away(run: Importing) -> None:
    run(SHIRT)
    assert run(["DN-1", "衬衫", "480"], head=["货号", "品名", "吊牌价"]).taken == 1
    shirt = Product.objects.get(sku="DN-1")
    assert (shirt.name, shirt.category) == ("衬衫", "上装")


def test_rejected_rows_come_back_with_the_reason(run: Importing) -> None:
    told = run(
        SHIRT, ["", "无号", "", "1", None], ["A B", "空格", "", "1", None], ["DN-3", "无价", "", None, None],
        ["DN-4", "太细", "", "3.999", None], ["DN-5", "负", "", "-1", None], ["DN-1", "另一件", "上装", "9", None], SHIRT,
        ["合计", "", "", "999", None],
    )  # fmt: skip
    assert told == Imported(rows=9, taken=1, again=1, rejected=7, records=1)
    assert run.reasons() == [
        "货号：必填",
        "货号：格式不对",
        "标价：必填",
        "标价：金额至多两位小数",
        "标价：不能小于 0.00",
        "这个货号在第 2 行已有，内容不同",
        "品名：必填",
    ]
    assert sorted(Product.objects.values_list("sku", flat=True))[:3] == ["ALMOST", "COAT", "DN-1"]


def test_a_trial_keeps_nothing(run: Importing) -> None:
    assert run(SHIRT, dry_run=True).taken == 1
    assert not Product.objects.filter(sku="DN-1").exists()


def test_what_is_refused_whole(run: Importing) -> None:
    with pytest.raises(HeadingsUnknown) as refused:
        run(["x", "y"], head=["货号", "备注"])
    assert refused.value.say("zh") == "没有认出这些列：品名、标价。请指明它们。"
    with pytest.raises(InvalidInput):
        run(SHIRT, shop="S1")
    clerk = Actor("staff", 1, "clerk", run.world.actor.programme, frozenset({"import"}))
    with pytest.raises(Forbidden):
        run(SHIRT, actor=clerk)
    assert not Product.objects.filter(sku="DN-1").exists()


def test_a_long_list_comes_in_by_the_thousand(run: Importing) -> None:
    rows = [[f"L{n:05d}", f"件 {n}", "", str(n + 1), None] for n in range(2100)]
    heard: list[tuple[int, int]] = []
    assert run(*rows, progress=lambda done, total: heard.append((done, total))).taken == 2100
    assert heard == [(1000, 0), (2000, 0), (2100, 0)]


def test_a_list_says_what_categories_are_called(run: Importing) -> None:
    head = ["货号", "品名", "类别", "类别英文名", "吊牌价"]
    run(["DN-1", "衬衫", "上装", "Tops", 480], ["DN-2", "围巾", "scarf", "", 99], head=head)
    names = queries.category_names(run.world.actor.programme)
    assert {code: (name.zh, name.en) for code, name in names.items()} == {"上装": ("上装", "Tops")}
    given = CategoriesInput(categories=[CategoryInput(code="scarf", zh="围巾"), CategoryInput(code="上装", zh="上衣")])
    checkout.name_categories(actor=run.world.actor, at=moment(NOW), given=given)
    run(["DN-3", "背心", "上装", "Uppers", 280], head=head, at="2026-03-02 10:00")
    names = queries.category_names(run.world.actor.programme)
    assert {code: (name.zh, name.en) for code, name in names.items()} == {
        "上装": ("上衣", "Uppers"), "scarf": ("围巾", "scarf"),
    }  # fmt: skip
    book = compiled(("coupon", "name: one, off: 5.00, where: {category: {in: [上装, hat]}}"))
    said = [term.text.both(**term.values) for term in terms(book, book.clauses["T-01"], {"category": names})]
    assert any("Uppers, hat" in each["en"] and "上衣、hat" in each["zh"] for each in said)
