"""Signing in by name and password, slowed down after failures. On wall time, handed in by the entrance.

A refused sign-in is the one refusal that leaves a mark: the failure is counted, in a transaction of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection

from huiguan.foundation.performing import in_transaction
from huiguan.identity.models import SignInTrouble, Staff
from huiguan.identity.refusals import SignInMustWait, SignInRefused
from huiguan.identity.values import SignedIn

# Failures borne before a wait begins: under one name, and from one address trying many names.
BORNE = {"name": 5, "from": 30}
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def sign_in(*, username: str, password: str, wall: datetime, origin: str = "") -> SignedIn:
    """The person of that name and password. `origin` is the caller's network address, "" where unknown.

    Refuses SignInMustWait (after too many failures; even a right password waits) and SignInRefused.
    """
    name = username.replace("\x00", "").strip().lower()
    keys = [f"name:{name}"[:120], *([f"from:{origin}"[:120]] if origin else [])]
    _demand_no_wait(keys, wall)
    staff = Staff.objects.filter(username=name).first()
    if staff is None:
        make_password(password)  # an unknown name takes as long as a known one
    if staff is None or not staff.check_password(password) or not staff.is_active:
        in_transaction(lambda: _count_failures(keys, wall))
        raise SignInRefused()
    SignInTrouble.objects.filter(key=keys[0]).delete()
    return SignedIn(staff=staff.pk, programme=staff.programme_id, name=staff.name, language=staff.language)


def _demand_no_wait(keys: list[str], wall: datetime) -> None:
    waits = SignInTrouble.objects.filter(key__in=keys, wait_until__gt=wall).values_list("wait_until", flat=True)
    if waits:
        left = max(waits) - wall
        raise SignInMustWait(seconds=left.days * 86400 + left.seconds + (1 if left.microseconds else 0))


def wait_after(failures: int, borne: int) -> timedelta:
    """How long the next attempt must wait: nothing while borne, then 30 s, doubling up to 15 minutes."""
    if failures < borne:
        return timedelta(0)
    doublings = min(failures - borne, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _count_failures(keys: list[str], wall: datetime) -> None:
    for key in sorted(keys):  # rows are locked in one order
        _count_failure(key, wall)


def _count_failure(key: str, wall: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO identity_signintrouble AS t (key, failures, last_failed_at, wait_until)
            VALUES (%(key)s, 1, %(wall)s, %(wall)s)
            ON CONFLICT (key) DO UPDATE SET last_failed_at = %(wall)s,
                failures = CASE WHEN t.last_failed_at < %(forgotten)s THEN 1 ELSE t.failures + 1 END
            RETURNING failures
            """,
            {"key": key, "wall": wall, "forgotten": wall - FORGOTTEN_AFTER},
        )
        failures = int(cursor.fetchone()[0])
    wait = wait_after(failures, BORNE[key.partition(":")[0]])
    SignInTrouble.objects.filter(key=key).update(wait_until=wall + wait)
