"""What an example may do and ask about matters."""

from __future__ import annotations

from typing import Any

from huiguan.cases import inputs as given_of
from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rehearsal.doing import Deed, Given, answer_told, plain_deed
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told

_UNKNOWN = Text(zh="没有这个字段", en="no such field")


def applicant(stage: Stage, number: str) -> Actor:
    """The applicant of the matter of this number, as the code would let her in."""
    return queries.applicant_acting(stage.world.programme, number)


def _taken(given: Given, *names: str) -> Given:
    found = {name: given.pop(name) for name in names if name in given}
    for name in given:
        raise InvalidInput(field=name, rule=_UNKNOWN)
    return found


def _open_matter(stage: Stage, actor: Actor, given: Given) -> Any:
    """`member` by number, card or phone; the form's answers may stand beside the other fields."""
    key, own = given.pop("key", None), frozenset(given_of.OpenMatter.model_fields)
    if "member" in given:
        given["membership"] = stage.membership(given.pop("member"))
    asked = {name: value for name, value in given.items() if name in own}
    asked["form"] = {**asked.get("form", {}), **{name: value for name, value in given.items() if name not in own}}
    record = read(given_of.OpenMatter, asked)
    return answer_told(stage, cases.open_matter(actor=actor, at=stage.now, given=record, key=key))


def _decide_matter(stage: Stage, actor: Actor, given: Given) -> Any:
    """The stage the matter is in where none is named; `to` also as {post: …}."""
    key = given.pop("key", None)
    if isinstance(given.get("to"), dict):
        given["to"] = username(stage, given["to"])
    if "stage" not in given:
        owner = stage.world.owner
        given["stage"] = queries.matter(owner, str(given.get("matter", "")), stage.now).line.stage or "none"
    return answer_told(
        stage, cases.decide_matter(actor=actor, at=stage.now, given=read(given_of.DecideMatter, given), key=key)
    )


def _on_its_stage(operation: Any, record: Any) -> Deed:
    """A deed on the stage the matter is in, where none is named."""

    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        if "stage" not in given:
            line = queries.matter(stage.world.owner, str(given.get("matter", "")), stage.now).line
            given["stage"] = line.stage or "none"
        return plain_deed(operation, record)(stage, actor, given)

    return deed


def username(stage: Stage, doer: Given) -> str:
    post = str(doer.get("post", "")) + (f"#{doer['person']}" if "person" in doer else "")
    person = next(actor for (held, _), actor in stage.world.staff.items() if held == post)
    staff = identity.staff_members(stage.world.owner, stage.now)
    return next(each.username for each in staff if each.id == person.id)


def _resume_matter(stage: Stage, actor: Actor, given: Given) -> Any:
    found = cases.resume_matter(actor=actor, at=stage.now, given=read(given_of.ResumeMatter, given))
    return {"kind": found.kind, "name": found.name}


def _matter(stage: Stage, actor: Actor, given: Given) -> Any:
    view = queries.matter(actor, str(_taken(given, "matter").get("matter", "")), stage.now)
    plain = told(view)
    line = plain.pop("line")
    return {**line, **plain}


def _matters(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.matters(actor, stage.now, **_taken(given, "procedure", "state", "search")))


def _worklist(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.worklist(actor, stage.now, **_taken(given, "box")))


def _notices(stage: Stage, actor: Actor, given: Given) -> Any:
    """What anybody sees; an answer of a notice by its title in Chinese."""
    _taken(given)
    found = queries.notices_public(stage.world.programme, stage.now)
    return [{**told(each), "shown": {title.zh: value.zh for title, value in each.shown}} for each in found]


def _status(stage: Stage, actor: Actor, given: Given) -> Any:
    return told(queries.status_for_applicant(actor, str(_taken(given, "matter").get("matter", "")), stage.now))


def _letter(stage: Stage, actor: Actor, given: Given) -> Any:
    """What the applicant would receive after a `verdict` with a `reason`."""
    asked = _taken(given, "matter", "verdict", "reason")
    number, verdict = str(asked.get("matter", "")), str(asked.get("verdict", "pass"))
    return told(queries.letter_for(actor, number, stage.now, verdict=verdict, reason=str(asked.get("reason", ""))))


def _letters(stage: Stage, actor: Actor, given: Given) -> Any:
    """What the applicant of a `matter` was told so far, the first first."""
    return told(queries.letters_of(actor, str(_taken(given, "matter").get("matter", "")), stage.now))


DEEDS: dict[str, Deed] = {
    "open_matter": _open_matter,
    "save_matter": plain_deed(cases.save_matter, given_of.SaveMatter),
    "submit_matter": plain_deed(cases.submit_matter, given_of.NameMatter),
    "decide_matter": _decide_matter,
    "cast_vote": _on_its_stage(cases.cast_vote, given_of.CastVote),
    "record_roll": _on_its_stage(cases.record_roll, given_of.RecordRoll),
    "close_ballot": _on_its_stage(cases.close_ballot, given_of.CloseBallot),
    "sign_count": plain_deed(cases.sign_count, given_of.SignCount),
    "delegate_body": plain_deed(cases.delegate_body, given_of.DelegateBody),
    "withdraw_mandate": plain_deed(cases.withdraw_mandate, given_of.WithdrawMandate),
    "confirm_stage": plain_deed(cases.confirm_stage, given_of.ConfirmStage),
    "withdraw_matter": plain_deed(cases.withdraw_matter, given_of.WithdrawMatter),
    "extend_matter": plain_deed(cases.extend_matter, given_of.ExtendMatter),
    "snooze_matter": plain_deed(cases.snooze_matter, given_of.SnoozeMatter),
    "post_notice": plain_deed(cases.post_notice, given_of.NameMatter),
    "object_to_notice": plain_deed(cases.object_to_notice, given_of.ObjectToNotice),
    "answer_objection": plain_deed(cases.answer_objection, given_of.AnswerObjection),
    "invite_recommender": plain_deed(cases.invite_recommender, given_of.InviteRecommender),
    "answer_invitation": plain_deed(cases.answer_invitation, given_of.AnswerInvitation),
    "resume_matter": _resume_matter,
    "reissue_code": plain_deed(cases.reissue_code, given_of.ReissueCode),
}

QUESTIONS = {
    "matter": _matter,
    "matters": _matters,
    "worklist": _worklist,
    "notices": _notices,
    "matter_status": _status,
    "letter": _letter,
    "letters": _letters,
}
