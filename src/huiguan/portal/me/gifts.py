"""Points for another member: what may be passed on, to whom it went, and what came."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.portal.acting import Visiting, clause_refs, go_on, member_only, show
from huiguan.portal.knowing import known_member
from huiguan.portal.typed import key_of, whole
from huiguan.rewards import operations as rewards
from huiguan.rewards import queries
from huiguan.rewards.inputs.partners import GivePoints
from huiguan.rewards.values.partners import GiftTold
from huiguan.rules.kinds.transfer import WHAT


@require_http_methods(["GET", "POST"])
@member_only
def gifts(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What she may give; POST gives it to whoever has that number and a phone that ends so."""
    if request.method == "GET":
        return _page(request, now)
    form = request.POST
    asked = {
        "to": form.get("to", ""),
        "tail": form.get("tail", "").strip(),
        "points": whole(form.get("points", "")),
        "note": form.get("note", ""),
    }
    try:
        given = read(GivePoints, asked)
        made = rewards.give_points(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return _page(request, now, refusal)
    said = Text(
        zh=f"已转赠 {made.points:,} 分给 {made.taker} · {made.number}",
        en=f"{made.points:,} {either(made.points, 'point', 'points')} passed on to {made.taker} · {made.number}",
    )
    return go_on(request, now, "me/gifts", said)


def _page(request: HttpRequest, now: Visiting, refusal: Refusal | None = None) -> HttpResponse:
    """Why it was refused stands above what she wrote, which stays."""
    allowed = queries.giving(now.actor, now.at)
    clause = now.rulebook.clauses[allowed.clause] if allowed else None
    context: dict[str, Any] = {
        "allowed": allowed,
        "rule": clause.text if clause else None,
        "clauses": clause_refs(now, clause.id) if clause else (),
        "missing": [WHAT[need] for need in allowed.missing] if allowed else [],
        "rows": [(each, hers) for each in queries.gifts(now.actor, now.at) for hers in [_hers(now, each)]],
        "typed": request.POST,
        "key": get_random_string(22),
        "field": refusal.field if refusal else "",
        "balance": known_member(now).has(allowed.unit) if allowed else 0,
    }
    return show(request, now, "portal/me/gifts.html", current="me", refusal=refusal, **context)


def _hers(now: Visiting, gift: GiftTold) -> bool:
    return gift.giver == now.number
