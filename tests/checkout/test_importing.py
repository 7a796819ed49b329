"""Sales from another till's export: what comes in, what does not and why, and that it comes in once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.importing.rows import FIELDS, Ground, exact_pieces, read_line
from huiguan.checkout.models import ImportedBill, Product, Sale
from huiguan.foundation.auditing import written
from huiguan.foundation.sheets import Broken, HeadingsUnknown, Imported, open_sheet
from huiguan.identity import operations as identity
from huiguan.identity import queries as staff
from huiguan.identity.inputs import Appoint, CreateStaff
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.ledger.proof import prove
from tests.checkout.world import SOURCE, ZONE, World, moment

HEAD = [
    "小票号",
    "销售日期",
    "时间",
    "门店",
    "会员卡号",
    "手机",
    "货号",
    "品名",
    "类别",
    "数量",
    "吊牌价",
    "实收金额",
    "导购",
    "付款方式",
]
NOW = "2026-12-12 14:00"
GROUND = Ground({"S1": "S1", "湖滨店": "S1"}, None, ZONE, moment(NOW))


def row(
    bill: str, day: Any, shop: str = "S1", card: Any = None, phone: Any = None, sku: str = "COAT", **more: Any
) -> list[Any]:
    told = {"time": None, "name": None, "category": None, "quantity": 1, "tag": None, "amount": "1000.00", "clerk": "周禾",
            "means": "微信", **more}  # fmt: skip
    return [bill, day, told["time"], shop, card, phone, sku, told["name"], told["category"], told["quantity"], told["tag"],
            told["amount"], told["clerk"], told["means"]]  # fmt: skip


def sheet(path: Path, rows: list[list[Any]], head: list[str] = HEAD) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for i, cells in enumerate([head, *rows]):
            for j, cell in enumerate(cells):
                page.write(i, j, float(cell) if isinstance(cell, Decimal) else cell)
    return path


class Importing:
    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.rejects = folder / "rejected.xlsx"

    def __call__(self, rows: list[list[Any]], head: list[str] = HEAD, **more: Any) -> Imported:
        path = sheet(self.folder / "sales.xlsx", rows, head)
        self.rejects.unlink(missing_ok=True)
        given = {"actor": self.world.actor, "at": moment(NOW), **more}
        return checkout.import_sales(path=path, rejects=self.rejects, **given)

    def reasons(self) -> dict[int, str]:
        """Row number -> reason, from the file of rejected rows."""
        with open_sheet(self.rejects) as found:
            rows = list(found.rows())[1:]
        return {int(row.cells[-2]): str(row.cells[-1]) for row in rows}  # type: ignore[arg-type]


@pytest.fixture
def run(db: None, tmp_path: Path) -> Importing:
    return Importing(World.found(), tmp_path)


def test_rows_of_one_bill_make_one_sale(run: Importing) -> None:
    member = run.world.enrol(card="DN01")
    rows = [
        row("HB-1", "2026-03-01", card="DN01", time="14:20", amount=Decimal("950.50"), means="现金"),
        row("HB-1", "2026-03-01", card="DN01", sku="SCARF", quantity=2, amount=Decimal("999.00"), means="现金"),
        row("HB-2", "2026-03-02 10:00", card=None, amount=Decimal("1000")),
    ]
    assert run(rows) == Imported(rows=3, taken=3, again=0, rejected=0, records=2)
    assert not run.rejects.exists()
    sale = queries.sale(run.world.actor, "HB-1")
    assert (sale.member, sale.paid, sale.clerk, sale.shop) == (member.number, 194950, "周禾", "S1")
    assert sale.at == moment("2026-03-01 00:00")
    assert [(line["sku"], line["quantity"], line["due"]) for line in sale.document["lines"]] == [
        ("COAT", 1, 95050),
        ("SCARF", 2, 99900),
    ]
    assert sale.document["tenders"] == [["cash", 194950]]
    assert sale.document["earned"] == {"points": 38}
    assert run.world.points(member, NOW) == 38
    assert queries.sale(run.world.actor, "HB-2").member is None
    assert prove(run.world.actor.programme).sound


def test_the_moment_of_a_bill_is_its_earliest(run: Importing) -> None:
    run(
        [
            row("A", "2026-03-01", time="14:25:09"),
            row("A", "2026-03-01", time="14:20"),
            row("B", "2026-03-01", time=0.5),
        ]
    )
    assert queries.sale(run.world.actor, "A").at == moment("2026-03-01 14:20")
    assert queries.sale(run.world.actor, "B").at == moment("2026-03-01 12:00")


@pytest.mark.parametrize(
    ("said", "signed"),
    [("双方", ("member", "guide")), ("会员、导购员", ("member", "guide")), ("本人", ("member",)), ("Y", ("member", "guide")),
     ("guide and member", ("member", "guide")), ("未签", ()), (None, ())],
)  # fmt: skip
def test_who_signed_is_read_in_many_hands(said: str | None, signed: tuple[str, ...]) -> None:
    cells = {"bill": "1", "date": "2026-03-01", "shop": "S1", "amount": "1", "signed": said}
    assert read_line(cells, replace(GROUND, signers=("member", "guide"))).signed == signed
    assert read_line({**cells, "signed": "李梅"}, GROUND).signed == ()
    with pytest.raises(InvalidInput, match="signed"):
        read_line({**cells, "signed": "李梅"}, replace(GROUND, signers=("member", "guide")))


def test_a_signed_bill_counts_and_another_waits(db: None, tmp_path: Path) -> None:
    both = "acceptance: purchase, signs: [member, guide], before: [counting], within: 7"
    words = "number: 十, title: {zh: 双方签字, en: Both sign}, text: {zh: 双方签字, en: Both sign}, source: 二"
    source = f"{SOURCE.rstrip()}\n  - {{id: X-1, kind: acceptance, {words}, {both}}}\n"
    run = Importing(World.found(source=source), tmp_path)
    member = run.world.enrol(card="DN01")
    rows = [
        [*row("HB-1", "2026-12-10", card="DN01"), "双方"],
        [*row("HB-2", "2026-12-10", card="DN01"), "会员"],
        [*row("HB-3", "2026-12-10", card="DN01"), ""],
    ]
    assert run(rows, [*HEAD, "签字"]).records == 3
    told = [queries.sale(run.world.actor, f"HB-{n}").document for n in (1, 2, 3)]
    assert [each.get("unsigned", []) for each in told] == [[], ["guide"], ["member", "guide"]]
    assert told[0]["earned"] != {} and told[1]["earned"] == told[2]["earned"] == {}
    assert run.world.points(member, NOW) == told[0]["earned"]["points"]


def test_twice_is_once(run: Importing) -> None:
    run.world.enrol(card="DN01")
    rows = [
        row("A", "2026-03-01", card="DN01"),
        row("A", "2026-03-01", card="DN01", sku="SCARF", amount="500"),
        row("B", "2026-03-02"),
    ]
    assert run(rows).records == 2
    assert run(rows) == Imported(rows=3, taken=0, again=3, rejected=0, records=0)
    assert Sale.objects.count() == 2 == ImportedBill.objects.count()


def test_twice_is_once_whoever_runs_it(run: Importing) -> None:
    rows = [row("A", "2026-03-01"), row("B", "2026-03-02")]
    run(rows)
    assert run(rows, actor=_manager(run.world, "S1")).again == 2
    assert Sale.objects.count() == 2


def test_a_known_number_with_other_contents_is_refused(run: Importing) -> None:
    run.world.enrol(card="DN01")
    run([row("A", "2026-03-01")])
    for other in (row("A", "2026-03-01", card="DN01"), row("A", "2026-03-05"), row("A", "2026-03-01", amount="999")):
        assert run([other]).rejected == 1
        assert run.reasons() == {2: "这张单已经在账上，内容不同"}
    assert Sale.objects.count() == 1


def test_a_bill_rung_up_here_does_not_come_in_again(run: Importing) -> None:
    run.world.sell("2026-03-01 14:20:33", "COAT", number="A")
    assert run([row("A", "2026-03-01", time="14:20")]).again == 1
    assert run([row("A", "2026-03-01", time="14:20", amount="999")]).rejected == 1
    assert Sale.objects.count() == 1


def test_what_was_paid_is_not_discounted_again(run: Importing) -> None:
    """A card-holding member would have 5% off at this till; the export's amount is what she paid in the end."""
    member = run.world.enrol(card="DN01")
    run([row("A", "2026-12-01", card="DN01", amount="950.00", tag=1000)])
    sale = queries.sale(run.world.actor, "A")
    assert (sale.paid, sale.price_total) == (95000, 95000)
    assert sale.document["card"] == "DN01"
    assert run.world.points(member, NOW) == 18


