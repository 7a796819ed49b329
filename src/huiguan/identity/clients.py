"""Keys of API clients: 256 random bits, kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets

from huiguan.identity.models import Client
from huiguan.identity.values import Program

PREFIX = "hg_"


def new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(key: str) -> bytes:
    """A plain SHA-256: the key is random, so there is nothing for a slow hash to slow down."""
    return hashlib.sha256(key.encode(errors="replace")).digest()


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
    )
