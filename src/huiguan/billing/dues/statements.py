"""A bank's statement as people have it: a file whose columns are guessed and may be said otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from huiguan.billing.dues.bank import bring_statement
from huiguan.billing.inputs import BankLineGiven, BringStatement
from huiguan.billing.models import BankLine
from huiguan.billing.refusals import BankLineDiffers
from huiguan.foundation.sheets import (
    Cell,
    Columns,
    Entered,
    Field,
    Imported,
    Progress,
    Rejected,
    Row,
    bring_in,
    day_in,
    demand_required,
    fen_in,
    preview,
    reason_told,
    text_in,
)
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import LARGEST, as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
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
_TITLES = {each.name: each.title for each in BANK_FIELDS}


@dataclass(slots=True)
class _Run:
    actor: Actor
    at: datetime
    columns: Columns
    dry_run: bool
    name: str
    seen: dict[str, tuple[date, int]] = field(default_factory=dict)


def import_statement(
    *,
    actor: Actor,
    at: datetime,
    path: Path,
    rejects: Path,
    columns: Columns | None = None,
    shop: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    lang: str = "zh",
) -> Imported:
    """Take in a bank's statement (.xlsx, .xls, .csv): number, day, money in, payer, account, text. Money that went out and
    lines that are known are `again`; a line known otherwise is rejected, with the reason in the file `rejects`. A `shop`
    says nothing here. `progress` is told (rows read, 0). Takes `bill`.

    Refuses SheetUnreadable, SheetEmpty, SheetTooLarge, HeadingsUnknown, Forbidden."""
    actor.demand("bill")
    columns = columns or preview(path, BANK_FIELDS).columns
    demand_required(BANK_FIELDS, columns)
    run = _Run(actor, at, columns, dry_run, path.name)
    return bring_in(path, columns, partial(_enter, run), rejects=rejects, lang=lang, progress=progress)


def _enter(run: _Run, chunk: list[Row]) -> Entered:
    """Take in a chunk. Money that went out is nothing new either."""
    read_in: list[tuple[Row, BankLineGiven]] = []
    rejected: list[Rejected] = []
    for row in chunk:
        try:
            line = line_in(run.columns.of(row))
        except Refusal as refusal:
            rejected.append((row, reason_told(refusal, _TITLES)))
            continue
        if line is not None:
            read_in.append((row, line))
    known = BankLine.objects.filter(
        programme_id=run.actor.programme, reference__in=[line.reference for _, line in read_in]
    )
    run.seen |= {each.reference: (each.day, each.amount) for each in known}
    new: list[BankLineGiven] = []
    for row, line in read_in:
        if line.reference not in run.seen:
            run.seen[line.reference] = (line.day, line.amount)
            new.append(line)
        elif run.seen[line.reference] != (line.day, line.amount):
            rejected.append((row, reason_told(BankLineDiffers(field="reference", given=line.reference), _TITLES)))
    if new and not run.dry_run:
        bring_statement(actor=run.actor, at=run.at, given=BringStatement(lines=new, file=run.name[:120]))
    return Entered(len(new), len(chunk) - len(new) - len(rejected), rejected)


def line_in(cells: dict[str, Cell]) -> BankLineGiven | None:
    """A row's cells by field as a line; None where no money came. InvalidInput naming the column."""
    amount = fen_in(cells.get("amount"), "amount", least=-LARGEST)
    if amount is None or amount <= 0:
        return None
    told = {name: text_in(cells.get(name), name, most=MOST[name]) for name in MOST}
    return read(BankLineGiven, {**told, "day": day_in(cells.get("day"), "day"), "amount": as_yuan(amount)})