def test_late_sales_promote_as_if_on_time(run: Importing) -> None:
    member = run.world.enrol(card="DN01")
    run([row("B", "2026-11-02", card="DN01", amount="5000"), row("A", "2026-11-01", card="DN01", amount="5000")])
    assert queries.sale(run.world.actor, "B").document["tier"] == {"before": "points_card", "after": "diamond_card"}
    assert member.tier == "points_card"


def test_an_amount_that_does_not_divide_stays_exact(run: Importing) -> None:
    run([row("A", "2026-03-01", quantity=3, amount="100.00")])
    sale = queries.sale(run.world.actor, "A")
    assert [(line["quantity"], line["due"]) for line in sale.document["lines"]] == [(2, 6666), (1, 3334)]
    assert sale.paid == 10000


@given(quantity=st.integers(1, 100_000), amount=st.integers(0, 10**12))
def test_pieces_are_exact_to_the_fen(quantity: int, amount: int) -> None:
    pieces = exact_pieces(quantity, amount)
    assert sum(count for count, _ in pieces) == quantity
    assert sum(count * price for count, price in pieces) == amount
    assert len(pieces) <= 2


def test_unknown_products_go_on_the_catalogue(run: Importing) -> None:
    run([row("A", "2026-03-01", sku="NEW-1", name="羊绒衫", category="针织", tag="1,280.00", amount="999.00"),
         row("B", "2026-03-02", sku="NEW-2", amount="100.00", quantity=2), row("C", "2026-03-02", sku="COAT", name="别名")])  # fmt: skip
    known = {row.sku: row.name for row in Product.objects.filter(sku__in=["NEW-1", "NEW-2", "COAT"])}
    assert known == {"NEW-1": "羊绒衫", "NEW-2": "NEW-2", "COAT": "COAT"}
    shop = staff.shop(run.world.actor.programme, "S1")
    (found,) = queries.products(run.world.actor, "NEW-1", shop, moment(NOW))
    assert (found.list_price, found.category) == (128000, "针织")


