"""Where a membership stands, why, what it opens and what comes next: told whole."""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.moments import local_day
from huiguan.members.clearing import open_encumbrances
from huiguan.members.marking import marks
from huiguan.members.models import Change, Membership
from huiguan.members.standings import STANDINGS, dated, due_turns, standing_of, standing_since, why
from huiguan.members.turning import why_due
from huiguan.members.typing import type_at
from huiguan.members.values import StandingWhy
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import exit as exits
from huiguan.rules.kinds import member_type, term
from huiguan.rules.programme import Programme
from huiguan.rules.standing import APPROVED, LAPSED, OVER, RIGHTS, opens, stands


def standing_why(programme: int, membership: int, at: datetime) -> StandingWhy:
    """Everything about the standing of a membership at `at`, for moments not before its newest change."""
    row = Membership.objects.get(pk=membership, programme_id=programme)
    rulebook = programmes.programme_at(programme, at)
    word, sort = standing_of(row, at), type_at(rulebook, row, at)
    clause, told = _why(rulebook, row, at)
    following = _next(row, at)
    over, held = word in OVER, marks(row.pk, at)
    opened = opens(word, member_type.rights(rulebook, sort))
    return StandingWhy(
        standing=word,
        title=STANDINGS[word].both(),
        since=standing_since(row, at),
        clause=clause,
        why=told,
        type=sort,
        type_title=member_type.called(rulebook, sort) if sort else {"zh": "", "en": ""},
        member_since=row.member_since or row.opens_at or row.joined_at,
        ends_at=None if over else row.ends_at,
        lapses_at=None if over else row.lapses_at,
        next=following[0] if following else None,
        next_at=following[1] if following else None,
        opens=tuple(name for name in RIGHTS if name in opened and f"closed_{name}" not in held),
        stands_against=() if over else exits.unmet(rulebook, row.type, open_encumbrances(row.pk)),
        reasons=_reasons(rulebook, row, word, at),
    )


def may(programme: int, membership: int, right: str, at: datetime) -> bool:
    """Whether a right (a word of `rules.standing.RIGHTS`) is open to a membership at `at`."""
    return right in standing_why(programme, membership, at).opens


def _why(rulebook: Programme, row: Membership, at: datetime) -> tuple[str | None, dict[str, str]]:
    due = due_turns(row, at)
    if due:
        turned = why_due(rulebook, row, due[-1])
        return turned.clause, why(rulebook, turned.clause, turned.cause, turned.values).both()
    newest = Change.objects.filter(membership_id=row.pk, what="standing").order_by("-at", "-seq").first()
    if newest is None:
        return None, {"zh": "", "en": ""}
    return newest.clause or None, why(rulebook, newest.clause, newest.cause, newest.values).both()


def _next(row: Membership, at: datetime) -> tuple[str, datetime] | None:
    """The next standing that comes of itself, and when."""
    known = dated(row)
    ahead = sorted(
        moment
        for moment in (known.opens_at, known.resumes_at, known.lapses_at, known.exits_at, known.barred_until)
        if moment is not None and moment > at
    )
    now = stands(row.standing, known, at)
    for moment in ahead:
        then = stands(row.standing, known, moment)
        if then != now:
            return then, moment
    return None


def _reasons(rulebook: Programme, row: Membership, word: str, at: datetime) -> tuple[Reason, ...]:
    """What its term says of it now."""
    clause, zone = term.term(rulebook, row.type), rulebook.zone
    if clause is None or word in OVER or word == LAPSED:
        return ()
    if word == APPROVED and row.opens_at is not None:
        return (Reason(clause.id, "opens", True, {"on": local_day(row.opens_at, zone).isoformat()}),)
    if row.ends_at is None:
        return (Reason(clause.id, "for_life", True, {}),) if term.rule(clause).lifetime else ()
    until = term.last_day(row.ends_at, zone)
    if row.ends_at <= at and row.lapses_at is not None:
        return (Reason(clause.id, "grace", True, {"until": until, "last": term.last_day(row.lapses_at, zone)}),)
    return (Reason(clause.id, "runs", True, {"until": until}),)
