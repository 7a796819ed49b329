"""Certificates: the public page anybody opens with a code, and the paper to print."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, brand_of
from huiguan.design.certificate_pdf import Paper, drawn
from huiguan.design.sending import file_answer
from huiguan.design.values import Mark
from huiguan.foundation import clock
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.actors import system
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import CertificateTold, MemberTold
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import member_type

STATES = {
    "good": Mark(Text(zh="有效", en="Good"), "ok"),
    "suspended": Mark(Text(zh="暂停", en="Suspended"), "stop"),
    "expired": Mark(Text(zh="过期", en="Expired"), "stop"),
    "revoked": Mark(Text(zh="已撤销", en="Revoked"), "stop"),
    "replaced": Mark(Text(zh="已换发", en="Replaced"), "stop"),
    "over": Mark(Text(zh="会籍已终止", en="The membership has ended"), "stop"),
}
_CERTIFICATE = Text(zh="证书", en="certificate")


@require_GET
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody may know who has the code."""
    at = clock.now()
    found = members.verified_certificate(code[:40], at)
    if found is None:
        raise Http404
    zone = programmes.programme_at(found.programme, at).zone
    context = {
        "paper": found,
        "state": STATES[found.state],
        "days": {
            name: moment.astimezone(zone).date() if moment is not None else None
            for name, moment in (("issued", found.issued_at), ("since", found.since), ("ended", found.ended_at))
        },
        "until": members.last_day(found.until, zone) if found.until is not None else None,
        "at": at,
        "brand": brand_of(identity.tree(system(found.programme))),
    }
    response = render(request, "console/members/verify.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_GET
@acting()
def paper(request: HttpRequest, now: Acting, number: str, certificate: str) -> HttpResponse:
    """The certificate as a page to print; takes `cards`."""
    now.actor.demand("cards")
    told = members.member(now.actor, number, now.at)
    held = members.certificates(now.actor, number, now.at)
    found = next((each for each in held if each.number == certificate), None)
    if found is None:
        raise NotFound(field="certificate", what=_CERTIFICATE, given=certificate)
    address = request.build_absolute_uri(reverse("verify", args=[found.code]))
    return file_answer(drawn(_paper(now, told, found, address)), f"{found.number}.pdf")


def _paper(now: Acting, told: MemberTold, found: CertificateTold, address: str) -> Paper:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    house = identity.house_name(now.actor.programme) or rulebook.title
    lines = [("编号 Member", told.number)]
    if told.type:
        sort = member_type.called(rulebook, told.type)
        lines.append(("种类 Sort", f"{sort['zh']} {sort['en']}"))
    lines.append(("签发 Issued", _day(found.issued_at.astimezone(rulebook.zone))))
    if found.until is not None:
        lines.append(("有效至 Until", words.day(members.last_day(found.until, rulebook.zone), "zh")))
    return Paper(house.zh, found.called["zh"], found.called["en"], told.name, lines, found.number, address)


def _day(at: datetime) -> str:
    return words.day(at.date(), "zh")
