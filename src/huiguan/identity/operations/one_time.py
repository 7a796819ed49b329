"""One-time codes: six digits sent to a phone or a mailbox, good once, for five minutes, on wall time.

A code is asked for and answered by whoever is at the door: nothing here tells whether anybody has that address. What is
sent lies sealed beside the code until it is handed over. Checking counts the failure in a transaction of its own, so an
entrance calls it before the deed it opens, never within; the deed spends the proof it got.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from huiguan.foundation.performing import in_transaction, perform, write_audit
from huiguan.foundation.sealing import blind, seal
from huiguan.identity.inputs import CheckCode, IssueCode, SpendProof
from huiguan.identity.models import OneTimeCode
from huiguan.identity.one_time import (
    BETWEEN,
    DAY,
    FROM_SOURCE,
    GOOD_FOR,
    IN_ALL,
    PROOF_GOOD_FOR,
    TO_ADDRESS,
    TRIES,
    bound_of,
    channel_of,
    hash_of_digits,
    masked,
    new_code,
    typed,
    wait_for_room,
)
from huiguan.identity.refusals import CodeTooSoon, OneTimeCodeWrong, ProofNotGood, TooManyCodes
from huiguan.identity.tokens import hash_of, new_token
from huiguan.identity.troubles import count_failures, demand_no_wait, visitors_counted_under
from huiguan.identity.values import IssuedCode, ProvedCode
from huiguan.kernel.actors import Actor
from huiguan.kernel.networks import caller_of

_KEPT = timedelta(days=30)


def issue_code(
    *, actor: Actor, at: datetime, given: IssueCode, wall: datetime, origin: str = "", key: str | None = None
) -> IssuedCode:
    """Send six digits to an address; the code before, for the same purpose and address, opens nothing any more.
    `origin` is the caller's network address, "" where unknown.

    Refuses CodeTooSoon (within a minute), TooManyCodes (5 an hour and 10 a day to one address for one subject, twice that
    whatever for; 30 an hour from one origin that nobody answered): alike for addresses anybody has and nobody has. An
    origin from which a code to this address was answered in the last thirty days has the 5 and 10 to itself, so that
    nobody uses them up for the owner.
    """
    address = blind(actor.programme, "code-address", given.address)
    source = blind(actor.programme, "code-source", caller_of(origin))

    def do() -> IssuedCode:
        _one_at_a_time(actor.programme, sorted((address, source)) if origin else [address])
        _demand_room(actor.programme, given.subject, address, source if origin else None, wall)
        live = OneTimeCode.objects.filter(programme_id=actor.programme, purpose=given.purpose, address_hash=address)
        live.filter(closed_at=None).update(closed_at=wall, sealed=None)
        row = _written(actor.programme, given, address, source, wall)
        return IssuedCode(row.channel, row.masked, row.ends_at, wall + BETWEEN)

    return perform(
        "issue_code", actor=actor, at=at, subject=f"code:{masked(given.address)}", given=given, do=do,
        returns=IssuedCode, key=key, scope=f"code:{address.hex()}", secret=frozenset({"address", "decoy"}),
    )  # fmt: skip


def check_code(*, actor: Actor, at: datetime, given: CheckCode, wall: datetime, origin: str = "") -> ProvedCode:
    """The right digits, once: answered with a proof that `spend_proof` takes within the deed they are asked for.

    Refuses OneTimeCodeWrong (five times, then the code is dead), SignInMustWait (too many failures from one origin).
    """
    keys = visitors_counted_under(origin)
    demand_no_wait(keys, wall)
    proof = new_token()
    row = in_transaction(lambda: _tried(actor, at, given, wall, proof))
    if row is None:
        count_failures(keys, wall)
        raise OneTimeCodeWrong(field="code")
    return ProvedCode(row.purpose, row.subject, row.masked, proof, wall + PROOF_GOOD_FOR)


def spend_proof(*, actor: Actor, at: datetime, given: SpendProof, wall: datetime) -> None:
    """Use a proof up, inside the transaction of the deed it opens: undone with it. It is good for the address the code was
    sent to alone. Refuses ProofNotGood."""
    rows = OneTimeCode.objects.filter(
        programme_id=actor.programme,
        proof_hash=hash_of(given.proof),
        address_hash=blind(actor.programme, "code-address", given.address),
        purpose=given.purpose,
        subject=given.subject,
        spent_at=None,
        proof_until__gt=wall,
    )
    if not in_transaction(lambda: rows.update(spent_at=at)):
        raise ProofNotGood(field="code")


def hand_over_code(*, number: int, wall: datetime) -> bool:
    """Note, in the transaction of whoever sends it, that a code was taken to be sent, and forget its text; whether it
    was still there to take."""
    return bool(OneTimeCode.objects.filter(pk=number, handed_at=None).update(handed_at=wall, sealed=None))


def forget_codes(*, wall: datetime) -> int:
    """Wipe the text of codes whose time ran out unsent, and let go of codes thirty days old; how many of these."""
    OneTimeCode.objects.filter(sealed__isnull=False, ends_at__lte=wall).update(sealed=None)
    gone, _ = OneTimeCode.objects.filter(issued_at__lt=wall - _KEPT).delete()
    return gone


def _one_at_a_time(programme: int, names: Sequence[bytes]) -> None:
    """Two that ask for the same address, or from the same place, wait for each other: each sees what the other was
    sent."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 31))", [f"{programme}|{name.hex()}"])


