"""Sheets as people keep them: three kinds of files, several encodings, whatever a cell may hold."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from huiguan.foundation.sheets import (
    Broken,
    Field,
    Row,
    SheetEmpty,
    SheetUnreadable,
    day_in,
    fen_in,
    guess,
    mapped,
    moment_in,
    open_sheet,
    preview,
    text_in,
    time_in,
    whole_in,
    write_rejects,
)
from huiguan.foundation.sheets.numbers import is_date_format
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

FIELDS = (
    Field("bill", Text(zh="单号", en="Bill"), ("单号", "小票号", "bill"), required=True),
    Field("date", Text(zh="日期", en="Date"), ("日期", "销售日期", "销售时间", "date"), required=True),
    Field("time", Text(zh="时间", en="Time"), ("时间", "销售时间", "time")),
    Field("card", Text(zh="卡号", en="Card"), ("会员卡号", "卡号", "card")),
    Field("phone", Text(zh="手机", en="Phone"), ("手机", "手机号", "phone")),
    Field("amount", Text(zh="金额", en="Amount"), ("实收", "金额", "amount")),
)


def rows_of(path: Path) -> list[Row]:
    with open_sheet(path) as sheet:
        return list(sheet.rows())


def local(*parts: int) -> datetime:
    return datetime.combine(date(*parts[:3]), time(*parts[3:]))


def write(path: Path, rows: list[list[Any]], **book: Any) -> Path:
    with xlsxwriter.Workbook(str(path), book) as made:
        sheet = made.add_worksheet()
        day, clock = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_format({"num_format": "h:mm"})
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, datetime | date):
                    sheet.write_datetime(i, j, value, day)
                elif isinstance(value, time):
                    sheet.write_datetime(i, j, value, clock)
                else:
                    sheet.write(i, j, value)
    return path


def test_a_workbook_is_read_cell_by_cell(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [
            ["单号", "日期"],
            ["A1", date(2026, 3, 1), 19.99, 0.1 + 0.2, 13800002046, time(14, 20), None, True],
            [],
            ["  B  "],
        ],
    )
    assert rows_of(path) == [
        Row(1, ("单号", "日期")),
        Row(
            2,
            ("A1", date(2026, 3, 1), Decimal("19.99"), Decimal("0.3"), Decimal(13800002046), time(14, 20), None, True),
        ),
        Row(4, ("B",)),
    ]


def test_moments_of_workbooks_that_count_from_1904(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["日期"], [local(2026, 3, 1, 9, 30)]], date_1904=True)
    assert rows_of(path)[1].cells == (local(2026, 3, 1, 9, 30),)


def test_texts_written_in_the_cell_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["单号"], ["甲乙"]], constant_memory=True)
    assert rows_of(path)[1].cells == ("甲乙",)


def test_a_formula_counts_as_its_value_and_is_broken_without_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+2", None, 3)
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 2, "=A1", None, "")
    three, error, empty = rows_of(path)[0].cells
    assert three == Decimal(3)
    assert isinstance(error, Broken) and error.shown == "#DIV/0!"
    assert isinstance(empty, Broken) and "公式" in empty.why.zh


def test_what_lies_under_a_merged_cell_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 2, 0, "A1")
        for i in range(4):
            sheet.write(i, 1, i)
    cells = [row.cells[0] for row in rows_of(path)]
    assert cells[0] == "A1" and cells[3] is None
    assert all(isinstance(cell, Broken) and "合并" in cell.why.zh for cell in cells[1:3])


def test_a_number_too_long_for_a_spreadsheet_is_not_believed(tmp_path: Path) -> None:
    (cell,) = rows_of(write(tmp_path / "a.xlsx", [[6222021234567890123]]))[0].cells
    assert isinstance(cell, Broken) and "15" in cell.why.zh


def test_the_first_sheet_that_shows_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        hidden = book.add_worksheet("旧")
        hidden.write(0, 0, "旧")
        book.add_worksheet("空")
        book.add_worksheet("流水").write(0, 0, "新")
        hidden.hide()
        book.worksheets()[1].activate()
    assert rows_of(path) == [Row(1, ("新",))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_texts_in_any_usual_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(separator.join(["单号", "品名"]).encode(encoding) + b"" if encoding == "x" else (
        f"单号{separator}品名\r\nA1{separator}\"真丝{separator}衬衫\"\r\n{separator}\r\n".encode(encoding)
    ))  # fmt: skip
    assert [row.cells for row in rows_of(path)] == [("单号", "品名"), ("A1", f"真丝{separator}衬衫"), (None, None)]


def test_csv_tricks_of_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('单号,金额\n="00123",=1+1\n', encoding="utf-8")
    kept, formula = rows_of(path)[1].cells
    assert kept == "00123"
    assert isinstance(formula, Broken) and formula.shown == "=1+1"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken", b"<html><table>", b"\xff\xfe\xff"],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable):
        rows_of(path)


def test_another_archive_and_a_torn_one(tmp_path: Path) -> None:
    other = tmp_path / "a.xlsx"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("a.txt", "x")
    torn = tmp_path / "b.xlsx"
    torn.write_bytes(write(tmp_path / "c.xlsx", [["a"]]).read_bytes()[:-300])
    for path in (other, torn, tmp_path / "missing.xlsx", tmp_path):
        with pytest.raises(SheetUnreadable):
            rows_of(path)


def test_nothing_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(" \n", encoding="utf-8")
    with pytest.raises(SheetEmpty):
        rows_of(path)


def test_columns_are_guessed_below_a_title(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [
            ["2026 年销售流水"],
            [],
            ["* 小票号", "销售日期", "会员卡号(新)", "会员手机号", "实收（元）", "备注"],
            ["A1", "2026-03-01"],
        ],
    )
    seen = preview(path, FIELDS)
    assert seen.columns.heading_row == 3
    assert seen.columns.places == {"bill": 0, "date": 1, "card": 2, "phone": 3, "amount": 4}
    assert seen.rows == (("A1", "2026-03-01", "", "", "", ""),)
    assert seen.missing == ()


def test_a_lone_moment_column_is_the_date() -> None:
    assert guess(FIELDS, [Row(1, ("单号", "销售时间"))]).places == {"bill": 0, "date": 1}
    assert guess(FIELDS, [Row(1, ("日期", "销售时间"))]).places == {"date": 0, "time": 1}


def test_a_person_says_what_a_column_is() -> None:
    columns = guess(FIELDS, [Row(1, ("单号", "日期", "合计", "金额"))])
    changed = mapped(FIELDS, columns, {"合计": "amount", "B": "", "A": "bill"})
    assert changed.places == {"bill": 0, "amount": 2}
    for wrong in ({"单号": "nothing"}, {"没有": "bill"}):
        with pytest.raises(InvalidInput):
            mapped(FIELDS, columns, wrong)


def test_cells_are_read_by_what_they_are_to_be() -> None:
    assert text_in(Decimal("13800002046.0"), "f") == "13800002046"
    assert fen_in("￥1，280.50元", "f") == 128050
    assert fen_in(Decimal("478.500"), "f") == 47850
    assert fen_in(None, "f") is None
    assert whole_in("3.0", "f") == 3
    assert day_in("2026年3月1日", "f") == day_in("2026.3.1", "f") == day_in(Decimal(20260301), "f") == date(2026, 3, 1)
    assert day_in(Decimal(46082), "f") == date(2026, 3, 1)
    assert moment_in("2026/03/01 14:20", "f") == local(2026, 3, 1, 14, 20)
    assert moment_in("2026-03-01T14:20:05", "f") == local(2026, 3, 1, 14, 20, 5)
    assert (
        moment_in("2026/3/1 下午 2:20:05", "f") == moment_in("2026-3-1 2:20:05 pm", "f") == local(2026, 3, 1, 14, 20, 5)
    )
    assert moment_in("2026/3/1 上午12:00", "f") == local(2026, 3, 1, 0, 0) and time_in("12:30 PM", "f") == time(12, 30)
    assert moment_in("46082", "f") == date(2026, 3, 1)
    assert time_in("14时20分", "f") == time_in(Decimal(14) / 24 + Decimal(20) / 1440, "f") == time(14, 20)


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (fen_in, "12.345"), (fen_in, "十二"), (fen_in, "-1"), (fen_in, Broken(Text(zh="坏", en="bad"))), (fen_in, "1e400000"),
        (fen_in, "1e999999999"), (whole_in, "1e999999999"), (whole_in, "0e999999999"), (moment_in, "2026-03-01 上午 13:00"),
        (whole_in, "1.5"), (day_in, "2026-02-30"), (day_in, "1/2/2026"), (day_in, "昨天"), (day_in, True),
        (time_in, "25:00"), (moment_in, "2026-03-01 9点"),
    ],
)  # fmt: skip
def test_wrong_cells_name_the_field(reader: Any, cell: Any) -> None:
    with pytest.raises(InvalidInput) as wrong:
        reader(cell, "f")
    assert wrong.value.field == "f"


def test_rejected_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "rejected.xlsx"
    reason = Text(zh="不是日期：昨天", en="not a date: 昨天")
    rows = [(7, ("A1", "昨天", Decimal("19.90"), None, "=1+1", "多余"), reason)]
    assert write_rejects(path, ("单号", "日期", "金额", "手机", "备注"), rows, "zh") == 1
    assert [row.cells for row in rows_of(path)] == [
        ("单号", "日期", "金额", "手机", "备注", "原行号", "未导入的原因"),
        ("A1", "昨天", "19.9", None, "=1+1", Decimal(7), "不是日期：昨天"),
    ]
    assert preview(path, FIELDS).columns.places == {"bill": 0, "date": 1, "amount": 2, "phone": 3}


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("yyyy-mm-dd", True),
        ("h:mm", True),
        ("0.00", False),
        ("[Red]0", False),
        ('0"分"', False),
        ('"日"0', False),
        ("m月d日", True),
    ],
)
def test_which_formats_write_days(code: str, dated: bool) -> None:
    assert is_date_format(code) is dated


@pytest.mark.parametrize(
    "text", ['"A-1,2026-01-01\n' + "x" * 100_000, '"32"寸,2026-01-01\n"A-1,2026-01-01\nA-2,2026-01-02\n']
)
def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path, text: str) -> None:
    path = tmp_path / "open.csv"
    path.write_text("单号,日期\n" + text, encoding="utf-8")
    with pytest.raises(SheetUnreadable, match=f"line {2 if text.startswith(chr(34) + 'A') else 3} "):
        rows_of(path)


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_the_separator_is_told_below_a_title_and_past_quotes(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    lines = ["2026 年,销售流水", "", separator.join(["单号", "日期", "备注"])]
    path.write_text("\n".join([*lines, *(separator.join([f"A{i}", "2026-03-01", "a,b," * i]) for i in range(3))]))
    assert preview(path, FIELDS).columns.places == {"bill": 0, "date": 1}
    path.write_text("单号,日期,备注\n" + "".join(f'A{i},2026-03-01,"{"88|66|90," * i}"\n' for i in range(1, 9)))
    assert preview(path, FIELDS).columns.places == {"bill": 0, "date": 1}


def test_a_workbook_with_a_wrong_byte_is_refused(tmp_path: Path) -> None:
    """Whatever the reader of archives or XML makes of it."""
    whole = zipfile.ZipFile(write(tmp_path / "a.xlsx", [["单号", "日期"], ["A1", 46082]]))
    wrong = {
        "xl/workbook.xml": (b"<sheet ", b"<sheep "),
        "xl/worksheets/sheet1.xml": (b'r="A2"', b'r="A2" t="s" x="'),
        "xl/sharedStrings.xml": (b"UTF-8", b"UTX-8"),
        "xl/styles.xml": (b'numFmtId="0"', b'numFmtId="no"'),
    }
    for part, (was, put) in wrong.items():
        with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as made:
            for name in whole.namelist():
                made.writestr(name, whole.read(name).replace(was, put) if name == part else whole.read(name))
        with pytest.raises(SheetUnreadable):
            rows_of(tmp_path / "b.xlsx")
