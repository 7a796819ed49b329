"""Keys of API clients: 256 random bits, kept as a hash only."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db.models import Q

from huiguan.identity.models import Client
from huiguan.identity.tokens import hash_of, new_token
from huiguan.identity.values import Program

PREFIX = "hg_"


def new_key() -> str:
    return PREFIX + new_token()


def opened_by(key: str, wall: datetime | None) -> Client | None:
    """The client a key opens for at `wall`; one that was rotated away opens until its end, never without a moment."""
    digest = hash_of(key)
    fits = Q(key_hash=digest)
    if wall is not None:
        fits |= Q(old_key_hash=digest, old_key_until__gt=wall)
    found = Client.objects.filter(fits, revoked_at=None).first()
    if found is None:
        return None
    kept = [bytes(each) for each in (found.key_hash, found.old_key_hash) if each is not None]
    return found if any(hmac.compare_digest(each, digest) for each in kept) else None


def program_of(client: Client) -> Program:
    return Program(
        id=client.pk,
        name=client.name,
        tail=client.key_tail,
        powers=tuple(client.powers),
        shops=None if client.shops is None else tuple(client.shops),
        rate_per_minute=client.rate_per_minute,
        created_at=client.created_at,
        revoked_at=client.revoked_at,
        last_used_at=client.last_used_at,
        old_key_until=client.old_key_until,
    )
