"""Allowances, and the key a till verifies them by."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from huiguan.checkout.allowances.granting import found_allowance, view_of
from huiguan.checkout.allowances.tokens import public_key
from huiguan.checkout.models import Allowance, AllowanceSale
from huiguan.checkout.values import AllowanceView, SettledUnder
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor


def allowance(actor: Actor, reference: str) -> AllowanceView:
    """An allowance by its id, as it stands. Takes `sell` at its shop. AllowanceUnknown."""
    row = found_allowance(actor, reference)
    actor.demand("sell", row.shop_id)
    return view_of(row)


def allowances(actor: Actor, shop_code: str, *, still_open: bool = False, limit: int = 50) -> list[AllowanceView]:
    """A shop's allowances, the newest first. Takes `sell` there."""
    shop = identity.shop(actor.programme, shop_code)
    actor.demand("sell", shop.id)
    rows = Allowance.objects.filter(programme_id=actor.programme, shop_id=shop.id).order_by("-id")
    if still_open:
        rows = rows.filter(closed_at=None)
    return [view_of(row) for row in rows[:limit]]


def settled_under(actor: Actor, allowances: Sequence[str]) -> dict[str, list[SettledUnder]]:
    """By allowance, the sales settled under it, in the order of their settlement."""
    rows = AllowanceSale.objects.filter(programme_id=actor.programme, allowance__in=[int(each) for each in allowances])
    told: dict[str, list[SettledUnder]] = {each: [] for each in allowances}
    for row in rows.order_by("id"):
        told[str(row.allowance_id)].append(SettledUnder(row.sale, row.points, row.settled_at))
    return told


def allowance_key() -> bytes:
    """The 32 bytes of the Ed25519 key by which a till knows what this house signed."""
    return public_key(settings.SECRET_KEY)
