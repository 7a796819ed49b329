"""/procedures, /matters and what is done with them, /notices.

A program opens, fills in and hands in for applicants, reads, extends and withdraws. It never decides: verdicts are given by
persons who hold the post and are signed in.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.matters import schemas
from huiguan.api.members.telling import named
from huiguan.api.schemas import Answer
from huiguan.cases import inputs, queries
from huiguan.cases import operations as cases
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

router = Router(tags=["matters"])


def _done(request: HttpRequest, operation: Any, asked: Any, gives: type[Answer], status: int = 201) -> HttpResponse:
    return did(request, operation, asked, partial(named, gives), status=status)


@router.get(
    "/procedures",
    **described(
        name="procedures", gives=schemas.ProceduresPage,
        does=Text(zh="现行章程里的办事程序", en="The procedures of the rulebook in force"),
    ),
)  # fmt: skip
def procedures(request: HttpRequest) -> HttpResponse:
    found = queries.procedures(actor_of(request), now())
    return answer({"items": [_procedure(each) for each in found], "next": None})


@router.get(
    "/matters",
    **described(name="matters", gives=schemas.MattersPage, does=Text(zh="事项", en="Matters")),
)
def listed(
    request: HttpRequest,
    procedure: str | None = None,
    state: str | None = None,
    search: str = "",
    at: str | None = None,
) -> HttpResponse:
    found = queries.matters(actor_of(request), moment_asked(at), procedure=procedure, state=state, search=search)
    return answer({"items": [named(schemas.MatterLineAnswer, each) for each in found], "next": None})


@router.post(
    "/matters",
    **described(
        name="open_matter", takes=inputs.OpenMatter, gives=schemas.SavedMatterAnswer, status=201, write=True,
        does=Text(zh="提出一件事项，存下或提交", en="Open a matter: saved, or handed in"),
    ),
)  # fmt: skip
def open_matter(request: HttpRequest) -> HttpResponse:
    return _done(request, cases.open_matter, given(request, inputs.OpenMatter), schemas.SavedMatterAnswer)


@router.get(
    "/matters/{matter}",
    **described(name="matter", gives=schemas.MatterAnswer, does=Text(zh="一件事项", en="One matter")),
)
def matter(request: HttpRequest, matter: str, at: str | None = None) -> HttpResponse:
    return answer(_matter(queries.matter(actor_of(request), matter, moment_asked(at))))


@router.get(
    "/matters/{matter}/letters",
    **described(
        name="matter_letters",
        gives=schemas.MatterLettersPage,
        does=Text(zh="告知申请人的话", en="What the applicant was told"),
    ),
)
def letters(request: HttpRequest, matter: str, at: str | None = None) -> HttpResponse:
    found = queries.letters_of(actor_of(request), matter, moment_asked(at))
    return answer({"items": [named(schemas.MatterLetterAnswer, each) for each in found], "next": None})


@router.patch(
    "/matters/{matter}/form",
    **described(
        name="save_matter", takes=schemas.SaveForm, gives=schemas.SavedMatterAnswer, write=True,
        does=Text(zh="存下答案，不提交", en="Write answers down without handing in"),
    ),
)  # fmt: skip
def save(request: HttpRequest, matter: str) -> HttpResponse:
    asked = inputs.SaveMatter(matter=matter, form=given(request, schemas.SaveForm).form)
    return _done(request, cases.save_matter, asked, schemas.SavedMatterAnswer, 200)


@router.post(
    "/matters/{matter}/submission",
    **described(
        name="submit_matter", takes=inputs.NameMatter, fixed=("matter",), gives=schemas.SavedMatterAnswer, status=201,
        write=True, does=Text(zh="提交，或补正后再交", en="Hand in, or again after a correction"),
    ),
)  # fmt: skip
def submit(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, inputs.NameMatter, matter=matter)
    return _done(request, cases.submit_matter, asked, schemas.SavedMatterAnswer)


@router.post(
    "/matters/{matter}/withdrawal",
    **described(
        name="withdraw_matter", takes=inputs.WithdrawMatter, fixed=("matter",), gives=schemas.SavedMatterAnswer,
        status=201, write=True, does=Text(zh="撤回", en="Take it back"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, inputs.WithdrawMatter, matter=matter)
    return _done(request, cases.withdraw_matter, asked, schemas.SavedMatterAnswer)


@router.post(
    "/matters/{matter}/extension",
    **described(
        name="extend_matter", takes=inputs.ExtendMatter, fixed=("matter",), gives=schemas.SavedMatterAnswer, status=201,
        write=True, does=Text(zh="延期一次", en="Extend the stage once"),
    ),
)  # fmt: skip
def extend(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, inputs.ExtendMatter, matter=matter)
    return _done(request, cases.extend_matter, asked, schemas.SavedMatterAnswer)


@router.post(
    "/matters/{matter}/snooze",
    **described(
        name="snooze_matter", takes=inputs.SnoozeMatter, fixed=("matter",), gives=schemas.SavedMatterAnswer, status=201,
        write=True, does=Text(zh="替某人搁置到某日，或取回", en="Put off for a person until a day, or brought back"),
    ),
)  # fmt: skip
def snooze(request: HttpRequest, matter: str) -> HttpResponse:
    return _done(
        request, cases.snooze_matter, given(request, inputs.SnoozeMatter, matter=matter), schemas.SavedMatterAnswer
    )


@router.post(
    "/matters/{matter}/confirmation",
    **described(
        name="confirm_stage", takes=inputs.ConfirmStage, fixed=("matter",), gives=schemas.SavedMatterAnswer, status=201,
        write=True, does=Text(zh="申请人已办这一环节", en="The applicant did what the stage asks"),
    ),
)  # fmt: skip
def confirm(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, inputs.ConfirmStage, matter=matter)
    return _done(request, cases.confirm_stage, asked, schemas.SavedMatterAnswer)


@router.post(
    "/matters/{matter}/code",
    **described(
        name="reissue_code", takes=inputs.ReissueCode, fixed=("matter",), gives=schemas.SavedMatterAnswer, status=201,
        write=True, does=Text(zh="换发查询码", en="A new code for the applicant"),
    ),
)  # fmt: skip
def reissue(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, inputs.ReissueCode, matter=matter)
    return _done(request, cases.reissue_code, asked, schemas.SavedMatterAnswer)


@router.post(
    "/matters/{matter}/invitations",
    **described(
        name="invite_recommender", takes=inputs.InviteRecommender, fixed=("matter",), gives=schemas.InvitedAnswer,
        status=201, write=True, does=Text(zh="邀请推荐人", en="Ask somebody to recommend"),
    ),
)  # fmt: skip
def invite(request: HttpRequest, matter: str) -> HttpResponse:
    asked, actor = given(request, inputs.InviteRecommender, matter=matter), actor_of(request)
    code = next(each.code for each in programmes.programmes() if each.id == actor.programme)
    page = request.build_absolute_uri(f"/m/{code}/recommend/")
    return _done(request, partial(cases.invite_recommender, page=page), asked, schemas.InvitedAnswer)


@router.get(
    "/notices",
    **described(name="notices", gives=schemas.NoticesPage, does=Text(zh="正在公示的", en="What is on notice")),
)
def notices(request: HttpRequest, at: str | None = None) -> HttpResponse:
    found = queries.notices_public(actor_of(request).programme, moment_asked(at))
    return answer({"items": [_notice(each) for each in found], "next": None})


@router.post(
    "/matters/{matter}/objections",
    **described(
        name="object_to_notice", takes=inputs.ObjectToNotice, fixed=("matter",), gives=schemas.ObjectionAnswer,
        status=201, write=True, does=Text(zh="对公示提出异议", en="Object to what is on notice"),
    ),
)  # fmt: skip
def object_to(request: HttpRequest, matter: str) -> HttpResponse:
    return did(
        request, cases.object_to_notice, given(request, inputs.ObjectToNotice, matter=matter), lambda n: {"n": n}
    )


def _matter(view: Any) -> dict[str, Any]:
    own = {name for name in schemas.MatterAnswer.model_fields if name not in schemas.MatterLineAnswer.model_fields}
    told = {name: getattr(view, name) for name in own}
    return {
        **named(schemas.MatterLineAnswer, view.line),
        **told,
        "stages": [named(schemas.StageAnswer, each) for each in view.stages],
        "checks": [named(schemas.CheckAnswer, each) for each in view.checks],
        "steps": [named(schemas.MatterStepAnswer, each) for each in view.steps],
        "decisions": [named(schemas.VerdictAnswer, each) for each in view.decisions],
    }


def _procedure(found: Any) -> dict[str, Any]:
    return {
        **named(schemas.ProcedureAnswer, found),
        "fields": [_field(each) for each in found.fields],
        "stages": [named(schemas.StageAnswer, each) for each in found.stages],
    }


def _field(field: Any) -> dict[str, Any]:
    """A field, or a part of each row of a list."""
    told = {name: getattr(field, name) for name in ("name", "type", "required", "sensitive")}
    title = {"zh": field.title.zh, "en": field.title.en}
    listed = {
        "parts": [_field(each) for each in getattr(field, "parts", ())],
        "least": getattr(field, "least", None), "most": getattr(field, "most", None),
    }  # fmt: skip
    return {**told, "title": title, "choices": [each.value for each in field.choices], **listed}


def _notice(notice: Any) -> dict[str, Any]:
    shown = [{"title": title, "value": value} for title, value in notice.shown]
    return {**named(schemas.NoticeAnswer, notice), "shown": shown}
