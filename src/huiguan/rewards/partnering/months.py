"""What a partner and we owe each other, by day and month; a month closed stays as it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.ledger import facts as ledger
from huiguan.programme import queries as programmes
from huiguan.rewards import partner_refusals as refusals
from huiguan.rewards.inputs.partners import CloseMonth, PaySettlement
from huiguan.rewards.models import Exchange, Settlement
from huiguan.rewards.partnering.lines import terms_of
from huiguan.rewards.values.partners import DONE, Statement, StatementDay
from huiguan.rules.kinds import partner

CLOSE, READ = "estimate", "audit"
_FIGURES = ("out", "fees", "gave", "came", "took", "we_owe", "they_owe", "exchanges")


def first_of(month: str) -> date:
    """The first day of "2026-06"."""
    return date.fromisoformat(f"{month}-01")


def statement(actor: Actor, name: str, month: str, at: datetime) -> Statement:
    """What was settled with a partner in a month, by the local day its last word came; takes `audit`. PartnerUnknown."""
    actor.demand(READ)
    terms_of(programmes.programme_at(actor.programme, at), name)
    return statement_of(actor.programme, name, first_of(month), at)


def statement_of(programme: int, name: str, month: date, at: datetime) -> Statement:
    zone = programmes.programme_at(programme, at).zone
    since, until = at_day(month, zone), at_day(add_months(month, 1), zone)
    rows = list(
        Exchange.objects.filter(
            programme_id=programme, partner=name, state=DONE, ended_at__gte=since, ended_at__lt=until, ended_at__lte=at
        ).order_by("ended_at", "pk")
    )
    days: dict[date, list[Exchange]] = {}
    for row in rows:
        days.setdefault(local_day(row.ended_at or row.asked_at, zone), []).append(row)
    told = tuple(_summed(day, each) for day, each in days.items())
    total = _summed(month, rows)
    out, came = _in_the_books(rows)
    closed = Settlement.objects.filter(programme_id=programme, partner=name, month=month).first()
    return Statement(
        partner=name, month=month, days=told, total=total, net=total.we_owe - total.they_owe,
        points_net=total.came - total.out, ledger_out=out, ledger_in=came,
        ties=(out, came) == (total.out + total.fees, total.came),
        closed_at=closed.closed_at if closed else None, closed_by=closed.actor_name if closed else "",
        paid_at=closed.paid_at if closed else None, paper=closed.paper if closed else "",
    )  # fmt: skip


def _summed(day: date, rows: Iterable[Exchange]) -> StatementDay:
    """Amounts of these exchanges by what they are."""
    sums = dict.fromkeys(_FIGURES, 0)
    for row in rows:
        sums["exchanges"] += 1
        if row.direction == partner.OUT:
            sums["out"] += row.ours
            sums["fees"] += row.fee
            sums["gave"] += row.theirs
            sums["we_owe"] += row.owed
        else:
            sums["came"] += row.ours
            sums["took"] += row.theirs if row.direction == partner.IN else 0
            sums["they_owe"] += row.owed
    return StatementDay(day, **sums)


def _in_the_books(rows: Iterable[Exchange]) -> tuple[int, int]:
    """What the ledger says these exchanges took from members and brought them: of the very journals they name."""
    journals = [(row.membership_id, row.seq) for row in rows if row.seq is not None]
    moved = ledger.house_flows(journals, "exchanged")
    return -sum(each for each in moved.values() if each < 0), sum(each for each in moved.values() if each > 0)


def close_month(*, actor: Actor, at: datetime, given: CloseMonth, key: str | None = None) -> Statement:
    """Settle a month that is over: its figures are kept as they are now. Takes `estimate`. PartnerUnknown, MonthOpen,
    MonthClosed, Forbidden."""
    actor.demand(CLOSE)

    def do() -> Statement:
        rulebook = programmes.programme_at(actor.programme, at)
        terms_of(rulebook, given.partner)
        month = first_of(given.month)
        if at < at_day(add_months(month, 1), rulebook.zone):
            raise refusals.MonthOpen(field="month")
        told = statement_of(actor.programme, given.partner, month, at)
        lines = [{**asdict(day), "day": day.day.isoformat()} for day in told.days]
        _, made = Settlement.objects.get_or_create(
            programme_id=actor.programme, partner=given.partner, month=month,
            defaults={
                "we_owe": told.total.we_owe, "they_owe": told.total.they_owe, "exchanges": told.total.exchanges,
                "lines": lines, "closed_at": at, "actor_name": actor.name,
            },
        )  # fmt: skip
        if not made:
            raise refusals.MonthClosed(field="month", month=given.month)
        return statement_of(actor.programme, given.partner, month, at)

    return perform(
        "close_month", actor=actor, at=at, subject=f"partner:{given.partner}", given=given, key=key, returns=Statement,
        do=do,
    )  # fmt: skip


def pay_settlement(*, actor: Actor, at: datetime, given: PaySettlement, key: str | None = None) -> Statement:
    """Note that the difference of a settled month was paid. Takes `estimate`. MonthNotClosed, Forbidden."""
    actor.demand(CLOSE)

    def do() -> Statement:
        month = first_of(given.month)
        row = Settlement.objects.filter(programme_id=actor.programme, partner=given.partner, month=month).first()
        if row is None:
            raise refusals.MonthNotClosed(field="month", month=given.month)
        row.paid_at, row.paper = at, given.paper
        row.save(update_fields=["paid_at", "paper"])
        return statement_of(actor.programme, given.partner, month, at)

    return perform(
        "pay_settlement", actor=actor, at=at, subject=f"partner:{given.partner}", given=given, key=key,
        returns=Statement, do=do,
    )  # fmt: skip
