"""One matter, for those who handle it and for whose it is."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import codes, forms, noticing, viewing
from huiguan.cases.ballots import body_of, open_ballot, seat_in, seated_for
from huiguan.cases.comparing import conflicts
from huiguan.cases.deciders import capacity
from huiguan.cases.desks import on_desk, put_off
from huiguan.cases.handling import checks, in_hand, unmet
from huiguan.cases.holding import Handling, handling
from huiguan.cases.models import Matter, Round, Task, Vote
from huiguan.cases.objecting import in_charge
from huiguan.cases.opening import MATTERS, fills
from huiguan.cases.queries.ballots import told_ballots
from huiguan.cases.queries.public import told_notices
from huiguan.cases.recommending import told_invitations
from huiguan.cases.recusing import barred
from huiguan.cases.refusals import MatterUnknown
from huiguan.cases.values import DRAFT, LIVING, OPEN, RETURNED, MatterView, StepTold
from huiguan.foundation.performing import in_trial
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.rules.courses import Leg
from huiguan.rules.kinds.procedure import OF_ITSELF


def matter(actor: Actor, number: str, at: datetime) -> MatterView:
    """A matter whole, as it is at `at`; sensitive answers masked. MatterUnknown, also where it is not for the actor:
    it takes `matters` or `audit`, a task in it, or that it is one's own."""

    def ask() -> MatterView:
        held = found(actor, number, at)
        return view(held)

    return viewing.true_at(actor.programme, at, ask)


def timeline(actor: Actor, number: str, at: datetime) -> tuple[StepTold, ...]:
    """What happened to a matter, the first first. MatterUnknown."""

    def ask() -> tuple[StepTold, ...]:
        held = found(actor, number, at)
        return viewing.steps(held, inner=_of_the_house(actor))

    return viewing.true_at(actor.programme, at, ask)


def found(actor: Actor, number: str, at: datetime) -> Handling:
    """The matter, unlocked. MatterUnknown where there is none or it is not for the actor."""
    row = Matter.objects.filter(programme_id=actor.programme, number=number).first()
    if row is None or not reads(actor, row, at):
        raise MatterUnknown(field="matter", matter=number)
    return handling(actor, at, row)


def reads(actor: Actor, row: Matter, at: datetime) -> bool:
    """Whether the actor may see the matter."""
    if fills(actor, row) or actor.may("audit"):
        return True
    if _seated(actor, row, at):
        return True
    if actor.kind != "staff":
        return False
    concerned = Task.objects.filter(matter=row, owed_by="staff", name=str(actor.id)).exists()
    return concerned or capacity(actor, row, at) is not None


def _seated(actor: Actor, row: Matter, at: datetime) -> bool:
    """Whether the actor has a place in a body that has, or had, a stage of the matter."""
    names = seated_for(actor, at)
    return bool(names) and Task.objects.filter(matter=row, owed_by="body", name__in=names).exists()


def view(held: Handling) -> MatterView:
    """Everything about a matter, as the actor may see it."""
    row, actor = held.row, held.actor
    house, leg = _of_the_house(actor), held.leg
    own, seated = not house and fills(actor, row), _seated(actor, row, held.at)
    seen = viewing.decisions(held)
    return MatterView(
        line=viewing.line(row, held.rulebook, held.course, held.days, held.at),
        revision=row.revision,
        round=Round.objects.filter(matter=row).count(),
        version=row.version,
        subject=row.subject,
        subject_ref=row.subject_ref,
        party=row.party_id,
        form=forms.told(row, held.course, shut=not own or codes.shut_for(actor, row)),
        stages=viewing.stages(held),
        checks=(*checks(held), *conflicts(held)) if house and row.state != DRAFT else (),
        unmet=unmet(held, leg) if leg is not None and row.state == OPEN else (),
        rounds=viewing.rounds(held),
        decisions=seen if house else (),
        steps=viewing.steps(held, inner=house),
        notices=told_notices(held, house=house),
        may=may(held),
        follows=row.follows.number if row.follows else None,
        ballots=told_ballots(held) if house or seated else (),
        invitations=told_invitations(held, house=house),
        barred=_barred(held, leg),
    )


