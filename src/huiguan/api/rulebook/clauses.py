"""/rulebook/drafts/{draft}/clauses: a draft written clause by clause, as the console's forms write it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.rulebook.clause_schemas import (
    DraftClauseAnswer,
    DraftClausesPage,
    Examined,
    KindsPage,
    SavedClauseAnswer,
    told_clauses,
    told_draft_clause,
    told_kinds,
)
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.programme import operations as programmes
from huiguan.programme import queries
from huiguan.programme.inputs import AddClause, RemoveClause, SaveClause

router = Router(tags=["drafts"])


@router.get(
    "/rulebook/kinds",
    **described(
        name="clause_kinds", gives=KindsPage,
        does=Text(zh="条款的种类与参数", en="The kinds of clauses and their parameters"),
    ),
)  # fmt: skip
def kinds(request: HttpRequest) -> HttpResponse:
    actor_of(request).demand("read_rulebook")
    return answer({"items": told_kinds(), "next": None})


@router.get(
    "/rulebook/drafts/{draft}/clauses",
    **described(name="draft_clauses", gives=DraftClausesPage, does=Text(zh="草案的条款", en="A draft's clauses")),
)
def listed(request: HttpRequest, draft: int) -> HttpResponse:
    return answer(told_clauses(_examined(actor_of(request), draft)))


@router.post(
    "/rulebook/drafts/{draft}/clauses",
    **described(
        name="add_clause", takes=AddClause, fixed=("draft",), gives=SavedClauseAnswer, status=201, write=True,
        does=Text(zh="加一条", en="Put another clause into a draft"),
    ),
)  # fmt: skip
def add(request: HttpRequest, draft: int) -> HttpResponse:
    return did(request, programmes.add_clause, given(request, AddClause, draft=draft), asdict)


@router.get(
    "/rulebook/drafts/{draft}/clauses/{clause}",
    **described(
        name="draft_clause", gives=DraftClauseAnswer,
        does=Text(zh="草案的一条，连同检查", en="One clause of a draft, with its lint"),
    ),
)  # fmt: skip
def one(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    return answer(told_draft_clause(_examined(actor_of(request), draft), clause))


@router.put(
    "/rulebook/drafts/{draft}/clauses/{clause}",
    **described(
        name="save_clause", takes=SaveClause, fixed=("draft", "clause"), gives=SavedClauseAnswer, write=True,
        does=Text(zh="存一条", en="Write one clause of a draft anew"),
    ),
)  # fmt: skip
def save(request: HttpRequest, draft: int, clause: str) -> HttpResponse:
    return did(
        request, programmes.save_clause, given(request, SaveClause, draft=draft, clause=clause), asdict, status=200
    )


@router.delete(
    "/rulebook/drafts/{draft}/clauses/{clause}",
    **described(
        name="remove_clause", gives=SavedClauseAnswer, write=True,
        does=Text(zh="从草案删去一条", en="Take a clause out of a draft"),
    ),
)  # fmt: skip
def remove(request: HttpRequest, draft: int, clause: str, revision: int) -> HttpResponse:
    asked = read(RemoveClause, {"draft": draft, "clause": clause, "revision": revision})
    made = programmes.remove_clause(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer(asdict(made))


def _examined(actor: Actor, number: int) -> Examined:
    draft = queries.draft(actor, number)
    base = queries.rulebook_of(actor, draft.based_on).source if draft.based_on else ""
    return Examined.of(draft, base)
