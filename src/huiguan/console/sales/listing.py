"""Sales as lists: of a shop, or of the member somebody names."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict

from huiguan.checkout import queries as checkout
from huiguan.checkout.refusals import SaleUnknown
from huiguan.console.acting import Acting, refused
from huiguan.console.papers import before_mark, mark_of, sale_rows
from huiguan.console.sales.pages import SaleListPage
from huiguan.design.values import Cursor, Refused
from huiguan.members import queries as members

PAGE = 40
OF_A_MEMBER = 20


def list_page(now: Acting, asked: QueryDict) -> SaleListPage:
    """Sales of the shop that is asked for, else of all the actor may see."""
    query, code, after = asked.get("q", "").strip(), asked.get("shop", ""), asked.get("after", "")
    shop = next((each for each in now.shops if each.code == code), None)
    found = checkout.sales(now.actor, shop=shop.id if shop else None, before=before_mark(after), limit=PAGE + 1)
    shown = found[:PAGE]
    kept = {"shop": shop.code} if shop else {}
    more = f"/sales/?{urlencode({**kept, 'after': mark_of(shown[-1])})}" if len(found) > PAGE else ""
    return SaleListPage(
        rows=sale_rows(now, shown, named=now.actor.may("read_members")),
        query=query,
        shops=[(each.code, each.name, each == shop) for each in now.shops] if len(now.shops) > 1 else (),
        cursor=Cursor(len(shown), None, f"/sales/?{urlencode(kept)}" if after else "", more) if shown else None,
        refused=_unknown(now, query),
        day_href="/shops/day/" if any(now.actor.may(power) for power in ("close_day", "audit")) else "",
    )


def _unknown(now: Acting, query: str) -> Refused | None:
    return refused(SaleUnknown(field="sale", sale=query), now) if query else None


def found_sales(now: Acting, query: str) -> SaleListPage:
    """The sales of the member a word names, else the shop's latest; the word itself is no bill number."""
    if query and now.actor.may("read_members"):
        hits = members.find(now.actor, query, limit=1)
        if hits:
            sales = checkout.sales(now.actor, membership=hits[0].membership, limit=OF_A_MEMBER)
            return SaleListPage(rows=sale_rows(now, sales, named=True), query=query)
    shop = now.shop.id if now.shop else None
    sales = checkout.sales(now.actor, shop=shop, limit=OF_A_MEMBER)
    return SaleListPage(
        rows=sale_rows(now, sales, named=now.actor.may("read_members")), query=query, refused=_unknown(now, query)
    )
