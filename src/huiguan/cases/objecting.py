"""Notices posted by hand, what is said against them, and the answers."""

from __future__ import annotations

import json
from datetime import datetime

from huiguan.cases import noticing, refusals
from huiguan.cases.deciders import capacity, posts_of
from huiguan.cases.events import ObjectionRaised
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.holding import Handling, announce, note, save
from huiguan.cases.inputs import AnswerObjection, NameMatter, ObjectToNotice
from huiguan.cases.models import Objection, Task
from huiguan.cases.opening import saved
from huiguan.cases.values import SavedMatter
from huiguan.foundation import sealing
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.rules.effects import RaiseTask
from huiguan.rules.moving import OPEN, Happening


def post_notice(*, actor: Actor, at: datetime, given: NameMatter, key: str | None = None) -> SavedMatter:
    """What the stage shows is posted, by whoever the procedure names. Refuses MatterUnknown, NotPosted (the matter is in
    no stage of that kind, or it hangs already), NotYourStage."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        leg = held.leg
        if leg is None or held.row.state != OPEN or leg.stage.does != "notice" or noticing.running(held.row):
            raise refusals.NotPosted(field="matter", matter=given.matter)
        _demand_in_charge(held)
        happen(held, Happening("posted"))
        return saved(held.row)

    return perform(
        "post_notice", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def object_to_notice(*, actor: Actor, at: datetime, given: ObjectToNotice, key: str | None = None) -> int:
    """What anybody says against a matter on notice, until its last moment; the objection's number. The matter is held
    where the clause says so. Refuses MatterUnknown, NotPosted."""

    def do() -> int:
        held = in_hand(actor, at, given.matter)
        notice = noticing.running(held.row)
        leg = held.leg
        if leg is None or held.row.state != OPEN or notice is None or not notice.posted_at <= at < notice.ends_at:
            raise refusals.NotPosted(field="matter", matter=given.matter)
        n = Objection.objects.filter(notice=notice).count() + 1
        bound = f"objection:{notice.pk}:{n}"
        who = json.dumps({"name": given.name, "contact": given.contact}, ensure_ascii=False)
        Objection.objects.create(
            programme_id=held.row.programme_id, notice=notice, n=n, words=given.words, at=at,
            who=sealing.seal(who, bound=bound),
        )  # fmt: skip
        note(held, "objected", stage=leg.stage.stage, n=n)
        _ask_answer(held)
        announce(held, ObjectionRaised, n=n)
        save(held)
        return n

    return perform(
        "object_to_notice", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key, returns=int,
        secret=frozenset({"name", "contact"}), do=do,
    )  # fmt: skip


def answer_objection(*, actor: Actor, at: datetime, given: AnswerObjection, key: str | None = None) -> SavedMatter:
    """An objection answered: it stands, and the clause says what follows, or it does not, and the matter goes on when
    nothing else holds it. Refuses MatterUnknown, NotPosted, ObjectionAnswered, NotYourStage, MakerMayNotDecide."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        notice = noticing.running(held.row)
        rows = Objection.objects.select_for_update().filter(notice=notice, n=given.n)
        found = rows.first() if notice is not None else None
        if found is None:
            raise refusals.NotPosted(field="n", matter=given.matter)
        if found.answered_at is not None:
            raise refusals.ObjectionAnswered(field="n")
        _demand_in_charge(held)
        found.answer, found.upheld, found.answered_at = given.answer, given.upheld, at
        found.answered_by, found.answered_by_name = actor.reference, actor.name
        found.save()
        note(held, "answered", stage=held.row.stage, n=given.n, upheld=given.upheld)
        happen(held, Happening("answered", upheld=given.upheld))
        if not given.upheld:
            happen(held, Happening("looked"))
        return saved(held.row)

    return perform(
        "answer_objection", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def _demand_in_charge(held: Handling) -> None:
    row, leg = held.row, held.leg
    if not in_charge(held):
        answering = answerer(held)
        name = (answering.post or answering.body) if answering else ""
        title = leg.title if leg else held.course.title
        known = held.course.posts.get(name) or held.course.bodies.get(name) or name
        raise refusals.NotYourStage(field="matter", stage=title, by=known)
    if held.actor.reference in row.makers:
        raise refusals.MakerMayNotDecide(field="matter")


def in_charge(held: Handling) -> bool:
    """Whether the actor answers for a notice: whoever it names, or, where it names nobody, who decided the stage before;
    for a body whoever holds a place in it."""
    row, actor = held.row, held.actor
    if capacity(actor, row, held.at) is not None:
        return True
    owed = answerer(held)
    if owed is None:
        return False
    if owed.body:
        return identity.holds_seat(actor, owed.body, held.at) is not None
    return owed.post in posts_of(actor, held.at, row.shop_id)


def answerer(held: Handling) -> RaiseTask | None:
    """Who answers for the notice: its own `by`, else that of the nearest stage before that has one."""
    legs = held.course.legs
    leg = held.leg
    place = legs.index(leg) if leg is not None else -1
    for each in reversed(legs[: place + 1]):
        by = each.stage.by
        if by is not None and (by.post or by.body):
            stage = leg.stage.stage if leg else ""
            return RaiseTask(each.clause, stage, post=by.post or "", body=by.body or "")
    return None


def _ask_answer(held: Handling) -> None:
    """Somebody owes an answer from now on."""
    owed = answerer(held)
    if owed is None:
        return
    row, kind = held.row, "post" if owed.post else "body"
    Task.objects.get_or_create(
        programme_id=row.programme_id, matter=row, stage=row.stage, owed_by=kind, name=owed.post or owed.body,
        done_at=None, defaults={"why": "answer", "opened_at": held.at},
    )  # fmt: skip
