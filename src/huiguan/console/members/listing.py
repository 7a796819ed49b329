"""The list of members: by a word, by class, standing and shop, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from huiguan.console.acting import Acting, sells
from huiguan.console.members.joining import issues_cards
from huiguan.console.members.pages import MemberListPage, MemberRow
from huiguan.console.till.buying import window_title
from huiguan.console.wording import capital, main_unit, masked_tail, named_unit, standing_mark, text_of, tier_mark
from huiguan.design.values import Cursor, Mark, Words
from huiguan.identity import queries as identity
from huiguan.kernel.moments import local_day
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.members.values import MemberHit
from huiguan.programme import queries as programmes
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import member_type, tier_ladder
from huiguan.rules.programme import Programme

PAGE = 50
FOUND = 100
YEAR = 400
STANDINGS = ("active", "suspended", "merged", "left")
OF_LIFE = ("pending", "approved", "provisional", "frozen", "lapsed", "exited", "expelled", "barred")


def list_page(now: Acting, asked: QueryDict) -> MemberListPage:
    """The page for what was asked: `q`, `tier`, `standing`, `type`, `shop` (a code), `after` (a member number)."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    query = asked.get("q", "").strip()[:80]
    tier, standing, shop = asked.get("tier", ""), asked.get("standing", ""), asked.get("shop", "")
    places = {each.code: each for each in identity.shops_by_code(now.actor.programme, _codes(now)).values()}
    shop_id = places[shop].id if shop in places else None
    sorts, sort = member_type.types(rulebook), asked.get("type", "")
    hits = _hits(now, query, tier, standing, sort, shop_id, asked.get("after", ""))
    shown = hits[:PAGE]
    return MemberListPage(
        rows=_rows(now, rulebook, shown),
        query=query,
        tiers=[
            (rung.tier, text_of(tier_ladder.title_of(rulebook, rung.tier)), rung.tier == tier)
            for rung in tier_ladder.rungs(rulebook)
        ],
        types=[(name, text_of(member_type.called(rulebook, name)), name == sort) for name in sorts],
        standings=[(each, capital(members.standing_title(each)), each == standing) for each in _standings(rulebook)],
        shops=[(code, place.name, code == shop) for code, place in sorted(places.items())],
        cursor=_cursor(now, asked, shown, more=len(hits) > PAGE),
        enrol_href="/members/new" if now.actor.may("enrol") else "",
        import_href="/import/" if now.actor.may("import") else "",
        duplicates_href="/members/duplicates/" if now.actor.may("correct") else "",
        cards_href="/members/cards/" if issues_cards(rulebook) else "",
        reviews_href="/members/reviews/" if issues_cards(rulebook) else "",
        reviews=members.waiting_reviews(now.actor),
        filtered=bool(tier or standing or sort or shop_id),
        sells=sells(now),
        unit=named_unit(rulebook, unit) if (unit := main_unit(rulebook)) else "",
        window=window_title(months) if (months := tier_ladder.months_back(rulebook)) else "",
    )


def _standings(rulebook: Programme) -> tuple[str, ...]:
    """Those a membership can be in under this rulebook."""
    lives = any(rulebook.of(kind) for kind in ("member_type", "term", "exit", "procedure"))
    return STANDINGS + OF_LIFE if lives else STANDINGS


def _codes(now: Acting) -> list[str]:
    return [place.code for place in identity.tree(now.actor) if place.kind == "shop"]


def _hits(
    now: Acting, query: str, tier: str, standing: str, sort: str, shop: int | None, after: str
) -> list[MemberHit]:
    if not query:
        found = members.listed(
            now.actor, at=now.at, tier=tier or None, standing=standing or None, type=sort or None, shop=shop,
            after=after, limit=PAGE + 1,
        )  # fmt: skip
        return list(found)
    return [
        hit
        for hit in members.find(now.actor, query, limit=FOUND, at=now.at)
        if sort in ("", hit.type)
        and tier in ("", hit.tier)
        and standing in ("", hit.standing)
        and shop in (None, hit.shop)
    ]


def _cursor(now: Acting, asked: QueryDict, shown: list[MemberHit], *, more: bool) -> Cursor | None:
    if not shown:
        return None
    kept = {name: asked[name] for name in ("q", "tier", "standing", "type", "shop") if asked.get(name)}
    after = f"/members/?{urlencode({**kept, 'after': shown[-1].number})}" if more and not kept.get("q") else ""
    before = f"/members/?{urlencode(kept)}" if asked.get("after") else ""
    total = None if kept or asked.get("after") else members.member_count(now.actor)
    return Cursor(len(shown), total, before, after)


def _rows(now: Acting, rulebook: Programme, hits: Iterable[MemberHit]) -> list[MemberRow]:
    hits = list(hits)
    since = now.at.date() - timedelta(days=YEAR)
    keys = [hit.membership for hit in hits]
    known = member_facts.member_facts(now.actor.programme, keys, at=now.at, since=since) if keys else {}
    shops = identity.shops_by_id(now.actor.programme, {hit.shop for hit in hits if hit.shop})
    return [
        _row(now, rulebook, hit, known[hit.membership], shops[hit.shop].name if hit.shop in shops else "—")
        for hit in hits
    ]


def _row(now: Acting, rulebook: Programme, hit: MemberHit, facts: MemberFacts, shop: Words) -> MemberRow:
    unit, months = main_unit(rulebook), tier_ladder.months_back(rulebook)
    day = local_day(now.at, rulebook.zone)
    visits = [each for each, told in facts.days.items() if told.get("visits", 0) > 0]
    return MemberRow(
        number=hit.number,
        name=hit.name,
        href=f"/members/{hit.number}/",
        phone=masked_tail(hit.phone_tail),
        card=hit.card or "",
        marks=_marks(rulebook, hit),
        shop=shop,
        points=max(0, facts.available(unit, now.at)) if unit else 0,
        half_year=facts.sum("spend", *tier_ladder.window(day, months)) if months else 0,
        last_visit=max(visits, default=None),
    )


def _marks(rulebook: Programme, hit: MemberHit) -> list[Mark]:
    """Tier, sort and standing, as far as there are any."""
    sort = Mark(text_of(member_type.called(rulebook, hit.type))) if hit.type else None
    return [mark for mark in (tier_mark(rulebook, hit.tier), sort, standing_mark(hit.standing)) if mark]
