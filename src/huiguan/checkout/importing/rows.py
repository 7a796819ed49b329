"""A row of another till's export as a sold line. Pure.

A row says what was paid in the end, so it is taken as it stands: nothing is discounted a second time. A return is not a
line with a minus; it is taken against its own sale.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from huiguan.foundation.sheets import (
    Cell,
    Field,
    fen_in,
    moment_in,
    number_in,
    said_plainly,
    shown,
    text_in,
    time_in,
    whole_in,
)
from huiguan.kernel.amounts import LARGEST
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

UNLISTED = "UNLISTED"  # the product of exports that name none
UNLISTED_NAME = "未列明商品"
REFERENCES = ("number", "card", "phone")
_TOTALS = frozenset({"合计", "总计", "小计", "本页小计", "本页合计", "累计", "total", "subtotal", "grandtotal", "sum"})
_SKU = re.compile(r"[^\s\x00-\x1f]{1,60}")
_MEANS = {
    "cash": ("现金", "cash"),
    "card": ("刷卡", "银行卡", "pos", "信用卡", "借记卡", "card", "bankcard", "creditcard"),
    "wechat": ("微信", "微信支付", "wechat", "wechatpay"),
    "alipay": ("支付宝", "alipay"),
}
_SIGN = {
    "member": ("会员", "顾客", "客户", "本人", "会员签字", "会员已签", "member", "customer"),
    "guide": ("导购", "导购员", "营业员", "店员", "导购签字", "导购已签", "guide", "assistant", "clerk"),
}
_SIGNERS = {said_plainly(word): role for role, words in _SIGN.items() for word in words}
_ALL = frozenset(
    said_plainly(word)
    for word in ("是", "有", "已签", "双方", "双方已签", "√", "✓", "yes", "y", "true", "1", "both", "signed")
)
_NONE = frozenset(
    said_plainly(word) for word in ("否", "无", "未签", "没有", "no", "n", "false", "0", "none", "unsigned")
)
_BETWEEN = re.compile(r"[、,，;；/＋+和与及&]|\band\b")
_WAYS = {said_plainly(word): means for means, words in _MEANS.items() for word in words}


def _field(name: str, zh: str, en: str, *words: str, required: bool = False) -> Field:
    return Field(name, Text(zh=zh, en=en), (zh, *words), required)


FIELDS = (
    _field("bill", "单号", "Bill", "小票号", "小票", "小票编号", "单据号", "单据编号", "销售单号", "销售单", "流水号", "交易号", "订单号", "票号", "bill", "bill no", "bill number", "receipt", "receipt no", "invoice", "order no", required=True),
    _field("date", "日期", "Date", "销售日期", "交易日期", "业务日期", "单据日期", "下单日期", "消费日期", "销售时间", "交易时间", "消费时间", "下单时间", "时间", "date", "sale date", "sold at", "datetime", "timestamp", required=True),
    _field("time", "时间", "Time", "销售时间", "交易时间", "时刻", "time"),
    _field("shop", "门店", "Shop", "店铺", "门店名称", "店铺名称", "门店编号", "门店代码", "店铺代码", "店号", "店名", "专柜", "柜台", "销售门店", "shop", "shop code", "store", "store code", "branch"),
    _field("number", "会员号", "Member number", "会员编号", "会员id", "顾客编号", "member", "member no", "member number", "member id"),
    _field("card", "会员卡号", "Member card", "会员卡", "卡号", "vip卡号", "vip", "card", "card no", "card number", "member card"),
    _field("phone", "手机", "Mobile", "手机号", "会员手机", "会员手机号", "手机号码", "电话", "联系电话", "phone", "mobile", "phone number"),
    _field("sku", "货号", "SKU", "款号", "商品编码", "商品编号", "商品代码", "商品款号", "货品编号", "条码", "条形码", "吊牌号", "sku", "item", "item no", "style", "product code", "barcode"),
    _field("name", "品名", "Product", "商品名称", "货品名称", "商品", "名称", "product", "product name", "item name", "description"),
    _field("category", "类别", "Category", "品类", "分类", "大类", "商品类别", "商品分类", "category", "class", "type"),
    _field("quantity", "数量", "Quantity", "件数", "销售数量", "销量", "quantity", "qty", "pieces"),
    _field("list_price", "吊牌价", "Tag price", "标价", "原价", "零售价", "标准价", "吊牌单价", "tag price", "list price", "rrp"),
    _field("price", "单价", "Unit price", "成交单价", "实售价", "折后价", "销售单价", "实收单价", "unit price", "net price", "price"),
    _field("amount", "金额", "Amount paid", "实收", "实收金额", "成交价", "成交金额", "实付", "实付金额", "折后金额", "销售金额", "销售额", "应收", "应收金额", "付款金额", "amount", "paid", "net amount", "total", "sales"),
    _field("clerk", "导购", "Served by", "营业员", "店员", "导购员", "销售员", "收银员", "clerk", "assistant", "salesperson", "served by", "cashier"),
    _field("means", "付款方式", "Means of payment", "支付方式", "收款方式", "付款", "支付", "payment", "payment method", "means", "tender"),
    _field("signed", "签字", "Signed by", "签名", "签字人", "签名人", "已签字", "谁签字", "签单", "signed", "signed by", "signature", "signatures"),
)  # fmt: skip


TITLES = {field.name: field.title for field in FIELDS}
_REQUIRED = Text(zh="必填", en="is required")
_TOTALS_ROW = Text(zh="这是合计行，不是销售", en="this is a row of totals, not a sale")
_RETURN = Text(
    zh="为负：退货请凭原单办理，不从表里导入",
    en="is negative: take the return against its own sale, it is not imported",
)
_SKU_WRONG = Text(zh="有空格，或超过 60 个字", en="holds blanks or more than 60 characters")
_NO_SHOP = Text(zh="没有这家门店，或不归你管：{given}", en="no such shop, or not one of yours: {given}")
_AHEAD = Text(zh="在将来：{given}", en="lies ahead: {given}")
_LONG_AGO = Text(zh="太早：{given}", en="is too long ago: {given}")
_SIGNED = Text(
    zh="写会员、导购，双方都签了的写“双方”，没签的空着：{given}",
    en="says member, guide or both, and nothing where nobody signed: {given}",
)
_NO_AMOUNT = Text(zh="没有金额，也没有单价", en="is missing, and so is the unit price")


@dataclass(frozen=True, slots=True)
class SoldLine:
    """`shop` its code; `at` local to the rulebook; `member` (kind, value) or None; money in fen, `amount` for the whole
    quantity, `list_price` for one piece."""

    shop: str
    bill: str
    at: datetime
    member: tuple[str, str] | None
    also: tuple[tuple[str, str], ...]
    sku: str
    name: str
    category: str
    quantity: int
    amount: int
    list_price: int | None
    clerk: str
    means: str | None
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows are read on: the shops by code or name, the shop of rows that name none, the zone, the moment, who signs
    the record of a purchase."""

    shops: Mapping[str, str]
    shop: str | None
    zone: ZoneInfo
    now: datetime
    signers: tuple[str, ...] = ()