def test_rows_that_are_wrong_are_named_with_their_reason(run: Importing) -> None:
    rows = [
        row("A", "2026-03-01"),
        row("B", "2026-02-30"),
        row("C", "2026-12-13"),
        row("D", "2026-03-01", card="NOBODY"),
        row("E", "2026-03-01", quantity=-1, amount="-1000"),
        row("F", "2026-03-01", amount="12.345"),
        row("G", "2026-03-01", quantity=1.5),
        row("H", "2026-03-01", shop="S9"),
        row("I", "2026-03-01", sku="A B"),
        row("", "2026-03-01"),
        row("J", "2026-03-01", amount=None),
        row("K", "2026-03-01", quantity=0),
        ["合计", None, None, None, None, None, None, None, None, 12, None, "12000"],
    ]
    told = run(rows)
    assert told == Imported(rows=13, taken=1, again=0, rejected=12, records=1)
    assert run.reasons() == {
        3: "日期：不是日期：2026-02-30",
        4: "日期：在将来：2026-12-13 00:00",
        5: "没有这位会员：NOBODY",
        6: "数量：为负：退货请凭原单办理，不从表里导入",
        7: "金额：金额至多两位小数",
        8: "数量：须为整数：1.5",
        9: "门店：没有这家门店，或不归你管：S9",
        10: "货号：有空格，或超过 60 个字",
        11: "单号：必填",
        12: "金额：没有金额，也没有单价",
        13: "数量：不能小于 1",
        14: "单号：这是合计行，不是销售",
    }


