"""One batch of openings: read, refuse, fold into the accounts, write, and let the tiers follow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection

from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import InvalidInput, NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, LotTerms, Movement, Sealed, house_address, member_address
from huiguan.members import register
from huiguan.members.changes import record_changes
from huiguan.members.events import OpeningRecorded
from huiguan.members.facts import bare_facts, member_facts
from huiguan.members.inputs import RecordOpening
from huiguan.members.places import moment_given
from huiguan.members.refusals import BillAlreadyRecorded, NothingToChange
from huiguan.members.resolving import MEMBER, resolve
from huiguan.members.storing import columns, run
from huiguan.members.values import NewChange, RecordedOpening
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import expiry, tier_ladder
from huiguan.rules.programme import Programme

BY_BILL, BY_SPEND = "opening_points_cite_their_bill", "opening_spend_counts"
_BILL_MISSING = Text(zh="期初积分须写明单据号", en="Opening points take the number of their bill.")
_DAY_AHEAD = Text(zh="消费日期不能晚于今天", en="The spending cannot lie after today.")
_NOTHING = Text(zh="须大于 0", en="must be above nought")
MONTHS_BACK = 31


@dataclass(frozen=True, slots=True)
class Ready:
    """An opening that may be written. `spend` per local day in fen."""

    index: int
    membership: int
    bill: str
    at: datetime
    points: int
    earned_at: datetime
    spend: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Posted:
    ready: Ready
    sealed: Sealed
    expires_at: datetime | None


def record(actor: Actor, at: datetime, given: Sequence[RecordOpening]) -> tuple[RecordedOpening | Refusal, ...]:
    """Record whatever may be, inside the caller's transaction; one answer or refusal for each."""
    rulebook = programmes.programme_at(actor.programme, at)
    with connection.cursor() as cursor:  # a bill counts once: nobody else looks bills up until this is written
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 13))", [f"bills|{actor.programme}"])
    answers: list[RecordedOpening | Refusal | None] = [None] * len(given)
    ready = _unrecorded(actor, _read(actor, at, rulebook, given, answers), answers)
    if ready:
        _write(actor, at, rulebook, ready, answers)
    return tuple(answer for answer in answers if answer is not None)


def _read(
    actor: Actor,
    at: datetime,
    rulebook: Programme,
    given: Sequence[RecordOpening],
    answers: list[RecordedOpening | Refusal | None],
) -> list[Ready]:
    found = resolve(actor.programme, {("any", each.member) for each in given})
    ready = []
    for index, each in enumerate(given):
        try:
            membership = found.get(("any", each.member))
            if membership is None:
                raise NotFound(field="member", what=MEMBER, given=each.member)
            ready.append(read_opening(rulebook, each, index, membership, at))
        except Refusal as refusal:
            answers[index] = refusal
    return ready


def read_opening(rulebook: Programme, given: RecordOpening, index: int, membership: int, at: datetime) -> Ready:
    """The opening as it may be written; InvalidInput naming the clause where points come without a bill."""
    if given.points is None and not given.spend:
        raise NothingToChange(field="points")
    if given.points is not None and not given.bill:
        clause = rulebook.first_of("assurance", guarantee=BY_BILL)
        raise InvalidInput(field="bill", clause=clause.id if clause else None, rule=_BILL_MISSING)
    moment = moment_given(rulebook, given.at, at)
    earned_at = moment_given(rulebook, given.earned_at, at, "earned_at") if given.earned_at else moment
    today, spend = local_day(at, rulebook.zone), []
    for place, each in enumerate(given.spend):
        day = day_of(each.day, f"spend.{place}.day")
        if day > today:
            raise InvalidInput(field=f"spend.{place}.day", rule=_DAY_AHEAD)
        if each.amount == 0:
            raise InvalidInput(field=f"spend.{place}.amount", rule=_NOTHING)
        spend.append((day, each.amount))
    # Earlier spending alone needs no bill, but it too is entered once.
    bill = given.bill or f"spend:{membership}"
    return Ready(index, membership, bill, moment, given.points or 0, earned_at, tuple(spend))


def _unrecorded(actor: Actor, ready: list[Ready], answers: list[RecordedOpening | Refusal | None]) -> list[Ready]:
    holders = register.bills_held(actor.programme, [each.bill for each in ready])
    fresh = []
    for each in ready:
        if each.bill in holders:
            number = register.numbers_of(actor.programme, [holders[each.bill]])[holders[each.bill]]
            answers[each.index] = BillAlreadyRecorded(field="bill", bill=each.bill, number=number)
        else:
            holders[each.bill] = each.membership
            fresh.append(each)
    return fresh


def _write(
    actor: Actor,
    at: datetime,
    rulebook: Programme,
    ready: list[Ready],
    answers: list[RecordedOpening | Refusal | None],
) -> None:
    members = sorted({each.membership for each in ready})
    accounts = ledger.lock_accounts(members)
    facts = bare_facts(actor.programme, members)
    posted = []
    for each in ready:
        journal, expires_at = journal_of(rulebook, each, facts[each.membership], actor.reference)
        accounts[each.membership], sealed = fold(accounts[each.membership], journal, written_at=at)
        posted.append(Posted(each, sealed, expires_at))
    ledger.write_sealed(
        actor.programme, list(accounts.values()), [(each.ready.membership, each.sealed) for each in posted], at
    )
    _insert(actor, at, rulebook, posted)
    tell(actor.programme, [_recorded(each) for each in posted], at)
    tiers = promote(actor, at, rulebook, ready, accounts)
    for written in posted:
        answers[written.ready.index] = _answer(written, facts[written.ready.membership], tiers)