def _barred(held: Handling, leg: Leg | None) -> str:
    """What keeps the actor from deciding the stage her post or her place would let her decide."""
    if held.row.state != OPEN or leg is None:
        return ""
    hers = capacity(held.actor, held.row, held.at) is not None or seat_in(held, leg) is not None
    return barred(held) if hers else ""


def judges(held: Handling) -> bool:
    """Whether the actor may say of a paper that it is good: who may decide the stage now, or keeps papers; never who had a
    hand in filling it in."""
    actor, row = held.actor, held.row
    if actor.reference in row.makers:
        return False
    return capacity(actor, row, held.at) is not None or (actor.kind == "staff" and actor.may("documents"))


def may(held: Handling) -> tuple[str, ...]:
    """What the actor can do with the matter now."""
    row, actor, leg = held.row, held.actor, held.leg
    found: list[str] = []
    if row.state in (DRAFT, RETURNED) and fills(actor, row):
        found += ["save", "submit"]
    if row.state in LIVING and fills(actor, row):
        found.append("withdraw")
    if row.state in LIVING and judges(held):
        found.append("judge")
    if row.state == OPEN and leg is not None:
        stage = leg.stage
        checker = not barred(held)
        if stage.does not in OF_ITSELF and capacity(actor, row, held.at) is not None and checker:
            found.append("decide")
        if checker and body_of(leg) is not None:
            found += _voting(held, leg)
        if leg.ball == "applicant" and stage.does not in ("settle", "recommend") and fills(actor, row):
            found.append("confirm")
        if stage.does == "recommend" and fills(actor, row):
            found.append("invite")
        if stage.does == "notice" and checker and in_charge(held):
            found.append("answer")
        if stuck(held) and checker and (in_charge(held) or actor.may(MATTERS, row.shop_id)):
            found.append("refuse")
        if stage.extend and not row.extended and row.due_at and stage.does != "notice" and actor.may(MATTERS):
            found.append("extend")
    if actor.kind == "staff" and on_desk(actor, held.at).filter(pk=row.pk).exists():
        found.append(
            "wake" if on_desk(actor, held.at).filter(put_off(actor, held.at), pk=row.pk).exists() else "snooze"
        )
    if row.state in LIVING and actor.kind in ("staff", "client") and actor.may(MATTERS):
        found.append("reissue")
    return tuple(found)


def stuck(held: Handling) -> bool:
    """Whether what fell due could not be written down, because the room that owns the matter refuses."""
    row = held.row
    if row.state != OPEN:
        return False
    if row.looks_at is not None and row.looks_at <= held.at:
        return True
    if row.due_at is None or row.due_at > held.at or row.overdue_at is not None:
        return False
    notice = noticing.running(row)
    return notice is None or not noticing.unanswered(notice)


def why_stuck(actor: Actor, number: str, at: datetime) -> Refusal | None:
    """Why a matter cannot go on by itself, as the room that owns it says; None where it can. MatterUnknown."""
    found(actor, number, at)
    return in_trial(lambda: in_hand(actor, at, number, ending=True).stuck)


def _of_the_house(actor: Actor) -> bool:
    return actor.kind not in ("member", "applicant")


def _voting(held: Handling, leg: Leg) -> list[str]:
    """Whether the actor may vote from a place of her own, and whether she may record the vote of others."""
    found: list[str] = []
    seat, ballot = seat_in(held, leg), open_ballot(held.row)
    cast = (
        ballot is not None
        and seat is not None
        and Vote.objects.filter(ballot=ballot, place=seat.place).exclude(said="").exists()
    )
    if seat is not None and not cast:
        found.append("vote")
    if held.actor.may(MATTERS) or (seat is not None and seat.role in ("chair", "secretary")):
        found.append("record_roll")
    return found
