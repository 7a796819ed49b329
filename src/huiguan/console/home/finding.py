"""What a word may mean anywhere in the house: a member, a matter, a sale, a product, a clause."""

from __future__ import annotations

from collections.abc import Callable

from huiguan.cases import queries as cases
from huiguan.checkout import queries as checkout
from huiguan.checkout.refusals import SaleUnknown
from huiguan.console.acting import Acting
from huiguan.console.papers import what_of
from huiguan.console.wording import joined, masked_tail
from huiguan.design.markup import clause_name
from huiguan.design.values import Found, FoundGroup
from huiguan.kernel import text as words
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.programme import Clause

MOST = 6


def found_for(now: Acting, query: str) -> list[FoundGroup]:
    """The hits by kind; only kinds the actor may see, only those with a hit."""
    asked: tuple[tuple[str, Text, Callable[[Acting, str], list[Found]]], ...] = (
        ("read_members", Text(zh="会员", en="Members"), _members),
        ("matters", Text(zh="事项", en="Matters"), _matters),
        ("return", Text(zh="单据", en="Sales"), _sales),
        ("sell", Text(zh="商品", en="Products"), _products),
        ("read_rulebook", Text(zh="条款", en="Clauses"), _clauses),
    )
    groups = [FoundGroup(label, ask(now, query)) for power, label, ask in asked if now.actor.may(power)]
    return [group for group in groups if group.hits]


def _members(now: Acting, query: str) -> list[Found]:
    return [
        Found(
            hit.name,
            f"/members/{hit.number}/",
            " · ".join(part for part in (hit.card or hit.number, masked_tail(hit.phone_tail)) if part),
        )
        for hit in members.find(now.actor, query, limit=MOST)
    ]


def _matters(now: Acting, query: str) -> list[Found]:
    """Matters by their number and by whose they are."""
    return [
        Found(line.name or line.number, f"/matters/{line.number}/", line.number, joined([line.title, line.stage_title]))
        for line in cases.matters(now.actor, now.at, search=query, limit=MOST)
    ]


def _sales(now: Acting, query: str) -> list[Found]:
    for each in dict.fromkeys((query, query.upper())):
        try:
            sale = checkout.sale(now.actor, each)
        except SaleUnknown:
            continue
        return [Found(sale.number, f"/sales/{sale.id}/", words.yuan(sale.paid), what_of(sale))]
    return []


def _products(now: Acting, query: str) -> list[Found]:
    shop = now.shop or next(iter(now.shops), None)
    if shop is None:
        return []
    hits = []
    for product in checkout.products(now.actor, query, shop, now.at, MOST):
        price = words.yuan(product.price) if product.price is not None else Text(zh="未定价", en="not priced")
        hits.append(Found(product.name, f"/till/?scan={product.sku}", price, product.sku))
    return hits


def _clauses(now: Acting, query: str) -> list[Found]:
    """Clauses by their number, id, title and text."""
    try:
        rulebook = programmes.programme_at(now.actor.programme, now.at)
    except NoRulebookInForce:
        return []
    hits = [clause for clause in rulebook.clauses.values() if _says(clause, query.lower())]
    return [
        Found(clause_name(clause.number or clause.id), f"/rulebook/{clause.id}/", clause.title, clause.text)
        for clause in hits[:MOST]
    ]


def _says(clause: Clause, word: str) -> bool:
    texts = (clause.id, clause.number, clause.title.zh, clause.title.en, clause.text.zh, clause.text.en)
    return any(word in text.lower() for text in texts)
