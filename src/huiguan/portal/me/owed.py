"""What a member owes the house by a day: reports, the yearly inspection, payments."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huiguan.conduct import queries
from huiguan.conduct.values import OWED_STATES, EventKind, OwedTold
from huiguan.design.values import Mark, Why
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, member_only, show
from huiguan.rules.kinds import obligation

_MARKS = {"open": "warn", "overdue": "stop", "done": "ok", "late": "plain"}


@dataclass(frozen=True, slots=True)
class OwedCard:
    """Something owed as its member reads it."""

    told: OwedTold
    mark: Mark
    why: Why


@never_cache
@require_GET
@member_only
def owed(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What is to be done first, then what was done, the newest first; and what must be reported at all."""
    cards = [_card(now, each) for each in queries.obligations(now.actor, now.at)]
    waiting = [each for each in cards if each.told.done is None]
    done = [each for each in reversed(cards) if each.told.done is not None]
    kinds: dict[str, list[EventKind]] = {}
    for kind in queries.event_kinds(now.actor, now.at):
        kinds.setdefault(kind.within, []).append(kind)
    lists = [(Text(zh=_zh(within), en=within), each) for within, each in kinds.items()]
    return show(request, now, "portal/me/owed.html", current="me", waiting=waiting, done=done, lists=lists)


_UNITS = {"workday": "个工作日", "day": "天", "week": "周", "month": "个月", "year": "年"}


def _zh(within: str) -> str:
    count, _, unit = within.partition(" ")
    return f"{count} {_UNITS.get(unit.removesuffix('s'), unit)}"


def _card(now: Visiting, told: OwedTold) -> OwedCard:
    text = Text(**obligation.SAYS[told.reason.say].both(**told.reason.values))
    mark = Mark(OWED_STATES[told.state], _MARKS[told.state])
    return OwedCard(told, mark, Why(text, clause_refs(now, told.clause)))
