"""A bank's statement as people have it: a file whose columns are guessed and may be said otherwise."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from huiguan.billing.dues.bank import bring_statement
from huiguan.billing.inputs import BankLineGiven, BringStatement
from huiguan.billing.refusals import NoMoneyIn
from huiguan.billing.values.dues import Brought
from huiguan.foundation.sheets import (
    Cell,
    Columns,
    Field,
    day_in,
    demand_required,
    fen_in,
    open_sheet,
    preview,
    text_in,
)
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import LARGEST, as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

BANK_FIELDS = (
    Field("reference", Text(zh="流水号", en="Bank's number"), ("交易流水号", "流水号", "交易流水", "凭证号", "交易序号", "业务编号", "回单编号", "参考号", "reference", "transaction id", "transaction no", "ref"), required=True),
    Field("day", Text(zh="日期", en="Day"), ("交易日期", "交易时间", "记账日期", "入账日期", "到账日期", "日期", "date", "value date", "booking date", "posted"), required=True),
    Field("amount", Text(zh="收入金额", en="Money in"), ("收入金额", "贷方金额", "贷方发生额", "收入", "贷方", "存入", "入账金额", "交易金额", "发生额", "金额", "credit", "credit amount", "money in", "amount"), required=True),
    Field("payer", Text(zh="对方户名", en="Payer"), ("对方户名", "对方名称", "付款人", "付款人名称", "付款户名", "对方单位", "户名", "payer", "counterparty", "name", "from")),
    Field("account", Text(zh="对方账号", en="Payer's account"), ("对方账号", "对方帐号", "付款账号", "付款人账号", "account", "counterparty account", "iban")),
    Field("text", Text(zh="附言", en="Text"), ("附言", "摘要", "用途", "备注", "交易附言", "交易摘要", "text", "memo", "description", "remark", "remittance information")),
)  # fmt: skip
MOST = {"reference": 80, "payer": 120, "account": 60, "text": 300}
_ROW = Text(zh="第 {row} 行：{rule}", en="row {row}: {rule}")


def import_statement(
    *, actor: Actor, at: datetime, path: Path, columns: Columns | None = None, name: str = "", key: str | None = None
) -> Brought:
    """Take in a bank's statement (.xlsx, .xls, .csv); money that went out is passed over. Takes `bill`. Refuses
    SheetUnreadable, SheetEmpty, HeadingsUnknown, NoMoneyIn, BankLineDiffers, InvalidInput naming the row."""
    actor.demand("bill")
    columns = columns or preview(path, BANK_FIELDS).columns
    demand_required(BANK_FIELDS, columns)
    lines = []
    with open_sheet(path) as sheet:
        for row in sheet.rows():
            if row.number > columns.heading_row and not row.empty:
                line = _read(row.number, columns.of(row))
                lines += [line] if line is not None else []
    if not lines:
        raise NoMoneyIn(field="file")
    given = BringStatement(lines=lines, file=name[:120])
    return bring_statement(actor=actor, at=at, given=given, key=key)


def _read(number: int, cells: dict[str, Cell]) -> BankLineGiven | None:
    """A row as a line; None where no money came."""
    try:
        amount = fen_in(cells["amount"], "amount", least=-LARGEST)
        if not amount or amount < 0:
            return None
        told = {name: text_in(cells.get(name), name, most=MOST[name]) for name in MOST}
        return read(BankLineGiven, {**told, "day": day_in(cells["day"], "day"), "amount": as_yuan(amount)})
    except InvalidInput as wrong:
        rule = Text(**_ROW.both(row=number, rule=wrong.values["rule"]))
        raise InvalidInput(field=wrong.field, rule=rule) from None
