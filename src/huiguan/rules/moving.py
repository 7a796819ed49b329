"""How a matter moves: from where it stands and what happened to what follows. A pure function of the procedure.

`step` is asked for each thing that happens: handed in, decided, looked at again, out of time, objected to. It answers with
effects (where the matter goes, what clock runs, who owes what, what is posted) and the reasons. The room applies them and
asks again for stages the house does by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from huiguan.kernel.records import record
from huiguan.rules.courses import Course, Leg
from huiguan.rules.effects import NOTHING, Decision, Effect, MoveMatter, PostNotice, RaiseTask, Reason, SetClock

DRAFT, OPEN, RETURNED = "draft", "open", "returned"
PASSED, REFUSED, LAPSED, WITHDRAWN = "passed", "refused", "lapsed", "withdrawn"
ENDED = frozenset({PASSED, REFUSED, LAPSED, WITHDRAWN})
HOUSE, APPLICANT, NOBODY = "house", "applicant", "nobody"


@record
class Standing:
    """Where a matter stands before something happens."""

    state: str
    stage: str = ""


@record
class Happening:
    """`what`: submitted, decided (`verdict` pass, return or refuse),
    confirmed (by the applicant), recommended (by as many as it takes), looked (the house looks at its own stage), posted
    (by hand), ran_out, answered (an objection; `upheld`)."""

    what: str
    verdict: str = ""
    upheld: bool = False


@record
class MatterFacts:
    """What is known: the `form`; how many `passes` the stage has, this one included, and how many
    signers that were added are still `awaited`; the quota that is `full`, by the values its sentence takes; whether
    something is still `unmet` or has `failed` a check; whether somebody `objected`; whether the notice is `over`."""

    form: Mapping[str, object] = field(default_factory=dict)
    passes: int = 0
    awaited: int = 0
    full: Mapping[str, object] | None = None
    unmet: bool = False
    failed: bool = False
    objected: bool = False
    over: bool = False


def step(course: Course, standing: Standing, happening: Happening, facts: MatterFacts) -> Decision:
    """What follows; NOTHING where it changes nothing. Whether it may happen at all is asked before."""
    if happening.what == "submitted":
        return _handed_in(course, standing, facts)
    if standing.state == RETURNED:
        return _unanswered(course, standing) if happening.what == "ran_out" else NOTHING
    leg = course.leg(standing.stage)
    if leg is None or standing.state != OPEN:
        return NOTHING
    if happening.what == "decided":
        return _decided(course, leg, happening.verdict, facts)
    if happening.what == "looked":
        return _looked(course, leg, facts)
    if happening.what == "ran_out":
        return _ran_out(course, leg, facts)
    if happening.what == "posted":
        return Decision(_posted(leg), (_reason(leg, "posted", True),))
    if happening.what in ("confirmed", "recommended"):
        return _onward(course, leg, facts, _reason(leg, "passed_stage", True))
    if happening.what == "answered":
        return _answered(leg, happening.upheld)
    return NOTHING


def _handed_in(course: Course, standing: Standing, facts: MatterFacts) -> Decision:
    """A first submission begins at the first stage; a corrected one where it was given back."""
    legs = course.called_for(facts.form)
    back = next((leg for leg in legs if standing.state == RETURNED and leg.stage.stage == standing.stage), None)
    return _enter(course, back or (legs[0] if legs else None), facts)


def _onward(course: Course, leg: Leg, facts: MatterFacts, *reasons: Reason) -> Decision:
    legs = course.called_for(facts.form)
    place = course.legs.index(leg)
    following = next((each for each in legs if course.legs.index(each) > place), None)
    entered = _enter(course, following, facts, leg)
    return Decision(entered.effects, (*reasons, *entered.reasons))


def _enter(course: Course, leg: Leg | None, facts: MatterFacts, last: Leg | None = None) -> Decision:
    if leg is None:
        clause = last.clause if last else course.head.id
        if facts.full is not None:
            none_left = MoveMatter(course.head.id, REFUSED, last.stage.stage if last else "", NOBODY)
            return Decision((none_left,), (Reason(course.head.id, "quota_full", False, facts.full),))
        ended = MoveMatter(clause, PASSED, last.stage.stage if last else "", NOBODY)
        return Decision((ended,), (Reason(clause, "done", True),))
    stage = leg.stage
    effects: list[Effect] = [MoveMatter(leg.clause, OPEN, stage.stage, leg.ball, stage.standing or "")]
    if stage.does == "notice":
        effects += _posted(leg) if stage.posted == "itself" else ()
    elif stage.within is not None:
        warn = str(stage.warn) if stage.warn else ""
        effects.append(SetClock(leg.clause, stage.within.count, stage.within.unit, stage.since, warn))
    task = _task(leg)
    return Decision((*effects, *([task] if task else [])), (_reason(leg, "entered", True),))


def _posted(leg: Leg) -> tuple[Effect, ...]:
    stage, length = leg.stage, leg.stage.within
    shows = tuple(stage.shows)
    return (PostNotice(leg.clause, stage.stage, length.count, length.unit, shows),) if length is not None else ()


def _task(leg: Leg) -> RaiseTask | None:
    by, stage = leg.stage.by, leg.stage
    if stage.does == "recommend":
        return RaiseTask(leg.clause, stage.stage, who="recommender")
    if leg.ball == APPLICANT:
        return RaiseTask(leg.clause, stage.stage, who="applicant")
    if by is None or by.who == "system" or (stage.does == "notice" and stage.posted == "itself"):
        return None
    return RaiseTask(leg.clause, stage.stage, post=by.post or "", body=by.body or "")


def _decided(course: Course, leg: Leg, verdict: str, facts: MatterFacts) -> Decision:
    if verdict == "return":
        return _return(course, leg, "returned")
    if verdict == "refuse":
        return _end(leg, REFUSED, "refused")
    left = max(leg.stage.signers - facts.passes, 0) + facts.awaited
    if left > 0:
        values = {**_told(leg), "done": facts.passes, "left": left}
        return Decision(reasons=(Reason(leg.clause, "signed", True, values),))
    return _onward(course, leg, facts, _reason(leg, "passed_stage", True))


def _looked(course: Course, leg: Leg, facts: MatterFacts) -> Decision:
    """The house looks at a stage of its own: a check, something that must be settled, a notice that runs."""
    match leg.stage.does:
        case "check" if not facts.failed or leg.stage.fails == "note":
            return _onward(course, leg, facts, _reason(leg, "passed_stage", not facts.failed))
        case "check":
            return _return(course, leg, "returned") if leg.stage.fails == "return" else _end(leg, REFUSED, "refused")
        case "settle" if not facts.unmet:
            return _onward(course, leg, facts, _reason(leg, "passed_stage", True))
        case "notice" if facts.over and not (facts.objected and leg.stage.objections == "hold"):
            return _onward(course, leg, facts, _reason(leg, "notice_over", True))
    return NOTHING


def _ran_out(course: Course, leg: Leg, facts: MatterFacts) -> Decision:
    stage = leg.stage
    if stage.does == "notice":
        return _looked(course, leg, facts)
    told = _reason(leg, f"late_{stage.late}", stage.late == "pass")
    if stage.late == "lapse":
        return _end(leg, LAPSED, "late_lapse")
    if stage.late == "refuse":
        return _end(leg, REFUSED, "late_refuse")
    if stage.late == "pass":
        return _onward(course, leg, facts, told)
    raised = (RaiseTask(leg.clause, stage.stage, post=stage.escalate_to),) if stage.escalate_to else ()
    return Decision(raised, (told,))


def _answered(leg: Leg, upheld: bool) -> Decision:
    if not upheld:
        return Decision(reasons=(_reason(leg, "dismissed", True),))
    if leg.stage.upheld == "refuse":
        return _end(leg, REFUSED, "upheld")
    return Decision((MoveMatter(leg.clause, RETURNED, leg.stage.stage, APPLICANT),), (_reason(leg, "upheld", False),))


def _unanswered(course: Course, standing: Standing) -> Decision:
    """The applicant did not answer a return in time."""
    terms, clause = course.terms, course.head.id
    state = LAPSED if terms.unanswered == "lapse" else REFUSED
    told = Reason(clause, f"unanswered_{terms.unanswered}", False)
    return Decision((MoveMatter(clause, state, standing.stage, NOBODY),), (told,))


def _return(course: Course, leg: Leg, say: str) -> Decision:
    moved = MoveMatter(leg.clause, RETURNED, leg.stage.stage, APPLICANT)
    length = course.terms.answer_within
    clock = (SetClock(course.head.id, length.count, length.unit, "stage"),) if length else ()
    return Decision((moved, *clock), (_reason(leg, say, False),))


def _end(leg: Leg, state: str, say: str) -> Decision:
    return Decision((MoveMatter(leg.clause, state, leg.stage.stage, NOBODY),), (_reason(leg, say, False),))


def _reason(leg: Leg, say: str, given: bool) -> Reason:
    return Reason(leg.clause, say, given, _told(leg))


def _told(leg: Leg) -> dict[str, object]:
    return {"stage": {"zh": leg.stage.title.zh, "en": leg.stage.title.en}}
