"""Coming in: by name and password, then what her posts or she herself ask for beside it; or by a passkey alone.

On wall time, handed in by the entrance; `at` is the domain's moment, under which the audit trail tells it. A refused
sign-in is the one refusal that leaves a mark: the failure is counted and written, in a transaction of its own.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from huiguan.foundation.performing import in_transaction
from huiguan.identity.ceremonies import presented, proved
from huiguan.identity.factors import factors_of, hash_of_code, step_of
from huiguan.identity.models import Passkey, RecoveryCode, Staff, Totp
from huiguan.identity.refusals import CodeRefused, PasskeyRefused, SignInRefused
from huiguan.identity.troubles import counted_under, demand_no_wait, forget, note_failure
from huiguan.identity.values import CODE, PASSKEY, PASSWORD, RECOVERY, Ceremony, SignedIn


def sign_in(*, username: str, password: str, wall: datetime, origin: str = "", at: datetime | None = None) -> SignedIn:
    """The person of that name and password; `second` says what is asked for next. `origin` is the caller's network
    address, "" where unknown.

    Refuses SignInMustWait (after too many failures; even a right password waits) and SignInRefused.
    """
    name = username.replace("\x00", "").strip().lower()
    keys = counted_under(name=name, origin=origin)
    demand_no_wait(keys, wall)
    staff = Staff.objects.filter(username=name).first()
    if staff is None:
        make_password(password)  # an unknown name takes as long as a known one
    if staff is None or not staff.check_password(password) or not staff.is_active:
        note_failure(keys, wall, at or wall, who=staff, what=PASSWORD, origin=origin)
        raise SignInRefused()
    forget(f"name:{name}"[:120])
    return _known(staff, PASSWORD, factors_of(staff.pk))


def sign_in_with_code(
    *, staff_id: int, code: str, wall: datetime, origin: str = "", at: datetime | None = None
) -> SignedIn:
    """The second step of a person whose password was right: her authenticator's code, or one of her recovery codes. Each
    opens once. Refuses SignInMustWait, CodeRefused."""
    keys = counted_under(staff=staff_id, origin=origin)
    demand_no_wait(keys, wall)
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    how = in_transaction(lambda: _spend(staff, code, wall)) if staff else None
    if staff is None or how is None:
        note_failure(keys, wall, at or wall, who=staff, what=CODE, origin=origin)
        raise CodeRefused(field="code")
    forget(f"code:{staff_id}")
    return _known(staff, how)


def _spend(staff: Staff, code: str, wall: datetime) -> str | None:
    """Take the code, so that nobody uses it again; how it opened, None where it does not."""
    totp = Totp.objects.select_for_update().filter(staff=staff, confirmed_at__isnull=False).first()
    step = step_of(totp, code, wall) if totp else None
    if totp is not None and step is not None:
        Totp.objects.filter(pk=totp.pk).update(last_step=step)
        return CODE
    digest = hash_of_code(staff.programme_id, staff.pk, code)
    spent = RecoveryCode.objects.filter(staff=staff, code_hash=digest, used_at=None).update(used_at=wall)
    return RECOVERY if spent else None


def sign_in_with_passkey(
    *,
    ceremony: Ceremony,
    credential: str,
    wall: datetime,
    origin: str = "",
    staff_id: int | None = None,
    at: datetime | None = None,
) -> SignedIn:
    """The person whose passkey answered the challenge; `staff_id` where a password already said who she must be.

    `credential` is the browser's answer as JSON. Refuses SignInMustWait, PasskeyRefused.
    """
    keys = counted_under(staff=staff_id, origin=origin)
    demand_no_wait(keys, wall)
    passkey: Passkey | None = None
    try:
        answer = presented(credential)
        passkey = Passkey.objects.filter(credential_id=answer.raw_id).select_related("staff").first()
        if passkey is None or not _fits(passkey, ceremony, staff_id):
            raise PasskeyRefused(field="credential")
        count = proved(ceremony, passkey, answer)
        # Of two answers with one counter, the second is a copy; devices that do not count always say 0.
        moved = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
        if not moved.update(sign_count=count, used_at=wall):
            raise PasskeyRefused(field="credential")
    except PasskeyRefused:
        who = passkey.staff if passkey else None
        note_failure(keys, wall, at or wall, who=who, what=PASSKEY, origin=origin)
        raise
    return _known(passkey.staff, PASSKEY)


def _fits(passkey: Passkey, ceremony: Ceremony, staff_id: int | None) -> bool:
    mine = staff_id is None or passkey.staff_id == staff_id
    return mine and passkey.staff.is_active and passkey.site == ceremony.site


def _known(staff: Staff, how: str, second: tuple[str, ...] = ()) -> SignedIn:
    return SignedIn(staff.pk, staff.programme_id, staff.name, staff.language, how, second)
