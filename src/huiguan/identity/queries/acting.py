"""Who acts, in which post, with which powers, at which shops."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity.clients import opened_by
from huiguan.identity.models import Client, Holding, Staff
from huiguan.identity.reach import demand_powers, shops_under
from huiguan.identity.refusals import OutsidePlaces
from huiguan.identity.staffing import living, posts_held
from huiguan.identity.values import KnownClient, PostHeld
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_PERSON = Text(zh="员工", en="person on the staff")
_EVERYWHERE = Text(zh="接入程序的门店", en="What this program acts at")


def actor_of_staff(staff_id: int, at: datetime, post: str | None = None) -> Actor:
    """The person as she acts at `at`, in one post at a time: `post`, else the widest she holds.

    A post held at several places acts at all of them together; powers of different posts never mix, so that a
    manager of one shop who also helps out at another is no manager there. Without a post in force (or no longer on
    the staff) the actor may do nothing. NotFound for an unknown key.
    """
    staff = account(staff_id)
    return actor_holding(staff, person_powers(staff_id, at) if staff.is_active else (), post)


def actor_holding(staff: Staff, posts: tuple[PostHeld, ...], post: str | None = None) -> Actor:
    """The person as she acts with these posts in force, the widest first."""
    held = [each for each in posts if post is None or each.post == post]
    if not held:
        return Actor("staff", staff.pk, staff.name, staff.programme_id, frozenset(), frozenset())
    same = [each for each in held if each.post == held[0].post]
    everywhere = any(each.at_house for each in same)
    shops = None if everywhere else shops_under([each.node for each in same])
    return Actor("staff", staff.pk, staff.name, staff.programme_id, held[0].powers, shops)


def account(staff_id: int) -> Staff:
    """The row Django's session signs in; NotFound for an unknown key."""
    found = Staff.objects.filter(pk=staff_id).first()
    if found is None:
        raise NotFound(what=_PERSON, given=f"#{staff_id}")
    return found


def person_powers(staff_id: int, at: datetime) -> tuple[PostHeld, ...]:
    """The posts a person holds at `at`, the widest first; their `powers` are what each may do."""
    rows = list(Holding.objects.filter(living(at), staff_id=staff_id).select_related("node"))
    return tuple(posts_held(rows[0].programme_id, rows)) if rows else ()


def known_client(key: str, wall: datetime | None = None) -> KnownClient | None:
    """The client of an API key, or None for a wrong or revoked one. With `wall`, a key that was rotated away opens until
    its end.

    Only the hash is looked up and then compared in constant time, so timing tells nothing about a key.
    """
    found = opened_by(key, wall)
    if found is None:
        return None
    return KnownClient(actor=_program_acting(found), rate_per_minute=found.rate_per_minute)


def actor_of_client(key: str, wall: datetime | None = None) -> Actor | None:
    """The actor of an API key, or None."""
    known = known_client(key, wall)
    return known.actor if known else None


def actor_of_program(client: int) -> Actor | None:
    """The program with this key as it acts when it calls; None once it was revoked."""
    found = Client.objects.filter(pk=client, revoked_at=None).first()
    return _program_acting(found) if found else None


def demand_over_program(actor: Actor, program: Actor) -> None:
    """Refuse AbovePowers or OutsidePlaces where the program may more than `actor`, or acts at places not hers: who decides
    where its messages go reads what it reads."""
    demand_powers(actor, program.powers, "client")
    outside = program.shops is None or not program.shops <= (actor.shops or frozenset())
    if actor.shops is not None and outside:
        raise OutsidePlaces(field="client", place=_EVERYWHERE)


def _program_acting(client: Client) -> Actor:
    shops = None if client.shops is None else frozenset(client.shops)
    return Actor("client", client.pk, client.name, client.programme_id, frozenset(client.powers), shops)
