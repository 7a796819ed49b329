"""The staff, the posts, and the programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.identity.clients import program_of
from huiguan.identity.models import Client, ClientRefusal, Holding, Staff
from huiguan.identity.posts import posts_of
from huiguan.identity.staffing import living, person_of, posts_told
from huiguan.identity.values import Person, Post, Program, RefusedCall
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_CLIENT = Text(zh="客户端", en="client")


def posts(actor: Actor) -> tuple[Post, ...]:
    """The posts of the actor's house, the widest first."""
    return tuple(posts_of(actor.programme).values())


def people(actor: Actor, at: datetime) -> tuple[Person, ...]:
    """The staff of the actor's programme with the posts they hold at `at`, by username. Takes `organise`."""
    actor.demand("organise")
    held: dict[int, list[Holding]] = {}
    for row in Holding.objects.filter(living(at), programme_id=actor.programme).select_related("node"):
        held.setdefault(row.staff_id, []).append(row)
    known = posts_of(actor.programme)
    rows = Staff.objects.filter(programme_id=actor.programme).order_by("username")
    return tuple(person_of(row, posts_told(held.get(row.pk, []), known)) for row in rows)


def sellers(programme: int, shop_id: int, at: datetime) -> tuple[str, ...]:
    """The names of those who may sell at a shop by a post held there at `at`, by username: who a sale may name."""
    selling = [post.name for post in posts_of(programme).values() if "sell" in post.powers]
    rows = Holding.objects.filter(living(at), programme_id=programme, node_id=shop_id, post__in=selling)
    names = rows.filter(staff__is_active=True).order_by("staff__username").values_list("staff__name", flat=True)
    return tuple(dict.fromkeys(names))


def post_holders(programme: int, post: str, shop_id: int, at: datetime) -> tuple[Person, ...]:
    """Who holds a post at a shop at `at`, by username."""
    rows = Holding.objects.filter(living(at), programme_id=programme, node_id=shop_id, post=post)
    found = rows.select_related("staff").order_by("staff__username")
    return tuple(person_of(row.staff) for row in found)


def colleagues(actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Everybody on the staff who holds a post at `at`, but the asking person: username and name, by name. For staff."""
    rows = Holding.objects.filter(living(at), programme_id=actor.programme, staff__is_active=True)
    rows = rows.exclude(staff_id=actor.id if actor.kind == "staff" else 0)
    found = rows.order_by("staff__name", "staff__username").values_list("staff__username", "staff__name")
    return tuple(dict.fromkeys(found))


def staff_phones(programme: int, phones: Iterable[str]) -> set[str]:
    """Those of `phones` that belong to somebody on the programme's staff."""
    wanted = [phone for phone in phones if phone]
    working = Staff.objects.filter(programme_id=programme, is_active=True, phone__in=wanted)
    return set(working.values_list("phone", flat=True)) if wanted else set()


def all_staff_phones(programme: int) -> set[str]:
    """The phones of everybody on the programme's staff who gave one."""
    working = Staff.objects.filter(programme_id=programme, is_active=True).exclude(phone="")
    return set(working.values_list("phone", flat=True))


def people_by_username(programme: int, usernames: Iterable[str]) -> dict[str, Person]:
    """People by username without their posts, also those who left; unknown names are left out."""
    rows = Staff.objects.filter(programme_id=programme, username__in=[name.lower() for name in usernames])
    return {row.username: person_of(row) for row in rows}


def programme_of(username: str) -> int | None:
    """The programme somebody of this username belongs to; usernames are unique over all of them."""
    return Staff.objects.filter(username=username).values_list("programme_id", flat=True).first()


def people_by_id(programme: int, ids: Iterable[int]) -> dict[int, Person]:
    """People by id without their posts; unknown ids are left out."""
    rows = Staff.objects.filter(programme_id=programme, pk__in=list(ids))
    return {row.pk: person_of(row) for row in rows}


def clients(actor: Actor) -> tuple[Program, ...]:
    """The programs of the actor's programme, revoked ones too, by name. Takes `organise`."""
    actor.demand("organise")
    return tuple(map(program_of, Client.objects.filter(programme_id=actor.programme).order_by("name")))


def client_refusals(actor: Actor, name: str, limit: int = 20) -> tuple[RefusedCall, ...]:
    """What a program was refused, the latest first. Takes `organise`; NotFound for an unknown name."""
    actor.demand("organise")
    found = Client.objects.filter(programme_id=actor.programme, name=name).first()
    if found is None:
        raise NotFound(field="name", what=_CLIENT, given=name)
    rows = ClientRefusal.objects.filter(client=found).order_by("-last_at", "-id")[:limit]
    return tuple(RefusedCall(row.code, row.address, row.times, row.last_at) for row in rows)


def program_key(programme: int, name: str) -> int | None:
    """The key of the program of this name, revoked or not; None where there is none."""
    return Client.objects.filter(programme_id=programme, name=name).values_list("pk", flat=True).first()
