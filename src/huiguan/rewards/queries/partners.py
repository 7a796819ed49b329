"""Questions about points that go on: what may be given, to whom it went, how things stand with a partner."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day, month_start
from huiguan.ledger import facts as ledger
from huiguan.ledger.lots import settled
from huiguan.ledger.values import Account
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import giving as gifts_given
from huiguan.rewards.models import Exchange, PartnerLine, PartnerLink, PointGift, Settlement
from huiguan.rewards.partnering.asking import CAUSE
from huiguan.rewards.partnering.lines import link_told
from huiguan.rewards.partnering.months import statement
from huiguan.rewards.partnering.telling import exchange_told, found_exchange
from huiguan.rewards.pooling import gathered_of, pool_of
from huiguan.rewards.queries.asking import demand
from huiguan.rewards.values.partners import (
    DISPUTED,
    DONE,
    OPEN_STATES,
    REFUSED,
    ExchangeTold,
    GiftTold,
    GivingTold,
    LinkTold,
    PartnerTold,
    PoolTold,
)
from huiguan.rewards.whom import known, membership_for
from huiguan.rules.kinds import limit, partner, transfer
from huiguan.rules.parameters import as_number

__all__ = [
    "exchange", "exchange_faults", "exchanges", "gathered", "gifts", "giving", "links", "partners", "pool", "settled_months",
    "statement",
]  # fmt: skip


def giving(actor: Actor, at: datetime, *, member: str | None = None, unit: str | None = None) -> GivingTold | None:
    """What a member may pass on now; None where the rulebook has no gifts."""
    membership = membership_for(actor, member, reading=True)
    rulebook = programmes.programme_at(actor.programme, at)
    clause = transfer.rule(rulebook, "gift", unit)
    if clause is None:
        return None
    said, day = transfer.said(clause), local_day(at, rulebook.zone)
    facts = known(actor.programme, rulebook, membership, at)
    account = settled(ledger.accounts([membership]).get(membership) or Account(membership, actor.programme), at)
    lots = gifts_given.travelling(clause, account, membership, said.unit, at)
    left = [
        None if most is None else max(0, most - facts.sum(transfer.measure(said.unit), *limit.period(per, day)))
        for per, most in (("day", said.a_day), ("year", said.a_year))
    ]
    has = members.verified([membership], at)[membership]
    missing = tuple(need for need in said.needs if need not in has)
    travels = gifts_given.free(account, said.unit, lots, at)
    return GivingTold(clause.id, said.unit, said.least or 1, left[0], left[1], travels, missing, said.life)


def gifts(actor: Actor, at: datetime, *, member: str | None = None) -> tuple[GiftTold, ...]:
    """Points a member passed on or was given by `at`, the newest first."""
    membership = membership_for(actor, member, reading=True)
    rows = PointGift.objects.filter(Q(giver_id=membership) | Q(taker_id=membership), at__lte=at)
    return tuple(gifts_given.gift_told(actor, row) for row in rows.order_by("-at", "-pk")[:100])


def pool(actor: Actor, at: datetime, *, member: str | None = None, unit: str | None = None) -> PoolTold | None:
    """The pool a member shares in; None where she shares in none."""
    return pool_of(actor, at, membership_for(actor, member, reading=True), unit)


def gathered(actor: Actor, at: datetime, *, member: str | None = None, unit: str | None = None) -> tuple[GiftTold, ...]:
    """Who used what of the pool a member shares in, the newest first."""
    return gathered_of(actor, at, membership_for(actor, member, reading=True), unit)


def partners(actor: Actor, at: datetime) -> tuple[PartnerTold, ...]:
    """The partners of the rulebook in force, and how things stand with each."""
    demand(actor)
    rulebook = programmes.programme_at(actor.programme, at)
    lines = {row.partner: row for row in PartnerLine.objects.filter(programme_id=actor.programme)}
    return tuple(_told(actor, terms, lines.get(name)) for name, terms in partner.partners(rulebook).items())


def _told(actor: Actor, terms: partner.Terms, line: PartnerLine | None) -> PartnerTold:
    said, member = terms.said, actor.kind == "member"
    rows = Exchange.objects.filter(programme_id=actor.programme, partner=terms.partner)
    count = 0 if member else rows.filter(state__in=OPEN_STATES).count()
    rates = [as_number(rate) if rate is not None else "" for rate in (said.gives, said.takes, said.earns)]
    return PartnerTold(
        partner=terms.partner, title=terms.title, units=terms.units, unit=terms.unit, gives=rates[0], takes=rates[1],
        earns=rates[2], block=said.block or 1, takes_block=said.takes_block or 1, fee_points=said.fee, least=said.least or 1,
        a_day=said.a_day, a_year=said.a_year, in_a_year=said.in_a_year, needs=tuple(said.needs),
        we_pay=None if member else said.we_pay, they_pay=None if member else said.they_pay, clause=terms.clause.id,
        url="" if member or line is None else line.url, connected=line is not None,
        stopped=line is not None and line.stopped_at is not None, open=count,
        disputed=rows.filter(state=DISPUTED).count() if count else 0,
        odd=0 if member else rows.filter(odd=True).count(),
    )  # fmt: skip


def links(actor: Actor, *, member: str | None = None) -> tuple[LinkTold, ...]:
    """A member's accounts at partners."""
    membership = membership_for(actor, member, reading=True)
    rows = PartnerLink.objects.filter(membership_id__in=members.lives_of(membership), until=None).order_by("partner")
    return tuple(link_told(row) for row in rows)


