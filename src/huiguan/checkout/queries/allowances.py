"""Allowances, and the key a till verifies them by."""

from __future__ import annotations

from django.conf import settings

from huiguan.checkout.allowances.granting import found_allowance, view_of
from huiguan.checkout.allowances.tokens import public_key
from huiguan.checkout.values import AllowanceView
from huiguan.kernel.actors import Actor


def allowance(actor: Actor, reference: str) -> AllowanceView:
    """An allowance by its id, as it stands. Takes `sell` at its shop. AllowanceUnknown."""
    row = found_allowance(actor, reference)
    actor.demand("sell", row.shop_id)
    return view_of(row)


def allowance_key() -> bytes:
    """The 32 bytes of the Ed25519 key by which a till knows what this house signed."""
    return public_key(settings.SECRET_KEY)
