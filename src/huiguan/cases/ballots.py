"""A body's vote on a stage: who is on its roll, how it stands, and what follows once it is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiguan.cases.handling import happen
from huiguan.cases.holding import Handling, note
from huiguan.cases.models import Ballot, Decision, Mandate, Matter, Round, Vote
from huiguan.cases.recusing import roll_of
from huiguan.identity import queries as identity
from huiguan.identity.values import SeatHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.rules.counting import PASSED, REFUSED, Measure, Tally, Voice, count, settled
from huiguan.rules.courses import Leg
from huiguan.rules.kinds import body as bodies
from huiguan.rules.kinds import vote as votes
from huiguan.rules.moving import Happening
from huiguan.rules.programme import Clause, Programme

DECIDED = (PASSED, REFUSED)


def called(rulebook: Programme, body: str) -> Text:
    """What a body is called; its word where the rulebook describes none of that name."""
    found = bodies.clause_of(rulebook, body)
    return bodies.rule_of(found).called if found is not None else Text(zh=body, en=body)


def body_of(leg: Leg) -> str | None:
    """The body that decides a stage, or None."""
    return leg.stage.by.body if leg.stage.by is not None else None


def deciding(programme: int, rulebook: Programme, procedure: str, body: str, at: datetime) -> tuple[str, ...]:
    """The bodies that may decide a stage of `body` at `at`: itself, and those it lets decide for it."""
    clause = votes.clause_of(rulebook, body, procedure)
    foreseen = votes.rule_of(clause).delegated_to if clause is not None else []
    running = Mandate.objects.filter(programme_id=programme, body=body, since__lte=at, until__gt=at)
    return (body, *(name for name in running.values_list("to", flat=True) if name in foreseen))


def seat_in(held: Handling, leg: Leg) -> SeatHeld | None:
    """The place from which the actor votes on the stage; None where she has none."""
    body = body_of(leg)
    if body is None:
        return None
    ballot = open_ballot(held.row)
    names = deciding(held.row.programme_id, held.rulebook, held.course.name, body, held.at)
    names = (ballot.body,) if ballot is not None else names
    return next((seat for name in names if (seat := identity.holds_seat(held.actor, name, held.at)) is not None), None)


def seated_for(actor: Actor, at: datetime) -> tuple[str, ...]:
    """The bodies whose stages the actor may vote on: her own, and those that let one of hers decide."""
    own = {seat.body for seat in identity.seats_held(actor, at)}
    running = Mandate.objects.filter(programme_id=actor.programme, to__in=own, since__lte=at, until__gt=at)
    return tuple(sorted(own | set(running.values_list("body", flat=True))))


def open_ballot(row: Matter) -> Ballot | None:
    """The vote that is under way."""
    return Ballot.objects.filter(matter=row, stage=row.stage, outcome="").first()


def begun(held: Handling, body: str) -> Ballot:
    """The vote that is under way; it begins with everybody who holds a place now, but whom the matter is about."""
    row = held.row
    found = open_ballot(row)
    if found is not None:
        return found
    n = Ballot.objects.filter(matter=row).count() + 1
    made = Ballot.objects.create(
        programme_id=row.programme_id, matter=row, stage=row.stage, body=body, n=n, opened_at=held.at
    )
    clause = clause_of(held, body)
    Vote.objects.bulk_create(
        Vote(
            programme_id=row.programme_id, ballot=made, place=seat.place, role=seat.role, name=seat.name, holder=seat.holder,
            weight=votes.weight_of(clause, seat.role),
        )
        for seat in roll_of(held, body)
    )  # fmt: skip
    note(held, "vote_opened", stage=row.stage, body=_both(called(held.rulebook, body)))
    return made


def clause_of(held: Handling, body: str) -> Clause | None:
    """How the body decides in this procedure."""
    return votes.clause_of(held.rulebook, body, held.course.name)


def voices(ballot: Ballot, clause: Clause | None) -> tuple[Voice, ...]:
    """The roll as it is counted."""
    chair = votes.rule_of(clause).chair if clause is not None else ""
    rows = Vote.objects.filter(ballot=ballot).order_by("place")
    return tuple(Voice(row.place, row.said or None, row.weight, row.present, row.role == chair) for row in rows)


def tally(held: Handling, ballot: Ballot) -> Tally:
    """The votes as they stand."""
    clause = clause_of(held, ballot.body)
    return count(votes.measure(clause), voices(ballot, clause))


def conclude_if_settled(held: Handling, leg: Leg, ballot: Ballot) -> None:
    """Close the vote once nothing anybody still says can change it."""
    clause = clause_of(held, ballot.body)
    measure, roll = votes.measure(clause), voices(ballot, clause)
    outcome = settled(measure, roll)
    if outcome in DECIDED or all(each.said for each in roll):
        conclude(held, leg, ballot, outcome if outcome in DECIDED else None)


def conclude(held: Handling, leg: Leg, ballot: Ballot, outcome: str | None = None) -> None:
    """Close the vote as it stands. Passed or refused, the stage is decided as soon as every watcher has signed; a tie or
    a missed quorum leaves it open to another vote."""
    clause = clause_of(held, ballot.body)
    measure = votes.measure(clause)
    counted = count(measure, voices(ballot, clause))
    counted = replace(counted, outcome=outcome) if outcome is not None else counted
    ballot.outcome, ballot.closed_at = counted.outcome, held.at
    ballot.save(update_fields=["outcome", "closed_at"])
    told = votes.told(clause.id if clause else leg.clause, measure, counted)
    note(held, f"vote_{counted.outcome}", stage=ballot.stage, **told.values)
    follow(held, leg, ballot, measure, counted)


def follow(held: Handling, leg: Leg, ballot: Ballot, measure: Measure, counted: Tally) -> None:
    """What the vote brings, once it is decided and signed for."""
    if ballot.outcome not in DECIDED or unsigned(held, ballot):
        return
    row = held.row
    told = votes.told(leg.clause, measure, counted)
    Decision.objects.create(
        programme_id=row.programme_id, matter=row, stage=row.stage, round=Round.objects.filter(matter=row).count(),
        verdict="pass" if ballot.outcome == PASSED else "refuse", capacity=f"body:{ballot.body}",
        reason=votes.SAYS[told.say].fill("zh", **told.values), at=held.at, by=f"body:{ballot.body}",
        by_name=called(held.rulebook, ballot.body).zh,
    )  # fmt: skip
    happen(held, Happening("decided", "pass" if ballot.outcome == PASSED else "refuse"))


def unsigned(held: Handling, ballot: Ballot) -> tuple[str, ...]:
    """The watchers who have not signed for the count."""
    clause = clause_of(held, ballot.body)
    asked = votes.rule_of(clause).watchers if clause is not None else []
    return tuple(each.watcher for each in asked if each.watcher not in ballot.signed)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
