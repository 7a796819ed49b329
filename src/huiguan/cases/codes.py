"""The code that opens a matter to its applicant: made, kept as a hash, tried five times at most."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from datetime import datetime

from huiguan.cases.models import AccessCode, Matter
from huiguan.foundation.sealing import blind

# No letter or digit that is mistaken for another when it is read out.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 10
TRIES = 5


def issue(row: Matter, at: datetime) -> str:
    """A fresh code for the matter; the one before opens nothing any more."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    AccessCode.objects.filter(matter=row, replaced_at=None).update(replaced_at=at)
    AccessCode.objects.create(programme_id=row.programme_id, matter=row, code_hash=_hash(row, code), made_at=at)
    return f"{code[:5]}-{code[5:]}"


def fits(row: Matter, given: str) -> bool | None:
    """Whether it is the matter's code; None where it is locked. A wrong one counts. Locks the code's row."""
    held = AccessCode.objects.select_for_update().filter(matter=row, replaced_at=None).first()
    if held is None or held.failures >= TRIES:
        return None
    if hmac.compare_digest(bytes(held.code_hash), _hash(row, typed(given))):
        held.failures = 0
        held.save(update_fields=["failures"])
        return True
    held.failures += 1
    held.save(update_fields=["failures"])
    return False


def typed(given: str) -> str:
    """What was typed: blanks, hyphens, small and full-width letters make no difference."""
    return "".join(unicodedata.normalize("NFKC", given).replace("-", "").split()).upper()


def _hash(row: Matter, code: str) -> bytes:
    return blind(row.programme_id, "matter-code", f"{row.pk}|{code}")
