"""/members/{member}/documents, /documents, /templates: papers, what was found of them, what was signed."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.documents import schemas
from huiguan.api.doing import did
from huiguan.api.members.telling import named
from huiguan.cases import operations as cases
from huiguan.cases import queries as matters
from huiguan.cases.inputs import AttachDocument
from huiguan.documents import operations as documents
from huiguan.documents import queries
from huiguan.documents.inputs import (
    JudgeDocument,
    KeepTemplate,
    ReceiveCopies,
    SeeOriginal,
    SignAcceptance,
    UploadDocument,
    WithdrawDocument,
    WithdrawTemplate,
)
from huiguan.documents.values import DocumentView, OpenedFile, Upload
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes

router = Router(tags=["documents"])
NUMBER = ("document",)


def _holder(actor: Actor, member: str) -> str:
    return members.papers_holder(actor.programme, members.membership(actor, member))


def _told(view: DocumentView) -> dict[str, Any]:
    return named(schemas.DocumentAnswer, view)


def _content(opened: OpenedFile) -> HttpResponse:
    content = base64.b64encode(opened.data).decode()
    return answer({"name": opened.name, "media": opened.media, "content": content})


@router.get(
    "/members/{member}/documents",
    **described(
        name="documents", gives=schemas.DocumentsPage, does=Text(zh="会员的材料", en="A member's papers")
    ),
)  # fmt: skip
def listed(request: HttpRequest, member: str) -> HttpResponse:
    actor = actor_of(request)
    rows = queries.documents(actor, _holder(actor, member))
    return answer({"items": [_told(each) for each in rows], "next": None})


@router.post(
    "/members/{member}/documents",
    **described(
        name="upload_document", takes=schemas.NewDocument, gives=schemas.DocumentAnswer, status=201, write=True,
        does=Text(zh="交一份材料，或它的新版本", en="Hand in a paper, or its next version"),
    ),
)  # fmt: skip
def upload(request: HttpRequest, member: str) -> HttpResponse:
    actor, asked = actor_of(request), given(request, schemas.NewDocument)
    told = UploadDocument(**asked.model_dump(exclude={"file"}), holder=_holder(actor, member))
    made = documents.upload_document(
        actor=actor, at=now(), given=told, file=schemas.uploaded(asked.file), key=key_of(request)
    )
    return answer(_told(made), 201)


@router.post(
    "/matters/{matter}/documents",
    **described(
        name="attach_document", takes=schemas.NewDocument, gives=schemas.DocumentAnswer, status=201, write=True,
        does=Text(zh="随事项交一份材料", en="Hand in a paper with a matter"),
    ),
)  # fmt: skip
def attach(request: HttpRequest, matter: str) -> HttpResponse:
    asked = given(request, schemas.NewDocument)
    told = AttachDocument(**asked.model_dump(exclude={"file"}), matter=matter)
    made = cases.attach_document(
        actor=actor_of(request), at=now(), given=told, file=schemas.uploaded(asked.file), key=key_of(request)
    )
    return answer(_told(made), 201)


@router.get(
    "/matters/{matter}/dossiers",
    **described(
        name="dossiers", gives=schemas.DossiersPage, does=Text(zh="事项的材料齐不齐", en="How a matter's dossiers stand")
    ),
)  # fmt: skip
def dossiers(request: HttpRequest, matter: str) -> HttpResponse:
    found = matters.dossiers(actor_of(request), matter, now())
    return answer({"items": [schemas.told_dossier(each) for each in found], "next": None})


@router.get(
    "/documents/{document}",
    **described(name="document", gives=schemas.DocumentAnswer, does=Text(zh="一份材料", en="One paper")),
)
def one(request: HttpRequest, document: str) -> HttpResponse:
    return answer(_told(queries.document(actor_of(request), document)))


@router.get(
    "/documents/{document}/file",
    **described(
        name="open_document", gives=schemas.ContentAnswer, does=Text(zh="打开文件，留痕", en="The file; who read it is kept")
    ),
)  # fmt: skip
def opened(request: HttpRequest, document: str) -> HttpResponse:
    return _content(documents.open_document(actor=actor_of(request), at=now(), document=document))


@router.get(
    "/documents/{document}/readings",
    **described(name="readings", gives=schemas.ReadingsPage, does=Text(zh="谁看过", en="Who opened it")),
)
def readings(request: HttpRequest, document: str) -> HttpResponse:
    return answer({"items": list(queries.readings(actor_of(request), document)), "next": None})


@router.post(
    "/documents/{document}/verdict",
    **described(
        name="judge_document", takes=JudgeDocument, fixed=NUMBER, gives=schemas.DocumentAnswer, write=True,
        does=Text(zh="审一份材料：通过、退回、要说明", en="Judge a paper: pass, fail or unclear"),
    ),
)  # fmt: skip
def judge(request: HttpRequest, document: str) -> HttpResponse:
    return did(request, documents.judge_document, given(request, JudgeDocument, document=document), _told, status=200)


@router.post(
    "/documents/{document}/original",
    **described(
        name="see_original", takes=SeeOriginal, fixed=NUMBER, gives=schemas.DocumentAnswer, write=True,
        does=Text(zh="看过原件", en="The original was seen"),
    ),
)  # fmt: skip
def see(request: HttpRequest, document: str) -> HttpResponse:
    return did(request, documents.see_original, given(request, SeeOriginal, document=document), _told, status=200)


@router.post(
    "/documents/{document}/copies",
    **described(
        name="receive_copies", takes=ReceiveCopies, fixed=NUMBER, gives=schemas.DocumentAnswer, write=True,
        does=Text(zh="收到纸质件几份", en="How many copies on paper there are"),
    ),
)  # fmt: skip
def copies(request: HttpRequest, document: str) -> HttpResponse:
    return did(request, documents.receive_copies, given(request, ReceiveCopies, document=document), _told, status=200)


@router.post(
    "/documents/{document}/withdrawal",
    **described(
        name="withdraw_document", takes=WithdrawDocument, fixed=NUMBER, gives=schemas.DocumentAnswer, write=True,
        does=Text(zh="撤回一份材料", en="Take a paper back"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, document: str) -> HttpResponse:
    return did(
        request, documents.withdraw_document, given(request, WithdrawDocument, document=document), _told, status=200
    )


@router.get(
    "/members/{member}/signatures",
    **described(
        name="signatures", gives=schemas.SignaturesPage, does=Text(zh="会员签过什么", en="What a member signed")
    ),
)  # fmt: skip
def signatures(request: HttpRequest, member: str) -> HttpResponse:
    actor = actor_of(request)
    return answer({"items": list(queries.signed(actor, _holder(actor, member))), "next": None})


@router.post(
    "/members/{member}/signatures",
    **described(
        name="sign_acceptance", takes=schemas.NewSignature, gives=schemas.SignedAnswer, status=201, write=True,
        does=Text(zh="登记签署", en="Register a signature"),
    ),
)  # fmt: skip
def sign(request: HttpRequest, member: str) -> HttpResponse:
    actor, asked, at = actor_of(request), given(request, schemas.NewSignature), now()
    told = SignAcceptance.model_validate({**asked.model_dump(), "holder": _holder(actor, member)})
    rulebook = programmes.programme_at(actor.programme, at)
    made = documents.sign_acceptance(actor=actor, at=at, given=told, rulebook=rulebook, key=key_of(request))
    return answer(made, 201)


@router.get(
    "/templates",
    **described(name="templates", gives=schemas.TemplatesPage, does=Text(zh="在用的模板", en="Templates in use")),
)
def templates(request: HttpRequest) -> HttpResponse:
    return answer({"items": list(queries.templates(actor_of(request))), "next": None})


@router.post(
    "/templates",
    **described(
        name="keep_template", takes=schemas.NewTemplate, gives=schemas.TemplateAnswer, status=201, write=True,
        does=Text(zh="放一个模板，或它的新版本", en="Keep a template, or its next edition"),
    ),
)  # fmt: skip
def keep(request: HttpRequest) -> HttpResponse:
    asked = given(request, schemas.NewTemplate)
    file = schemas.uploaded(asked.file) or Upload("", b"")
    told = KeepTemplate(**asked.model_dump(exclude={"file"}))
    made = documents.keep_template(actor=actor_of(request), at=now(), given=told, file=file, key=key_of(request))
    return answer(made, 201)


@router.get(
    "/templates/{name}/file",
    **described(
        name="open_template", gives=schemas.ContentAnswer, does=Text(zh="下载模板", en="The template's file")
    ),
)  # fmt: skip
def template(request: HttpRequest, name: str) -> HttpResponse:
    return _content(documents.open_template(actor=actor_of(request), at=now(), name=name))


@router.post(
    "/templates/{name}/withdrawal",
    **described(
        name="withdraw_template", takes=WithdrawTemplate, fixed=("name",), gives=schemas.WithdrawnTemplateAnswer,
        write=True, does=Text(zh="停用模板", en="Take a template out of use"),
    ),
)  # fmt: skip
def withdraw_template(request: HttpRequest, name: str) -> HttpResponse:
    asked = given(request, WithdrawTemplate, name=name)
    return did(request, documents.withdraw_template, asked, lambda gone: {"name": gone}, status=200)
