"""What is proposed or was decided about a member: she reads why, is heard, and may appeal."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiguan.conduct import operations as conduct
from huiguan.conduct import queries
from huiguan.conduct.inputs import AppealMeasure, StateCase
from huiguan.conduct.values import MEASURE_STATES, MeasureTold
from huiguan.design.values import Mark, Why
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, go_on, member_only, show
from huiguan.rules.kinds import measure_taken

_STANDS = Text(zh="执行中", en="in force")
_ACT = Text(zh="操作", en="act")
_SAID = {
    "state_case": Text(zh="陈述已记下", en="It is on record"),
    "appeal": Text(zh="申诉已提交", en="Your appeal is in"),
}


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure as its member reads it; `may`: state_case or appeal, '' where there is nothing to do."""

    told: MeasureTold
    mark: Mark
    whys: tuple[Why, ...]
    may: str


@never_cache
@require_http_methods(["GET", "POST"])
@member_only
def measures(request: HttpRequest, now: Visiting) -> HttpResponse:
    """All of hers; POST says something to one, or appeals."""
    if request.method == "GET":
        return _page(request, now)
    form = request.POST
    deed, asked = form.get("deed", ""), {"measure": form.get("measure", "")[:20], "words": form.get("words", "")}
    key = form.get("key") or None
    try:
        if deed == "state_case":
            conduct.state_case(actor=now.actor, at=now.at, given=read(StateCase, asked), key=key)
        elif deed == "appeal":
            conduct.appeal_measure(actor=now.actor, at=now.at, given=read(AppealMeasure, asked), key=key)
        else:
            raise NotFound(what=_ACT, given=deed[:40])
    except Refusal as refusal:
        return _page(request, now, refusal)
    return go_on(request, now, "me/measures", _SAID[deed])


def _page(request: HttpRequest, now: Visiting, refusal: Refusal | None = None) -> HttpResponse:
    cards = [_card(now, each) for each in queries.measures(now.actor, now.at) if each.state != "dropped"]
    return show(
        request, now, "portal/me/measures.html", current="me", cards=cards, key=get_random_string(16),
        refusal=refusal,
    )  # fmt: skip


def _card(now: Visiting, told: MeasureTold) -> MeasureCard:
    mark = Mark(_STANDS, "stop") if told.stands else Mark(MEASURE_STATES[told.state], "plain")
    whys = tuple(
        Why(Text(**measure_taken.SAYS[each.say].both(**each.values)), clause_refs(now, each.clause))
        for each in told.says
    )
    return MeasureCard(told, mark, whys, next((each for each in told.may if each in _SAID), ""))
