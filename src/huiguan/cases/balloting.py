"""Votes of a body: cast by whoever holds a place, or recorded out of a meeting's minutes; closed, signed for."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import refusals
from huiguan.cases.ballots import (
    DECIDED,
    begun,
    body_of,
    called,
    clause_of,
    conclude,
    conclude_if_settled,
    follow,
    open_ballot,
    seat_in,
    tally,
    unsigned,
)
from huiguan.cases.deciders import decided_before, told_by
from huiguan.cases.deciding import demand_met, stage_seen
from huiguan.cases.handling import in_hand
from huiguan.cases.holding import Handling, note, save
from huiguan.cases.inputs import CastVote, CloseBallot, RecordRoll, SignCount
from huiguan.cases.models import Ballot, Vote
from huiguan.cases.opening import MATTERS, saved
from huiguan.cases.recusing import demand_free, demand_unconcerned, left_out
from huiguan.cases.values import SavedMatter
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.identity.values import SeatHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rules.counting import ABSTAIN, NO, YES
from huiguan.rules.courses import Leg
from huiguan.rules.kinds import vote as votes

SECRETARY = "secretary"
_FUTURE = Text(zh="不能晚于今天", en="must not lie in the future")
_TWICE = Text(zh="第 {place} 席写了两次", en="names place {place} twice")


def cast_vote(*, actor: Actor, at: datetime, given: CastVote, key: str | None = None) -> SavedMatter:
    """The actor's place in the body votes; once. The vote is over, and the stage decided, as soon as nothing the others may
    still say can change it.

    Refuses MatterUnknown, MatterMovedOn, MatterEnded, BallWithApplicant, NotYourStage (no place in the body),
    MakerMayNotDecide, ConcernsHerself, DecidedBefore (in the matter appealed against), NotOnRoll, VoteCast, RemoteNotAllowed,
    RemoteConsentNeeded, StageNotMet.
    """

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        leg = stage_seen(held, given.stage)
        seat = _demand_seat(held, leg)
        demand_met(held, leg)
        ballot = begun(held, seat.body)
        row = _unsaid(ballot, seat.place)
        _demand_way(held, ballot, given)
        row.said, row.present, row.at, row.by = given.vote, not given.remote, at, actor.reference
        row.name, row.how, row.consent = actor.name, "remote" if given.remote else "seat", given.consent
        row.save()
        note(held, "vote_cast", stage=ballot.stage, inner=True, name=actor.name, place=seat.place)
        save(held)
        conclude_if_settled(held, leg, ballot)
        return saved(held.row)

    return perform(
        "cast_vote", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key, returns=SavedMatter,
        secret=frozenset({"vote"}), do=do,
    )  # fmt: skip


def record_roll(*, actor: Actor, at: datetime, given: RecordRoll, key: str | None = None) -> SavedMatter:
    """The roll of a meeting, whole: it is counted at once. By the body's secretary or chair, or who has `matters`.

    Refuses NotYourStage (no body decides it), NotTheRecorder, NotOnRoll, VoteCast (somebody voted on her own already),
    WatcherUnknown, MakerMayNotDecide, ConcernsHerself, InvalidInput (a place twice, a day to come), StageNotMet and as a verdict does.
    """

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        leg = stage_seen(held, given.stage)
        body = _demand_recorder(held, leg)
        day = day_of(given.held_on, "held_on")
        if day > local_day(at, held.rulebook.zone):
            raise InvalidInput(field="held_on", rule=_FUTURE)
        demand_met(held, leg)
        ballot = begun(held, body)
        _write_roll(held, ballot, given)
        ballot.minutes, ballot.held_on = given.minutes, day
        for watcher, name in given.watchers.items():
            _sign(held, ballot, watcher, name)
        ballot.save()
        conclude(held, leg, ballot)
        save(held)
        return saved(held.row)

    return perform(
        "record_roll", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key, returns=SavedMatter,
        do=do,
    )  # fmt: skip


def close_ballot(*, actor: Actor, at: datetime, given: CloseBallot, key: str | None = None) -> SavedMatter:
    """The vote is over: it is counted as it stands. By the body's secretary or chair, or who has `matters`. Refuses
    NoBallot, NotTheRecorder, MakerMayNotDecide, NotYourStage."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        leg = stage_seen(held, given.stage)
        _demand_recorder(held, leg)
        ballot = open_ballot(held.row)
        if ballot is None:
            raise refusals.NoBallot(field="stage")
        conclude(held, leg, ballot)
        save(held)
        return saved(held.row)

    return perform(
        "close_ballot", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def sign_count(*, actor: Actor, at: datetime, given: SignCount, key: str | None = None) -> SavedMatter:
    """A watcher signs for a count that is over; with the last one the stage is decided. Written down by the body's
    secretary or chair, or who has `matters`. Refuses NoBallot, WatcherUnknown, NotTheRecorder, MakerMayNotDecide."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        leg = held.leg
        waiting = Ballot.objects.filter(matter=held.row, stage=held.row.stage, outcome__in=DECIDED).order_by("-n")
        ballot = waiting.filter(opened_at__gte=held.row.entered_at).first() if held.row.entered_at else None
        if leg is None or ballot is None or not unsigned(held, ballot):
            raise refusals.NoBallot(field="matter")
        _demand_recorder(held, leg)
        _sign(held, ballot, given.watcher, given.name)
        ballot.save(update_fields=["signed"])
        save(held)
        follow(held, leg, ballot, votes.measure(clause_of(held, ballot.body)), tally(held, ballot))
        return saved(held.row)

    return perform(
        "sign_count", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key, returns=SavedMatter,
        do=do,
    )  # fmt: skip


def _demand_seat(held: Handling, leg: Leg) -> SeatHeld:
    """The place the actor votes from; never who filled it in, nor who decided what is appealed against."""
    seat = seat_in(held, leg)
    if seat is None:
        by = told_by(held.actor.programme, held.course, leg)
        raise refusals.NotYourStage(field="stage", stage=leg.title, by=by)
    demand_free(held)
    return seat


def _unsaid(ballot: Ballot, place: int) -> Vote:
    """The place on the roll that has not voted yet."""
    row = Vote.objects.filter(ballot=ballot, place=place).first()
    if row is None:
        raise refusals.NotOnRoll(field="stage", place=place)
    if row.said:
        raise refusals.VoteCast(field="vote", place=place)
    return row


def _demand_way(held: Handling, ballot: Ballot, given: CastVote) -> None:
    clause = clause_of(held, ballot.body)
    if not given.remote:
        return
    if clause is None or votes.rule_of(clause).remote == "never":
        body = called(held.rulebook, ballot.body)
        raise refusals.RemoteNotAllowed(field="remote", clause=clause.id if clause else None, body=body)
    if not given.consent:
        raise refusals.RemoteConsentNeeded(field="consent", clause=clause.id)


def _demand_recorder(held: Handling, leg: Leg) -> str:
    """The body whose vote the actor may record: its secretary or chair, or who handles matters; never who filled it in."""
    body, actor = body_of(leg), held.actor
    if body is None:
        raise refusals.NotYourStage(field="stage", stage=leg.title, by=told_by(actor.programme, held.course, leg))
    ballot = open_ballot(held.row)
    body = ballot.body if ballot is not None else body
    clause = clause_of(held, body)
    chair = votes.rule_of(clause).chair if clause is not None else "chair"
    seat = identity.holds_seat(actor, body, held.at)
    if not (seat is not None and seat.role in (SECRETARY, chair)) and not actor.may(MATTERS):
        raise refusals.NotTheRecorder(field="matter", body=called(held.rulebook, body))
    if actor.reference in held.row.makers:
        raise refusals.MakerMayNotDecide(field="matter")
    demand_unconcerned(held)
    return body


def _write_roll(held: Handling, ballot: Ballot, given: RecordRoll) -> None:
    """What each place said, out of the minutes; nobody may have voted on her own before."""
    said = [
        ("yes", YES, given.yes),
        ("no", NO, given.no),
        ("abstain", ABSTAIN, given.abstain),
        ("silent", "", given.silent),
    ]
    roll = {row.place: row for row in Vote.objects.filter(ballot=ballot)}
    away = {seat.place: seat.name for seat in left_out(held, ballot.body)}
    named: set[int] = set()
    for field, word, places in said:
        for place in places:
            row = roll.get(place)
            if place in away:
                raise refusals.ConcernsHerself(field=field, name=away[place])
            if row is None:
                raise refusals.NotOnRoll(field=field, place=place)
            if place in named:
                raise InvalidInput(field=field, rule=Text(**_TWICE.both(place=place)))
            if row.said:
                raise refusals.VoteCast(field=field, place=place)
            if word:
                _demand_free(held, row, field)
            named.add(place)
            row.said, row.present, row.how, row.at, row.by = word, True, "roll", held.at, held.actor.reference
            row.save()


def _demand_free(held: Handling, row: Vote, field: str) -> None:
    """Whoever sits there may vote: filled in none of it, and decided nothing of what is appealed against."""
    if row.holder in held.row.makers:
        raise refusals.MakerMayNotDecide(field=field)
    if decided_before(held, row.holder):
        raise refusals.DecidedBefore(field=field, clause=held.course.head.id)


def _sign(held: Handling, ballot: Ballot, watcher: str, name: str) -> None:
    clause = clause_of(held, ballot.body)
    asked = {each.watcher for each in votes.rule_of(clause).watchers} if clause is not None else set()
    if watcher not in asked:
        raise refusals.WatcherUnknown(field="watcher", clause=clause.id if clause else None, watcher=watcher)
    ballot.signed = {**ballot.signed, watcher: {"name": name, "at": held.at.isoformat(), "by": held.actor.reference}}
    note(held, "vote_signed", stage=ballot.stage, name=name)