def _demand_room(programme: int, subject: str, address: bytes, source: bytes | None, wall: datetime) -> None:
    to = {"programme_id": programme, "address_hash": address}
    sent = _moments(wall, **to)
    if sent and sent[0] + BETWEEN > wall:
        raise CodeTooSoon(seconds=_up(sent[0] + BETWEEN - wall, 1))
    if source is not None and _answered_from(wall, **to, source_hash=source):
        waits = [wait_for_room(_moments(wall, **to, source_hash=source), TO_ADDRESS, wall)]
    else:
        waits = [
            wait_for_room(sent, IN_ALL, wall),
            wait_for_room(_moments(wall, **to, subject=subject), TO_ADDRESS, wall),
        ]
    if source is not None:
        unanswered = _moments(wall, programme_id=programme, source_hash=source, proof_hash=None)
        waits.append(wait_for_room(unanswered, FROM_SOURCE, wall))
    if max(waits) > timedelta(0):
        raise TooManyCodes(minutes=_up(max(waits), 60))


def _answered_from(wall: datetime, **which: Any) -> bool:
    """Whether the right digits came back from there: it is the owner's own place."""
    return OneTimeCode.objects.filter(issued_at__gt=wall - _KEPT, proof_hash__isnull=False, **which).exists()


def _moments(wall: datetime, **which: Any) -> list[datetime]:
    rows = OneTimeCode.objects.filter(issued_at__gt=wall - DAY, **which)
    return list(rows.order_by("-issued_at").values_list("issued_at", flat=True)[:100])


def _up(wait: timedelta, unit: int) -> int:
    """Whole units until then, rounded up."""
    return -(-wait // timedelta(seconds=unit))


def _written(programme: int, given: IssueCode, address: bytes, source: bytes, wall: datetime) -> OneTimeCode:
    code = new_code()
    row = OneTimeCode.objects.create(
        programme_id=programme,
        purpose=given.purpose,
        subject=given.subject,
        channel=channel_of(given.address),
        masked=masked(given.address),
        address_hash=address,
        source_hash=source,
        code_hash=hash_of_digits(programme, given.purpose, given.address, given.subject, code),
        decoy=given.decoy,
        issued_at=wall,
        ends_at=wall + GOOD_FOR,
    )
    text = json.dumps({"address": given.address, "code": code, "language": given.language})
    # A decoy does the same work: how long an answer takes tells nothing either.
    sealed = seal(text, bound=bound_of(row.pk))
    OneTimeCode.objects.filter(pk=row.pk).update(sealed=None if given.decoy else sealed)
    return row


def _tried(actor: Actor, at: datetime, given: CheckCode, wall: datetime, proof: str) -> OneTimeCode | None:
    """The live code where the digits are right, spent; None where they are not, and one try less is left."""
    programme = actor.programme
    address = blind(programme, "code-address", given.address)
    digest = hash_of_digits(programme, given.purpose, given.address, given.subject, typed(given.code))
    rows = OneTimeCode.objects.filter(programme_id=programme, purpose=given.purpose, address_hash=address)
    row = rows.select_for_update().filter(closed_at=None, ends_at__gt=wall).first()
    if row is None:
        return None
    row.tries += 1
    right = not row.decoy and hmac.compare_digest(bytes(row.code_hash), digest)
    if right or row.tries >= TRIES:
        row.closed_at, row.sealed = wall, None
    if right:
        row.proof_hash, row.proof_until = hash_of(proof), wall + PROOF_GOOD_FOR
    row.save(update_fields=["tries", "closed_at", "sealed", "proof_hash", "proof_until"])
    if row.closed_at:
        told = {"purpose": row.purpose, "tries": row.tries, "right": right}
        write_audit("check_code", actor=actor, at=at, subject=f"code:{row.masked}", given=told)
    return row if right else None
