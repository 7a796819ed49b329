"""What a post may do, where it is held, and whether it takes a second factor."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from huiguan.foundation.performing import perform
from huiguan.identity.inputs import DemandSecondFactor, PostNamed, SetPost
from huiguan.identity.models import Holding, PostRow
from huiguan.identity.places import lock_house
from huiguan.identity.posts import find_post, posts_of, row_as, store_post
from huiguan.identity.reach import demand_powers
from huiguan.identity.refusals import OutsidePlaces, PostFixed, PostStillHeld
from huiguan.identity.values import OWNER, POSTS, Post
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text

OWN_RANK = 10  # where a post of the house's own stands among the usual ones: after them, but for its powers
_EVERYWHERE = Text(zh="总部", en="Head office")


def set_post(*, actor: Actor, at: datetime, given: SetPost, key: str | None = None) -> Post:
    """A post as it should be: a usual one changed, or one of the house's own. Takes `organise` over the whole house.

    Refuses PostFixed (the owner's, but for its title), AbovePowers (a power given or taken that the editor does not hold), PostStillHeld
    (at a kind of place it would no longer be held at), OutsidePlaces.
    """
    _demand_whole_house(actor)

    def do() -> Post:
        lock_house(actor.programme)
        if given.post == OWNER and _more_than_title(given):
            raise PostFixed(post=POSTS[OWNER].title)
        before = posts_of(actor.programme).get(given.post)
        demand_powers(actor, set(given.powers) ^ (before.powers if before else set()), "powers")
        left = Holding.objects.exclude(node__kind__in=given.held_at)
        _demand_unheld(left, actor, given.post, at, Text(zh=given.title.zh, en=given.title.en))
        store_post(actor.programme, given.post, _row_of(given, before.rank if before else OWN_RANK))
        return find_post(actor.programme, given.post)

    return _performed("set_post", actor, at, given, do, key)


def demand_second_factor(*, actor: Actor, at: datetime, given: DemandSecondFactor, key: str | None = None) -> Post:
    """Whether who holds a post signs in with more than a password; also the owner's. Takes `organise` over the whole
    house. Refuses NotFound, AbovePowers, OutsidePlaces."""
    _demand_whole_house(actor)

    def do() -> Post:
        lock_house(actor.programme)
        post = find_post(actor.programme, given.post)
        demand_powers(actor, post.powers, "post")
        store_post(actor.programme, post.name, row_as(replace(post, second_factor=given.demanded)))
        return find_post(actor.programme, post.name)

    return _performed("demand_second_factor", actor, at, given, do, key)


def remove_post(*, actor: Actor, at: datetime, given: PostNamed, key: str | None = None) -> Post:
    """A post of the house's own is given up; a usual one is again as it was at the beginning. Takes `organise` over the
    whole house. Refuses NotFound, PostFixed, PostStillHeld (its own), AbovePowers, OutsidePlaces."""
    _demand_whole_house(actor)

    def do() -> Post:
        lock_house(actor.programme)
        post = find_post(actor.programme, given.post)
        usual = POSTS.get(post.name)
        if post.name == OWNER:
            raise PostFixed(post=post.title)
        demand_powers(actor, post.powers ^ (usual.powers if usual else frozenset()), "post")
        kept = usual.held_at if usual else frozenset()
        _demand_unheld(Holding.objects.exclude(node__kind__in=kept), actor, post.name, at, post.title)
        PostRow.objects.filter(programme_id=actor.programme, name=post.name).delete()
        return usual or post

    return _performed("remove_post", actor, at, given, do, key)


def _performed(name: str, actor: Actor, at: datetime, given: Any, do: Any, key: str | None) -> Post:
    return perform(
        name, actor=actor, at=at, subject=f"post:{given.post}", given=given, do=do, returns=Post, key=key,
        scope="organisation",
    )  # fmt: skip


def _demand_whole_house(actor: Actor) -> None:
    """A post is the same everywhere, so only who looks after every place changes it."""
    actor.demand("organise")
    if actor.shops is not None:
        raise OutsidePlaces(place=_EVERYWHERE)


def _demand_unheld(left: QuerySet[Holding], actor: Actor, post: str, at: datetime, title: Text) -> None:
    standing = left.filter(Q(until=None) | Q(until__gt=at), programme_id=actor.programme, post=post)
    held = standing.select_related("staff").first()
    if held is not None:
        raise PostStillHeld(post=title, who=held.staff.name)


def _row_of(given: SetPost, rank: int) -> dict[str, Any]:
    return {
        "title_zh": given.title.zh,
        "title_en": given.title.en,
        "powers": sorted(set(given.powers)),
        "held_at": sorted(set(given.held_at)),
        "rank": rank,
        "second_factor": given.second_factor,
    }


def _more_than_title(given: SetPost) -> bool:
    """Whether more is asked of the owner's post than to be called otherwise."""
    usual = POSTS[OWNER]
    return set(given.powers) != usual.powers or set(given.held_at) != usual.held_at
