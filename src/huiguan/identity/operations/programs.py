"""API clients: made with a key shown once, changed, given a fresh key, revoked at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q

from huiguan.foundation.performing import perform
from huiguan.identity.clients import new_key, program_of
from huiguan.identity.inputs import ChangeClient, ClientNamed, CreateClient, RotateClient
from huiguan.identity.models import Client, ClientRefusal, Node
from huiguan.identity.places import lock_house, text_of
from huiguan.identity.reach import demand_powers
from huiguan.identity.refusals import ClientNameTaken, KeyNotRotating, OutsidePlaces
from huiguan.identity.tokens import hash_of
from huiguan.identity.values import SHOP, NewClient, Program
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_CLIENT = Text(zh="客户端", en="client")
_SHOP = Text(zh="门店", en="shop")
_ALL = Text(zh="全部门店", en="Every shop")

Named = ChangeClient | ClientNamed | RotateClient
Answer = TypeVar("Answer")


def create_client(*, actor: Actor, at: datetime, given: CreateClient, key: str | None = None) -> NewClient:
    """A client with a fresh key. Refuses ClientNameTaken, NotFound (a shop), AbovePowers, OutsidePlaces.

    The stored answer never holds the key: a repeat of the same request gets the client with `key` None.
    """
    actor.demand("organise")
    demand_powers(actor, given.powers, "powers")
    secret = new_key()

    def do() -> NewClient:
        lock_house(actor.programme)
        if Client.objects.filter(programme_id=actor.programme, name=given.name).exists():
            raise ClientNameTaken(field="name", given=given.name)
        made = Client.objects.create(
            programme_id=actor.programme,
            name=given.name,
            key_hash=hash_of(secret),
            key_tail=secret[-4:],
            powers=sorted(set(given.powers)),
            shops=_shop_ids(actor, given.shops),
            rate_per_minute=given.rate_per_minute,
            created_at=at,
        )
        return NewClient(id=made.id, name=made.name, key=None)

    answer = perform(
        "create_client",
        actor=actor,
        at=at,
        subject=f"client:{given.name}",
        given=given,
        do=do,
        returns=NewClient,
        key=key,
        scope="organisation",
    )
    fresh = Client.objects.filter(pk=answer.id, key_hash=hash_of(secret)).exists()
    return NewClient(id=answer.id, name=answer.name, key=secret) if fresh else answer


def change_client(*, actor: Actor, at: datetime, given: ChangeClient, key: str | None = None) -> Program:
    """A client's powers, shops and rate as they should be; its key stays.

    Refuses NotFound, AbovePowers (a power given or taken that the actor does not hold), OutsidePlaces.
    """
    actor.demand("organise")

    def do() -> Program:
        found = _locked(actor, given.name)
        demand_powers(actor, set(given.powers) ^ set(found.powers), "powers")
        _demand_reach(actor, found)
        found.powers = sorted(set(given.powers))
        found.shops = _shop_ids(actor, given.shops)
        found.rate_per_minute = given.rate_per_minute
        found.save(update_fields=["powers", "shops", "rate_per_minute"])
        return program_of(found)

    return _performed("change_client", actor, at, given, do, Program, key)


def rotate_client(
    *, actor: Actor, at: datetime, given: RotateClient, wall: datetime, key: str | None = None
) -> NewClient:
    """A fresh key, told this once; the one before opens until `wall` plus the overlap, any older one no more. A repeat
    under the same idempotency key gets the client with `key` None. Refuses NotFound, KeyNotRotating, AbovePowers."""
    actor.demand("organise")
    secret = new_key()

    def do() -> NewClient:
        found = _locked(actor, given.name)
        if found.revoked_at is not None:
            raise KeyNotRotating(field="name", name=found.name)
        demand_powers(actor, found.powers, "name")
        _demand_reach(actor, found)
        overlap = timedelta(hours=given.overlap_hours)
        found.old_key_hash, found.old_key_until = (found.key_hash, wall + overlap) if overlap else (None, None)
        found.key_hash, found.key_tail = hash_of(secret), secret[-4:]
        found.save(update_fields=["key_hash", "key_tail", "old_key_hash", "old_key_until"])
        return NewClient(id=found.pk, name=found.name, key=None)

    answer = _performed("rotate_client", actor, at, given, do, NewClient, key)
    fresh = Client.objects.filter(pk=answer.id, key_hash=hash_of(secret)).exists()
    return NewClient(id=answer.id, name=answer.name, key=secret) if fresh else answer


def revoke_client(*, actor: Actor, at: datetime, given: ClientNamed, key: str | None = None) -> Program:
    """The client's keys open nothing any more. Revoking twice changes nothing. Refuses NotFound, OutsidePlaces."""
    actor.demand("organise")

    def do() -> Program:
        found = _locked(actor, given.name)
        _demand_reach(actor, found)
        if found.revoked_at is None:
            Client.objects.filter(pk=found.pk).update(revoked_at=at)
            found.revoked_at = at
        return program_of(found)

    return _performed("revoke_client", actor, at, given, do, Program, key)


def note_call(*, client: int, wall: datetime) -> None:
    """The client called at `wall`; written once a minute."""
    before = Q(last_used_at=None) | Q(last_used_at__lt=wall - timedelta(minutes=1))
    Client.objects.filter(before, pk=client).update(last_used_at=wall)


def note_refusals(*, client: int, code: str, address: str, times: int, wall: datetime) -> None:
    """The client was refused `times` more with this code at this address."""
    programme = Client.objects.filter(pk=client).values_list("programme_id", flat=True).first()
    if programme is None:
        return
    ClientRefusal.objects.bulk_create(
        [
            ClientRefusal(
                programme_id=programme, client_id=client, code=code[:60], address=address[:200], times=0, last_at=wall
            )
        ],
        ignore_conflicts=True,
    )
    same = ClientRefusal.objects.filter(client_id=client, code=code[:60], address=address[:200])
    same.update(times=F("times") + times, last_at=wall)


def _performed(
    name: str,
    actor: Actor,
    at: datetime,
    given: Named,
    do: Callable[[], Answer],
    returns: type[Answer],
    key: str | None,
) -> Answer:
    subject = f"client:{given.name}"
    return perform(
        name, actor=actor, at=at, subject=subject, given=given, do=do, returns=returns, key=key, scope="organisation"
    )


def _locked(actor: Actor, name: str) -> Client:
    found = Client.objects.select_for_update().filter(programme_id=actor.programme, name=name).first()
    if found is None:
        raise NotFound(field="name", what=_CLIENT, given=name)
    return found


def _demand_reach(actor: Actor, client: Client) -> None:
    """Who looks after some shops touches no program that acts at others."""
    if actor.shops is not None and (client.shops is None or not set(client.shops) <= actor.shops):
        raise OutsidePlaces(field="shops", place=_ALL)


def _shop_ids(actor: Actor, codes: list[str] | None) -> list[int] | None:
    if codes is None:
        if actor.shops is not None:
            raise OutsidePlaces(field="shops", place=_ALL)
        return None
    shops = Node.objects.filter(programme_id=actor.programme, kind=SHOP, code__in=codes)
    found = {shop.code: shop for shop in shops}
    for code in codes:
        if code not in found:
            raise NotFound(field="shops", what=_SHOP, given=code)
        if actor.shops is not None and found[code].pk not in actor.shops:
            raise OutsidePlaces(field="shops", place=text_of(found[code]))
    return sorted(shop.pk for shop in found.values())
