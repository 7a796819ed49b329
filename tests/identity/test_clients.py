"""Programs that call: a key shown once, kept as a hash, revoked at once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huiguan.identity import operations, queries
from huiguan.identity.inputs import ChangeClient, ClientNamed, CreateClient, RotateClient
from huiguan.identity.models import Client
from huiguan.identity.refusals import ClientNameTaken, KeyNotRotating
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound
from tests.identity.conftest import AT, House

WALL = datetime(2026, 7, 24, 10, 0, tzinfo=UTC)
TILL = {"name": "ERP", "powers": ["sell", "return", "sell"], "shops": ["S2", "S1"], "rate_per_minute": 600}


def test_a_key_opens_what_was_granted(house: House) -> None:
    made = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL))
    assert made.key is not None and made.key.startswith("hg_") and len(made.key) == 46
    known = queries.known_client(made.key)
    assert known is not None
    actor = known.actor
    assert (actor.kind, actor.id, actor.name, actor.programme) == ("client", made.id, "ERP", 1)
    assert actor.powers == {"sell", "return"}
    assert actor.shops == {house.places["S1"].id, house.places["S2"].id}
    assert known.rate_per_minute == 600
    assert queries.actor_of_client(made.key) == actor


@pytest.mark.parametrize("key", ["", "hg_", "hg_wrong", "hg_" + "A" * 43, "钥匙", "x" * 10_000, "a\x00b", "\ud800"])
def test_a_wrong_key_opens_nothing(house: House, key: str) -> None:
    assert queries.actor_of_client(key) is None


def test_the_key_itself_is_kept_nowhere(house: House) -> None:
    made = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL), key="k")
    row = Client.objects.get()
    assert bytes(row.key_hash) == hashlib.sha256((made.key or "").encode()).digest()
    assert row.key_tail == (made.key or "")[-4:]
    with connection.cursor() as cursor:
        for table in ("identity_client", "foundation_auditentry", "foundation_answeredrequest"):
            cursor.execute(f"SELECT json_agg(t)::text FROM {table} t")
            assert made.key not in json.dumps(cursor.fetchone())


def test_asked_again_under_the_same_key_the_secret_is_not_shown_twice(house: House) -> None:
    first = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL), key="k")
    again = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL), key="k")
    assert (again.id, again.name, again.key) == (first.id, "ERP", None)
    assert queries.actor_of_client(first.key or "") is not None
    assert Client.objects.count() == 1


def test_a_revoked_key_opens_nothing_from_then_on(house: House) -> None:
    made = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL))
    later = AT + timedelta(days=1)
    revoked = operations.revoke_client(actor=house.owner, at=later, given=ClientNamed(name="ERP"))
    assert revoked.revoked_at == later
    assert queries.actor_of_client(made.key or "") is None
    again = operations.revoke_client(actor=house.owner, at=later + timedelta(days=1), given=ClientNamed(name="ERP"))
    assert again.revoked_at == later
    assert [program.revoked_at for program in queries.clients(house.owner)] == [later]


def test_without_named_shops_a_client_acts_at_all(house: House) -> None:
    made = operations.create_client(
        actor=house.owner, at=AT, given=read(CreateClient, {"name": "BI", "powers": ["read_members"]})
    )
    actor = queries.actor_of_client(made.key or "")
    assert actor is not None and actor.shops is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"powers": []}, "powers"),
        ({"powers": ["fly"]}, "powers.0"),
        ({"powers": ["clock"]}, "powers.0"),
        ({"shops": []}, "shops"),
        ({"rate_per_minute": 0}, "rate_per_minute"),
        ({"rate_per_minute": 10**18}, "rate_per_minute"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_input_is_refused_by_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(CreateClient, {**TILL, **change})
    assert refused.value.field == field


def test_refused_by_name(house: House) -> None:
    operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL))
    with pytest.raises(ClientNameTaken):
        operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL))
    with pytest.raises(NotFound) as no_shop:
        operations.create_client(
            actor=house.owner, at=AT, given=read(CreateClient, {**TILL, "name": "B", "shops": ["S1", "EAST"]})
        )
    assert (no_shop.value.field, no_shop.value.values["given"]) == ("shops", "EAST")
    with pytest.raises(NotFound):
        operations.revoke_client(actor=house.owner, at=AT, given=ClientNamed(name="nobody"))
    assert Client.objects.count() == 1


def test_a_fresh_key_leaves_the_old_one_open_for_as_long_as_was_said(house: House) -> None:
    made = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL))
    given = RotateClient(name="ERP", overlap_hours=24)
    fresh = operations.rotate_client(actor=house.owner, at=AT, given=given, wall=WALL, key="r")
    old, new = made.key or "", fresh.key or ""
    ends = WALL + timedelta(hours=24)
    last = ends - timedelta(microseconds=1)
    assert [queries.known_client(old, wall) is not None for wall in (WALL, last, ends)] == [True, True, False]
    assert queries.known_client(new, ends) is not None
    assert operations.rotate_client(actor=house.owner, at=AT, given=given, wall=WALL, key="r").key is None
    assert queries.known_client(new, WALL) is not None


def test_a_key_changed_twice_or_without_overlap_is_gone(house: House) -> None:
    first = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL)).key or ""
    second = operations.rotate_client(actor=house.owner, at=AT, given=RotateClient(name="ERP"), wall=WALL).key or ""
    third = operations.rotate_client(actor=house.owner, at=AT, given=RotateClient(name="ERP"), wall=WALL).key or ""
    assert [queries.known_client(key, WALL) is not None for key in (first, second, third)] == [False, True, True]
    none = RotateClient(name="ERP", overlap_hours=0)
    fourth = operations.rotate_client(actor=house.owner, at=AT, given=none, wall=WALL).key or ""
    assert [queries.known_client(key, WALL) is not None for key in (third, fourth)] == [False, True]
    operations.revoke_client(actor=house.owner, at=AT, given=ClientNamed(name="ERP"))
    assert queries.known_client(fourth, WALL) is None
    with pytest.raises(KeyNotRotating):
        operations.rotate_client(actor=house.owner, at=AT, given=none, wall=WALL)


def test_a_changed_client_keeps_its_key(house: House) -> None:
    key = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL)).key or ""
    given = read(ChangeClient, {"name": "ERP", "powers": ["read_members"], "rate_per_minute": 7})
    operations.change_client(actor=house.owner, at=AT, given=given)
    known = queries.known_client(key)
    assert known is not None
    assert (known.actor.powers, known.actor.shops, known.rate_per_minute) == ({"read_members"}, None, 7)


def test_calls_and_refusals_are_noted(house: House) -> None:
    made = operations.create_client(actor=house.owner, at=AT, given=read(CreateClient, TILL))
    for wall in (WALL, WALL + timedelta(seconds=59)):
        operations.note_call(client=made.id, wall=wall)
    assert queries.clients(house.owner)[0].last_used_at == WALL
    for times in (1, 4):
        operations.note_refusals(client=made.id, code="Forbidden", address="GET /x", times=times, wall=WALL)
    operations.note_refusals(client=made.id, code="NotFound", address="GET /y", times=1, wall=WALL - timedelta(days=1))
    told = [(each.code, each.times) for each in queries.client_refusals(house.owner, "ERP")]
    assert told == [("Forbidden", 5), ("NotFound", 1)]
