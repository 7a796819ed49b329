"""The copy of all that is kept of a member, to be read and to be taken away. What lies sealed is opened for it, logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from huiguan.checkout import queries as checkout
from huiguan.checkout.telling import told
from huiguan.checkout.values import SaleView
from huiguan.kernel.amounts import as_yuan
from huiguan.ledger import queries as ledger
from huiguan.portal.acting import Visiting, member_only, show
from huiguan.portal.knowing import Member, known_member
from huiguan.programme import queries as programmes
from huiguan.rules.listed import rows_of
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries

ALL = 1_000_000


@require_GET
@member_only
def copy(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What the copy holds, before it is taken: kinds and how many of each."""
    member = known_member(now)
    context: dict[str, Any] = {
        "fields": sum(1 for each in member.told.profile if each.shown),
        "entries": sum(len(_ledger(member, unit)) for unit in member.rulebook.units),
        "coupons": len(member.told.rights),
        "sales": len(_sales(member)),
        "consents": len(visit_queries.consent_history(now.actor)),
    }
    return show(request, now, "portal/me/copy.html", current="me", **context)


@require_POST
@member_only
def copy_file(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The copy as JSON, to be kept."""
    member = known_member(now)
    profile = visits.copy_profile(actor=now.actor, at=now.at)
    answer = JsonResponse(_copied(member, profile), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{now.programme.code}-{member.told.number}.json"'
    return answer


def _copied(member: Member, profile: Mapping[str, str]) -> dict[str, Any]:
    now, person = member.now, member.told
    listed = {each.name for each in person.profile if each.rows is not None}
    return {
        "programme": {"code": now.programme.code, "rulebook": member.rulebook.version},
        "as_of": now.at,
        "member": {
            "number": person.number, "name": person.name, "tier": person.tier, "tier_since": person.tier_since,
            "standing": person.standing, "joined_at": person.joined_at, "formerly": person.formerly,
        },
        "profile": {name: rows_of(told) if name in listed else told for name, told in profile.items()},
        "cards": [{"number": c.number, "status": c.status, "issued_at": c.issued_at} for c in person.cards],
        "changes": [
            {"what": c.what, "before": c.before, "after": c.after, "at": c.at, "clause": c.clause} for c in person.changes
        ],
        "agreements": [
            {"what": c.what, "given": c.given, "version": c.version, "at": c.at, "words": c.words.zh}
            for c in visit_queries.consent_history(now.actor)
        ],
        "devices": [
            {"device": v.device, "address": v.address, "began_at": v.began_at, "seen_at": v.seen_at}
            for v in visit_queries.visits(now.actor, now.wall)
        ],
        "ledgers": {unit: _ledger(member, unit) for unit in member.rulebook.units},
        "coupons": [_coupon(each) for each in person.rights],
        "sales": [_sale(sale) for sale in _sales(member)],
    }  # fmt: skip


def _ledger(member: Member, unit: str) -> list[dict[str, Any]]:
    lines = ledger.entries(actor=member.now.actor, membership=member.told.membership, unit=unit, limit=ALL)
    return [
        {"at": line.at, "change": line.delta, "balance": line.balance, "cause": list(line.cause), "clause": line.clause}
        for line in lines
    ]


def _coupon(held: Any) -> dict[str, Any]:
    right = held.right
    return {
        "code": right.code, "name": right.name, "clause": right.clause, "worth": as_yuan(right.worth),
        "state": held.state, "valid_from": right.valid_from, "valid_until": right.valid_until,
        "steps": [{"what": step.what, "at": step.at} for step in held.steps],
    }  # fmt: skip


def _sales(member: Member) -> list[SaleView]:
    return checkout.sales(member.now.actor, membership=member.told.membership, limit=ALL)


def _sale(sale: SaleView) -> dict[str, Any]:
    """A purchase with every line, means of payment and reason."""
    document = sale.document
    reasons = told(programmes.version(sale.version), document["reasons"])
    return {
        "number": sale.number, "shop": sale.shop, "at": sale.at, "paid": as_yuan(sale.paid),
        "lines": [
            {"sku": line["sku"], "name": line["name"], "quantity": line["quantity"], "paid": as_yuan(line["due"])}
            for line in document["lines"]
        ],
        "tenders": [{"means": means, "amount": as_yuan(amount)} for means, amount in document["tenders"]],
        "earned": document["earned"], "used": document["used"],
        "reasons": [{"clause": each["clause"], "given": each["given"], "text": each["text"]} for each in reasons],
    }  # fmt: skip
