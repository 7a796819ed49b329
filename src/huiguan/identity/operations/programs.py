"""API clients: made with a key shown once, revoked at once."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.identity.clients import hash_of, new_key, program_of
from huiguan.identity.inputs import ClientNamed, CreateClient
from huiguan.identity.models import Client, Node
from huiguan.identity.places import lock_house
from huiguan.identity.refusals import ClientNameTaken
from huiguan.identity.values import SHOP, NewClient, Program
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_CLIENT = Text(zh="客户端", en="client")
_SHOP = Text(zh="门店", en="shop")


def create_client(*, actor: Actor, at: datetime, given: CreateClient, key: str | None = None) -> NewClient:
    """A client with a fresh key. Refuses ClientNameTaken, NotFound (a shop).

    The stored answer never holds the key: a repeat of the same request gets the client with `key` None.
    """
    actor.demand("organise")
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
            shops=_shop_ids(actor.programme, given.shops),
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


def revoke_client(*, actor: Actor, at: datetime, given: ClientNamed, key: str | None = None) -> Program:
    """The client's key opens nothing any more. Revoking twice changes nothing. Refuses NotFound."""
    actor.demand("organise")

    def do() -> Program:
        found = Client.objects.select_for_update().filter(programme_id=actor.programme, name=given.name).first()
        if found is None:
            raise NotFound(field="name", what=_CLIENT, given=given.name)
        if found.revoked_at is None:
            Client.objects.filter(pk=found.pk).update(revoked_at=at)
            found.revoked_at = at
        return program_of(found)

    return perform(
        "revoke_client",
        actor=actor,
        at=at,
        subject=f"client:{given.name}",
        given=given,
        do=do,
        returns=Program,
        key=key,
        scope="organisation",
    )


def _shop_ids(programme: int, codes: list[str] | None) -> list[int] | None:
    if codes is None:
        return None
    found = dict(Node.objects.filter(programme_id=programme, kind=SHOP, code__in=codes).values_list("code", "id"))
    for code in codes:
        if code not in found:
            raise NotFound(field="shops", what=_SHOP, given=code)
    return sorted(found.values())