def read_line(cells: Mapping[str, Cell], ground: Ground) -> SoldLine:
    """A row's cells by field as a sold line; InvalidInput naming the column otherwise."""
    _refuse_totals(cells)
    bill = text_in(cells.get("bill"), "bill", most=60)
    if not bill:
        raise InvalidInput(field="bill", rule=_REQUIRED)
    at = moment_of_row(cells, ground)
    quantity, amount = _sold(cells)
    references = tuple((kind, text) for kind in REFERENCES if (text := text_in(cells.get(kind), kind)))
    sku = text_in(cells.get("sku"), "sku") or UNLISTED
    if not _SKU.fullmatch(sku):
        raise InvalidInput(field="sku", rule=_SKU_WRONG)
    name = text_in(cells.get("name"), "name") or (UNLISTED_NAME if sku == UNLISTED else sku)
    return SoldLine(
        shop=shop_of(cells, ground),
        bill=bill,
        at=at,
        member=references[0] if references else None,
        also=references[1:],
        sku=sku,
        name=name,
        category=text_in(cells.get("category"), "category", most=80),
        quantity=quantity,
        amount=amount,
        list_price=fen_in(cells.get("list_price"), "list_price"),
        clerk=text_in(cells.get("clerk"), "clerk", most=80),
        means=_WAYS.get(said_plainly(text_in(cells.get("means"), "means"))),
        signed=signed_in(cells, ground),
    )


