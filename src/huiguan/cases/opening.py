"""A matter opened, filled in and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from huiguan.cases import addressing, calls, clocks, codes, dossiers, forms, refusals
from huiguan.cases.events import MatterSubmitted
from huiguan.cases.handling import full, happen, in_hand
from huiguan.cases.holding import Handling, announce, days_of, handling, known, note, save
from huiguan.cases.inputs import NameMatter, OpenMatter, SaveMatter
from huiguan.cases.models import Matter, Round
from huiguan.cases.single import demand_alone, demand_single
from huiguan.cases.subjects import subject_named
from huiguan.cases.values import DRAFT, LIVING, RETURNED, STATES, SavedMatter
from huiguan.foundation.performing import in_transaction, perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.courses import Course, course
from huiguan.rules.kinds.procedure import SAYS
from huiguan.rules.moving import Happening

MATTERS = "matters"
_FORM = frozenset({"form", "code"})


def open_matter(*, actor: Actor, at: datetime, given: OpenMatter, key: str | None = None) -> SavedMatter:
    """A matter of a procedure, saved, or with `submit` handed in. Staff and programs take the power `matters`; a member
    and a guest open what the procedure lets them. The applicant's `code` is told this once.

    Refuses ProcedureUnknown, SubjectUnknown, NotForYouToOpen, EarlierMatterNeeded, TooLateToFollow, FollowedBefore,
    AlreadyOpen, InvalidInput (form), CallClosed, and what the owning room refuses.
    """

    made: list[str] = []
    known_by = _known_by(actor, given)

    def do() -> SavedMatter:
        rulebook = programmes.programme_at(actor.programme, at)
        found = course(rulebook, given.procedure)
        if found is None:
            raise refusals.ProcedureUnknown(field="procedure", procedure=given.procedure)
        demand_opener(actor, found)
        row = _row(actor, at, given, found, rulebook.version)
        earlier = _earlier(actor, at, given, found, known_by)
        row.follows = earlier
        values = addressing.begun_with(actor, earlier, found) | dict(given.form)
        today = local_day(at, rulebook.zone)
        forms.keep(row, found, forms.read_answers(rulebook, found, values, today, whole=False))
        shut = addressing.note_address(row, found, earlier, actor, at)
        row.save(force_insert=True)
        held = handling(actor, at, row)
        held.subject.opening(known(held), actor=actor, at=at)
        note(held, "opened")
        made[:] = [codes.issue(row, at, shut=shut)]
        if given.submit:
            _hand_in(held)
        else:
            save(held)
        return saved(row)

    answer = perform(
        "open_matter", actor=actor, at=at, subject=f"procedure:{given.procedure}", given=given, key=key, returns=SavedMatter, secret=_FORM,
        do=do,
    )  # fmt: skip
    return with_code(answer, made)


def save_matter(*, actor: Actor, at: datetime, given: SaveMatter, key: str | None = None) -> SavedMatter:
    """Answers written down; nothing is handed in by it. By the applicant, or staff with `matters`, while the matter is
    not handed in or was given back. Refuses MatterUnknown, MatterEnded, NotYourTurn, InvalidInput (form)."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        demand_filler(held)
        row, before = held.row, copy(held.row)
        values = forms.laid_over(row, held.course, given.form)
        today = local_day(at, held.rulebook.zone)
        forms.keep(row, held.course, forms.read_answers(held.rulebook, held.course, values, today, whole=False))
        addressing.note_address(row, held.course, before, actor, at)
        _made_by(row, actor)
        save(held)
        return saved(row)

    return perform(
        "save_matter", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, secret=_FORM, do=do,
    )  # fmt: skip