def exchanges(
    actor: Actor, at: datetime, *, member: str | None = None, name: str = "", state: str = "", after: int | None = None,
    limit: int = 100,
) -> tuple[ExchangeTold, ...]:  # fmt: skip
    """Exchanges asked by `at`, the newest first: of a member (a member's own always), of a partner, in a state (`open`:
    all that are not settled; `odd`: what was contradicted)."""
    demand(actor)
    rows = Exchange.objects.filter(programme_id=actor.programme, asked_at__lte=at)
    if actor.kind == "member" or member is not None:
        rows = rows.filter(membership_id__in=members.lives_of(membership_for(actor, member, reading=True)))
    rows = rows.filter(partner=name) if name else rows
    rows = rows.filter(pk__lt=after) if after is not None else rows
    if state == "odd":
        rows = rows.filter(odd=True)
    elif state:
        rows = rows.filter(state__in=OPEN_STATES if state == "open" else [state])
    return tuple(exchange_told(actor, row, whole=False) for row in rows.order_by("-pk")[:limit])


def exchange(actor: Actor, number: str) -> ExchangeTold:
    """One exchange with every word on it. ExchangeUnknown."""
    demand(actor)
    return exchange_told(actor, found_exchange(actor, number))


def settled_months(actor: Actor, name: str, at: datetime) -> tuple[date, ...]:
    """The months in which something was settled with a partner, and the running one, the newest first."""
    demand(actor)
    zone = programmes.programme_at(actor.programme, at).zone
    ended = Exchange.objects.filter(programme_id=actor.programme, partner=name, state=DONE, ended_at__lte=at)
    found = {month_start(local_day(each, zone)) for each in ended.values_list("ended_at", flat=True) if each}
    closed = Settlement.objects.filter(programme_id=actor.programme, partner=name).values_list("month", flat=True)
    return tuple(sorted({*found, *closed, month_start(local_day(at, zone))}, reverse=True))


def exchange_faults(programme: int) -> tuple[str, ...]:
    """Exchanges whose points in the ledger are not what their record says, by number."""
    moved = ledger.caused(programme, (CAUSE, f"{CAUSE}_back"))
    wrong = []
    for row in Exchange.objects.filter(programme_id=programme).order_by("pk"):
        if row.direction == partner.OUT:
            meant = 0 if row.state == REFUSED else -(row.ours + row.fee)
        else:
            meant = row.ours if row.state == DONE else 0
        if moved.pop(row.number, 0) != meant:
            wrong.append(row.number)
    return tuple(wrong + sorted(moved))
