"""How we write safely, once.

`perform` opens the one transaction of an operation, answers a repeated key, writes the audit row and retries a
deadlock a bounded number of times. Operations call it; nothing else opens a transaction.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

import msgspec
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.utils.crypto import salted_hmac
from psycopg.errors import DeadlockDetected, DiskFull, SerializationFailure
from pydantic import BaseModel

from huiguan.foundation.models import AnsweredRequest, AuditEntry
from huiguan.foundation.reserve import demand_room, nearly_full
from huiguan.foundation.statements import Question, ask_last
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import KeyReused

DEADLOCK_TRIES = 5
SCOPE_LENGTH = 80
Answer = TypeVar("Answer")


def perform(
    operation: str,
    *,
    actor: Actor,
    at: datetime,
    subject: str,
    given: BaseModel | Mapping[str, Any],
    do: Callable[[], Answer],
    returns: type[Answer],
    key: str | None = None,
    scope: str | None = None,
    secret: frozenset[str] = frozenset(),
) -> Answer:
    """Run `do` once in one transaction and return its answer (a dataclass or plain JSON value of type `returns`).

    With `key`: the same input again returns the first answer without running; another input raises KeyReused.
    `subject` names what is written about ("member:DN000382"); the key is the actor's own within `scope`, the subject
    where none is named. `given` is the input for digest and audit, where the fields in `secret` are masked. Whatever
    `do` raises undoes everything.
    """
    plain = plain_of(given)
    digest = fingerprint(operation, _sealed(plain, secret))
    about = subject if scope is None else scope
    within = scope_of(actor, about)

    def once() -> Answer:
        if key is not None:
            _lock_key(actor, within, key)
            earlier = _earlier(actor, within, key, digest) or _as_before(operation, actor, about, plain, secret, key)
            if earlier is not None:
                return msgspec.convert(earlier.answer, returns, strict=False)
        answer = do()
        if key is not None:
            _remember(operation, actor, at, within, key, digest, answer)
        told = {name: "•" if name in secret else value for name, value in plain.items()}
        write_audit(operation, actor=actor, at=at, subject=subject, given=told)
        return answer

    return in_transaction(once)


def in_transaction(do: Callable[[], Answer]) -> Answer:
    """Run `do` in one transaction; retry a deadlock, unless an outer transaction owns the retry. Refuses DiskNearlyFull,
    before the disk is full or, where that came too fast, when it is."""
    outermost = not connection.in_atomic_block
    if outermost:
        demand_room()
    for attempt in range(DEADLOCK_TRIES):
        try:
            with transaction.atomic():
                return do()
        except OperationalError as wrong:
            if isinstance(wrong.__cause__, DiskFull):
                raise nearly_full() from wrong
            retriable = isinstance(wrong.__cause__, DeadlockDetected | SerializationFailure)
            if not (outermost and retriable) or attempt == DEADLOCK_TRIES - 1:
                raise
            # Let the other one through first: retried at once, the same two could meet again.
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
    raise AssertionError("unreachable")


def ending_with(
    do: Callable[[], tuple[Answer, Sequence[Question[Any]]]], meanwhile: Callable[[Answer], None] | None = None
) -> Answer:
    """`in_transaction` for an operation that knows its last statements together: `do` hands them out beside its answer,
    and they travel with the COMMIT, where this transaction is the outermost. `meanwhile` gets the answer ready to be
    told while they are written: not durable yet, perhaps never; it asks the database nothing, and raises nothing."""

    def once() -> Answer:
        answer, last = do()
        ask_last(last, meanwhile=None if meanwhile is None else partial(meanwhile, answer))
        return answer

    return in_transaction(once)


def in_trial(do: Callable[[], Answer]) -> Answer:
    """Run `do` as if it were done, and undo all it wrote: what a deed would bring, told by the deed itself."""
    with transaction.atomic():
        answer = do()
        transaction.set_rollback(True)
        return answer


def plain_of(given: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    """The input as plain JSON values."""
    value = given.model_dump(mode="json") if isinstance(given, BaseModel) else dict(given)
    plain: dict[str, Any] = json.loads(json.dumps(value, default=_json, ensure_ascii=False))
    return plain


def _json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)


def fingerprint(operation: str, plain: Mapping[str, Any]) -> bytes:
    text = json.dumps([operation, plain], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _sealed(plain: dict[str, Any], secret: frozenset[str]) -> dict[str, Any]:
    """The input with its secrets under the installation's own key: a stored digest must not let a password be guessed."""
    seals = {
        name: salted_hmac("huiguan.performing", str(plain[name])).hexdigest() for name in secret if plain.get(name)
    }
    return {**plain, **seals}


def scope_of(actor: Actor, about: str) -> str:
    """Whose key it is, and about what; a long one is cut and told apart by its hash."""
    scope = f"{actor.reference}|{about}"
    return scope if len(scope) <= SCOPE_LENGTH else f"{scope[:47]}#{hashlib.sha256(scope.encode()).hexdigest()[:32]}"


def _lock_key(actor: Actor, scope: str, key: str) -> None:
    """Two requests under one key wait for each other, so the second sees the first one's answer."""
    with connection.cursor() as cursor:
        name = f"{actor.programme}|{scope}|{key}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [name])


def _earlier(actor: Actor, scope: str, key: str, digest: bytes) -> AnsweredRequest | None:
    found = AnsweredRequest.objects.filter(programme=actor.programme, scope=scope, key=key).first()
    if found is not None and bytes(found.fingerprint) != digest:
        raise KeyReused(field="Idempotency-Key")
    return found


def _as_before(
    operation: str, actor: Actor, about: str, plain: dict[str, Any], secret: frozenset[str], key: str
) -> AnsweredRequest | None:
    """The same request made before a merge, by who the actor was then: under her number of then, asked the same."""
    for former in actor.formerly:
        then = replace(actor, id=former.id)
        told = json.loads(json.dumps(plain, ensure_ascii=False).replace(former.now, former.number))
        digest = fingerprint(operation, _sealed(told, secret))
        found = _earlier(actor, scope_of(then, about.replace(former.now, former.number)), key, digest)
        if found is not None:
            return found
    return None


def _remember(operation: str, actor: Actor, at: datetime, scope: str, key: str, digest: bytes, answer: object) -> None:
    AnsweredRequest.objects.create(
        programme=actor.programme,
        scope=scope,
        key=key,
        operation=operation,
        fingerprint=digest,
        answer=msgspec.to_builtins(answer),
        written_at=at,
    )


def write_audit(operation: str, *, actor: Actor, at: datetime, subject: str, given: Mapping[str, Any]) -> None:
    """Append one link to the programme's audit chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"audit|{actor.programme}"])
    last = AuditEntry.objects.filter(programme=actor.programme).order_by("-seq").first()
    entry = AuditEntry(
        programme=actor.programme,
        seq=last.seq + 1 if last else 1,
        operation=operation,
        actor=actor.reference,
        actor_name=actor.name,
        subject=subject[:120],
        given=dict(given),
        at=at,
        written_at=at,
        previous=bytes(last.hash) if last else b"",
    )
    entry.hash = audit_hash(entry)
    entry.save(force_insert=True)


def audit_hash(entry: AuditEntry) -> bytes:
    """The link's hash over everything in it and the link before."""
    told = [
        entry.programme, entry.seq, entry.operation, entry.actor, entry.actor_name, entry.subject, entry.given,
        round(entry.at.timestamp() * 1_000_000), bytes(entry.previous).hex(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).digest()
