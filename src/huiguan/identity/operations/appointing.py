"""Posts given to people at places, and taken from them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from huiguan.foundation.performing import perform
from huiguan.identity.inputs import Appoint, Dismiss
from huiguan.identity.keeping import keep_an_owner
from huiguan.identity.models import Holding, Node, Staff
from huiguan.identity.places import find_node, lock_house, text_of
from huiguan.identity.posts import find_post, posts_of
from huiguan.identity.reach import demand_over, demand_place, demand_powers
from huiguan.identity.refusals import HasLeft, PlaceClosed, PostAlreadyHeld, PostNotHeld, PostNotHere
from huiguan.identity.staffing import find_person, post_held_of
from huiguan.identity.values import OWNER, PLACES, Post, PostHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import aware_moment
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

_PAST = Text(zh="不能早于现在", en="must not lie in the past")
_EMPTY = Text(zh="须晚于开始", en="must come after the beginning")


def appoint(*, actor: Actor, at: datetime, given: Appoint, key: str | None = None) -> PostHeld:
    """A post for a person at a place, from `at` on or from a later moment, with or without an end.

    Refuses NotFound, HasLeft, PlaceClosed, PostNotHere (this post at such a place), PostAlreadyHeld (at any moment of
    the term), AbovePowers and OutsidePlaces (nobody gives what she does not hold), InvalidInput (a term that is none).
    """
    actor.demand("organise")
    since, until = _term(given, at)

    def do() -> PostHeld:
        lock_house(actor.programme)
        post = find_post(actor.programme, given.post)
        node = find_node(actor.programme, given.node, "node")
        person = find_person(actor.programme, given.username)
        _demand_fit(actor, person, post, node)
        if _overlapping(person, node, given.post, since, until).exists():
            raise PostAlreadyHeld(field="post")
        made = Holding.objects.create(
            programme_id=actor.programme, staff=person, node=node, post=post.name, since=since, until=until
        )
        return post_held_of(made, {post.name: post})

    subject = f"staff:{given.username}"
    return perform(
        "appoint", actor=actor, at=at, subject=subject, given=given, do=do, returns=PostHeld, key=key,
        scope="organisation",
    )  # fmt: skip


def _term(given: Appoint, at: datetime) -> tuple[datetime, datetime | None]:
    since = aware_moment(given.since, "since") if given.since else at
    until = aware_moment(given.until, "until") if given.until else None
    if since < at:
        raise InvalidInput(field="since", rule=_PAST)
    if until is not None and until <= since:
        raise InvalidInput(field="until", rule=_EMPTY)
    return since, until


def _demand_fit(actor: Actor, person: Staff, post: Post, node: Node) -> None:
    if not person.is_active:
        raise HasLeft(field="username")
    if node.closed_at is not None:
        raise PlaceClosed(field="node", place=text_of(node))
    if node.kind not in post.held_at:
        raise PostNotHere(field="post", post=post.title, place=PLACES[node.kind])
    demand_powers(actor, post.powers, "post")
    demand_place(actor, node, "node")


def _overlapping(person: Staff, node: Node, post: str, since: datetime, until: datetime | None) -> QuerySet[Holding]:
    same = Holding.objects.filter(Q(until=None) | Q(until__gt=since), staff=person, node=node, post=post)
    return same if until is None else same.filter(since__lt=until)


def dismiss(*, actor: Actor, at: datetime, given: Dismiss, key: str | None = None) -> PostHeld:
    """End a post at `at`; one that has not begun never will. Refuses NotFound, PostNotHeld, LastOwner, AbovePowers,
    OutsidePlaces."""
    actor.demand("organise")

    def do() -> PostHeld:
        lock_house(actor.programme)
        node = find_node(actor.programme, given.node, "node")
        person = find_person(actor.programme, given.username)
        unended = Holding.objects.filter(Q(until=None) | Q(until__gt=at), staff=person, node=node, post=given.post)
        held = unended.order_by("since").select_related("node").first()
        if held is None:
            raise PostNotHeld(field="post")
        demand_over(actor, person, at)
        if given.post == OWNER and held.since <= at:
            keep_an_owner(actor.programme, at, without=person)
        held.until = max(at, held.since)
        Holding.objects.filter(pk=held.pk).update(until=held.until)
        return post_held_of(held, posts_of(actor.programme))

    subject = f"staff:{given.username}"
    return perform(
        "dismiss", actor=actor, at=at, subject=subject, given=given, do=do, returns=PostHeld, key=key,
        scope="organisation",
    )  # fmt: skip