def signed_in(cells: Mapping[str, Cell], ground: Ground) -> tuple[str, ...]:
    """Who signed, of those who have to; () where nobody has to, whatever the column says."""
    text = text_in(cells.get("signed"), "signed").lower()
    if not ground.signers or not text or said_plainly(text) in _NONE:
        return ()
    if said_plainly(text) in _ALL:
        return ground.signers
    roles = {_SIGNERS.get(said_plainly(word)) for word in _BETWEEN.split(text) if word.strip()}
    if not roles or None in roles:
        raise InvalidInput(field="signed", rule=Text(**_SIGNED.both(given=text)))
    return tuple(role for role in ground.signers if role in roles)


def key_of(cells: Mapping[str, Cell], ground: Ground) -> tuple[str, str] | None:
    """Which bill a row belongs to, as far as it can be told of one that is refused."""
    try:
        bill = text_in(cells.get("bill"), "bill", most=60)
        return (shop_of(cells, ground), bill) if bill else None
    except InvalidInput:
        return None


def shop_of(cells: Mapping[str, Cell], ground: Ground) -> str:
    given = text_in(cells.get("shop"), "shop")
    if not given:
        if ground.shop is None:
            raise InvalidInput(field="shop", rule=_REQUIRED)
        return ground.shop
    code = ground.shops.get(given) or ground.shops.get(given.upper())
    if code is None:
        raise InvalidInput(field="shop", rule=Text(**_NO_SHOP.both(given=given)))
    return code


def moment_of_row(cells: Mapping[str, Cell], ground: Ground) -> datetime:
    """The sale's moment. Without a time it is the day's beginning, the same whenever the file is read again."""
    found = moment_in(cells.get("date"), "date")
    if found is None:
        raise InvalidInput(field="date", rule=_REQUIRED)
    day, clock = (found.date(), found.time()) if isinstance(found, datetime) else (found, time(0))
    clock = time_in(cells.get("time"), "time") or clock
    at = datetime.combine(day, clock, ground.zone)
    if day < date(1990, 1, 1):
        raise InvalidInput(field="date", rule=Text(**_LONG_AGO.both(given=str(day))))
    if at > ground.now:
        raise InvalidInput(field="date", rule=Text(**_AHEAD.both(given=at.strftime("%Y-%m-%d %H:%M"))))
    return at


def _sold(cells: Mapping[str, Cell]) -> tuple[int, int]:
    """Quantity and what was paid for all of it, in fen."""
    for name in ("quantity", "amount", "price"):
        number = number_in(cells.get(name), name)
        if number is not None and number < 0:
            raise InvalidInput(field=name, rule=_RETURN)
    quantity = whole_in(cells.get("quantity"), "quantity", least=1, most=100_000)
    quantity = 1 if quantity is None else quantity
    amount = fen_in(cells.get("amount"), "amount")
    if amount is None:
        price = fen_in(cells.get("price"), "price", least=0)
        if price is None:
            raise InvalidInput(field="amount", rule=_NO_AMOUNT)
        amount = price * quantity
    if amount > LARGEST:
        raise InvalidInput(field="amount", rule=Text(zh="数太大", en="is too large"))
    return quantity, amount


def _refuse_totals(cells: Mapping[str, Cell]) -> None:
    for name in ("bill", "date", "shop", "sku", "name", "number"):
        if said_plainly(shown(cells.get(name))) in _TOTALS:
            raise InvalidInput(field=name, rule=_TOTALS_ROW)


def exact_pieces(quantity: int, amount: int) -> list[tuple[int, int]]:
    """The whole amount as (quantity, price of one piece), exact to the fen: 100.00 for 3 is 2 at 33.33 and 1 at 33.34."""
    price, rest = divmod(amount, quantity)
    return [(pieces, each) for pieces, each in ((quantity - rest, price), (rest, price + 1)) if pieces]