def test_a_bill_comes_in_whole_or_not_at_all(run: Importing) -> None:
    run.world.enrol(card="DN01")
    run.world.enrol(card="DN02", phone="19900009999")
    rows = [
        row("A", "2026-03-01"), row("A", "2026-03-01", amount="x"), row("A", "2026-03-01"),
        row("B", "2026-03-01"), row("B", "2026-03-02"),
        row("C", "2026-03-01", card="DN01"), row("C", "2026-03-01", card="DN02"), row("D", "2026-03-01", card="DN01", phone="19900009999"),
        row("E", "2026-03-01", card="DN02"), row("E", "2026-03-01", phone="19900009999"), row("E", "2026-03-01"),
    ]  # fmt: skip
    assert run(rows).records == 1
    assert set(run.reasons().items()) == {
        (2, "同一单的第 3 行有误，整单未导入"), (3, "金额：不是数：x"), (4, "同一单的第 3 行有误，整单未导入"),
        (5, "同一单号出现在不同日期"), (6, "同一单号出现在不同日期"),
        (7, "同一单号写着不同的会员"), (8, "同一单号写着不同的会员"), (9, "DN01 与 19900009999 不是同一位会员"),
    }  # fmt: skip


def test_what_the_till_refuses_is_told_for_every_row_of_the_bill(run: Importing) -> None:
    from_then = row("A", "2023-12-31")
    assert run([from_then, row("A", "2023-12-31", sku="SCARF")]).rejected == 2
    assert all("章程" in reason for reason in run.reasons().values())


def test_formulas_and_merged_cells(run: Importing) -> None:
    path = run.folder / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for j, heading in enumerate(["单号", "日期", "门店", "货号", "数量", "金额"]):
            page.write(0, j, heading)
        for i in (1, 2, 3, 4):
            for j, cell in enumerate([f"A{i}", "2026-03-01", "S1", "COAT", 1, 1000]):
                page.write(i, j, cell)
        page.write_formula(1, 5, "=E2*1000", None, 1000)
        page.write_formula(2, 5, "=E3*1000", None, "")
        page.merge_range(3, 0, 4, 0, "A3")
    told = checkout.import_sales(actor=run.world.actor, at=moment(NOW), path=path, rejects=run.rejects)
    assert told == Imported(rows=4, taken=2, again=0, rejected=2, records=2)
    reasons = run.reasons()
    assert reasons[3].startswith("金额：公式没有算出的值") and reasons[5].startswith("单号：合并的单元格")


def test_the_rejected_file_corrected_comes_in(run: Importing) -> None:
    run([row("A", "昨天"), row("B", "2026-03-02")])
    with open_sheet(run.rejects) as found:
        head, wrong = list(found.rows())
    cells = [None if isinstance(cell, Broken) else cell for cell in wrong.cells]
    cells[1] = "2026-03-01"
    assert run([cells], list(map(str, head.cells))) == Imported(1, 1, 0, 0, 1)


def test_a_trial_keeps_nothing(run: Importing) -> None:
    rows = [row("A", "2026-03-01", sku="NEW-1"), row("B", "昨天")]
    assert run(rows, dry_run=True) == Imported(rows=2, taken=1, again=0, rejected=1, records=1)
    assert run.reasons() == {3: "日期：不是日期：昨天"}
    assert Sale.objects.count() == ImportedBill.objects.count() == Product.objects.filter(sku="NEW-1").count() == 0
    assert run(rows).records == 1


