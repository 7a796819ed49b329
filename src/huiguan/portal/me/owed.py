"""What a member owes the house by a day: reports, the yearly inspection, payments."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiguan.conduct import queries
from huiguan.conduct.values import OWED_STATES, EventKind, OwedTold
from huiguan.design.values import Mark, Why
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, member_only, show
from huiguan.portal.apply.offers import offered
from huiguan.rules.kinds import obligation
from huiguan.visits import operations as visits
from huiguan.visits.inputs import BeginApplication

_OWED = Text(zh="应办的事", en="something owed")
_MARKS = {"open": "warn", "overdue": "stop", "done": "ok", "late": "plain"}


@dataclass(frozen=True, slots=True)
class OwedCard:
    """Something owed as its member reads it."""

    told: OwedTold
    mark: Mark
    why: Why
    may: bool = False  # she may begin what fulfils it


@never_cache
@require_GET
@member_only
def owed(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What is to be done first, then what was done, the newest first; and what must be reported at all."""
    mine = {each.name for each in offered(now, now.actor)}
    cards = [_card(now, each, mine) for each in queries.obligations(now.actor, now.at)]
    waiting = [each for each in cards if each.told.done is None]
    done = [each for each in reversed(cards) if each.told.done is not None]
    kinds: dict[str, list[EventKind]] = {}
    for kind in queries.event_kinds(now.actor, now.at):
        kinds.setdefault(kind.within, []).append(kind)
    lists = [(Text(zh=_zh(within), en=within), each) for within, each in kinds.items()]
    return show(
        request, now, "portal/me/owed.html", current="me", waiting=waiting, done=done, lists=lists,
        key=get_random_string(20),
    )  # fmt: skip


_UNITS = {"workday": "个工作日", "day": "天", "week": "周", "month": "个月", "year": "年"}


def _zh(within: str) -> str:
    count, _, unit = within.partition(" ")
    return f"{count} {_UNITS.get(unit.removesuffix('s'), unit)}"


@require_POST
@member_only
def report(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What fulfils something owed is begun, with what is known filled in; the one begun before where there is one."""
    wanted = (request.POST.get("obligation", ""), request.POST.get("which", ""))
    owed = queries.obligations(now.actor, now.at)
    told = next((each for each in owed if (each.obligation, each.key) == wanted and each.procedure), None)
    if told is None or told.done is not None:
        raise NotFound(what=_OWED, given=wanted[1][:60])
    if told.under_way:
        return HttpResponseRedirect(f"{now.base}apply/{told.under_way}/")
    given = read(BeginApplication, {"procedure": told.procedure, "form": dict(told.form)})
    key = request.POST.get("key") or None
    made = visits.begin_application(actor=now.actor, at=now.at, given=given, wall=now.wall, key=key)
    return HttpResponseRedirect(f"{now.base}apply/{made.number}/form/1")


def _card(now: Visiting, told: OwedTold, mine: set[str]) -> OwedCard:
    text = Text(**obligation.SAYS[told.reason.say].both(**told.reason.values))
    mark = Mark(OWED_STATES[told.state], _MARKS[told.state])
    return OwedCard(told, mark, Why(text, clause_refs(now, told.clause)), told.procedure in mine)
