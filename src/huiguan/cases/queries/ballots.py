"""How a body's votes on a matter stand."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases.ballots import body_of, called, clause_of, open_ballot, unsigned, voices
from huiguan.cases.holding import Handling
from huiguan.cases.models import Ballot, Mandate, Vote
from huiguan.cases.recusing import left_out, roll_of
from huiguan.cases.values import BallotTold, MandateTold, VoteTold
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.rules.counting import OPEN as UNDER_WAY
from huiguan.rules.counting import Voice, count
from huiguan.rules.kinds import body as bodies
from huiguan.rules.kinds import vote as votes

AHEAD = "ahead"


def told_ballots(held: Handling) -> tuple[BallotTold, ...]:
    """The votes on a matter, the latest first; where a body has the stage and nobody voted yet, the one to come."""
    rows = Ballot.objects.filter(matter=held.row).order_by("-n")
    told = tuple(_told(held, row) for row in rows)
    leg = held.leg
    body = body_of(leg) if leg is not None and held.row.state == "open" else None
    waiting = bool(told) and told[0].outcome not in ("tied", "no_quorum") and told[0].stage == held.row.stage
    if body is None or open_ballot(held.row) is not None or waiting:
        return told
    return (_ahead(held, body), *told)


def mandates(actor: Actor, at: datetime) -> tuple[MandateTold, ...]:
    """The mandates that run at `at`: which body decides for which, by which resolution, until when."""
    rows = Mandate.objects.filter(programme_id=actor.programme, since__lte=at, until__gt=at).order_by("until")
    return tuple(MandateTold(row.body, row.to, row.resolution, row.since, row.until) for row in rows)


def _told(held: Handling, row: Ballot) -> BallotTold:
    clause = clause_of(held, row.body)
    titles = _titles(held, row.body)
    roll = tuple(
        VoteTold(each.place, titles.get(each.role, Text(zh=each.role, en=each.role)), each.name, each.weight, each.said,
                 each.present, each.how, each.at)
        for each in Vote.objects.filter(ballot=row).order_by("place")
    )  # fmt: skip
    return _ballot(held, row.body, row.outcome or UNDER_WAY, voices(row, clause), roll, row)


def _ahead(held: Handling, body: str) -> BallotTold:
    """The vote to come: everybody who holds a place now, and what it will take."""
    clause, titles = clause_of(held, body), _titles(held, body)
    seats = roll_of(held, body)
    roll = tuple(
        VoteTold(seat.place, titles.get(seat.role, Text(zh=seat.role, en=seat.role)), seat.name,
                 votes.weight_of(clause, seat.role))
        for seat in seats
    )  # fmt: skip
    silent = tuple(Voice(seat.place, weight=votes.weight_of(clause, seat.role)) for seat in seats)
    return _ballot(held, body, AHEAD, silent, roll, None)


def _ballot(
    held: Handling, body: str, outcome: str, roll: tuple[Voice, ...], told: tuple[VoteTold, ...], row: Ballot | None
) -> BallotTold:
    clause = clause_of(held, body)
    measure = votes.measure(clause)
    counted = count(measure, roll)
    asked = votes.rule_of(clause).watchers if clause is not None else []
    signed = row.signed if row is not None else {}
    return BallotTold(
        n=row.n if row is not None else 0, stage=row.stage if row is not None else held.row.stage, body=body,
        called=called(held.rulebook, body), clause=clause.id if clause else "", outcome=outcome, yes=counted.yes,
        no=counted.no, abstain=counted.abstain, seats=counted.seats, base=counted.base, needed=counted.needed,
        opened_at=row.opened_at if row is not None else None, closed_at=row.closed_at if row is not None else None,
        minutes=row.minutes if row is not None else "", held_on=row.held_on if row is not None else None, votes=told,
        watchers=tuple((each.watcher, each.called, signed.get(each.watcher, {}).get("name", "")) for each in asked),
        unsigned=unsigned(held, row) if row is not None else tuple(each.watcher for each in asked),
        remote=clause is not None and votes.rule_of(clause).remote == "consent",
        away=tuple(seat.name for seat in left_out(held, body)) if row is None or not row.outcome else (),
    )  # fmt: skip


def _titles(held: Handling, body: str) -> dict[str, Text]:
    found = bodies.clause_of(held.rulebook, body)
    return {role.role: role.title for role in bodies.rule_of(found).places} if found is not None else {}
