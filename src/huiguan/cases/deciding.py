"""Verdicts on a stage: passed, given back, refused, forwarded, another signer added; and what the applicant confirms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.cases import refusals
from huiguan.cases.applying import apply
from huiguan.cases.deciders import STAFF, capacity, told_by
from huiguan.cases.handling import extended_until, full, happen, in_hand, unmet
from huiguan.cases.holding import Handling, note, save
from huiguan.cases.inputs import ConfirmStage, DecideMatter, ExtendMatter, WithdrawMatter
from huiguan.cases.models import Decision, Round, Task
from huiguan.cases.objecting import in_charge
from huiguan.cases.opening import MATTERS, demand_revision, fills, saved
from huiguan.cases.recusing import demand_free, demand_unconcerned, whom
from huiguan.cases.values import LIVING, RETURNED, STATES, VERDICTS, SavedMatter
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, reference_to
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.rules.courses import Leg
from huiguan.rules.effects import Decision as Ruling
from huiguan.rules.effects import MoveMatter
from huiguan.rules.kinds.procedure import OF_ITSELF, SAYS, Item
from huiguan.rules.moving import OPEN, Happening

_PERSON = Text(zh="员工", en="person on the staff")
_NOT_A_DAY = Text(zh="不能晚于今天", en="must not lie in the future")
_ANSWER = Text(zh="写 answer（true/false）或 points", en="takes answer (true or false) or points")
_MOST = Text(zh="至多 {most} 分", en="{most} {most:point|points} at most")


def decide_matter(*, actor: Actor, at: datetime, given: DecideMatter, key: str | None = None) -> SavedMatter:
    """A verdict on the stage the reviewer saw, by whoever the procedure names for it and who filled in none of it. A
    matter that cannot go on by itself, because the room that owns it refuses, may be refused in any stage.

    Refuses MatterUnknown, MatterMovedOn (another was first), MatterEnded, BallWithApplicant, NotYourStage,
    MakerMayNotDecide, ConcernsHerself, DecidedBefore, DoneByTheHouse, ReasonForApplicantNeeded, ItemUnanswered, ItemNotMet, ScoreTooLow, SeenNeeded,
    StageNotMet, QuotaFull, NotFound (forwarded to nobody).
    """

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter, ending=given.verdict == "refuse")
        leg = stage_seen(held, given.stage)
        demand_revision(held, given.revision)
        acting = _demand_ending(held, leg) if held.stuck is not None else _demand_decider(held, leg)
        _demand_words(held, leg, given)
        if given.verdict == "pass":
            _demand_passable(held, leg, given)
        _write(held, given, acting)
        _copy(held, given)
        if given.verdict in ("forward", "add_signer"):
            _hand_on(held, given, acting)
        else:
            _done(held, acting)
            happen(held, Happening("decided", given.verdict))
        return saved(held.row)

    return perform(
        "decide_matter", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, secret=frozenset({"remark"}), do=do,
    )  # fmt: skip


def confirm_stage(*, actor: Actor, at: datetime, given: ConfirmStage, key: str | None = None) -> SavedMatter:
    """The applicant did what the stage asks of her. Refuses MatterUnknown, MatterMovedOn, NotYourStage, StageNotMet."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        if not fills(actor, held.row):
            raise refusals.MatterUnknown(field="matter", matter=given.matter)
        leg = stage_seen(held, given.stage)
        if leg.ball != "applicant" or leg.stage.does in ("settle", "recommend"):
            raise refusals.NotYourStage(field="stage", stage=leg.title, by=told_by(actor.programme, held.course, leg))
        demand_met(held, leg)
        note(held, "confirmed", stage=leg.stage.stage)
        happen(held, Happening("confirmed"))
        return saved(held.row)

    return perform(
        "confirm_stage", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def withdraw_matter(*, actor: Actor, at: datetime, given: WithdrawMatter, key: str | None = None) -> SavedMatter:
    """The applicant, or staff with `matters` for her, takes it back before it is decided. Refuses MatterUnknown,
    MatterEnded."""

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter, ending=True)
        if not fills(actor, held.row):
            raise refusals.MatterUnknown(field="matter", matter=given.matter)
        _demand_living(held)
        note(held, "withdrawn", stage=held.row.stage, reason_given=given.reason)
        ended = MoveMatter(held.course.head.id, "withdrawn", held.row.stage, "nobody")
        apply(held, Ruling((ended,)))
        return saved(held.row)

    return perform(
        "withdraw_matter", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def extend_matter(*, actor: Actor, at: datetime, given: ExtendMatter, key: str | None = None) -> SavedMatter:
    """The stage's time, once, by as long again, where its clause lets it. Takes `matters`. Refuses MatterUnknown,
    MatterMovedOn, ExtendedBefore."""
    actor.demand(MATTERS)

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        leg = stage_seen(held, given.stage)
        until = extended_until(held, leg)
        if leg.stage.extend is None or held.row.extended or until is None or leg.stage.does == "notice":
            raise refusals.ExtendedBefore(field="stage", clause=leg.clause, stage=leg.title)
        held.row.extended, held.row.due_at, held.row.overdue_at = True, until, None
        note(held, "extended", stage=leg.stage.stage, reason_given=given.reason, until=until.isoformat())
        save(held)
        return saved(held.row)

    return perform(
        "extend_matter", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def _demand_living(held: Handling) -> None:
    row = held.row
    if row.state not in LIVING:
        raise refusals.MatterEnded(field="matter", matter=row.number, state=STATES[row.state])


def stage_seen(held: Handling, stage: str) -> Leg:
    """The stage the matter is in, if it is the one that was seen."""
    row, leg = held.row, held.leg
    _demand_living(held)
    if row.state == RETURNED:
        raise refusals.BallWithApplicant(field="matter")
    if row.state != OPEN or leg is None or leg.stage.stage != stage:
        title = leg.title if leg else STATES[row.state]
        raise refusals.MatterMovedOn(field="stage", matter=row.number, stage=title)
    return leg


def _demand_decider(held: Handling, leg: Leg) -> str:
    """In which capacity the actor decides. The maker never does, nor the same person twice."""
    row, actor = held.row, held.actor
    if leg.stage.does in OF_ITSELF:
        raise refusals.DoneByTheHouse(field="stage", stage=leg.title)
    acting = capacity(actor, row, held.at)
    if acting is None:
        raise refusals.NotYourStage(field="stage", stage=leg.title, by=told_by(actor.programme, held.course, leg))
    demand_free(held)
    return acting


def _demand_ending(held: Handling, leg: Leg) -> str:
    """Who may refuse a matter that cannot go on by itself: who answers for the stage, or handles matters."""
    acting = capacity(held.actor, held.row, held.at)
    if acting is None and not in_charge(held) and not held.actor.may(MATTERS, held.row.shop_id):
        raise refusals.NotYourStage(field="stage", stage=leg.title, by=told_by(held.actor.programme, held.course, leg))
    if held.actor.reference in held.row.makers:
        raise refusals.MakerMayNotDecide(field="matter")
    demand_unconcerned(held)
    return acting or held.actor.kind


def _demand_words(held: Handling, leg: Leg, given: DecideMatter) -> None:
    if given.verdict in ("return", "refuse") and not given.reason:
        raise refusals.ReasonForApplicantNeeded(field="reason", verdict=VERDICTS[given.verdict])
    known = {item.item for item in leg.stage.judge}
    for name, value in given.judged.items():
        right = isinstance(value, dict) and set(value) <= {"answer", "points", "comment"}
        if name not in known or not right:
            raise InvalidInput(field=f"judged.{name}", rule=_ANSWER)


def _demand_passable(held: Handling, leg: Leg, given: DecideMatter) -> None:
    for item in leg.stage.judge:
        _demand_judged(leg, item, given.judged.get(item.item))
    if leg.stage.passes_at is not None:
        score = sum(int(each.get("points", 0)) for each in given.judged.values())
        if score < leg.stage.passes_at:
            raise refusals.ScoreTooLow(field="judged", clause=leg.clause, score=score, needs=leg.stage.passes_at)
    if leg.stage.does == "inspect":
        _demand_seen(held, leg, given.seen)
    demand_met(held, leg)
    taken = full(held, held.row.form)
    if taken is not None:
        why = Text(**SAYS["quota_full"].both(**dict(taken)))
        raise refusals.QuotaFull(clause=held.course.head.id, why=why)


def _demand_judged(leg: Leg, item: Item, told: Any) -> None:
    field, asks = f"judged.{item.item}", Text(zh=item.asks.zh, en=item.asks.en)
    if item.most is not None:
        points = (told or {}).get("points")
        if points is None:
            raise refusals.ItemUnanswered(field=field, clause=leg.clause, item=asks)
        if not isinstance(points, int) or isinstance(points, bool) or not 0 <= points <= item.most:
            raise InvalidInput(field=field, clause=leg.clause, rule=Text(**_MOST.both(most=item.most)))
        return
    answer = (told or {}).get("answer")
    if not isinstance(answer, bool):
        raise refusals.ItemUnanswered(field=field, clause=leg.clause, item=asks)
    if item.must and not answer:
        raise refusals.ItemNotMet(field=field, clause=leg.clause, item=asks)


def _demand_seen(held: Handling, leg: Leg, seen: dict[str, str]) -> None:
    if not seen.get("place") or not seen.get("on"):
        raise refusals.SeenNeeded(field="seen", clause=leg.clause)
    if day_of(seen["on"], "seen.on") > local_day(held.at, held.rulebook.zone):
        raise InvalidInput(field="seen.on", rule=_NOT_A_DAY)


def demand_met(held: Handling, leg: Leg) -> None:
    """StageNotMet, telling the first thing that still stands in the way."""
    for each in unmet(held, leg):
        raise refusals.StageNotMet(field="stage", clause=each.clause or leg.clause, why=each.text)


def _write(held: Handling, given: DecideMatter, acting: str) -> None:
    row, actor = held.row, held.actor
    rounds = Round.objects.filter(matter=row).count()
    signer = Task.objects.filter(matter=row, owed_by=STAFF, name=str(actor.id), why="sign", done_at=None).exists()
    Decision.objects.create(
        programme_id=row.programme_id, matter=row, stage=row.stage, round=rounds, verdict=given.verdict,
        reason=given.reason, remark=given.remark, judged=given.judged, seen=given.seen,
        capacity=f"signer:{actor.id}" if signer else acting, given_to=given.to or "", at=max(held.at, row.entered_at or held.at), by=actor.reference,
        by_name=actor.name,
    )  # fmt: skip
    note(held, f"verdict_{given.verdict}", stage=row.stage, reason_given=given.reason, to=given.to or "")


def _done(held: Handling, acting: str) -> None:
    """The actor's own task is done; a post's stays open where more must sign."""
    own = Task.objects.filter(matter=held.row, stage=held.row.stage, owed_by=STAFF, name=str(held.actor.id))
    own.filter(done_at=None).update(done_at=held.at, done_by=held.actor.reference)


def _hand_on(held: Handling, given: DecideMatter, acting: str) -> None:
    """Forwarded: another decides instead. A signer added: another must agree as well."""
    row, actor = held.row, held.actor
    person = identity.people_by_username(actor.programme, [given.to or ""]).get((given.to or "").lower())
    if person is None or not person.active:
        raise NotFound(field="to", what=_PERSON, given=given.to or "")
    if (theirs := reference_to(STAFF, person.id)) in row.makers:
        raise refusals.MakerMayNotDecide(field="to")
    if theirs in whom(held):
        raise refusals.ConcernsHerself(field="to", name=person.name)
    if given.verdict == "forward":
        kind, _, name = acting.partition(":")
        mine = Task.objects.filter(matter=row, stage=row.stage, done_at=None, owed_by=kind, name=name)
        why = mine.exclude(why="copy").values_list("why", flat=True).first() or "decide"
        mine.exclude(why="copy").update(done_at=held.at, done_by=actor.reference)
    else:
        why = "sign"
    Task.objects.create(
        programme_id=row.programme_id, matter=row, stage=row.stage, owed_by=STAFF, name=str(person.id), why=why,
        opened_at=held.at,
    )  # fmt: skip
    save(held)


def _copy(held: Handling, given: DecideMatter) -> None:
    """Shown to others, who owe nothing."""
    row = held.row
    people = identity.people_by_username(row.programme_id, given.copy_to)
    for username in given.copy_to:
        person = people.get(username.lower())
        if person is None:
            raise NotFound(field="copy_to", what=_PERSON, given=username)
        Task.objects.get_or_create(
            programme_id=row.programme_id, matter=row, owed_by=STAFF, name=str(person.id), why="copy",
            defaults={"stage": row.stage, "opened_at": held.at},
        )  # fmt: skip
