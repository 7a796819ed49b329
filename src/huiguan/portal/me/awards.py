"""What a member was honoured for, and the roll of honour anybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huiguan.conduct import queries
from huiguan.conduct.values import AWARD_STATES, AwardTold, Honour
from huiguan.design.values import ClauseRef, Mark, Why
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, member_only, show, visiting
from huiguan.rules.kinds import award

_BORNE, _OVER = Text(zh="现有", en="held"), Text(zh="已到期", en="over")


@dataclass(frozen=True, slots=True)
class AwardCard:
    """An award as its member reads it."""

    told: AwardTold
    mark: Mark
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class RollLine:
    """A line of the roll of honour."""

    told: Honour
    clauses: tuple[ClauseRef, ...]


@never_cache
@require_GET
@member_only
def awards(request: HttpRequest, now: Visiting) -> HttpResponse:
    """All she was given, those that are over or were taken back too."""
    cards = [_card(now, each) for each in queries.awards(now.actor, now.at)]
    return show(request, now, "portal/me/awards.html", current="me", cards=cards)


@require_GET
@visiting()
def roll(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Who is honoured; members read what is made known among them too."""
    found = queries.honours(now.programme.id, now.at, among_members=now.actor.kind == "member")
    lines = [RollLine(each, clause_refs(now, each.clause)) for each in found]
    return show(request, now, "portal/me/honours.html", current="me", lines=lines)


def _card(now: Visiting, told: AwardTold) -> AwardCard:
    mark = Mark(_BORNE, "ok") if told.borne else Mark(_OVER, "draft")
    if told.state == "withdrawn":
        mark = Mark(AWARD_STATES[told.state], "stop")
    whys = tuple(
        Why(Text(**award.SAYS[each.say].both(**each.values)), clause_refs(now, each.clause)) for each in told.says
    )
    return AwardCard(told, mark, whys)
