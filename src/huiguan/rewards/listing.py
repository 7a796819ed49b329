"""An item as its keepers see it, and as a member finds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiguan.kernel.moments import local_day
from huiguan.rewards.models import Item
from huiguan.rewards.shelf import had_of, offer_of, total
from huiguan.rewards.telling import reasons_told
from huiguan.rewards.values import ItemTold, ShelfItem, StockLine
from huiguan.rules.effects import Refuse
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import allocation, catalogue, limit
from huiguan.rules.mall import Wish
from huiguan.rules.programme import Clause, Programme


def item_told(
    row: Item,
    left: Mapping[int | None, int] | None,
    waiting: int,
    shops: Mapping[int | None, str | None] | None = None,
) -> ItemTold:
    return ItemTold(
        code=row.code,
        sort=row.sort,
        zone=row.zone.code if row.zone else None,
        zh=row.name_zh,
        en=row.name_en,
        about_zh=row.about_zh,
        about_en=row.about_en,
        points=row.units,
        cash=row.cash,
        worth=row.worth,
        mixed=row.mixed,
        tiers=tuple(row.tiers),
        most=row.most,
        per=row.per,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        everyday=row.everyday,
        dispatch=row.dispatch,
        low=row.low,
        picture=row.picture,
        withdrawn_at=row.withdrawn_at,
        left=total(left),
        waiting=waiting,
        substitute=row.substitute.code if row.substitute else None,
        voucher=row.voucher,
        stock=lines_of(left, shops) if shops is not None else (),
    )


def lines_of(left: Mapping[int | None, int] | None, shops: Mapping[int | None, str | None]) -> tuple[StockLine, ...]:
    """Stock by place, the centre first."""
    lines = [StockLine(shops.get(place), count) for place, count in (left or {}).items()]
    return tuple(sorted(lines, key=lambda line: line.shop or ""))


def shelf_told(
    rulebook: Programme,
    clause: Clause,
    facts: MemberFacts,
    row: Item,
    left: Mapping[int | None, int] | None,
    shops: Mapping[int | None, str | None],
    waiting: str,
    at: datetime,
) -> ShelfItem:
    """What the item costs this member, and every reason against her having one now."""
    offer = offer_of(row, had=had_of(rulebook, row, facts.membership, at))
    ways = ("instant",) if row.sort in ("voucher", "code") else tuple(catalogue.terms(clause).ways)
    wish = Wish(1, ways[0])  # type: ignore[arg-type]
    cost, decision = catalogue.decide(rulebook, facts, offer, wish, at=at)
    limited = limit.decide(rulebook, facts, (offer.line(1),), local_day(at, rulebook.zone))
    stops = [e.values["reason"] for e in (*decision.effects, *limited.effects) if isinstance(e, Refuse)]
    fewest, most = catalogue.bounds(clause, offer, wish) if offer.mixed else (cost.units, cost.units)
    return ShelfItem(
        code=row.code,
        sort=row.sort,
        zone=row.zone.code if row.zone else None,
        name={"zh": row.name_zh, "en": row.name_en},
        about={"zh": row.about_zh, "en": row.about_en},
        picture=row.picture,
        points=cost.units,
        cash=cost.cash,
        full_points=row.units,
        mixed=row.mixed,
        least_points=fewest,
        most_points=most,
        ways=ways,
        opens_at=allocation.opens_at(rulebook, offer, facts.tier)[0],
        left=total(left),
        shops=lines_of(left, shops),
        everyday=row.everyday,
        waiting=waiting,
        why=tuple(reasons_told(rulebook, stops)),
        reasons=tuple(reasons_told(rulebook, [each for each in decision.reasons if each.given])),
    )
