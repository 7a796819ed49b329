"""/members/{member}/certificates: the documents that say somebody is a member."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named
from huiguan.api.schemas import Answer, Both
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


class CertificateAnswer(Answer):
    """A certificate. `state`: good, suspended, expired, revoked, replaced, over; `code` opens the public page."""

    number: str
    certificate: str
    called: Both
    code: str
    state: str
    issued_at: datetime
    until: datetime | None
    ended_at: datetime | None
    why: str
    replaced_by: str | None
    clause: str


class CertificatesPage(Answer):
    items: list[CertificateAnswer]
    next: None = None


@router.get(
    "/members/{member}/certificates",
    **described(name="certificates", gives=CertificatesPage, does=Text(zh="会员的证书", en="A member's certificates")),
)
def certificates(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    found = queries.certificates(actor_of(request), member, moment_asked(at))
    return answer({"items": [named(CertificateAnswer, each) for each in found], "next": None})


@router.post(
    "/members/{member}/certificates",
    **described(
        name="issue_certificate", takes=inputs.IssueCertificate, fixed=("member",), gives=CertificateAnswer, status=201,
        write=True, does=Text(zh="发证", en="Issue a certificate"),
    ),
)  # fmt: skip
def issue(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.issue_certificate, given(request, inputs.IssueCertificate, member=member), CertificateAnswer
    )


@router.delete(
    "/members/{member}/certificates/{number}",
    **described(
        name="revoke_certificate", gives=CertificateAnswer, write=True, does=Text(zh="撤销证书", en="Revoke one")
    ),
)
def revoke(request: HttpRequest, member: str, number: str, reason: str) -> HttpResponse:
    asked = read(inputs.RevokeCertificate, {"member": member, "number": number, "reason": reason})
    return done(request, members.revoke_certificate, asked, CertificateAnswer, 200)


@router.post(
    "/members/{member}/certificates/{number}/reissue",
    **described(
        name="reissue_certificate", takes=inputs.ReissueCertificate, fixed=("member", "number"),
        gives=CertificateAnswer, status=201, write=True, does=Text(zh="补发证书", en="Reissue one"),
    ),
)  # fmt: skip
def reissue(request: HttpRequest, member: str, number: str) -> HttpResponse:
    asked = given(request, inputs.ReissueCertificate, member=member, number=number)
    return done(request, members.reissue_certificate, asked, CertificateAnswer)
