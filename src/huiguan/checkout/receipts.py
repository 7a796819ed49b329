"""The receipt of a sale and of what came back of it, out of what was decided then: nothing is worked out again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.checkout.telling import sentence, step_title, text_of
from huiguan.checkout.tendering import CASH
from huiguan.checkout.values import SALE_MEANS, Receipt, ReceiptLine, SaleView
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.rules import countersigned
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import reversal, tier_ladder
from huiguan.rules.programme import Programme

SALE = Text(zh="销售小票", en="Receipt")
KINDS = {"return": Text(zh="退货小票", en="Return"), "void": Text(zh="作废小票", en="Voided sale")}
NUMBER, TIME = Text(zh="单号", en="Number"), Text(zh="时间", en="Time")
CLERK, REASON = Text(zh="导购", en="Served by"), Text(zh="原因", en="Reason")
MEMBER, TIER, CARD = Text(zh="会员", en="Member"), Text(zh="等级", en="Tier"), Text(zh="会员卡", en="Card")
TAGS, OFF, PAID = Text(zh="吊牌价合计", en="List total"), Text(zh="优惠", en="Off"), Text(zh="实收", en="Paid")
HANDED, CHANGE = Text(zh="收现金", en="Cash handed over"), Text(zh="找零", en="Change")
REFUND, PAID_IN = Text(zh="已退", en="Refunded"), Text(zh="顾客补付", en="Paid in")
CLAIM = Text(zh="补差的分", en="For missing points")
STORED_LEFT = Text(zh="储值余额", en="Stored value left")
LEFT = Text(zh="留下的商品", en="What is kept")
KEEP = Text(zh="退换货请带上这张小票。", en="Please bring this receipt to return or exchange.")
SIGNS = {"member": Text(zh="会员签字", en="Member’s signature"), "guide": Text(zh="导购签字", en="Guide’s signature")}
# What a slip says in short of what comes next.
SHORT = {
    "gap": Text(zh="再消费 {gap:yuan} 晋级{to}", en="{gap:yuan} more makes {to}"),
    "gap_by": Text(zh="{measure}再有 {gap:points} 晋级{to}", en="{gap:points} more {measure} for {to}"),
    "promoted": Text(zh="晋级{to}，下一单起", en="Now {to}, from the next purchase on"),
    "promoted_by": Text(zh="晋级{to}，下一单起", en="Now {to}, from the next purchase on"),
    "next": Text(
        zh="再付 {gap:yuan} 可多得 {give} 分", en="{gap:yuan} more would have given {give} more {give:point|points}"
    ),
}
IN_THE_FIGURES = frozenset({"benefit", "coupon", "grant", "redemption", "earn", "tier_ladder", "price"})
_UNIT = Text(zh="积分", en="points")


def sale_receipt(rulebook: Programme, house: Text, shop: Text, sale: SaleView) -> Receipt:
    """The slip of a sale under the rulebook that judged it."""
    document = sale.document
    listed = sum(line["list"] for line in document["lines"])
    sums = [(TAGS, listed), *([(OFF, sale.paid - listed)] if sale.paid != listed else []), (PAID, sale.paid)]
    return Receipt(
        house=house,
        shop=shop,
        title=SALE,
        number=sale.number,
        facts=_facts(rulebook, sale, sale.at, sale.clerk),
        lines=tuple(_lines(rulebook, document)),
        sums=tuple(sums),
        tenders=tuple(_tenders(document)),
        member=tuple(_member(rulebook, sale)),
        says=tuple(_says(rulebook, document["reasons"])),
        policy=_policy(rulebook),
        signs=_signs(rulebook, document),
    )


def return_receipt(
    rulebook: Programme, house: Text, shop: Text, sale: SaleView, back: Mapping[str, Any], before: Sequence[int]
) -> Receipt:
    """The slip of one return. `back`: kind, at, refund, kept, document as recorded; `before` quantities per line."""
    document, refund = back["document"], back["refund"]
    facts = _facts(rulebook, sale, back["at"], document["actor"])
    sums = [(LEFT, document["left_paid"])]
    if document["claim"]:
        sums.append((CLAIM, -document["claim"]))
    sums.append((PAID_IN if refund < 0 else REFUND, abs(refund)))
    return Receipt(
        house=house,
        shop=shop,
        title=KINDS[back["kind"]],
        number=sale.number,
        facts=(*facts, (REASON, document["reason"])) if document["reason"] else facts,
        lines=tuple(
            ReceiptLine(line["name"], had - kept)
            for line, had, kept in zip(sale.document["lines"], before, back["kept"], strict=True)
            if had > kept
        ),
        sums=tuple(sums),
        tenders=tuple((SALE_MEANS[means], abs(amount)) for means, amount in document.get("tenders", ())),
        member=tuple(_moved(rulebook, sale, document)),
        says=tuple(text_of(sentence(rulebook, Reason(*row))) for row in document["reasons"]),
    )


def text_of_reason(rulebook: Programme, reason: Reason) -> Text:
    """A stored reason as a slip says it."""
    return text_of(sentence(rulebook, reason))


def _facts(rulebook: Programme, sale: SaleView, at: datetime, clerk: str) -> tuple[tuple[Text, str], ...]:
    return (NUMBER, sale.number), (TIME, f"{at.astimezone(rulebook.zone):%Y-%m-%d %H:%M}"), (CLERK, clerk)


def _lines(rulebook: Programme, document: Mapping[str, Any]) -> Iterator[ReceiptLine]:
    tier = (document["tier"] or {}).get("before", "")
    for i, line in enumerate(document["lines"]):
        offs = [(step_title(rulebook, step, tier), -step["offs"][i]) for step in document["steps"] if step["offs"][i]]
        if line["price"] < line["list"]:
            name = line["promotion"]
            title = Text(zh=name or "促销", en=name or "Promotion")
            offs.insert(0, (title, line["price"] - line["list"]))
        piece = line["list"] // line["quantity"]
        yield ReceiptLine(line["name"], line["quantity"], piece, line["list"], tuple(offs), line["due"])


def _signs(rulebook: Programme, document: Mapping[str, Any]) -> tuple[tuple[Text, bool], ...]:
    """A line for each who signs the record of a purchase."""
    if "unsigned" not in document:
        return ()
    return tuple((SIGNS[role], role not in document["unsigned"]) for role in countersigned.signers(rulebook))


def _tenders(document: Mapping[str, Any]) -> Iterator[tuple[Text, int]]:
    received = document.get("received", 0)
    for means, amount in document["tenders"]:
        yield SALE_MEANS[means], amount
    if received:
        yield HANDED, received
        yield CHANGE, received - sum(amount for means, amount in document["tenders"] if means == CASH)


def _unit(rulebook: Programme, unit: str) -> Text:
    return rulebook.units.get(unit, _UNIT)


def _plain(text: str) -> Text:
    return Text(zh=text, en=text)


def _member(rulebook: Programme, sale: SaleView) -> Iterator[tuple[Text, Text]]:
    """Who she is, what the sale moved, what she then has, and until when it holds."""
    if sale.member is None:
        return
    document = sale.document
    yield MEMBER, _plain(sale.member)
    if document["tier"] and document["tier"]["after"]:
        yield TIER, text_of(tier_ladder.title_of(rulebook, document["tier"]["after"]))
    for unit, amount in document["used"].items():
        yield _called(rulebook, unit, "本单用{}", "{} used"), _plain(words.signed(-amount))
    for unit, amount in document["earned"].items():
        yield _called(rulebook, unit, "本单得{}", "{} earned"), _plain(words.signed(amount))
    yield from _balances(rulebook, document)
    yield from _stored(document)
    for ends in document["expires"].values():
        if ends:
            until = end_of_day_text(datetime.fromisoformat(ends), rulebook.zone)
            yield Text(zh="本单所得有效至", en="Earned, good until"), _plain(until)


def _moved(rulebook: Programme, sale: SaleView, document: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    if sale.member is None:
        return
    yield MEMBER, _plain(sale.member)
    for unit, amount in document["taken_back"].items():
        if amount:
            yield _called(rulebook, unit, "扣回{}", "{} taken back"), _plain(words.signed(-amount))
    for unit, amount in document["given_back"].items():
        yield _called(rulebook, unit, "退回{}", "{} given back"), _plain(words.signed(amount))
    yield from _balances(rulebook, document)
    yield from _stored(document)


def _balances(rulebook: Programme, document: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    for unit, balance in document.get("balance", {}).items():
        yield _called(rulebook, unit, "{}余额", "{} balance"), _plain(words.grouped(balance))


def _stored(document: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """What she has stored after it, where she has any or paid with it."""
    wallet = document.get("wallet")
    if wallet:
        left = sum(amount for name, amount in wallet.items() if name.endswith("_left"))
        yield STORED_LEFT, _plain(words.yuan(left))


def _called(rulebook: Programme, unit: str, zh: str, en: str) -> Text:
    title = _unit(rulebook, unit)
    said = en.format(title.en)
    return Text(zh=zh.format(title.zh), en=said[:1].upper() + said[1:])


def _says(rulebook: Programme, reasons: Sequence[Sequence[Any]]) -> Iterator[Text]:
    """The way to the next tier in short, and whatever was given that no figure above shows."""
    for clause, say, given, values in reasons:
        if say in SHORT:
            yield Text(**SHORT[say].both(**values))
        elif given and rulebook.clauses[clause].kind not in IN_THE_FIGURES:
            yield text_of(sentence(rulebook, Reason(clause, say, given, values)))


def _policy(rulebook: Programme) -> tuple[Text, ...]:
    """That goods come back with the slip, and what the rulebook then takes back."""
    undone = (reversal.undo_clause(rulebook, unit) for unit in rulebook.units)
    return (KEEP, *(rulebook.clauses[each].text for each in undone if each is not None))
