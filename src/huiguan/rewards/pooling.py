"""A pool: members who share their points. Whoever needs some gathers them from the others, who agreed to it by joining.

Nothing moves until somebody gathers: each one's points stay hers and end when they would have. A pool goes by its keeper,
who lets others in; whoever is in may leave at any time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import settled
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import partner_refusals as refusals
from huiguan.rewards.giving import POOL, Passing, free, gift_clause, gift_told, travelling, write_passing
from huiguan.rewards.inputs.partners import GatherPoints, JoinPool, LeavePool
from huiguan.rewards.models import PointGift, PoolSeat
from huiguan.rewards.telling import refuse_first
from huiguan.rewards.values.partners import GiftTold, PoolTold
from huiguan.rewards.whom import Asking, active, membership_for, number_of, subject_of
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.kinds import transfer
from huiguan.rules.programme import Clause


def join_pool(*, actor: Actor, at: datetime, given: JoinPool, key: str | None = None) -> PoolTold:
    """Share points with the keeper's pool. A keeper who names herself opens one. At the counter (power: sell) staff name
    both; a member opens her own, and lets nobody else in by herself.

    Refuses WayNotSaid, UnknownMember, MembershipNotActive, SharesAlready, NotInPool (the keeper keeps none), NotVerified,
    LimitReached (the pool is full).
    """
    membership = membership_for(actor, given.member)
    keeper = membership_for(actor, given.keeper)
    plain = given.model_copy(
        update={
            "member": number_of(actor, membership, given.member),
            "keeper": number_of(actor, keeper, given.keeper),
        }
    )
    return perform(
        "join_pool", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=plain, key=key, returns=PoolTold,
        do=lambda: _join(actor, at, given.unit, membership, keeper),
    )  # fmt: skip


def _join(actor: Actor, now: datetime, unit: str | None, membership: int, keeper: int) -> PoolTold:
    rulebook = programmes.programme_at(actor.programme, now)
    clause = gift_clause(rulebook, POOL, unit)
    said = transfer.said(clause)
    ledger.lock_accounts({membership, keeper})  # two who join at once wait for each other
    active(actor, now, membership, rulebook, clause)
    if seat_of(membership, said.unit) is not None:
        raise refusals.SharesAlready(field="member")
    seats = _seats(keeper, said.unit)
    if membership != keeper and not seats:
        raise refusals.NotInPool(field="keeper")
    stops = transfer.stops_verified(
        clause, said.needs, ((transfer.GIVER, members.verified([membership], now)[membership]),)
    )
    if said.people and len(seats) >= said.people:
        full = Reason(clause.id, "full", False, {"people": said.people})
        stops.append((full, "LimitReached", "limit", "keeper"))
    refuse_first(rulebook, [Refuse(clause.id, code, rank, on, {"reason": why}) for why, code, rank, on in stops])
    PoolSeat.objects.create(
        programme_id=actor.programme, keeper_id=keeper, membership_id=membership, unit=said.unit, since=now,
        clause=clause.id, actor=actor.reference,
    )  # fmt: skip
    return _told(actor, clause, keeper, now)


def leave_pool(*, actor: Actor, at: datetime, given: LeavePool, key: str | None = None) -> PoolTold:
    """Share no more; with the keeper everybody leaves. NotInPool."""
    membership = membership_for(actor, given.member)
    named = given.model_copy(update={"member": number_of(actor, membership, given.member)})

    def do() -> PoolTold:
        rulebook = programmes.programme_at(actor.programme, at)
        clause = gift_clause(rulebook, POOL, given.unit)
        seat = _demand_seat(membership, transfer.said(clause).unit)
        keeper = members.holder_of(seat.keeper_id)
        leaving = _open_seats(keeper, seat.unit)
        if membership != keeper:
            leaving = leaving.filter(membership_id__in=members.lives_of(membership))
        leaving.update(until=at)
        return _told(actor, clause, keeper, at)

    return perform(
        "leave_pool", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=named, key=key, returns=PoolTold,
        do=do,
    )  # fmt: skip


def gather_points(*, actor: Actor, at: datetime, given: GatherPoints, key: str | None = None) -> tuple[GiftTold, ...]:
    """So many points of those who share come to the member, from who has most first. NotInPool, BalanceTooLow."""
    membership = membership_for(actor, given.member)
    named = given.model_copy(update={"member": number_of(actor, membership, given.member)})
    return perform(
        "gather_points", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=named, key=key,
        returns=tuple[GiftTold, ...], do=lambda: _gather(actor, at, given, membership),
    )  # fmt: skip


def _gather(actor: Actor, now: datetime, given: GatherPoints, membership: int) -> tuple[GiftTold, ...]:
    rulebook = programmes.programme_at(actor.programme, now)
    clause = gift_clause(rulebook, POOL, given.unit)
    unit = transfer.said(clause).unit
    seat = _demand_seat(membership, unit)
    others = [each for each in _seats(seat.keeper_id, unit) if each != membership]
    ledger.settle_accounts({membership, *others}, at=now)
    taker = active(actor, now, membership, rulebook, clause)
    sharing = [active(actor, now, each, rulebook, clause) for each in others]
    has = {each.membership: _free(clause, each, unit, now) for each in sharing}
    if sum(has.values()) < given.points:
        short = {"has": sum(has.values()), "needs": given.points, "gap": given.points - sum(has.values())}
        why = Reason(clause.id, "short", False, short)
        refuse_first(rulebook, [Refuse(clause.id, "BalanceTooLow", "balance", "points", {"reason": why})])
    made, left = [], given.points
    for here in sorted(sharing, key=lambda each: (-has[each.membership], each.membership)):
        part = min(left, has[here.membership])
        if not part:
            break
        left -= part
        lots = travelling(clause, here.account, here.membership, unit, now)
        told = Decision(reasons=(Reason(clause.id, "gathered", True, {"units": part}),))
        made.append(write_passing(actor, Passing(POOL, clause, here, taker, unit, part, lots), told, ""))
        taker = replace(taker, account=ledger.lock_accounts([membership])[membership])
    return tuple(gift_told(actor, row) for row in made)


def _free(clause: Clause, here: Asking, unit: str, now: datetime) -> int:
    return free(here.account, unit, travelling(clause, here.account, here.membership, unit, now), now)


def pool_of(actor: Actor, at: datetime, membership: int, unit: str | None) -> PoolTold | None:
    """The pool a member shares in; None where there is none."""
    rulebook = programmes.programme_at(actor.programme, at)
    clause = transfer.rule(rulebook, "pool", unit)
    seat = seat_of(membership, transfer.said(clause).unit) if clause is not None else None
    return _told(actor, clause, seat.keeper_id, at) if clause is not None and seat is not None else None


def gathered_of(
    actor: Actor, at: datetime, membership: int, unit: str | None, limit: int = 100
) -> tuple[GiftTold, ...]:
    """Who gathered how much from whom in the pool a member shares in, by `at`, the newest first; () outside one."""
    rulebook = programmes.programme_at(actor.programme, at)
    clause = transfer.rule(rulebook, POOL, unit)
    seat = seat_of(membership, transfer.said(clause).unit) if clause is not None else None
    if seat is None:
        return ()
    ever = PoolSeat.objects.filter(keeper_id__in=members.lives_of(members.holder_of(seat.keeper_id)), unit=seat.unit)
    whose = {life for key in ever.values_list("membership_id", flat=True) for life in members.lives_of(key)}
    since = ever.order_by("since").values_list("since", flat=True)[0]
    rows = PointGift.objects.filter(way=POOL, unit=seat.unit, giver_id__in=whose, taker_id__in=whose)
    return tuple(gift_told(actor, row) for row in rows.filter(at__gte=since, at__lte=at).order_by("-at", "-pk")[:limit])


def seat_of(membership: int, unit: str) -> PoolSeat | None:
    """Her place in a pool, or that of a member merged into her; the older of two."""
    rows = PoolSeat.objects.filter(membership_id__in=members.lives_of(membership), unit=unit, until=None)
    return rows.order_by("since", "pk").first()


def _demand_seat(membership: int, unit: str) -> PoolSeat:
    seat = seat_of(membership, unit)
    if seat is None:
        raise refusals.NotInPool(field="member")
    return seat


def _open_seats(keeper: int, unit: str) -> QuerySet[PoolSeat]:
    """The places in a keeper's pool, those of a pool kept by a member merged into her among them."""
    return PoolSeat.objects.filter(keeper_id__in=members.lives_of(keeper), unit=unit, until=None)


def _seats(keeper: int, unit: str) -> list[int]:
    """Who shares, each once: for a member merged since, who goes on for her."""
    rows = _open_seats(keeper, unit).order_by("since", "pk")
    return list(dict.fromkeys(members.holder_of(key) for key in rows.values_list("membership_id", flat=True)))


def _told(actor: Actor, clause: Clause, keeper: int, now: datetime) -> PoolTold:
    unit, keeper = transfer.said(clause).unit, members.holder_of(keeper)
    seats = _seats(keeper, unit)
    numbers = members.numbers(actor.programme, [*seats, keeper])
    has = {}
    for key, account in ledger_facts.accounts(seats).items():
        read = settled(account, now)
        has[key] = free(read, unit, travelling(clause, read, key, unit, now), now)
    rows = PoolSeat.objects.filter(keeper_id__in=members.lives_of(keeper), unit=unit).order_by("since")
    since = rows.values_list("since", flat=True).first() or now
    return PoolTold(numbers[keeper], unit, tuple((numbers[each], has.get(each, 0)) for each in seats), since, clause.id)
