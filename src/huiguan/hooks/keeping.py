"""Whose subscription it is, and how it reads."""

from __future__ import annotations

from django.db.models import QuerySet

from huiguan.foundation.outbox import feed_of
from huiguan.hooks.models import Attempt, Subscription
from huiguan.hooks.values import AttemptTold, Hook
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

MOST = 20  # subscriptions of one client
_HOOK = Text(zh="推送", en="webhook")
_CLIENT = Text(zh="接入程序", en="program")


def client_for(actor: Actor, name: str | None, owner: int | None = None) -> Actor:
    """The program a subscription is for, as it acts: the caller itself, else the one named (or its key, `owner`), which
    takes `organise`. NotFound where it is not there or its key is revoked."""
    if actor.kind == "client" and name in (None, actor.name) and owner in (None, actor.id):
        return actor
    actor.demand("organise")
    known = owner if owner is not None else identity.program_key(actor.programme, name or "")
    found = identity.actor_of_program(known) if known is not None else None
    if found is None or found.programme != actor.programme:
        raise NotFound(field="client", what=_CLIENT, given=name or "")
    identity.demand_over_program(actor, found)
    return found


def kept(actor: Actor, number: int, *, lock: bool) -> Subscription:
    """A subscription the actor keeps; NotFound for any other, AbovePowers or OutsidePlaces for that of a program that may
    more than the actor."""
    rows = Subscription.objects.select_for_update() if lock else Subscription.objects.all()
    found = mine(actor, rows).filter(pk=number).first()
    if found is None:
        raise NotFound(field="hook", what=_HOOK, given=str(number))
    own = actor.kind == "client" and found.client_id == actor.id
    program = None if own else identity.actor_of_program(found.client_id)
    if program is not None:
        identity.demand_over_program(actor, program)
    return found


def mine(actor: Actor, rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Those the actor keeps: a program its own, unless it organises."""
    rows = rows.filter(programme_id=actor.programme)
    if actor.kind == "client" and not actor.may("organise"):
        return rows.filter(client_id=actor.id)
    actor.demand("organise")
    return rows


def hook_told(row: Subscription, client: str | None = None) -> Hook:
    feed = feed_of(row.programme_id)
    newest = Attempt.objects.filter(subscription=row).order_by("-id").first()
    return Hook(
        id=row.pk,
        client=client if client is not None else row.client.name,
        name=row.name,
        url=row.url,
        types=tuple(row.types),
        state=row.state,
        reason=row.reason,
        behind=max(0, feed.last - row.position) if row.generation == feed.generation else 0,
        failures=row.failures,
        retry_at=row.retry_at,
        failing_since=row.failing_since,
        old_secret_until=row.old_secret_until,
        created_at=row.created_at,
        last=attempt_told(newest) if newest else None,
    )


def attempt_told(row: Attempt) -> AttemptTold:
    return AttemptTold(
        id=row.pk,
        message=row.message,
        kind=row.kind,
        n=row.n,
        at=row.at,
        status=row.status,
        ms=row.ms,
        trouble=row.trouble,
        answer=row.answer,
        by=row.by,
    )
