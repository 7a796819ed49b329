"""What a party's sealed value is bound to; the sealing itself is the foundation's."""

from __future__ import annotations

from huiguan.foundation.sealing import FieldKeyMissing, blind, seal, unseal

__all__ = ["FieldKeyMissing", "blind", "bound_of", "seal", "unseal"]


def bound_of(party: int, name: str) -> str:
    """What a value of this party's field (or key) is bound to."""
    return f"party:{party}:{name}"
