"""Points exchanged with a partner: by which terms, with which account of hers, and what became of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.design.values import Mark
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, go_on, member_only, show
from huiguan.portal.knowing import known_member
from huiguan.portal.typed import key_of, whole
from huiguan.rewards import operations as rewards
from huiguan.rewards import queries
from huiguan.rewards.inputs.partners import ExchangePoints, UnlinkPartner
from huiguan.rewards.refusals import PartnerUnknown
from huiguan.rewards.values.partners import DIRECTIONS, EXCHANGE_STATES, ExchangeTold, PartnerTold
from huiguan.rules.kinds import partner as kind

TONES = {"done": "ok", "refused": "warn", "disputed": "warn"}
_ASKED = Text(zh="已提交 {number}，对方答复后写在下面", en="{number} is asked for; the partner's word will stand below")
_SHOWN = 50


@require_GET
@member_only
def partners(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The partners of the rulebook."""
    linked = {each.partner: each.account for each in queries.links(now.actor)}
    found = [(each, linked.get(each.partner)) for each in queries.partners(now.actor, now.at)]
    return show(request, now, "portal/me/partners.html", current="me", partners=found)


@require_http_methods(["GET", "POST"])
@member_only
def partner(request: HttpRequest, now: Visiting, partner: str) -> HttpResponse:
    """One partner; POST asks it to take or give points."""
    told = _partner(now, partner)
    if request.method == "GET":
        return _page(request, now, told)
    form = request.POST
    asked: dict[str, Any] = {
        "partner": partner, "direction": form.get("direction", ""), "units": whole(form.get("units", "")),
    }  # fmt: skip
    if form.get("account"):
        asked["account"] = form["account"].strip()
    try:
        given = read(ExchangePoints, asked)
        made = rewards.exchange_points(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return _page(request, now, told, refusal)
    return go_on(request, now, f"me/partners/{partner}", Text(**_ASKED.both(number=made.number)))


@require_POST
@member_only
def unlink(request: HttpRequest, now: Visiting, partner: str) -> HttpResponse:
    """Her account there is hers to name no more."""
    told = _partner(now, partner)
    try:
        given = read(UnlinkPartner, {"partner": partner})
        rewards.unlink_partner(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return _page(request, now, told, refusal)
    return go_on(request, now, f"me/partners/{partner}", Text(zh="账号已解除", en="The account is unlinked"))


def _partner(now: Visiting, name: str) -> PartnerTold:
    found = next((each for each in queries.partners(now.actor, now.at) if each.partner == name), None)
    if found is None:
        raise PartnerUnknown(field="partner", partner=name)
    return found


def _page(request: HttpRequest, now: Visiting, told: PartnerTold, refusal: Refusal | None = None) -> HttpResponse:
    """Why it was refused stands above what she wrote, which stays."""
    terms = kind.partners(now.rulebook)[told.partner]
    ids = dict.fromkeys((terms.clause.id, *terms.by.values()))
    ways = [way for way, rate in (("out", told.gives), ("in", told.takes)) if rate]
    context: dict[str, Any] = {
        "partner": told,
        "rules": [(now.rulebook.clauses[each].text, clause_refs(now, each)) for each in ids],
        "ways": [(way, _way(told, way)) for way in ways],
        "way": request.POST.get("direction") or (ways[0] if ways else ""),
        "account": next((each.account for each in queries.links(now.actor) if each.partner == told.partner), ""),
        "rows": [_row(each) for each in queries.exchanges(now.actor, now.at, name=told.partner, limit=_SHOWN)],
        "balance": known_member(now).has(told.unit),
        "typed": request.POST,
        "key": get_random_string(22),
        "field": refusal.field if refusal else "",
    }
    return show(request, now, "portal/me/partner.html", current="me", refusal=refusal, **context)


def _way(told: PartnerTold, way: str) -> Text:
    """Both directions by what one writes: ours where they go out, the partner's where they come in."""
    if way == "out":
        return Text(zh=f"积分换{told.units.zh}", en="Points out")
    return Text(zh=f"{told.units.zh}换积分", en="Points in")


def _row(told: ExchangeTold) -> dict[str, Any]:
    went = -(told.ours + told.fee_points) if told.direction == "out" else told.ours
    return {
        "told": told,
        "way": DIRECTIONS[told.direction],
        "mark": Mark(EXCHANGE_STATES[told.state], TONES.get(told.state, "draft")),
        "points": went,
        "void": told.state == "refused",
    }
