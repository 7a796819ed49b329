"""Purchases as the buyer reads them: the same stored reasons as at the till, none computed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from huiguan.checkout import queries as checkout
from huiguan.checkout.queries import ReturnRow
from huiguan.checkout.telling import told
from huiguan.checkout.values import SaleView
from huiguan.design.values import Mark, Stair, Why
from huiguan.design.wording import MEANS, step_title
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text, either
from huiguan.portal.acting import clause_refs
from huiguan.portal.books.pages import Back, Piece, SalePage, SalesPage
from huiguan.portal.card.drawing import recent_of
from huiguan.portal.knowing import Member
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

PAGE = 20
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def sales_page(member: Member, after: str) -> SalesPage:
    """Purchases from beyond the mark `after` on."""
    found = checkout.sales(member.now.actor, membership=member.told.membership, before=_before(after), limit=PAGE + 1)
    shown = found[:PAGE]
    shops = identity.shops_by_code(member.now.actor.programme, {sale.shop for sale in shown})
    more = f"?after={(shown[-1].at - EPOCH) // MICROSECOND}_{shown[-1].id}" if len(found) > PAGE else ""
    return SalesPage([recent_of(member, sale, shops[sale.shop].name) for sale in shown], more)


def _before(mark: str) -> tuple[datetime, int, int] | None:
    moment, _, key = mark.partition("_")
    membership, _, seq = key.partition("-")
    if not all(part.isdecimal() and len(part) < 18 for part in (moment, membership, seq)):
        return None
    return EPOCH + int(moment) * MICROSECOND, int(membership), int(seq)


def sale_page(member: Member, reference: str) -> SalePage:
    """SaleUnknown where it is no purchase of hers."""
    sale = checkout.sale(member.now.actor, reference)
    rulebook = programmes.version(sale.version)
    returns = checkout.returns_of(member.now.actor, sale.id)
    reasons = told(rulebook, sale.document["reasons"])
    at = sale.at.astimezone(rulebook.zone)
    shop = identity.shop(member.now.actor.programme, sale.shop).name
    return SalePage(
        number=sale.number,
        aside=Text(zh=f"{at:%Y-%m-%d %H:%M} · {shop.zh}", en=f"{at:%Y-%m-%d %H:%M} · {shop.en}"),
        paid=sale.paid,
        pieces=[_piece(line) for line in sale.document["lines"]],
        stairs=_stairs(member, rulebook, sale),
        total=Stair(Text(zh="实付", en="Paid"), sale.paid),
        tenders=[(MEANS[means], amount) for means, amount in sale.document["tenders"]],
        given=_whys(member, reasons, given=True),
        missed=_whys(member, reasons, given=False),
        returns=[_back(member, rulebook, row) for row in returns],
        receipt=f"{member.now.base}sales/{sale.id}/receipt",
        mark=_mark(sale, returns),
    )


def _piece(line: Mapping[str, Any]) -> Piece:
    name, _, aside = line["name"].partition(" · ")
    return Piece(name, aside, line["quantity"], line["price"], line["due"])


def _stairs(member: Member, rulebook: Programme, sale: SaleView) -> list[Stair]:
    """From the tags to what was paid, a step each."""
    document = sale.document
    tags, asked = (sum(line[name] for line in document["lines"]) for name in ("list", "price"))
    steps = [Stair(Text(zh="标价", en="Tag price"), tags)]
    if asked < tags:
        steps.append(Stair(Text(zh="促销与会员价", en="Promotion and member price"), asked - tags))
    tier = document["tier"]["before"] if document["tier"] else ""
    for step in document["steps"]:
        why = (
            Text(zh=f"{step['units']} 分", en=f"{step['units']} {either(step['units'], 'point', 'points')}")
            if step["units"]
            else ""
        )
        title = step_title(rulebook, step, tier)
        steps.append(Stair(title, -sum(step["offs"]), why=why, clauses=clause_refs(member.now, step["clause"])))
    return steps


def _whys(member: Member, reasons: Sequence[Mapping[str, Any]], *, given: bool) -> list[Why]:
    """What was given, or was not: each sentence once, with its clause."""
    found: dict[str, Why] = {}
    for each in reasons:
        if each["given"] is given:
            found.setdefault(each["text"]["zh"], Why(each["text"], clause_refs(member.now, each["clause"])))
    return list(found.values())


def _back(member: Member, rulebook: Programme, row: ReturnRow) -> Back:
    reasons = told(rulebook, row.document["reasons"])
    title = Text(zh="作废", en="Voided") if row.kind == "void" else Text(zh="退货", en="Returned")
    told_whys = [Why(each["text"], clause_refs(member.now, each["clause"])) for each in reasons]
    return Back(row.at, title, row.refund, told_whys)


def _mark(sale: SaleView, returns: Sequence[ReturnRow]) -> Mark | None:
    if any(row.kind == "void" for row in returns):
        return Mark(Text(zh="已作废", en="Voided"), "stop")
    if not returns:
        return None
    if any(returns[-1].kept):
        return Mark(Text(zh="退过一部分", en="Partly returned"), "warn")
    return Mark(Text(zh="已全退", en="All returned"), "stop")
