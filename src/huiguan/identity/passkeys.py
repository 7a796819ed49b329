"""Passkeys as their owner sees them."""

from __future__ import annotations

from huiguan.identity.models import Passkey
from huiguan.identity.values import KnownPasskey
from huiguan.kernel.text import Text

PASSKEY_SAID = Text(zh="通行密钥", en="passkey")


def passkey_of(row: Passkey) -> KnownPasskey:
    return KnownPasskey(row.pk, row.name, row.site, row.created_at, row.used_at)
