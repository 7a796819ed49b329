"""What an award brings once it is decided, and what goes when it is taken back, in the transaction that decides it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from huiguan.billing.values.dues import waived_mark
from huiguan.conduct.events import AwardEnded, AwardGranted
from huiguan.conduct.keeping import announce, taken
from huiguan.conduct.models import Award
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members import queries as member_queries
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import award, measure_taken
from huiguan.rules.programme import Clause

_MEASURE = Text(zh="受到处分 {measure}", en="measure {measure}")


def borne(row: Award, at: datetime) -> bool:
    """Whether the title is borne at `at`: given, not over and not taken back by then."""
    if row.since is None or at < row.since or (row.ended_at is not None and row.ended_at <= at):
        return False
    return row.until is None or at < row.until


def grant(actor: Actor, row: Award, at: datetime) -> None:
    """It is given from `at` on, with all it brings, to whoever goes on for whom it was proposed."""
    rulebook = programmes.version(row.version)
    clause = rulebook.clauses[row.clause]
    row.until, _ = award.granted(rulebook, clause, at, rulebook.zone)
    row.since, row.state = at, "granted"
    row.brought = _bring(actor, row, clause, at)
    row.save()
    told = AwardGranted(membership=row.membership_id, reference=row.number, at=at, clause=row.clause, award=row.award)
    announce(actor, at, told)


def _bring(actor: Actor, row: Award, clause: Clause, at: datetime) -> dict[str, object]:
    given, key = award.rule(clause), row.membership_id
    rulebook = programmes.programme_at(row.programme_id, at)
    brought: dict[str, object] = {}
    if given.points is not None:
        brought["points"] = given.points
        brought["journal"] = members.give_prize(
            actor=actor, at=at, membership=key, points=given.points, unit=given.unit, clause=clause.id, cause=row.number
        )
    if given.tiers is not None:
        steps = given.tiers
        members.promote(
            actor=actor, at=at, membership=key, raised=lambda tier: award.raised(rulebook, tier, steps),
            clause=clause.id, cause=row.number,
        )  # fmt: skip
    if given.certificate is not None:
        brought["certificate"] = members.hand_certificate(
            actor=actor, at=at, membership=key, name=given.certificate
        )  # fmt: skip
    for name in given.waives:
        _waive(actor, row, name, "yes", at)
    return brought


def _waive(actor: Actor, row: Award, fee: str, value: str | None, at: datetime) -> None:
    members.put_mark(
        programme=row.programme_id, membership=row.membership_id, name=waived_mark(fee), value=value, at=at,
        actor=actor.reference, clause=row.clause, cause=row.number, until=row.until if value else None,
    )  # fmt: skip


def take_back(actor: Actor, row: Award, at: datetime, why: str) -> None:
    """It is borne no more from `at` on, and what it brought goes as far as it is there."""
    clause = programmes.version(row.version).clauses[row.clause]
    given, key = award.rule(clause), row.membership_id
    row.state, row.ended_at, row.ended_why = "withdrawn", at, why
    if given.points is not None:
        row.brought["taken"] = members.take_prize(
            actor=actor, at=at, membership=key, points=given.points, unit=given.unit, clause=row.clause,
            cause=row.number, given=row.brought["journal"],
        )  # fmt: skip
    if given.tiers is not None:
        members.take_promotion(
            actor=actor, at=at, membership=key, lowered=_lowering(row, at), clause=row.clause, cause=row.number
        )
    if given.certificate is not None and row.brought.get("certificate"):
        members.take_certificate(
            actor=actor, at=at, membership=key, name=given.certificate, number=row.brought["certificate"], why=why
        )
    for name in given.waives:
        _waive(actor, row, name, None, at)
    row.save()
    end(actor, row, at, "withdrawn")


def _lowering(row: Award, at: datetime) -> Callable[[str], str]:
    rulebook = programmes.programme_at(row.programme_id, at)
    held = [each for key in member_queries.lives_of(row.membership_id) for each in taken(key)]
    return lambda tier: measure_taken.lower(rulebook, tier, held, at)


def drop(actor: Actor, row: Award, at: datetime, why: str) -> None:
    """It is not given."""
    row.state, row.ended_at, row.ended_why = "dropped", at, why
    row.save()
    end(actor, row, at, "dropped")


def end(actor: Actor, row: Award, at: datetime, how: str) -> None:
    """Say that it is over."""
    told = AwardEnded(
        membership=member_queries.holder_of(row.membership_id),
        reference=row.number,
        at=at,
        clause=row.clause,
        award=row.award,
        how=how,
    )
    announce(actor, at, told)


def fall(actor: Actor, membership: int | None, at: datetime, measures: Collection[str], number: str) -> None:
    """The awards of a member that these measures, just decided under `number`, take back."""
    if membership is None:
        return
    lives = member_queries.lives_of(membership)
    rows = Award.objects.select_for_update().filter(membership_id__in=lives, state="granted").order_by("seq")
    for row in rows:
        if borne(row, at) and award.falls(programmes.version(row.version), row.award, measures):
            take_back(actor, row, at, Text(**_MEASURE.both(measure=number)).zh)