def test_a_file_without_shops_takes_the_one_named(run: Importing) -> None:
    head = ["单号", "日期", "金额"]
    with pytest.raises(NotFound):
        run([["A", "2026-03-01", 100]], head, shop="S9")
    assert run([["A", "2026-03-01", 100]], head).rejected == 1
    assert run.reasons() == {2: "门店：必填"}
    assert run([["A", "2026-03-01", 100]], head, shop="S2").records == 1
    sale = queries.sale(run.world.actor, "A")
    assert (sale.shop, sale.document["lines"][0]["name"]) == ("S2", "未列明商品")


def test_a_manager_imports_for_her_own_shop(run: Importing) -> None:
    manager = _manager(run.world, "S1")
    told = run(
        [row("A", "2026-03-01", shop=""), row("B", "2026-03-01", shop="S2"), row("C", "2026-03-01", sku="NEW-9")],
        actor=manager,
    )
    assert (told.records, told.rejected) == (2, 1)
    assert run.reasons() == {3: "门店：没有这家门店，或不归你管：S2"}


def test_who_may_and_what_is_left_behind(run: Importing) -> None:
    with pytest.raises(Forbidden):
        run([row("A", "2026-03-01")], actor=Actor("staff", 1, "周禾", run.world.actor.programme, frozenset({"sell"})))
    with pytest.raises(HeadingsUnknown) as unknown:
        run([["A", 1]], ["甲", "乙"])
    assert "单号、日期" in unknown.value.say("zh")
    run([row("A", "2026-03-01"), row("B", "昨天")])
    (entry,) = written(run.world.actor, operation="import_sales")
    assert entry.given == {"file": "sales.xlsx", "rows": 2, "taken": 1, "again": 0, "rejected": 1, "sales": 1}


def test_progress_counts_rows_and_then_bills(run: Importing) -> None:
    heard: list[tuple[int, int]] = []
    run([row(str(i), "2026-03-01") for i in range(3)], progress=lambda done, total: heard.append((done, total)))
    assert heard == [(3, 0), (3, 3)]


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        ({"date": datetime.combine(date(2026, 3, 1), time(9, 30))}, "2026-03-01 09:30"),
        ({"date": "20260301", "time": "9:30"}, "2026-03-01 09:30"),
        ({"date": "2026年3月1日 9时30分"}, "2026-03-01 09:30"),
        ({"date": date(2026, 3, 1)}, "2026-03-01 00:00"),
    ],
)
def test_moments_in_many_hands(cells: dict[str, Any], at: str) -> None:
    line = read_line({"bill": "A", "shop": "湖滨店", "amount": "1", **cells}, GROUND)
    assert (line.at, line.shop) == (moment(at), "S1")


@pytest.mark.parametrize("cell", ["1989-12-31", "", Broken(Text(zh="坏", en="bad")), "2026-03-01 25:00"])
def test_dates_that_cannot_be(cell: Any) -> None:
    with pytest.raises(InvalidInput) as wrong:
        read_line({"bill": "A", "shop": "S1", "amount": "1", "date": cell}, GROUND)
    assert wrong.value.field == "date"


def test_the_columns_are_told(run: Importing) -> None:
    assert queries.import_fields(run.world.actor) == FIELDS
    assert [field.name for field in FIELDS if field.required] == ["bill", "date"]


def _manager(world: World, shop: str) -> Actor:
    at = moment("2024-01-02 09:00")
    person = identity.create_staff(
        actor=world.actor, at=at, given=read(CreateStaff, {"username": "hezhiwei", "name": "贺知微"})
    )
    identity.appoint(
        actor=world.actor, at=at, given=read(Appoint, {"username": "hezhiwei", "post": "shop_manager", "node": shop})
    )
    return staff.actor_of_staff(person.id, moment(NOW))
