"""Staff: taken on, appointed to posts, dismissed from them, let go."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.identity import staffing
from huiguan.identity.inputs import Appoint, ChangeLanguage, CreateStaff, ResetPassword, StaffNamed
from huiguan.identity.models import Holding, Staff
from huiguan.identity.places import find_node, lock_house, text_of
from huiguan.identity.refusals import LastOwner, PlaceClosed, PostAlreadyHeld, PostNotHeld, PostNotHere
from huiguan.identity.staffing import find_person, living, person_of, post_held_of
from huiguan.identity.values import PLACES, POSTS, Person, PostHeld
from huiguan.kernel.actors import Actor

_NOT_TOLD = frozenset({"password", "phone"})


def create_staff(*, actor: Actor, at: datetime, given: CreateStaff, key: str | None = None) -> Person:
    """Take a person on; without a post she may sign in but do nothing. Refuses UsernameTaken, PasswordTooWeak."""
    actor.demand("organise")

    def do() -> Person:
        made = staffing.add_person(actor.programme, at, given.username, given.name, given.password, given.language)
        if given.phone:
            Staff.objects.filter(pk=made.pk).update(phone=given.phone)
        return person_of(made)

    return perform(
        "create_staff",
        actor=actor,
        at=at,
        subject=f"staff:{given.username}",
        given=given,
        do=do,
        returns=Person,
        key=key,
        scope="organisation",
        secret=_NOT_TOLD,
    )


def appoint(*, actor: Actor, at: datetime, given: Appoint, key: str | None = None) -> PostHeld:
    """A post from `at` on. Refuses NotFound, PlaceClosed, PostNotHere (this post at such a place), PostAlreadyHeld."""
    actor.demand("organise")

    def do() -> PostHeld:
        lock_house(actor.programme)
        node = find_node(actor.programme, given.node, "node")
        person = find_person(actor.programme, given.username)
        if node.closed_at is not None:
            raise PlaceClosed(field="node", place=text_of(node))
        if node.kind not in POSTS[given.post].held_at:
            raise PostNotHere(field="post", post=POSTS[given.post].title, place=PLACES[node.kind])
        if Holding.objects.filter(living(at), staff=person, node=node, post=given.post).exists():
            raise PostAlreadyHeld(field="post")
        made = Holding.objects.create(programme_id=actor.programme, staff=person, node=node, post=given.post, since=at)
        return post_held_of(made)

    return perform(
        "appoint",
        actor=actor,
        at=at,
        subject=f"staff:{given.username}",
        given=given,
        do=do,
        returns=PostHeld,
        key=key,
        scope="organisation",
    )


def dismiss(*, actor: Actor, at: datetime, given: Appoint, key: str | None = None) -> PostHeld:
    """End a post at `at`. Refuses NotFound, PostNotHeld, LastOwner."""
    actor.demand("organise")

    def do() -> PostHeld:
        lock_house(actor.programme)
        node = find_node(actor.programme, given.node, "node")
        person = find_person(actor.programme, given.username)
        held = Holding.objects.filter(living(at), staff=person, node=node, post=given.post).first()
        if held is None:
            raise PostNotHeld(field="post")
        if given.post == "owner":
            _keep_an_owner(actor.programme, at, without=person)
        Holding.objects.filter(pk=held.pk).update(until=at)
        held.until = at
        return post_held_of(held)

    return perform(
        "dismiss",
        actor=actor,
        at=at,
        subject=f"staff:{given.username}",
        given=given,
        do=do,
        returns=PostHeld,
        key=key,
        scope="organisation",
    )


def dismiss_staff(*, actor: Actor, at: datetime, given: StaffNamed, key: str | None = None) -> Person:
    """A person leaves: no more sign-in, all posts end. Refuses NotFound, LastOwner."""
    actor.demand("organise")

    def do() -> Person:
        lock_house(actor.programme)
        person = find_person(actor.programme, given.username)
        held = Holding.objects.filter(living(at), staff=person)
        if held.filter(post="owner").exists():
            _keep_an_owner(actor.programme, at, without=person)
        held.update(until=at)
        Staff.objects.filter(pk=person.pk).update(is_active=False)
        person.is_active = False
        return person_of(person)

    return perform(
        "dismiss_staff",
        actor=actor,
        at=at,
        subject=f"staff:{given.username}",
        given=given,
        do=do,
        returns=Person,
        key=key,
        scope="organisation",
    )


def reset_password(*, actor: Actor, at: datetime, given: ResetPassword, key: str | None = None) -> Person:
    """A new password for a person: one's own, or anyone's with the power to organise. Refuses PasswordTooWeak."""

    def do() -> Person:
        person = find_person(actor.programme, given.username)
        if actor.reference != f"staff:{person.pk}":
            actor.demand("organise")
        staffing.check_strength(given.username, given.password)
        person.set_password(given.password)
        Staff.objects.filter(pk=person.pk).update(password=person.password)
        return person_of(person)

    return perform(
        "reset_password",
        actor=actor,
        at=at,
        subject=f"staff:{given.username}",
        given=given,
        do=do,
        returns=Person,
        key=key,
        scope="organisation",
        secret=_NOT_TOLD,
    )


def change_language(*, actor: Actor, at: datetime, given: ChangeLanguage, key: str | None = None) -> Person:
    """The language the acting person reads."""

    def do() -> Person:
        person = staffing.myself(actor)
        Staff.objects.filter(pk=person.pk).update(language=given.language)
        person.language = given.language
        return person_of(person)

    return perform(
        "change_language",
        actor=actor,
        at=at,
        subject=actor.reference,
        given=given,
        do=do,
        returns=Person,
        key=key,
        scope="organisation",
    )


def _keep_an_owner(programme: int, at: datetime, *, without: Staff) -> None:
    owners = Holding.objects.filter(living(at), programme_id=programme, post="owner", staff__is_active=True)
    if not owners.exclude(staff=without).exists():
        raise LastOwner(field="username")
