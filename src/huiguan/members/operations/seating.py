"""Places in the house's bodies: taken, given up, handed on, as the rulebook's clause of the body says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from huiguan.foundation.performing import perform
from huiguan.identity import operations as identity
from huiguan.identity.inputs import HandOverSeat, SeatPerson, VacateSeat
from huiguan.identity.refusals import SeatVacant
from huiguan.identity.values import NewSeat, SeatHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, day_of, local_day
from huiguan.members.resolving import by_number
from huiguan.members.seating import Holder, body_clause, demand_seating, holder_given, role_at, term_of
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import body as kind
from huiguan.rules.kinds.body import Asked
from huiguan.rules.programme import Clause, Programme

POWER = "organise"
Seating = TypeVar("Seating", bound=SeatPerson)


def seat_person(*, actor: Actor, at: datetime, given: SeatPerson, key: str | None = None) -> SeatHeld:
    """Somebody takes a place of a body, now or from a day on, for as long as a term is. Takes `organise`.

    Refuses NotFound (body, place, person), InvalidInput (none or several persons, days), ResolutionNeeded, TermTooLong,
    NotEligibleForSeat, SeatTaken, AlreadySeated, SeatsApart, TermsUsedUp.
    """
    named = _by_number(actor, given)
    return _performed("seat_person", actor, at, named, key, lambda rulebook: _seat(actor, at, rulebook, named))


def vacate_seat(*, actor: Actor, at: datetime, given: VacateSeat, key: str | None = None) -> SeatHeld:
    """Who sits there gives the place up, now or on a day to come. Takes `organise`. Refuses NotFound, SeatVacant."""
    return _performed("vacate_seat", actor, at, given, key, lambda rulebook: _vacate(actor, at, rulebook, given))


def hand_over_seat(*, actor: Actor, at: datetime, given: HandOverSeat, key: str | None = None) -> SeatHeld:
    """Who sits there gives the place up and another takes it in the same moment. Takes `organise`. Refuses as both."""

    named = _by_number(actor, given)

    def do(rulebook: Programme) -> SeatHeld:
        left = VacateSeat(body=given.body, place=given.place, why=given.why, until=given.since)
        _vacate(actor, at, rulebook, left)
        return _seat(actor, at, rulebook, named)

    return _performed("hand_over_seat", actor, at, named, key, do)


def _by_number(actor: Actor, given: Seating) -> Seating:
    """`given` with a member's number, whatever she was named by: a phone is written nowhere in the clear."""
    return by_number(actor, given, given.member)[1] if given.member else given


def _performed(
    name: str,
    actor: Actor,
    at: datetime,
    given: SeatPerson | VacateSeat,
    key: str | None,
    do: Callable[[Programme], SeatHeld],
) -> SeatHeld:
    actor.demand(POWER)

    def done() -> SeatHeld:
        return do(programmes.programme_at(actor.programme, at))

    return perform(
        name, actor=actor, at=at, subject=f"body:{given.body}", given=given, key=key, returns=SeatHeld, do=done,
        scope="organisation",
    )  # fmt: skip


def _seat(actor: Actor, at: datetime, rulebook: Programme, given: SeatPerson) -> SeatHeld:
    clause = body_clause(rulebook, given.body)
    role = role_at(clause, given.place)
    holder = holder_given(actor, given)
    terms = identity.lock_seats(programme=actor.programme)
    first = day_of(given.since, "since") if given.since else local_day(at, rulebook.zone)
    last = _last(clause, first, given.until)
    demand_seating(actor, at, rulebook, clause, _asked(rulebook, given, holder, first, last, terms), holder)
    today = first == local_day(at, rulebook.zone)
    term = NewSeat(
        body=given.body, place=given.place, role=role, name=holder.name,
        since=at if today else at_day(first, rulebook.zone),
        until=at_day(last, rulebook.zone) if last else None,
        staff=holder.staff, membership=holder.membership, resolution=given.resolution,
    )  # fmt: skip
    return identity.write_term(programme=actor.programme, term=term, written_at=at)


def _asked(
    rulebook: Programme, given: SeatPerson, holder: Holder, first: date, last: date | None, terms: tuple[SeatHeld, ...]
) -> Asked:
    told = tuple(term_of(each, rulebook.zone) for each in terms)
    return Asked(given.place, holder.key, holder.name, first, last, given.resolution, terms=told)


def _last(clause: Clause, first: date, until: str | None) -> date | None:
    """The day before which the term ends: the one named, else as long as a term is."""
    return day_of(until, "until") if until else kind.ends(kind.rule_of(clause), first)


def _vacate(actor: Actor, at: datetime, rulebook: Programme, given: VacateSeat) -> SeatHeld:
    role_at(body_clause(rulebook, given.body), given.place)
    until = at_day(day_of(given.until, "until"), rulebook.zone) if given.until else at
    until = max(until, at)
    held = [
        each
        for each in identity.lock_seats(programme=actor.programme)
        if (each.body, each.place) == (given.body, given.place) and (each.until is None or each.until > until)
    ]
    if not held:
        raise SeatVacant(field="place")
    return identity.end_term(
        programme=actor.programme, seat=held[0].id, until=until, why=given.why, written_at=at
    )  # fmt: skip
