"""Who decides none of a matter, though her post or her place would let her: whom it is about, who filled it in, who decided
it, or what it appeals against, before. A body's roll leaves out whom it is about."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiguan.cases.deciders import decided_before
from huiguan.cases.holding import Handling, handling, known
from huiguan.cases.models import Decision, Matter, Vote
from huiguan.cases.refusals import ConcernsHerself, DecidedBefore, MakerMayNotDecide
from huiguan.cases.subjects import registered, subject_named
from huiguan.identity import queries as identity
from huiguan.identity.values import SeatHeld
from huiguan.kernel.actors import Actor, reference_to
from huiguan.kernel.refusals import Refusal


def whom(held: Handling) -> frozenset[str]:
    """Whom the matter is about, each by the reference she acts under."""
    own, named = held.row.membership_id, held.subject.concerned(known(held))
    return named | {reference_to("member", own)} if own is not None else named


def demand_unconcerned(held: Handling, field: str = "matter") -> None:
    """ConcernsHerself."""
    if held.actor.reference in whom(held):
        raise ConcernsHerself(field=field, name=held.actor.name)


def demand_free(held: Handling) -> None:
    """MakerMayNotDecide, ConcernsHerself, DecidedBefore: the actor decides none of this, whatever post or place she has."""
    row, actor = held.row, held.actor
    if actor.reference in row.makers:
        raise MakerMayNotDecide(field="matter")
    demand_unconcerned(held)
    if Decision.objects.filter(_passed_by(actor), matter=row, stage=row.stage, at__gte=row.entered_at).exists():
        raise DecidedBefore(field="matter")
    if decided_before(held, actor.reference):
        raise DecidedBefore(field="matter", clause=held.course.head.id)


def barred(held: Handling) -> str:
    """Which of BARRED keeps the actor from deciding; '' where nothing does."""
    try:
        demand_free(held)
    except Refusal as refusal:
        return _BY[type(refusal)]
    return ""


def without_barred(rows: QuerySet[Matter], actor: Actor) -> QuerySet[Matter]:
    """Of open matters those the actor may decide, as `demand_free` says of one."""
    passed = Decision.objects.filter(
        _passed_by(actor), matter=OuterRef("pk"), stage=OuterRef("stage"), at__gte=OuterRef("entered_at")
    )
    rows = rows.exclude(makers__contains=[actor.reference]).exclude(Exists(passed))
    about = _about(actor)
    rows = rows.exclude(about) if about else rows
    ruled = Q(follows__in=Decision.objects.filter(by=actor.reference).values("matter_id"))
    ruled |= Q(follows__in=Vote.objects.filter(holder=actor.reference).exclude(said="").values("ballot__matter_id"))
    followed = (handling(actor, row.opened_at, row) for row in rows.filter(ruled))
    appeals = [held.row.pk for held in followed if decided_before(held, actor.reference)]
    return rows.exclude(pk__in=appeals) if appeals else rows


def roll_of(held: Handling, body: str) -> tuple[SeatHeld, ...]:
    """Who holds a place in the body now and may vote on the matter."""
    about = whom(held)
    return tuple(seat for seat in identity.seats_of(held.row.programme_id, body, held.at) if seat.holder not in about)


def left_out(held: Handling, body: str) -> tuple[SeatHeld, ...]:
    """Who holds a place in the body now and is left out, as the matter is about her."""
    about = whom(held)
    if not about:
        return ()
    return tuple(seat for seat in identity.seats_of(held.row.programme_id, body, held.at) if seat.holder in about)


def _about(actor: Actor) -> Q | None:
    """Which matters are about the actor herself: what `whom` says of one, asked for all of them."""
    found = [Q(membership_id=actor.membership)] if actor.membership is not None else []
    for name in registered():
        subject = subject_named(name)
        refs = subject.about(actor) if subject is not None else None
        found += [Q(subject=name, subject_ref__in=refs)] if refs is not None else []
    return reduce(or_, found) if found else None


def _passed_by(actor: Actor) -> Q:
    return Q(by=actor.reference, verdict="pass")


_BY: dict[type[Refusal], str] = {MakerMayNotDecide: "maker", ConcernsHerself: "concerned", DecidedBefore: "decided"}
