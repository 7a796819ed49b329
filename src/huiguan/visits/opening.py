"""Visits as rows: opened under a token, found again by it."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from huiguan.foundation.sealing import seal, unseal
from huiguan.members import queries as members
from huiguan.visits.models import Visit
from huiguan.visits.refusals import NotSignedIn
from huiguan.visits.values import FACT, MEMBER, OpenVisit

LASTS = timedelta(days=90)  # of a member's device
COUNTED = timedelta(days=30)  # wrong facts: a new code for the same phone gives no new tries
DOOR_LASTS = timedelta(hours=2)  # of a phone that is nobody's yet: time enough for a long form


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """A plain SHA-256: the token is 256 random bits."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def bound_of(token_hash: bytes) -> str:
    """What the phone of a visit is sealed to."""
    return f"visit:{token_hash.hex()}"


def opened(
    programme: int, *, stage: str, membership: int | None, phone: str, wall: datetime, origin: str, device: str
) -> OpenVisit:
    """A new visit with its token."""
    token = new_token()
    hashed = hash_of(token)
    row = Visit.objects.create(
        programme_id=programme,
        membership_id=membership,
        stage=stage,
        phone=None if stage == MEMBER else seal(phone, bound=bound_of(hashed)),
        token_hash=hashed,
        address=origin[:45],
        device=device[:300],
        began_at=wall,
        seen_at=wall,
        ends_at=wall + (LASTS if stage == MEMBER else DOOR_LASTS),
    )
    return told(row, token)


def found(programme: int, token: str, wall: datetime, *, lock: bool = False) -> Visit | None:
    """The open visit of a token."""
    rows = Visit.objects.select_for_update() if lock else Visit.objects.all()
    return rows.filter(programme_id=programme, token_hash=hash_of(token), ended_at=None, ends_at__gt=wall).first()


def open_of(membership: int) -> QuerySet[Visit]:
    """The visits that are a member's and not ended, with those of whom she took in: these read as hers too."""
    return Visit.objects.filter(membership_id__in=[membership, *members.absorbed_by(membership)], ended_at=None)


def locked(programme: int, token: str, wall: datetime, stages: tuple[str, ...]) -> Visit:
    """The open visit of a token in one of these stages, locked. Refuses NotSignedIn."""
    row = found(programme, token, wall, lock=True)
    if row is None or row.stage not in stages:
        raise NotSignedIn()
    return row


def phone_of(row: Visit) -> str:
    return unseal(bytes(row.phone or b""), bound=bound_of(bytes(row.token_hash)))


def wrong_facts(programme: int, phone: str, wall: datetime) -> int:
    """How many wrong facts were told of a phone within `COUNTED` before `wall`, over all its visits."""
    rows = Visit.objects.filter(programme_id=programme, stage=FACT, failures__gt=0, began_at__gt=wall - COUNTED)
    return sum(row.failures for row in rows if phone_of(row) == phone)


def next_token(token: str) -> str:
    """The token a visit goes on under once it is a member's. Only this installation can work it out, so that whoever knew
    the token of before, or had planted it, is not in; and a form pressed twice finds the same visit."""
    digest = salted_hmac("huiguan.visits.next", token, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def becomes_member(row: Visit, membership: int, wall: datetime, token: str) -> None:
    """The phone has found its member: from now on the visit is hers, under `next_token`."""
    row.membership_id, row.stage, row.phone, row.ends_at = membership, MEMBER, None, wall + LASTS
    row.token_hash = hash_of(next_token(token))
    row.save(update_fields=["membership_id", "stage", "phone", "ends_at", "token_hash"])


def told(row: Visit, token: str = "") -> OpenVisit:
    """The visit as others see it; of a member who was merged into another, as that other's."""
    membership = members.holder_of(row.membership_id) if row.membership_id else None
    number, name = ("", "")
    if membership is not None:
        number, name = members.number_and_name(row.programme_id, membership)
    tail = "" if row.stage == MEMBER else phone_of(row)[-4:]
    return OpenVisit(
        id=row.pk, programme=row.programme_id, stage=row.stage, membership=membership, number=number, name=name,
        phone_tail=tail, device=row.device, address=row.address, began_at=row.began_at, seen_at=row.seen_at,
        ends_at=row.ends_at, token=token,
    )  # fmt: skip
