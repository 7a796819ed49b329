"""Awards: what was proposed and given, a member proposed, an award taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.conduct import inputs, queries
from huiguan.conduct import operations as conduct
from huiguan.conduct.values import AWARD_STATES, AwardTold
from huiguan.console.acting import Acting, acting, refused, refused_field, show
from huiguan.console.conduct.pages import AskedField, AwardPage, AwardRow, AwardsPage, ProposalPage
from huiguan.console.dues.drawing import why_of
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import award as kind

_BORNE, _OVER = Text(zh="现有", en="held"), Text(zh="已到期", en="over")
_WITHDRAW = Text(zh="收回", en="Take it back")
_WHY = Text(zh="理由", en="Why")
_NAMES = {
    "member": Text(zh="会员", en="Member"), "award": Text(zh="表彰", en="Award"), "words": Text(zh="事迹", en="Merits"),
    "category": Text(zh="类别", en="Category"), "reason": _WHY,
}  # fmt: skip
_ASKED = ("member", "award", "category", "words")


@require_GET
@acting("conduct")
def awards(request: HttpRequest, now: Acting) -> HttpResponse:
    """Every award proposed and given, the newest first."""
    asked = request.GET.get("state", "")
    state = asked if asked in AWARD_STATES else ""
    states = [(name, title, name == state) for name, title in AWARD_STATES.items()]
    rows = [_row(each) for each in queries.awards(now.actor, now.at, state=state)]
    code = programmes.programme_named(now.actor.programme).code
    may = now.actor.may("matters") and queries.states_awards(now.actor, now.at)
    page = AwardsPage(state, states, rows, may, f"/m/{code}/honours")
    return show(request, now, "console/conduct/awards.html", page=page)


@require_http_methods(["GET", "POST"])
@acting("matters")
def proposal(request: HttpRequest, now: Acting) -> HttpResponse:
    """A member proposed."""
    if request.method == "GET":
        typed = {name: request.GET.get(name, "")[:40] for name in ("member", "award")}
        return show(request, now, "console/conduct/proposal.html", page=_proposal(now, typed))
    typed = request.POST.dict()
    asked: dict[str, Any] = {name: typed[name] for name in _ASKED if typed.get(name)}
    asked["form"] = {name.removeprefix("form."): value for name, value in typed.items() if _fills(name) and value}
    try:
        given = read(inputs.ProposeAward, asked)
        made = conduct.propose_award(actor=now.actor, at=now.at, given=given, key=typed.get("key") or None)
    except Refusal as refusal:
        page = _proposal(now, typed, refused_field(refusal, now, _NAMES), refusal.field or "")
        return show(request, now, "console/conduct/proposal.html", page=page, status=refusal.status)
    say_next(request, Said(Text(zh=f"已提交决定：{made.matter}", en=f"It is before the deciders: {made.matter}")))
    mine = now.actor.may("conduct") or now.actor.may("audit")
    return HttpResponseRedirect(f"/conduct/awards/{made.number}/" if mine else f"/matters/{made.matter}/")


def _fills(name: str) -> bool:
    return name.startswith("form.")


@require_http_methods(["GET", "POST"])
@acting("conduct")
def award(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One award; POST takes it back."""
    number = number[:20]
    if request.method == "GET":
        return show(request, now, "console/conduct/award.html", page=_page(now, number))
    form = request.POST
    try:
        given = read(inputs.WithdrawAward, {"award": number, "reason": form.get("words", "")})
        conduct.withdraw_award(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
    except Refusal as refusal:
        page = _page(now, number, refused(refusal, now))
        return show(request, now, "console/conduct/award.html", page=page, status=refusal.status)
    say_next(request, Said(Text(zh=f"{number} 已收回", en=f"{number} is taken back")))
    return HttpResponseRedirect(f"/conduct/awards/{number}/")


def _row(told: AwardTold) -> AwardRow:
    mark = Mark(AWARD_STATES[told.state], "plain" if told.state == "proposed" else "draft")
    if told.borne:
        mark = Mark(_BORNE, "ok")
    elif told.state == "granted":
        mark = Mark(_OVER, "draft")
    return AwardRow(
        told.number, f"/conduct/awards/{told.number}/", told.name or told.member, f"/members/{told.member}/",
        told.title, told.category or "", mark, told.since, told.until,
    )  # fmt: skip


def _page(now: Acting, number: str, told: Refused | None = None) -> AwardPage:
    found = queries.one_award(now.actor, number, now.at)
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    whys = [why_of(rulebook, each) for each in found.says if each.clause in rulebook.clauses]
    deeds = [
        DeedForm(
            name, _WITHDRAW, _WITHDRAW, [Field("words", _WHY)], f"/conduct/awards/{number}/", new_key(), refused=told,
            open=told is not None,
        )
        for name in found.may
    ]  # fmt: skip
    return AwardPage(found, _row(found), whys, deeds)


def _proposal(now: Acting, typed: Mapping[str, str], told: Refused | None = None, wrong: str = "") -> ProposalPage:
    kinds = queries.award_kinds(now.actor, now.at)
    chosen = next((each for each in kinds if each.award == typed.get("award")), kinds[0] if len(kinds) == 1 else None)
    whys = []
    if chosen is not None:
        rulebook = programmes.programme_at(now.actor.programme, now.at)
        reasons = kind.granted(rulebook, rulebook.clauses[chosen.clause], now.at, rulebook.zone)[1]
        whys = [why_of(rulebook, each) for each in reasons]
    asks = [
        AskedField(
            each,
            f"form-{each.name}",
            f"form.{each.name}",
            typed.get(f"form.{each.name}", ""),
            wrong == f"form.{each.name}",
        )
        for each in (chosen.asks if chosen is not None else ())
    ]
    return ProposalPage(kinds, chosen, dict(typed), new_key(), whys, asks, told, wrong)
