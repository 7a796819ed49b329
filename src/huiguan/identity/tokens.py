"""What opens something and is shown once: 256 random bits, kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """A plain SHA-256: the token is random, so there is nothing for a slow hash to slow down."""
    return hashlib.sha256(token.encode(errors="replace")).digest()
