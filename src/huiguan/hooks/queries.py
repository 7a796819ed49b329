"""Questions: what happened, who is told, and whether they heard it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.hooks.feed import anything_behind, event, page
from huiguan.hooks.following import body_of
from huiguan.hooks.keeping import attempt_told, hook_told, kept, mine
from huiguan.hooks.kinds import KINDS, may_read
from huiguan.hooks.models import Attempt, Subscription
from huiguan.hooks.values import ACTIVE, STOPPED, AttemptTold, Hook
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text

__all__ = [
    "Stuck",
    "anything_behind",
    "attempts",
    "body_of",
    "event",
    "event_types",
    "hook",
    "hooks",
    "page",
    "stuck",
]

_LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A subscription that hears nothing: stopped by itself, or failing for over an hour."""

    name: str
    state: str
    reason: str
    since: datetime | None


def hooks(actor: Actor) -> tuple[Hook, ...]:
    """The subscriptions the actor keeps, by name. Takes `organise` of people."""
    rows = mine(actor, Subscription.objects.all()).select_related("client").order_by("name")
    return tuple(hook_told(row, row.client.name) for row in rows)


def hook(actor: Actor, number: int) -> Hook:
    """One of them; NotFound."""
    return hook_told(kept(actor, number, lock=False))


def attempts(
    actor: Actor, number: int, *, before: int | None = None, failed: bool = False, limit: int = 50
) -> tuple[AttemptTold, ...]:
    """What was sent to a subscription, the newest first; `before` is the last attempt's id to page on from."""
    rows = Attempt.objects.filter(subscription=kept(actor, number, lock=False)).order_by("-id")
    rows = rows if before is None else rows.filter(pk__lt=before)
    rows = rows.exclude(trouble="") if failed else rows
    return tuple(map(attempt_told, rows[:limit]))


def event_types(actor: Actor | None = None) -> dict[str, Text]:
    """Every kind of event and its name; with `actor`, those it may hear of anywhere."""
    return {name: kind.text for name, kind in KINDS.items() if actor is None or may_read(actor, kind)}


def stuck(at: datetime) -> tuple[Stuck, ...]:
    """Subscriptions of any programme that hear nothing at `at`, on the wall's clock."""
    rows = Subscription.objects.filter(state=STOPPED) | Subscription.objects.filter(
        state=ACTIVE, failing_since__lte=at - _LONG
    )
    return tuple(Stuck(row.name, row.state, row.reason, row.failing_since) for row in rows.order_by("id"))