def submit_matter(*, actor: Actor, at: datetime, given: NameMatter, key: str | None = None) -> SavedMatter:
    """What was saved is handed in: for the first time, or corrected after it was given back.

    Refuses MatterUnknown, MatterEnded, NotYourTurn, MatterMovedOn, InvalidInput for a required answer that is missing
    (naming its clause), AppliedAlready, CallClosed, QuotaFull, and what the owning room refuses.
    """

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        demand_filler(held)
        demand_revision(held, given.revision)
        held.subject.opening(known(held), actor=actor, at=at)
        _hand_in(held)
        return saved(held.row)

    return perform(
        "submit_matter", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def saved(row: Matter) -> SavedMatter:
    """Where the matter stands now."""
    return SavedMatter(row.number, row.procedure, row.state, row.stage, row.ball, row.revision, row.due_at)


def with_code(answer: SavedMatter, made: list[str]) -> SavedMatter:
    """The answer with the code that was made for it. What is kept of an answered key has none: a repeated key tells no
    code."""
    return replace(answer, code=made[0]) if made else answer


def demand_opener(actor: Actor, found: Course) -> None:
    """NotForYouToOpen unless the procedure lets somebody like the actor open it; staff and programs take `matters`."""
    kind = {"staff": "staff", "client": "staff", "member": "member", "applicant": "applicant"}.get(actor.kind)
    if kind == "staff":
        actor.demand(MATTERS)
        # Whoever works here may take down for an applicant what she hands over at the counter.
        return
    if kind is not None and kind not in found.terms.opened_by:
        raise refusals.NotForYouToOpen(field="procedure", procedure=found.title)


def demand_filler(held: Handling) -> None:
    """MatterUnknown for whom it is none of hers, MatterEnded, NotYourTurn while the house has it."""
    row, actor = held.row, held.actor
    if not fills(actor, row):
        raise refusals.MatterUnknown(field="matter", matter=row.number)
    if row.state not in LIVING:
        raise refusals.MatterEnded(field="matter", matter=row.number, state=STATES[row.state])
    if row.state not in (DRAFT, RETURNED):
        leg = held.leg
        title = leg.title if leg else held.course.title
        raise refusals.NotYourTurn(field="matter", stage=title)


def fills(actor: Actor, row: Matter) -> bool:
    """Whether a matter is the actor's to fill in: her own, or staff's with `matters`."""
    if actor.kind == "applicant":
        return actor.id == row.pk
    if actor.kind == "member":
        return row.membership_id is not None and row.membership_id == actor.membership
    return actor.may(MATTERS, row.shop_id)


def demand_revision(held: Handling, revision: int | None) -> None:
    """MatterMovedOn where the doer saw an earlier revision."""
    if revision is not None and revision != held.row.revision:
        leg = held.leg
        raise refusals.MatterMovedOn(
            field="revision", matter=held.row.number, stage=leg.title if leg else STATES[held.row.state]
        )


def _row(actor: Actor, at: datetime, given: OpenMatter, found: Course, version: int) -> Matter:
    subject = found.terms.of or "record"
    if subject_named(subject) is None:
        raise refusals.SubjectUnknown(field="procedure", subject=subject)
    seq = _next_seq(actor.programme)
    staff = actor.kind in ("staff", "client", "system")
    membership = actor.membership if actor.kind == "member" else given.membership if staff else None
    shop = identity.shop(actor.programme, given.shop).id if given.shop else None
    if staff and given.subject_ref:
        demand_single(actor.programme, found.name, given.subject_ref)
    return Matter(
        programme_id=actor.programme, seq=seq, number=f"M{seq:06d}", procedure=found.name, version=version,
        subject=subject, subject_ref=given.subject_ref if staff else "", party_id=given.party if staff else None,
        membership_id=membership, name=actor.name[:120] if actor.kind == "member" else "", shop_id=shop, makers=[actor.reference], opened_at=at, opened_by=actor.reference,
        opened_by_name=actor.name,
    )  # fmt: skip


def _next_seq(programme: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 41))", [f"cases|{programme}"])
    last: int | None = Matter.objects.filter(programme_id=programme).aggregate(last=Max("seq"))["last"]
    return (last or 0) + 1


