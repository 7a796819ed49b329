"""Failed attempts to come in: counted by name, by person and by address, waited for, and written in the audit trail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from huiguan.foundation.performing import in_transaction, write_audit
from huiguan.identity.models import Node, SignInTrouble, Staff
from huiguan.identity.refusals import SignInMustWait
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.networks import caller_of

# Failures borne before a wait begins: under one name, of one person's codes, from one address trying many names, and of
# visitors there: whoever types wrong digits on the shop's own network shuts no clerk out.
BORNE = {"name": 5, "code": 5, "from": 30, "visitor": 30}
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def counted_under(name: str = "", staff: int | None = None, origin: str = "") -> list[str]:
    """The keys an attempt counts under: the name typed, the person whose code it is, the address it came from."""
    keys = [f"name:{name}"[:120]] if name else []
    if staff is not None:
        keys.append(f"code:{staff}")
    return [*keys, f"from:{caller_of(origin)}"[:120]] if origin else keys


def visitors_counted_under(origin: str) -> list[str]:
    """The key wrong one-time codes from an address count under, apart from the staff's sign-ins."""
    return [f"visitor:{caller_of(origin)}"[:120]] if origin else []


def demand_no_wait(keys: list[str], wall: datetime) -> None:
    waits = SignInTrouble.objects.filter(key__in=keys, wait_until__gt=wall).values_list("wait_until", flat=True)
    if waits:
        left = max(waits) - wall
        raise SignInMustWait(seconds=left.days * 86400 + left.seconds + (1 if left.microseconds else 0))


def forget(key: str) -> None:
    SignInTrouble.objects.filter(key=key).delete()


def wait_after(failures: int, borne: int) -> timedelta:
    """How long the next attempt must wait: nothing while borne, then 30 s, doubling up to 15 minutes."""
    if failures < borne:
        return timedelta(0)
    doublings = min(failures - borne, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def note_failure(keys: list[str], wall: datetime, at: datetime, *, who: Staff | None, what: str, origin: str) -> None:
    """Count a failure and write it down, in a transaction of its own: the refusal that follows undoes nothing of it.

    A name nobody has is not written: it may be a password typed into the wrong field.
    """

    def do() -> None:
        count_failures(keys, wall)
        programme = who.programme_id if who else _only_house()
        if programme is not None:
            subject = f"staff:{who.username}" if who else "sign-in"
            given = {"with": what, "address": origin, "known": who is not None}
            write_audit("sign_in_failed", actor=door(programme), at=at, subject=subject, given=given)

    in_transaction(do)


def count_failures(keys: list[str], wall: datetime) -> None:
    """Count a failure nobody's name stands under, in a transaction of its own."""

    def do() -> None:
        for key in sorted(keys):  # rows are locked in one order
            _count_failure(key, wall)

    in_transaction(do)


def door(programme: int) -> Actor:
    """Who writes down what happens before anybody is known."""
    return system(programme, "sign-in")


def _only_house() -> int | None:
    """The programme an unknown name is written under: that of the only house there is."""
    houses = list(Node.objects.filter(parent=None).values_list("programme_id", flat=True)[:2])
    return houses[0] if len(houses) == 1 else None


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
