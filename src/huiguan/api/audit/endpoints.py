"""/audit: who did what about whom, and the end of the chain, to be noted elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import page_size, place_of
from huiguan.api.audit.schemas import AuditPage, ChainEndAnswer, told_entry
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.foundation import auditing
from huiguan.foundation.clock import now
from huiguan.kernel.moments import moment_of
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

router = Router(tags=["audit"])


@router.get(
    "/audit",
    **described(
        name="audit", gives=AuditPage,
        does=Text(zh="操作记录，新的在前", en="Who did what about whom, newest first"),
    ),
)  # fmt: skip
def entries(
    request: HttpRequest,
    subject: str | None = None,
    by: str | None = None,
    operation: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    zone = programmes.programme_at(actor.programme, now()).zone
    found = auditing.written(
        actor,
        subject=subject,
        by=by,
        operation=operation,
        since=moment_of(since, "since", zone) if since else None,
        until=moment_of(until, "until", zone) if until else None,
        before=place_of(cursor, int),
        limit=size + 1,
    )
    return page(found, size, lambda each: each.seq, told_entry)


@router.get(
    "/audit/end",
    **described(
        name="audit_end", gives=ChainEndAnswer,
        does=Text(zh="操作记录链的末端：记在别处，日后可比", en="The end of the chain, to be noted elsewhere and compared"),
    ),
)  # fmt: skip
def end(request: HttpRequest) -> HttpResponse:
    seq, digest = auditing.noted_end(actor_of(request))
    return answer({"entries": seq, "hash": digest})
