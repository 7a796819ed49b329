"""Keeping subscriptions: made, changed, paused, resumed; secrets renewed; a message sent again by hand.

A program keeps its own; whoever organises keeps those of all programs of the house.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings

from huiguan.foundation.jobs import enqueue
from huiguan.foundation.outbox import feed_of, give_positions
from huiguan.foundation.outward.addresses import demand_url
from huiguan.foundation.outward.signing import SECRET_BYTES, secret_of
from huiguan.foundation.performing import perform
from huiguan.foundation.sealing import seal, unseal
from huiguan.hooks.feed import demand_kinds, event
from huiguan.hooks.following import bound_of
from huiguan.hooks.inputs import ChangeHook, HookNamed, Resend, ResumeHook, Subscribe
from huiguan.hooks.keeping import MOST, client_for, hook_told, kept
from huiguan.hooks.models import Subscription
from huiguan.hooks.refusals import HookAddressRefused, HookNameTaken, HookNotBlocked, TooManyHooks
from huiguan.hooks.values import ACTIVE, BY_HAND, PAUSED, PING, RESTORED, STOPPED, Asked, Hook, NewHook
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import Input
from huiguan.kernel.networks import networks_of

Answer = TypeVar("Answer")
SEND = "hooks.send"
OLD_SECRET_LIVES = timedelta(hours=24)


def subscribe(*, actor: Actor, at: datetime, given: Subscribe, key: str | None = None) -> NewHook:
    """A subscription with a fresh secret. The stored answer never holds the secret: asked again it is None.

    Refuses HookAddressRefused, HookNameTaken, TooManyHooks, InvalidInput (`types`), NotFound (`client`), Forbidden.
    """
    client = client_for(actor, given.client)
    demand_kinds(given.types)
    _demand_url(given.url)
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))

    def do() -> NewHook:
        mine = Subscription.objects.select_for_update().filter(programme_id=actor.programme)
        held = list(mine.values_list("client_id", "name"))
        if any(name == given.name for _, name in held):
            raise HookNameTaken(field="name", given=given.name)
        if sum(1 for owner, _ in held if owner == client.id) >= MOST:
            raise TooManyHooks(most=MOST)
        made = _made(actor, at, given, client.id, secret)
        return NewHook(made.pk, made.name, made.url, None)

    answer = _performed("subscribe", actor, at, f"hook:{given.name}", given, do, key, NewHook)
    return _with_secret(answer, secret)


def _made(actor: Actor, at: datetime, given: Subscribe, client: int, secret: str) -> Subscription:
    give_positions(actor.programme)
    feed = feed_of(actor.programme)
    return Subscription.objects.create(
        programme_id=actor.programme,
        client_id=client,
        name=given.name,
        url=given.url,
        types=sorted(set(given.types)),
        secret=seal(secret, bound=bound_of(actor.programme)),
        generation=feed.generation,
        position=feed.forgotten if given.begin == "oldest" else feed.last,
        state=ACTIVE,
        created_at=at,
        created_by=actor.reference,
    )


def _with_secret(answer: NewHook, secret: str) -> NewHook:
    """Told to the one whose call made it, this once."""
    row = Subscription.objects.get(pk=answer.id)
    fresh = unseal(bytes(row.secret), bound=bound_of(row.programme_id)) == secret
    return NewHook(answer.id, answer.name, answer.url, secret if fresh else None)


def change_hook(*, actor: Actor, at: datetime, given: ChangeHook, key: str | None = None) -> Hook:
    """Another name, address or choice of events. Refuses HookAddressRefused, HookNameTaken, InvalidInput, NotFound."""
    demand_kinds(given.types or ())
    if given.url is not None:
        _demand_url(given.url)

    def do() -> Hook:
        row = kept(actor, given.hook, lock=True)
        others = Subscription.objects.filter(programme_id=actor.programme, name=given.name).exclude(pk=row.pk)
        if given.name is not None and others.exists():
            raise HookNameTaken(field="name", given=given.name)
        row.name = row.name if given.name is None else given.name
        row.url = row.url if given.url is None else given.url
        row.types = row.types if given.types is None else sorted(set(given.types))
        row.save(update_fields=["name", "url", "types"])
        return hook_told(row)

    return _performed("change_hook", actor, at, f"hook:{given.hook}", given, do, key, Hook)


def renew_secret(*, actor: Actor, at: datetime, given: HookNamed, wall: datetime, key: str | None = None) -> NewHook:
    """A new secret; for a day, on the wall's clock (`wall`: its moment), messages bear the old one's signature too.
    Asked again under the key the secret is None. Refuses NotFound, Forbidden."""
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))

    def do() -> NewHook:
        row = kept(actor, given.hook, lock=True)
        row.old_secret, row.old_secret_until = bytes(row.secret), wall + OLD_SECRET_LIVES
        row.secret = seal(secret, bound=bound_of(row.programme_id))
        row.save(update_fields=["secret", "old_secret", "old_secret_until"])
        return NewHook(row.pk, row.name, row.url, None)

    answer = _performed("renew_secret", actor, at, f"hook:{given.hook}", given, do, key, NewHook)
    return _with_secret(answer, secret)


def pause_hook(*, actor: Actor, at: datetime, given: HookNamed, key: str | None = None) -> Hook:
    """Nothing is sent until it is resumed; what happens meanwhile waits, as long as events are kept."""

    def do() -> Hook:
        row = kept(actor, given.hook, lock=True)
        if row.state == ACTIVE:
            row.state, row.reason, row.retry_at = PAUSED, BY_HAND, None
            row.save(update_fields=["state", "reason", "retry_at"])
        return hook_told(row)

    return _performed("pause_hook", actor, at, f"hook:{given.hook}", given, do, key, Hook)


def resume_hook(*, actor: Actor, at: datetime, given: ResumeHook, key: str | None = None) -> Hook:
    """Deliver again at once: what is waiting, first the event that was not taken, or from now on only. What is no longer
    kept, or was told before the books were put back from a backup, is not told again."""

    def do() -> Hook:
        row = kept(actor, given.hook, lock=True)
        give_positions(actor.programme)
        feed = feed_of(actor.programme)
        waits = given.begin == "waiting" and row.generation == feed.generation
        row.position = max(row.position, feed.forgotten) if waits else feed.last
        row.generation, row.state, row.reason = feed.generation, ACTIVE, ""
        row.failures, row.retry_at, row.failing_since = 0, None, None
        row.save()
        return hook_told(row)

    return _performed("resume_hook", actor, at, f"hook:{given.hook}", given, do, key, Hook)


def pass_over(*, actor: Actor, at: datetime, given: HookNamed, key: str | None = None) -> Hook:
    """The event that is not taken is left out, and those behind it are told. Refuses HookNotBlocked, NotFound."""

    def do() -> Hook:
        row = kept(actor, given.hook, lock=True)
        if not row.failures:
            raise HookNotBlocked()
        row.position, row.state, row.reason = row.position + 1, ACTIVE, ""
        row.failures, row.retry_at, row.failing_since = 0, None, None
        row.save()
        return hook_told(row)

    return _performed("pass_over", actor, at, f"hook:{given.hook}", given, do, key, Hook)


def resend_event(*, actor: Actor, at: datetime, given: Resend, key: str | None = None) -> Asked:
    """Have the worker send one event again, out of turn, under its own id. Refuses EventUnknown, NotFound, Forbidden."""

    def do() -> Asked:
        row = kept(actor, given.hook, lock=False)
        found = event(client_for(actor, None, owner=row.client_id), given.event)
        enqueue(SEND, hook=row.pk, message=found.id, by=actor.name)
        return Asked(row.pk, found.id)

    return _performed("resend_event", actor, at, f"hook:{given.hook}", given, do, key, Asked)


def send_test(*, actor: Actor, at: datetime, given: HookNamed, key: str | None = None) -> Asked:
    """Have the worker send a test message. Refuses NotFound, Forbidden."""

    def do() -> Asked:
        row = kept(actor, given.hook, lock=False)
        message = f"{PING.lower()}-{secrets.token_hex(8)}"
        enqueue(SEND, hook=row.pk, message=message, by=actor.name)
        return Asked(row.pk, message)

    return _performed("send_test", actor, at, f"hook:{given.hook}", given, do, key, Asked)


def stop_all_hooks() -> int:
    """After the books were put back from a backup: nothing is sent until a person has looked. How many were stopped."""
    return Subscription.objects.filter(state=ACTIVE).update(state=STOPPED, reason=RESTORED, retry_at=None)


def _performed(
    operation: str,
    actor: Actor,
    at: datetime,
    subject: str,
    given: Input,
    do: Callable[[], Answer],
    key: str | None,
    returns: type[Answer],
) -> Answer:
    return perform(
        operation, actor=actor, at=at, subject=subject, given=given, do=do, returns=returns, key=key, scope="hooks"
    )


def _demand_url(url: str) -> None:
    demand_url(url, networks_of(settings.HUIGUAN_HOOK_NETWORKS), HookAddressRefused)
