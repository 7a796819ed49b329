"""The code that opens a matter to its applicant: made, kept as a hash, tried five times at most."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from datetime import datetime

from huiguan.cases.models import AccessCode, Matter
from huiguan.foundation.sealing import blind
from huiguan.kernel.actors import Actor

# No letter or digit that is mistaken for another when it is read out.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 10
TRIES = 5


def issue(row: Matter, at: datetime, *, shut: bool = False) -> str:
    """A fresh code for the matter; the one before opens nothing any more. `shut`: what is sealed stays hidden under it."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    AccessCode.objects.filter(matter=row, replaced_at=None).update(replaced_at=at)
    AccessCode.objects.create(
        programme_id=row.programme_id, matter=row, code_hash=_hash(row, code), made_at=at, shut=shut
    )
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


def shut_for(actor: Actor, row: Matter) -> bool:
    """Whether what is sealed stays hidden from whoever acts: the applicant under a code somebody of the house was told."""
    return actor.kind == "applicant" and shut(row)


def shut(row: Matter) -> bool:
    """Whether somebody of the house knows the matter's code."""
    return AccessCode.objects.filter(matter_id=row.pk, replaced_at=None, shut=True).exists()


def of_the_house(actor: Actor) -> bool:
    """Whether somebody acts for the house: whatever she is told or writes, it is not the applicant alone who knows it."""
    return actor.kind not in ("member", "applicant")


def typed(given: str) -> str:
    """What was typed: blanks, hyphens, small and full-width letters make no difference."""
    return "".join(unicodedata.normalize("NFKC", given).replace("-", "").split()).upper()


def _hash(row: Matter, code: str) -> bytes:
    return blind(row.programme_id, "matter-code", f"{row.pk}|{code}")
