"""Bringing in the list of an old till: cells of every make, rows double, wrong or known, and a second run."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from huiguan.foundation.sheets import Broken, HeadingsUnknown, open_sheet, said_plainly, shown
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.ledger import queries as books
from huiguan.members import operations, queries
from huiguan.members.bringing import begin
from huiguan.members.importing import member_fields, read_row
from huiguan.members.models import Membership, Opening
from huiguan.members.operations.importing import import_rows
from huiguan.parties.models import Party
from huiguan.parties.names import person_name
from huiguan.programme import queries as programmes

from .conftest import AT, MANAGER, Scene

LI = {"name": "李梅", "phone": Decimal("13800000001"), "number": "VIP001", "card": Decimal("600001")}
Row = dict[str, Any]


def bring(scene: Scene, *rows: Row, dry_run: bool = False) -> list[tuple[str, str | None]]:
    """(outcome, member or the refusal's code) of each row; the sheet's rows count from 2."""
    told = import_rows(begin(scene.owner, AT), list(enumerate(rows, 2)), dry_run=dry_run)
    return [(each.outcome, each.refusal.code if each.refusal else each.member) for each in told]


def read(scene: Scene, **cells: Any) -> Any:
    rulebook = programmes.programme_at(scene.programme, AT)
    return read_row(rulebook, cells, {"南京西路店": "S1"})


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("2020-03-01", "2020-03-01"), ("2020/3/1", "2020-03-01"), ("2020年3月1日", "2020-03-01"),
        ("20200301", "2020-03-01"), ("2020.03.01 14:30:05", "2020-03-01T14:30:05"), ("2020-3-1 0:00:00", "2020-03-01"),
        (date(2020, 3, 1), "2020-03-01"), (datetime(2020, 3, 1, 9, 5), "2020-03-01T09:05:00"),  # noqa: DTZ001
        (Decimal(43891), "2020-03-01"), ("43891", "2020-03-01"), (Decimal("43891.5"), "2020-03-01T12:00:00"),
        ("２０２０－０３－０１", "2020-03-01"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_dates_in_many_forms(scene: Scene, cell: Any, kept: str | None) -> None:
    assert read(scene, name="李梅", joined_at=cell).form.at == kept


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("joined_at", "2020-02-30"), ("joined_at", "上周"), ("joined_at", "2020-03-01 25:00"), ("joined_at", Decimal(99999)),
        ("points", "1.5"), ("points", "-3"), ("points", "很多"), ("spend", "1.005"), ("spend", "-1"), ("tier", "白金卡"),
        ("name", Broken(Text(zh="错", en="bad"), "#REF!")), ("profile.birthday", Decimal("1.5e9")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_column(scene: Scene, column: str, cell: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(scene, **{"name": "李梅", column: cell})
    assert refused.value.field == column


def test_numbers_money_tiers_shops_and_sexes(scene: Scene) -> None:
    row = read(
        scene, name=" 李　梅 ", phone=Decimal("13800000001"), card=Decimal("600001.0"), points="1,280", spend="￥3,500.5",
        tier="钻卡", shop="南京西路店", spend_day=Decimal(45000), **{"profile.sex": "F", "profile.height": Decimal("165.50")},
    )  # fmt: skip
    assert (person_name(row.form.name), row.form.phone, row.form.card, row.form.shop) == (
        "李梅",
        "13800000001",
        "600001",
        "S1",
    )
    assert (row.points, row.spend, row.tier, row.spend_day) == (1280, 350050, "diamond_card", "2023-03-15")
    assert row.form.profile == {"sex": "女", "height": "165.5"}
    assert [read(scene, name="x", tier=given).tier for given in ("Diamond card", "points_card", "积分卡会员", "")] == [
        "diamond_card", "points_card", "points_card", None,
    ]  # fmt: skip


def test_no_two_columns_go_by_one_word(scene: Scene) -> None:
    known = member_fields(programmes.programme_at(scene.programme, AT))
    words = [word for each in known for word in {said_plainly(word) for word in each.words}]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []
    assert "profile.skin_tone" in {each.name for each in known}


def test_a_row_becomes_a_member_with_what_she_brings(scene: Scene) -> None:
    row = {
        **LI, "joined_at": date(2023, 5, 1), "shop": "S1", "tier": "积分卡", "points": Decimal(120),
        "earned_at": "2026-01-10", "spend": "9999.99", "spend_day": "2026-02-01", "profile.birthday": "1990-06-15",
    }  # fmt: skip
    assert bring(scene, row) == [("done", "VIP001")]
    page = scene.page("VIP001")
    assert (page.name, page.tier, page.cards[0].number, page.profile_complete) == (
        "李梅",
        "points_card",
        "600001",
        False,
    )
    assert page.joined_at == datetime(2023, 5, 1, tzinfo=AT.tzinfo)
    assert (page.joined_shop, page.birthday, page.rights) == (scene.shops["S1"], date(1990, 6, 15), ())
    (lot,) = books.lots_at(actor=scene.owner, membership=page.membership, unit="points", at=AT)
    assert (lot.left, lot.earned_at) == (120, datetime(2026, 1, 10, tzinfo=AT.tzinfo))
    assert lot.expires_at == datetime(2027, 1, 1, tzinfo=AT.tzinfo)


def test_the_tier_of_the_list_or_of_the_spending_whichever_is_higher(scene: Scene) -> None:
    rows = [
        {**LI, "tier": "钻卡"},
        {"name": "王燕", "phone": "13800000002", "tier": "积分卡", "spend": "10000", "spend_day": "2026-02-01"},
        {"name": "赵云", "phone": "13800000003", "tier": "钻卡", "spend": "10000", "spend_day": "2026-02-01"},
    ]
    assert [outcome for outcome, _ in bring(scene, *rows)] == ["done"] * 3
    tiers = [queries.standing(scene.owner, phone, AT).tier for phone in ("13800000001", "13800000002", "13800000003")]
    assert tiers == ["diamond_card"] * 3
    causes = [queries.changes(scene.owner, phone)[0].cause for phone in ("13800000001", "13800000002", "13800000003")]
    assert causes == ["import", "opening", "opening"]


def test_run_again_nothing_happens_twice(scene: Scene) -> None:
    rows = [{**LI, "points": "120"}, {"name": "王燕", "phone": "13800000002", "points": "5", "bill": "A-1"}]
    assert bring(scene, *rows) == [("done", "VIP001"), ("done", "DW000001")]
    assert bring(scene, *rows) == [("again", "VIP001"), ("again", "DW000001")]
    assert (Membership.objects.count(), Opening.objects.count()) == (2, 2)


def test_what_the_first_run_lacked_the_second_brings(scene: Scene) -> None:
    bring(scene, LI)
    assert bring(scene, {**LI, "points": "7"}) == [("done", "VIP001")]
    assert bring(scene, {**LI, "points": "7"}) == [("again", "VIP001")]
    assert Membership.objects.count() == 1


def test_rows_that_are_refused_leave_nothing_and_leave_the_others(scene: Scene) -> None:
    rows = [
        LI,
        {**LI, "number": "VIP002", "card": None},  # the same phone twice in the list
        {"name": "王燕", "phone": "12345"},
        {"name": "", "phone": "13800000004"},
        {"name": "孙丽", "phone": "13800000005", "shop": "没有的店"},
        {"name": "周敏", "phone": "13800000006", "card": "600001"},
        {"name": "吴岚", "phone": "13800000007", "points": "5", "earned_at": "2024-05-01", "joined_at": "2023-01-01"},
        {"name": "郑爽", "phone": "13800000008", "profile.birthday": "1991-02-30"},
        {"name": "冯雪", "phone": "13800000009", "bill": "B", "points": "1"},
        {"name": "陈静", "phone": "13800000010", "bill": "B", "points": "1"},
        {"name": "褚卫", "phone": "13800000011", "points": "1", "earned_at": "2026-03-02"},
    ]
    assert bring(scene, *rows) == [
        ("done", "VIP001"), ("refused", "RepeatedInFile"), ("refused", "InvalidInput"), ("refused", "InvalidInput"),
        ("refused", "NotFound"), ("refused", "CardTaken"), ("refused", "PointsExpired"), ("refused", "InvalidInput"),
        ("done", "DW000001"), ("refused", "RepeatedInFile"), ("refused", "MomentInFuture"),
    ]  # fmt: skip
    assert Membership.objects.count() == Party.objects.count() == 2


def test_a_known_key_under_another_name_is_refused(scene: Scene) -> None:
    bring(scene, LI)
    assert bring(scene, {**LI, "name": "李美"}) == [("refused", "PhoneTaken")]
    assert bring(scene, {"name": "王燕", "phone": "13800000002", "bill": "import:VIP001", "points": "1"}) == [
        ("done", "DW000001")
    ]
    assert bring(scene, {**LI, "phone": "13800000002"}) == [("refused", "PhoneTaken")]


def test_a_bill_of_another_member_is_refused(scene: Scene) -> None:
    bring(scene, {**LI, "bill": "A-1", "points": "3"})
    assert bring(scene, {"name": "王燕", "phone": "13800000002", "bill": "A-1", "points": "3"}) == [
        ("refused", "BillAlreadyRecorded")
    ]
    assert Membership.objects.count() == 1


def test_a_trial_tells_everything_and_keeps_nothing(scene: Scene) -> None:
    rows = [LI, {"name": "王燕", "phone": "1"}]
    assert bring(scene, *rows, dry_run=True) == [("done", "VIP001"), ("refused", "InvalidInput")]
    assert not Membership.objects.exists()
    assert bring(scene, *rows) == [("done", "VIP001"), ("refused", "InvalidInput")]


def test_repeats_are_seen_across_chunks(scene: Scene) -> None:
    coming = begin(scene.owner, AT)
    import_rows(coming, [(2, LI)])
    (told,) = import_rows(coming, [(3, {**LI, "points": "4"})])
    assert told.refusal is not None
    assert told.refusal.say("zh") == "与第 2 行是同一手机号。"
    assert not Opening.objects.exists()


def test_importing_takes_its_permission(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        import_rows(begin(scene.clerk, AT), [(2, LI)])
    elsewhere = Actor("staff", 8, "店长", scene.programme, MANAGER, frozenset({scene.shops["S1"]}))
    (told,) = import_rows(begin(elsewhere, AT), [(2, {**LI, "shop": "S2"})])
    assert (told.outcome, told.refusal and told.refusal.code) == ("refused", "Forbidden")


HEAD = ["会员资料表", "", "", ""]
COLUMNS = ["会员姓名", "手机号码", "会员卡号", "入会日期", "可用积分", "累计消费（元）", "会员级别", "备注"]
LINES = [
    ["李　梅", "13800000001", "600001", "2023-05-01", "1,280", "3500.50", "积分卡", "老客"],
    ["王燕", "13800000002", "600002", "2023-02-30", "0", "0", "", ""],
    ["赵云", "13800000003", "600003", "2024/6/1", "5", "", "钻卡", ""],
    ["赵云", "13800000003", "600003", "2024/6/1", "5", "", "钻卡", ""],
]


def csv_file(path: Path, encoding: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, COLUMNS, *LINES])
    return path


def import_file(scene: Scene, path: Path, **more: Any) -> tuple[int, int, int, int]:
    told = operations.import_members(actor=scene.owner, at=AT, path=path, rejects=path.parent / "rejects.xlsx", **more)
    return told.rows, told.taken, told.again, told.rejected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_file_comes_in_and_tells_what_did_not(scene: Scene, tmp_path: Path, encoding: str) -> None:
    seen: list[tuple[int, int]] = []
    path = csv_file(tmp_path / "members.csv", encoding)
    assert import_file(scene, path, progress=lambda done, all_: seen.append((done, all_))) == (4, 2, 0, 2)
    assert seen == [(4, 4)]
    with open_sheet(tmp_path / "rejects.xlsx") as sheet:
        rejects = [[shown(cell) for cell in row.cells] for row in sheet.rows()]
    assert rejects[0][-2:] == ["原行号", "未导入的原因"]
    assert [row[-2:] for row in rejects[1:]] == [
        ["4", "入会日期：不是日期：2023-02-30"],
        ["6", "与第 5 行是同一手机号。"],
    ]
    assert [row[0] for row in rejects[1:]] == ["王燕", "赵云"]
    page = scene.page("600001")
    assert (page.name, page.openings[0].points[0][0], page.openings[0].spend) == (
        "李梅",
        1280,
        (("2026-03-01", 350050),),
    )
    (tmp_path / "rejects.xlsx").unlink()
    assert import_file(scene, path) == (4, 0, 2, 2)


def test_the_corrected_rejects_come_in(scene: Scene, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "members.csv", "utf-8")
    import_file(scene, path)
    with open_sheet(tmp_path / "rejects.xlsx") as sheet:
        rows = [[shown(cell) for cell in row.cells] for row in sheet.rows()][:2]
    rows[1][3] = "2023-02-28"
    corrected = tmp_path / "corrected.csv"
    with corrected.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    assert import_file(scene, corrected) == (1, 1, 0, 0)
    assert scene.page("600002").name == "王燕"


def test_a_trial_of_a_file_keeps_nothing(scene: Scene, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "members.csv", "utf-8")
    assert import_file(scene, path, dry_run=True) == (4, 2, 0, 2)
    assert not Membership.objects.exists()


def test_without_a_column_of_names_nothing_is_read(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(HeadingsUnknown):
        import_file(scene, path)
    assert not (tmp_path / "rejects.xlsx").exists()


def test_many_rows_go_chunk_by_chunk(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiguan.members.operations.importing.CHUNK", 2)
    path = tmp_path / "many.csv"
    lines = [f"王{i},1390000000{i},C0{i}{i}" for i in range(7)]
    path.write_text("\n".join(["姓名,手机,卡号", *lines]), encoding="utf-8")
    seen: list[tuple[int, int]] = []
    assert import_file(scene, path, progress=lambda done, all_: seen.append((done, all_))) == (7, 7, 0, 0)
    assert seen == [(2, 7), (4, 7), (6, 7), (7, 7)]


def test_rows_without_a_shop_belong_to_the_one_that_was_named(scene: Scene, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "members.csv", "utf-8")
    assert import_file(scene, path, shop="S2") == (4, 2, 0, 2)
    assert scene.page("600001").joined_shop == scene.shops["S2"]
    with pytest.raises(NotFound):
        import_file(scene, path, shop="S9")
