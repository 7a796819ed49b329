"""What an example may do and ask about breaches, measures and awards."""

from __future__ import annotations

from typing import Any

from huiguan.conduct import inputs as given_of
from huiguan.conduct import operations as conduct
from huiguan.conduct import queries
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.rehearsal.doing import Deed, Given, plain_deed
from huiguan.rehearsal.matters import username
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told


def _report(stage: Stage, actor: Actor, given: Given) -> Any:
    """`staff` also as {post: …, person: …}."""
    people = given.get("staff", [])
    given["staff"] = [username(stage, each) if isinstance(each, dict) else each for each in people]
    return _in_yuan(_REPORT(stage, actor, given))


def _dismiss(stage: Stage, actor: Actor, given: Given) -> Any:
    return _in_yuan(_DISMISS(stage, actor, given))


def _in_yuan(breach: Any) -> Any:
    """A breach as an example reads it: what it was about in yuan."""
    amount = breach["amount"]
    return {**breach, "amount": as_yuan(amount) if amount is not None else None}


_REPORT = plain_deed(conduct.report_breach, given_of.ReportBreach)
_DISMISS = plain_deed(conduct.dismiss_breach, given_of.DismissBreach)


def _breaches(stage: Stage, actor: Actor, given: Given) -> Any:
    return [_in_yuan(each) for each in told(queries.breaches(actor, stage.now, **given))]


def _measures(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.measures(actor, stage.now, **given))


def _preview(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.preview(actor, stage.now, **given))


def _demerits(stage: Stage, actor: Actor, given: Given) -> Any:
    return {"demerits": queries.demerits(actor, str(given.get("member", "")), stage.now)}


def _published(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.published(actor.programme, stage.now))


def _awards(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.awards(actor, stage.now, **given))


def _honours(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.honours(actor.programme, stage.now, **given))


def _obligations(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.obligations(actor, stage.now, **given))


DEEDS: dict[str, Deed] = {
    "report_breach": _report,
    "dismiss_breach": _dismiss,
    "propose_measures": plain_deed(conduct.propose_measures, given_of.ProposeMeasures),
    "state_case": plain_deed(conduct.state_case, given_of.StateCase),
    "appeal_measure": plain_deed(conduct.appeal_measure, given_of.AppealMeasure),
    "lift_measure": plain_deed(conduct.lift_measure, given_of.LiftMeasure),
    "note_event": plain_deed(conduct.note_event, given_of.NoteEvent),
    "withdraw_event": plain_deed(conduct.withdraw_event, given_of.WithdrawEvent),
    "complete_obligation": plain_deed(conduct.complete_obligation, given_of.CompleteObligation),
    "complete_task": plain_deed(conduct.complete_task, given_of.CompleteTask),
    "propose_award": plain_deed(conduct.propose_award, given_of.ProposeAward),
    "withdraw_award": plain_deed(conduct.withdraw_award, given_of.WithdrawAward),
}
QUESTIONS = {
    "awards": _awards,
    "honours": _honours,
    "breaches": _breaches,
    "obligations": _obligations,
    "measures": _measures,
    "measure_preview": _preview,
    "demerits": _demerits,
    "measures_published": _published,
}
