"""/rulebook/drafts: written and published by programs; submitted and approved by people, in the console."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.rulebook.draft_schemas import (
    DifferenceAnswer,
    DraftAnswer,
    DraftHistoryPage,
    DraftProofsPage,
    DraftsPage,
    ProofAskedAnswer,
    SavedDraftAnswer,
    told_difference,
    told_draft,
    told_line,
    told_proof,
)
from huiguan.api.rulebook.schemas import VersionAnswer, told_version
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.programme import operations as programmes
from huiguan.programme import queries
from huiguan.programme.inputs import (
    OpenDraft,
    PublishDraft,
    RebaseDraft,
    SaveDraft,
    SaveExamples,
    SetExamplesAside,
    WithdrawDraft,
)
from huiguan.rehearsal.draft_proofs import ask_proof
from huiguan.rules.differing import difference

router = Router(tags=["drafts"])


@router.get(
    "/rulebook/drafts",
    **described(name="drafts", gives=DraftsPage, does=Text(zh="章程草案", en="Drafts of the rulebook")),
)
def listed(request: HttpRequest) -> HttpResponse:
    return answer({"items": [told_line(each) for each in queries.drafts(actor_of(request))], "next": None})


@router.post(
    "/rulebook/drafts",
    **described(
        name="open_draft", takes=OpenDraft, gives=SavedDraftAnswer, status=201, write=True,
        does=Text(zh="开始起草", en="Begin a draft"),
    ),
)  # fmt: skip
def begin(request: HttpRequest) -> HttpResponse:
    return did(request, programmes.open_draft, given(request, OpenDraft), asdict)


@router.get(
    "/rulebook/drafts/{draft}",
    **described(
        name="draft", gives=DraftAnswer, does=Text(zh="一份草案，连同检查与例证", en="One draft, with lint and proof")
    ),
)
def one(request: HttpRequest, draft: int) -> HttpResponse:
    return answer(told_draft(queries.draft(actor_of(request), draft)))


@router.put(
    "/rulebook/drafts/{draft}/text",
    **described(
        name="save_draft", takes=SaveDraft, fixed=("draft",), gives=SavedDraftAnswer, write=True,
        does=Text(zh="存一稿", en="Save another revision"),
    ),
)  # fmt: skip
def save(request: HttpRequest, draft: int) -> HttpResponse:
    return did(request, programmes.save_draft, given(request, SaveDraft, draft=draft), asdict, status=200)


@router.put(
    "/rulebook/drafts/{draft}/examples",
    **described(
        name="save_examples", takes=SaveExamples, fixed=("draft",), gives=SavedDraftAnswer, write=True,
        does=Text(zh="存自己的例子", en="Save one's own examples"),
    ),
)  # fmt: skip
def save_examples(request: HttpRequest, draft: int) -> HttpResponse:
    return did(request, programmes.save_examples, given(request, SaveExamples, draft=draft), asdict, status=200)


@router.post(
    "/rulebook/drafts/{draft}/examples-aside",
    **described(
        name="set_examples_aside", takes=SetExamplesAside, fixed=("draft",), gives=SavedDraftAnswer, write=True,
        does=Text(zh="搁置按旧数字写的例子", en="Set aside examples written for the old figures"),
    ),
)  # fmt: skip
def set_aside(request: HttpRequest, draft: int) -> HttpResponse:
    return did(
        request, programmes.set_examples_aside, given(request, SetExamplesAside, draft=draft), asdict, status=200
    )


@router.post(
    "/rulebook/drafts/{draft}/base",
    **described(
        name="rebase_draft", takes=RebaseDraft, fixed=("draft",), gives=SavedDraftAnswer, write=True,
        does=Text(zh="说明已并入后来的版本", en="Say that a later version was taken in"),
    ),
)  # fmt: skip
def rebase(request: HttpRequest, draft: int) -> HttpResponse:
    return did(request, programmes.rebase_draft, given(request, RebaseDraft, draft=draft), asdict, status=200)


@router.get(
    "/rulebook/drafts/{draft}/difference",
    **described(
        name="draft_difference", gives=DifferenceAnswer,
        does=Text(zh="与现行章程的差别", en="What it changes in the rulebook in force"),
    ),
)  # fmt: skip
def changes(request: HttpRequest, draft: int) -> HttpResponse:
    actor = actor_of(request)
    text = queries.draft(actor, draft).source
    return answer(told_difference(difference(queries.rulebook(actor, now()).source, text)))


@router.get(
    "/rulebook/drafts/{draft}/history",
    **described(name="draft_history", gives=DraftHistoryPage, does=Text(zh="草案的经过", en="What was done with it")),
)
def history(request: HttpRequest, draft: int) -> HttpResponse:
    deeds = queries.draft_history(actor_of(request), draft)
    return answer({"items": [asdict(each) for each in deeds], "next": None})


@router.get(
    "/rulebook/drafts/{draft}/proofs",
    **described(name="draft_proofs", gives=DraftProofsPage, does=Text(zh="草案的例证", en="Its proofs")),
)
def proofs(request: HttpRequest, draft: int) -> HttpResponse:
    kept = queries.draft_proofs(actor_of(request), draft)
    return answer({"items": [told_proof(each) for each in kept], "next": None})


@router.post(
    "/rulebook/drafts/{draft}/proofs",
    **described(
        name="prove_draft", gives=ProofAskedAnswer, status=202, write=True,
        does=Text(zh="跑草案的例子", en="Have its examples run"),
    ),
)  # fmt: skip
def prove(request: HttpRequest, draft: int) -> HttpResponse:
    return answer({"job": ask_proof(actor=actor_of(request), at=now(), draft=draft, key=key_of(request))}, 202)


@router.post(
    "/rulebook/drafts/{draft}/withdrawal",
    **described(
        name="withdraw_draft", takes=WithdrawDraft, fixed=("draft",), gives=SavedDraftAnswer, write=True,
        does=Text(zh="撤回草案", en="Give the draft up"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, draft: int) -> HttpResponse:
    return did(request, programmes.withdraw_draft, given(request, WithdrawDraft, draft=draft), asdict, status=200)


@router.post(
    "/rulebook/drafts/{draft}/publication",
    **described(
        name="publish_draft", takes=PublishDraft, fixed=("draft",), gives=VersionAnswer, status=201, write=True,
        does=Text(zh="发布核准了的草案", en="Publish an approved draft"),
    ),
)  # fmt: skip
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    return did(request, programmes.publish_draft, given(request, PublishDraft, draft=draft), told_version)


@router.get(
    "/rulebook/versions/{number}/difference",
    **described(
        name="version_difference", gives=DifferenceAnswer,
        does=Text(zh="一版改了另一版什么", en="What a version changes in another one"),
    ),
)  # fmt: skip
def between(request: HttpRequest, number: int, before: int) -> HttpResponse:
    actor = actor_of(request)
    old, new = (queries.rulebook_of(actor, each).source for each in (before, number))
    return answer(told_difference(difference(old, new)))
