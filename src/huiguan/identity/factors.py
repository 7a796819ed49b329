"""One-time codes: what a phone's authenticator shows at a step of thirty seconds, and the codes on paper beside it."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp

from huiguan.foundation.sealing import blind, seal, unseal
from huiguan.identity.models import Passkey, RecoveryCode, Totp
from huiguan.identity.values import CODE, PASSKEY

STEP = 30  # seconds a code is shown
DRIFT = 1  # steps a phone's clock may be ahead or behind
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another


def bound_of(staff: int) -> str:
    return f"staff:{staff}:totp"


def new_secret() -> str:
    """160 random bits, base32."""
    return pyotp.random_base32()


def address_of(username: str, secret: str, house: str) -> str:
    """What a QR code for the authenticator holds."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=username, issuer_name=house)


def secret_of(totp: Totp) -> str:
    return unseal(bytes(totp.sealed), bound=bound_of(totp.staff_id))


def sealed_secret(staff: int, secret: str) -> bytes:
    return seal(secret, bound=bound_of(staff))


def step_of(totp: Totp, code: str, wall: datetime) -> int | None:
    """The step at which the authenticator shows `code`, within the drift and later than any taken before; else None."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    shown = pyotp.TOTP(secret_of(totp), interval=STEP)
    now = int(wall.timestamp()) // STEP
    found = [
        step
        for step in range(max(now - DRIFT, totp.last_step + 1), now + DRIFT + 1)
        if hmac.compare_digest(shown.generate_otp(step), digits)
    ]
    return found[0] if found else None


def new_recovery_codes(programme: int, staff: int) -> tuple[str, ...]:
    """Ten fresh codes in place of all there were; only their blind hashes are kept."""
    codes = tuple("-".join(_letters() for _ in range(2)) for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.filter(staff_id=staff).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(programme_id=programme, staff_id=staff, code_hash=hash_of_code(programme, staff, code))
        for code in codes
    )
    return codes


def _letters() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


def hash_of_code(programme: int, staff: int, code: str) -> bytes:
    """Blanks, hyphens and capitals make no difference: it is typed from paper."""
    typed = "".join(letter for letter in code.lower() if letter.isalnum())
    return blind(programme, f"recovery:{staff}", typed)


def factors_of(staff: int) -> tuple[str, ...]:
    """What may be asked of a person after her password."""
    has = []
    if Totp.objects.filter(staff_id=staff, confirmed_at__isnull=False).exists():
        has.append(CODE)
    if Passkey.objects.filter(staff_id=staff).exists():
        has.append(PASSKEY)
    return tuple(has)