def _known_by(actor: Actor, given: OpenMatter) -> int | None:
    """The key of the earlier matter whose code somebody from outside knows. A wrong code counts in a transaction of its
    own: the refusal that follows undoes nothing of it."""
    if actor.kind not in ("applicant", "member") or not given.follows or not given.code:
        return None

    def do() -> int | None:
        row = Matter.objects.filter(programme_id=actor.programme, number=given.follows).first()
        if row is None or fills(actor, row) or not codes.fits(row, given.code or ""):
            return None
        return row.pk

    return in_transaction(do)


def _earlier(
    actor: Actor, at: datetime, given: OpenMatter, found: Course, known_by: int | None = None
) -> Matter | None:
    """The matter it follows, where the procedure asks for one; `known_by` is the key of the one whose code was right."""
    wanted = found.terms.follows
    if wanted is None:
        return None
    rows = Matter.objects.select_for_update().filter(programme_id=actor.programme, number=given.follows or "")
    row = rows.first()
    outside = actor.kind in ("applicant", "member") and row is not None
    if outside and row is not None and not (fills(actor, row) or row.pk == known_by):
        row = None
    known_to_be = row is not None and row.procedure == wanted.procedure and row.state == wanted.outcome
    if row is None or not known_to_be or not _alike(row, given, wanted.alike):
        before = course(programmes.programme_at(actor.programme, at), wanted.procedure)
        raise refusals.EarlierMatterNeeded(
            field="follows", clause=found.head.id, outcome=STATES[wanted.outcome],
            procedure=before.title if before else Text(zh=wanted.procedure, en=wanted.procedure),
        )  # fmt: skip
    if wanted.within is not None and row.ended_at is not None:
        days = days_of(actor.programme, programmes.version(row.version))
        until = clocks.due(days, row.ended_at, wanted.within.count, wanted.within.unit).at
        if at >= until:
            raise refusals.TooLateToFollow(
                field="follows", clause=found.head.id, until=until.astimezone(days.zone).isoformat()
            )
    followed = Matter.objects.filter(follows=row, procedure=found.name).exclude(state="withdrawn").count()
    if wanted.times is not None and followed >= wanted.times:
        raise refusals.FollowedBefore(field="follows", clause=found.head.id, times=wanted.times)
    return row


def _alike(row: Matter, given: OpenMatter, names: list[str]) -> bool:
    """Whether these answers are given, and are those of the earlier matter."""
    before = forms.answers_of(row)
    return all(
        codes.typed(str(given.form.get(name) or "")) == codes.typed(str(before.get(name) or "")) != "" for name in names
    )


def _made_by(row: Matter, actor: Actor) -> None:
    if actor.reference not in row.makers:
        row.makers = [*row.makers, actor.reference]


def _hand_in(held: Handling) -> None:
    """Whole answers, one more round, and on to the first stage or back to where it was given back."""
    row, actor, at = held.row, held.actor, held.at
    calls.demand_called(held)
    given, today = forms.answers_of(row), local_day(at, held.rulebook.zone)
    values = forms.read_answers(held.rulebook, held.course, given, today, whole=True)
    forms.keep(row, held.course, values)
    held.subject.handing_in(known(held), actor=actor, at=at)
    dossiers.demand_signed(held)
    taken = full(held, values)
    if taken is not None:
        raise refusals.QuotaFull(clause=held.course.head.id, why=Text(**SAYS["quota_full"].both(**_plain(taken))))
    n = Round.objects.filter(matter=row).count() + 1
    Round.objects.create(
        programme_id=row.programme_id, matter=row, n=n, form=row.form, sealed=row.sealed, at=at, by=actor.reference,
        by_name=actor.name,
    )  # fmt: skip
    _made_by(row, actor)
    row.submitted_at = at
    forms.compare(row, held.course, values)
    demand_alone(held)
    note(held, "submitted", round=n)
    announce(held, MatterSubmitted, round=n)
    happen(held, Happening("submitted"))


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    return dict(values)
