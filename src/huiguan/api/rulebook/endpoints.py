"""/rulebook."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.rulebook.schemas import (
    CheckedAnswer,
    RulebookAnswer,
    VersionsPage,
    told_finding,
    told_rulebook,
    told_version,
)
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.programme import operations as programmes
from huiguan.programme import queries
from huiguan.programme.inputs import CheckRulebook

router = Router(tags=["rulebook"])


@router.get(
    "/rulebook",
    **described(name="rulebook", gives=RulebookAnswer, does=Text(zh="现行章程", en="The rulebook in force")),
)
def in_force(request: HttpRequest, at: str | None = None) -> HttpResponse:
    return answer(told_rulebook(queries.rulebook(actor_of(request), moment_asked(at))))


@router.get(
    "/rulebook/versions",
    **described(name="rulebook_versions", gives=VersionsPage, does=Text(zh="章程版本", en="Published versions")),
)
def versions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    review = queries.review(actor, now())
    return answer({
        "items": [told_version(each) for each in queries.versions(actor)], "next": None,
        "review": asdict(review) if review is not None else None,
    })  # fmt: skip


@router.get(
    "/rulebook/versions/{number}",
    **described(name="rulebook_version", gives=RulebookAnswer, does=Text(zh="一个版本", en="One version")),
)
def version(request: HttpRequest, number: int) -> HttpResponse:
    return answer(told_rulebook(queries.rulebook_of(actor_of(request), min(max(number, 0), 2**31 - 1))))


@router.post(
    "/rulebook/checks",
    **described(
        name="check_rulebook", takes=CheckRulebook, gives=CheckedAnswer,
        does=Text(zh="检查一份章程，不写入", en="Check a rulebook; writes nothing"),
    ),
)  # fmt: skip
def check(request: HttpRequest) -> HttpResponse:
    asked = given(request, CheckRulebook)
    found = programmes.check_rulebook(actor=actor_of(request), at=now(), given=asked)
    findings = [told_finding(finding) for finding in found.findings]
    return answer({"digest": found.digest, "publishable": found.publishable, "findings": findings})
