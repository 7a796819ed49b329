"""Where an application stands: its stages drawn, what happens next and by when, what came back and why, what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiguan.billing import operations as billing
from huiguan.billing import queries as money
from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import ConfirmStage, InviteRecommender, WithdrawMatter
from huiguan.cases.values import STATES, ApplicantStatus, InvitationTold, MatterView
from huiguan.design import lists
from huiguan.design.values import Mark, Words
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.messaging import queries as messages
from huiguan.portal.acting import PUBLIC, Visiting, clause_ref, go_on, show
from huiguan.portal.apply.acting import applying
from huiguan.portal.apply.checking import shown
from huiguan.portal.apply.offers import drawn
from huiguan.portal.apply.pages import AnswerLine, Past
from huiguan.portal.apply.papers import dossier_parts
from huiguan.portal.apply.steps import Filling, filling
from huiguan.rules.kinds.profile import Field
from huiguan.rules.listed import RowChange
from huiguan.visits import queries as visits

KINDS = {
    "draft": "draft", "open": "plain", "returned": "warn", "passed": "ok", "refused": "stop", "lapsed": "stop",
    "withdrawn": "draft",
}  # fmt: skip
SHOWN = timedelta(days=30)
_ACT = Text(zh="操作", en="act")
_LEFT = {
    "workday": Text(
        zh="还有 {n} 个工作日，周末和放假的日子不算",
        en="{n} {n:workday|workdays} left; weekends and holidays do not count",
    ),
    "hour": Text(zh="还有 {n} 小时", en="{n} {n:hour|hours} left"),
    "day": Text(zh="还有 {n} 天", en="{n} {n:day|days} left"),
}


@never_cache
@require_GET
@applying
def standing(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """The application as it stands."""
    return _page(request, now, number)


@require_POST
@applying
def do(request: HttpRequest, now: Visiting, number: str, deed: str) -> HttpResponse:
    """What the applicant does about it: confirm, ask a recommender, pay, take it back."""
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    try:
        return _DEEDS[deed](request, now, number)
    except Refusal as refusal:
        return _page(request, now, number, refusal, deed)


def _page(
    request: HttpRequest, now: Visiting, number: str, refusal: Refusal | None = None, deed: str = ""
) -> HttpResponse:
    held, view = filling(now, number), queries.matter(now.actor, number, now.at)
    status, parts = held.status, dossier_parts(now, held)
    return show(
        request, now, "portal/apply/standing.html", current="me", view=view, told=status, may=view.may,
        mark=Mark(STATES[status.state], KINDS[status.state]), here=f"{now.base}apply/{number}/", files=parts,
        open_papers=sum(each.open for each in parts), left=_left(status), course=[drawn(now, each) for each in status.stages],
        unmet=[(each.text, clause_ref(now, each.clause) if each.clause else None) for each in view.unmet],
        changes=_changes(held, view), past=[_past(now, each) for each in reversed(status.steps)],
        objections=_objections(status), unsigned=[each for each in held.signs if each.due],
        result=_result(now, status), key=get_random_string(22), typed=request.POST.dict(), deed=deed,
        refusal=refusal,
        member=now.actor.kind == "member", signs=held.signs, asked=_asked(now, view),
    )  # fmt: skip


def _asked(now: Visiting, view: MatterView) -> list[tuple[InvitationTold, Words]]:
    """Who was asked to recommend, each with what became of her link on its way."""
    sent = messages.carried(now.programme.id, f"RecommenderAsked:{view.line.number}") if view.invitations else {}
    return [(each, sent.get(each.contact, "")) for each in view.invitations]


def _left(status: ApplicantStatus) -> Words:
    """How much of the time is left, and in which days it is counted."""
    if status.left is None:
        return ""
    unit = status.counted_in if status.counted_in in _LEFT else "day"
    n = status.left // 3600 if unit == "hour" else status.left
    return Text(**_LEFT[unit].both(n=n)) if n > 0 else Text(zh="今天到期", en="it ends today")


def _changes(held: Filling, view: MatterView) -> list[tuple[int, Any, list[AnswerLine]]]:
    """Every round after the first, with what it changed, the newest first."""
    fields = {field.name: field for part in held.form.parts for field in part.fields}
    return [
        (
            round_.n, round_.at,
            [
                _change(fields[name], before, after, round_.rows.get(name, ()))
                for name, (before, after) in round_.changed.items() if name in fields
            ],
        )
        for round_ in reversed(view.rounds) if round_.n > 1
    ]  # fmt: skip


def _change(field: Field, before: Any, after: Any, rows: Sequence[RowChange]) -> AnswerLine:
    """An answer that differs, of a list the rows that do."""
    title = Text(zh=field.title.zh, en=field.title.en)
    if field.type == "list":
        return AnswerLine(title, shown(field, after), changed=True, rows=lists.changed(field, rows))
    return AnswerLine(title, shown(field, after), changed=True, before=shown(field, before))


def _past(now: Visiting, step: Any) -> Past:
    return Past(step.at, step.text, clause_ref(now, step.clause) if step.clause else None)


def _objections(status: ApplicantStatus) -> int:
    """How many objections wait for an answer."""
    said = [each.what for each in status.steps]
    return said.count("objected") - said.count("answered")


def _result(now: Visiting, status: ApplicantStatus) -> dict[str, Any]:
    """What came of it: the membership's number, its certificates, what it owes. Whoever has the code alone sees what this
    matter brought, until the member signed in by herself or thirty days after it ended; then the number."""
    if status.membership is None:
        return {}
    number = members.numbers(now.programme.id, [status.membership])[status.membership]
    if not _open(now, status):
        return {"number": number}
    own, herself = _payer(now, status), now.actor.kind == "member"
    owes = bool(now.rulebook.of("fee") or now.rulebook.of("deposit"))
    book = money.dues_of(own, number, now.at) if owes else None
    charges = [
        each for each in (book.charges if book is not None else ())
        if each.owed and (herself or _came(now, status, each.raised_at))
    ]  # fmt: skip
    owed = sum(each.owed for each in charges)
    papers = [each for each in members.certificates(own, number, now.at) if each.state == "good"]
    return {
        "number": number,
        "standing": members.standing_title(members.standing_at(status.membership, now.at) or "active"),
        "certificates": [each for each in papers if herself or _came(now, status, each.issued_at)],
        "owed": owed,
        "charges": charges,
        "pays": money.enabled() and (book is None or book.owed == owed),
    }


def _open(now: Visiting, status: ApplicantStatus) -> bool:
    """Whether what came of it is shown, and paid for, here."""
    if now.actor.kind == "member" or status.membership is None or status.ended_at is None:
        return True
    return now.at < status.ended_at + SHOWN and not visits.came_in(status.membership)


def _came(now: Visiting, status: ApplicantStatus, moment: datetime) -> bool:
    """Whether it was while the matter ran."""
    return status.opened_at is None or status.opened_at <= moment <= (status.ended_at or now.at)


def _payer(now: Visiting, status: ApplicantStatus) -> Actor:
    """The applicant as the member she has become by this application, where she pays or reads what she owes."""
    if now.actor.kind == "member" or status.membership is None:
        return now.actor
    name = members.number_and_name(now.programme.id, status.membership)[1]
    return Actor("member", status.membership, name, now.programme.id, PUBLIC, membership=status.membership)


def _confirm(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    given = read(ConfirmStage, {"matter": number, "stage": request.POST.get("stage", "")})
    cases.confirm_stage(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    return _back(request, now, number, Text(zh="已办", en="Done"))


def _invite(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    told = {name: request.POST.get(name, "").strip() for name in ("name", "contact")}
    given, key = read(InviteRecommender, {"matter": number, **told}), request.POST.get("key") or None
    page = request.build_absolute_uri(f"{now.base}recommend/")
    cases.invite_recommender(actor=now.actor, at=now.at, given=given, page=page, key=key)
    name = told["name"]
    done = Text(zh=f"已请 {name} 推荐，链接发给本人", en=f"{name} is asked to recommend and is sent the link")
    return _back(request, now, number, done)


def _withdraw(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    given = read(WithdrawMatter, {"matter": number, "reason": request.POST.get("reason", "")})
    cases.withdraw_matter(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    return _back(request, now, number, Text(zh="已撤回", en="It is taken back"))


def _pay(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    status = queries.status_for_applicant(now.actor, number, now.at)
    if not _open(now, status):
        raise NotFound(what=_ACT, given="payment")
    own = _payer(now, status)
    made = billing.ask_dues_payment(actor=own, at=now.at, key=request.POST.get("key") or None)
    back = f"{now.base}apply/{number}/"
    return HttpResponseRedirect(f"{made.pay_href}?{urlencode({'back': back})}" if made.pay_href else back)


def _back(request: HttpRequest, now: Visiting, number: str, said: Text) -> HttpResponse:
    return go_on(request, now, f"apply/{number}/", said)


_DEEDS: dict[str, Callable[[HttpRequest, Visiting, str], HttpResponse]] = {
    "confirmation": _confirm,
    "recommenders": _invite,
    "withdrawal": _withdraw,
    "payment": _pay,
}
