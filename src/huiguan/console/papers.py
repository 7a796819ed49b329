"""Sales as rows of a list: paper, shop, what was bought, paid, earned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from huiguan.checkout.values import SaleView
from huiguan.console.acting import Acting
from huiguan.console.pages import SaleRow
from huiguan.design.values import Words
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.members import queries as members


def sale_rows(now: Acting, sales: Sequence[SaleView], *, named: bool = False) -> list[SaleRow]:
    """The rows; `named` also says whose each sale is."""
    shops = identity.shops_by_code(now.actor.programme, {sale.shop for sale in sales})
    people = members.named(now.actor, {sale.member for sale in sales if sale.member}) if named else {}
    return [
        SaleRow(
            number=sale.number,
            href=f"/sales/{sale.id}/",
            at=sale.at,
            shop=shops[sale.shop].name,
            what=what_of(sale),
            paid=sale.paid,
            points=_moved(sale) if sale.member else None,
            clerk=sale.clerk,
            member=people[sale.member].name if sale.member in people else sale.member or "",
            member_href=f"/members/{sale.member}/" if sale.member else "",
        )
        for sale in sales
    ]


def _moved(sale: SaleView) -> int:
    document = sale.document
    return int(sum(document["earned"].values()) - sum(document["used"].values()))


def what_of(sale: SaleView) -> Words:
    """The first pieces by name, and how many more."""
    names = [line["name"].partition(" · ")[0] for line in sale.document["lines"]]
    more = len(names) - 3
    if more > 0:
        shown = names[:3]
        return Text(zh="、".join(shown) + f"，另 {more} 行", en=", ".join(shown) + f", {more} more")
    return Text(zh="、".join(names), en=", ".join(names))


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def mark_of(sale: SaleView) -> str:
    """Where a list of sales stands: moment and key of its last row."""
    return f"{(sale.at - EPOCH) // MICROSECOND}_{sale.id}"


def before_mark(mark: str) -> tuple[datetime, int, int] | None:
    """A mark read again; None for the beginning or for nonsense."""
    moment, _, key = mark.partition("_")
    membership, _, seq = key.partition("-")
    if not all(part.isdecimal() and len(part) < 18 for part in (moment, membership, seq)):
        return None
    return EPOCH + int(moment) * MICROSECOND, int(membership), int(seq)