def _recorded(posted: Posted) -> OpeningRecorded:
    ready, spend = posted.ready, sum(amount for _, amount in posted.ready.spend)
    return OpeningRecorded(
        membership=ready.membership,
        reference=ready.bill,
        at=ready.at,
        bill=ready.bill,
        points=ready.points,
        spend=spend,
    )


def journal_of(rulebook: Programme, ready: Ready, member: MemberFacts, actor: str) -> tuple[Journal, datetime | None]:
    """The opening's journal, and when its points expire: a lot earned when the points were, spending by day."""
    movements: tuple[Movement, ...] = ()
    expires_at = None
    clause = _clause(rulebook, ready)
    if ready.points:
        unit, expires_at, expiry_clause = promised(rulebook, ready.earned_at, member.joined_at)
        terms = LotTerms(ready.earned_at, None, expires_at, expiry_clause)
        here, there = house_address(unit, "opening"), member_address(ready.membership, unit)
        movements = (Movement(unit, ready.points, here, there, clause, terms),)
    journal = Journal(
        at=ready.at,
        cause=("opening", ready.bill),
        actor=actor,
        clause=clause,
        version=rulebook.version,
        movements=movements,
        tallies=tuple((day, "spend", amount) for day, amount in ready.spend),
    )
    return journal, expires_at


def promised(rulebook: Programme, earned_at: datetime, joined_at: datetime) -> tuple[str, datetime | None, str | None]:
    """What opening points are counted in, when those earned then expire, and by which clause."""
    earn = rulebook.one("earn")
    unit: str = earn.parameters.unit if earn else "points"  # type: ignore[attr-defined]
    return unit, *expiry.expires_at(rulebook, unit, earned_at, joined_at)


def _clause(rulebook: Programme, ready: Ready) -> str | None:
    clause = rulebook.first_of("assurance", guarantee=BY_BILL if ready.points else BY_SPEND)
    return clause.id if clause else None


def _insert(actor: Actor, at: datetime, rulebook: Programme, posted: list[Posted]) -> None:
    given = columns(
        (
            each.ready.membership,
            each.ready.bill,
            json.dumps([[each.ready.points, each.ready.earned_at.isoformat()]] if each.ready.points else []),
            json.dumps([[day.isoformat(), amount] for day, amount in each.ready.spend]),
            each.sealed.seq,
            each.ready.at,
            _clause(rulebook, each.ready) or "",
        )
        for each in posted
    )
    run(
        """
        INSERT INTO members_opening (programme_id, membership_id, bill, points, spend, journal_seq, at, written_at,
                                     actor, clause)
        SELECT %s, membership, bill, points::jsonb, spend::jsonb, seq, at, %s, %s, clause
        FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz[], %s::text[])
            AS given(membership, bill, points, spend, seq, at, clause)
        """,
        [actor.programme, at, actor.reference, *given],
    )


def promote(
    actor: Actor, at: datetime, rulebook: Programme, ready: list[Ready], accounts: dict[int, Account]
) -> dict[int, tuple[str, tuple[Reason, ...]]]:
    """Where spending entered now lifts somebody: membership -> (tier after it, reasons)."""
    spent = {each.membership: min(day for day, _ in each.spend) for each in ready if each.spend}
    if not spent:
        return {}
    today = local_day(at, rulebook.zone)
    since = min(spent.values()) - timedelta(days=tier_ladder.months_back(rulebook) * MONTHS_BACK)
    facts = member_facts(actor.programme, list(spent), at=at, since=since, accounts=accounts)
    changes: list[NewChange] = []
    told = {}
    for membership, first in spent.items():
        climbed = climb(rulebook, facts[membership], first, today, at, actor.reference)
        changes += climbed
        gap = None if climbed else tier_ladder.gap(rulebook, facts[membership], today)
        reasons = [Reason(c.clause or "", tier_ladder.says("promoted", c.values), True, c.values) for c in climbed] + (
            [gap] if gap else []
        )
        told[membership] = (climbed[-1].after if climbed else facts[membership].tier, tuple(reasons))
    record_changes(changes, at)
    return told


def climb(
    rulebook: Programme, member: MemberFacts, first: date, today: date, at: datetime, actor: str
) -> list[NewChange]:
    """The steps that the days from `first` to `today` bring, each from the rung before it; they count from `at`."""
    changes: list[NewChange] = []
    while True:
        decision = tier_ladder.decide(rulebook, member, day=first, at=at, today=today, now=at)
        step = next((effect for effect in decision.effects if isinstance(effect, SetTier)), None)
        if step is None:
            return changes
        changes.append(
            NewChange(member.membership, "tier", member.tier, step.tier, at, step.clause, "opening", step.values, actor)
        )
        member = replace(member, tier=step.tier)


def _answer(posted: Posted, member: MemberFacts, tiers: dict[int, tuple[str, tuple[Reason, ...]]]) -> RecordedOpening:
    ready = posted.ready
    tier, reasons = tiers.get(ready.membership, (member.tier, ()))
    return RecordedOpening(
        membership=ready.membership,
        member=member.number,
        bill=ready.bill,
        points=ready.points,
        earned_at=ready.earned_at if ready.points else None,
        expires_at=posted.expires_at,
        spend=sum(amount for _, amount in ready.spend),
        tier=tier,
        reasons=reasons,
    )
