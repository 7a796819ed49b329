"""Finding and adding people, and which of their posts live at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from huiguan.identity.models import Holding, Staff
from huiguan.identity.places import text_of
from huiguan.identity.posts import posts_of, unknown_post
from huiguan.identity.refusals import PasswordTooWeak, UsernameTaken
from huiguan.identity.values import Person, Post, PostHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_PERSON = Text(zh="员工", en="person on the staff")


def living(at: datetime) -> Q:
    """Holdings in force at `at`: from `since` until just before `until`."""
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def check_strength(username: str, password: str) -> None:
    if len(set(password)) < 3 or username in password.lower() or _tried_first(password):
        raise PasswordTooWeak(field="password")


def _tried_first(password: str) -> bool:
    try:
        _known_passwords().validate(password)
    except ValidationError:
        return True
    return False


@cache
def _known_passwords() -> CommonPasswordValidator:
    """The passwords that are tried first; read when the first one is set."""
    return CommonPasswordValidator()


def add_person(programme: int, at: datetime, username: str, name: str, password: str | None, language: str) -> Staff:
    """A new row of staff; without a password nobody can sign in under it."""
    if Staff.objects.filter(username=username).exists():
        raise UsernameTaken(field="username", given=username)
    if password is not None:
        check_strength(username, password)
    made = Staff(programme_id=programme, username=username, name=name, language=language, created_at=at)
    made.set_password(password)
    try:
        with transaction.atomic():  # a savepoint: the name may be taken between the look and the write
            made.save(force_insert=True)
    except IntegrityError:
        raise UsernameTaken(field="username", given=username) from None
    return made


def find_person(programme: int, username: str) -> Staff:
    found = Staff.objects.filter(programme_id=programme, username=username).first()
    if found is None:
        raise NotFound(field="username", what=_PERSON, given=username)
    return found


def myself(actor: Actor) -> Staff:
    """The acting person; NotFound where a program or the house itself acts."""
    found = Staff.objects.filter(pk=actor.id).first() if actor.kind == "staff" else None
    if found is None:
        raise NotFound(what=_PERSON, given=actor.name)
    return found


def person_of(staff: Staff, posts: Iterable[PostHeld] = ()) -> Person:
    return Person(
        id=staff.pk,
        username=staff.username,
        name=staff.name,
        language=staff.language,
        active=staff.is_active,
        posts=tuple(posts),
    )


def posts_held(programme: int, holdings: Iterable[Holding]) -> list[PostHeld]:
    """Holdings (with their nodes) as posts held, the widest first."""
    return posts_told(holdings, posts_of(programme))


def posts_told(holdings: Iterable[Holding], posts: Mapping[str, Post]) -> list[PostHeld]:
    """`posts_held` where the house's posts are known."""
    told = [post_held_of(held, posts) for held in holdings]
    return sorted(told, key=lambda held: (held.rank, held.since, held.id))


def post_held_of(held: Holding, posts: Mapping[str, Post]) -> PostHeld:
    post = posts.get(held.post) or unknown_post(held.post)
    return PostHeld(
        id=held.pk,
        post=post.name,
        title=post.title,
        node=held.node_id,
        place=text_of(held.node),
        powers=post.powers,
        since=held.since,
        until=held.until,
        second_factor=post.second_factor,
        node_code=held.node.code,
        node_kind=held.node.kind,
        rank=post.rank,
    )
