"""The tills' entry: the same answers as the other way in, in batches, each for itself, each only once it is durable."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import psycopg
import pytest
from django.db import connection

from huiguan.api.limits import limiter
from huiguan.api.tills import Tills
from huiguan.checkout.models import Sale
from huiguan.identity import operations as identity
from huiguan.identity.inputs import ClientNamed
from huiguan.ledger.proof import prove
from tests.api.test_problems import BAD_SALES
from tests.api.world import NOW, World, found_world, make_key, sale, set_clock

_keys = itertools.count(1)


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    return found_world()


class Reply:
    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.told = status, headers, json.loads(body)


class Till:
    """Asks the application as a server would."""

    def __init__(self, app: Tills, key: str) -> None:
        self._app, self._key = app, key

    async def post(
        self, body: Any, path: str = "/api/v1/sales", *, idem: str | None = None, key: str | None = None
    ) -> Reply:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {
            "authorization": f"Bearer {key or self._key}",
            "idempotency-key": f"t-{next(_keys)}" if idem is None else idem,
            "content-type": "application/json",
        }
        scope = {"type": "http", "method": "POST", "path": path,
                 "headers": [(name.encode(), value.encode()) for name, value in told.items()]}  # fmt: skip
        sent: list[Mapping[str, Any]] = []

        async def receive() -> Mapping[str, Any]:
            return {"type": "http.request", "body": data, "more_body": False}

        async def send(message: Mapping[str, Any]) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]))


def at_the_till(world: World, do: Callable[[Till], Awaitable[Any]]) -> Any:
    """Run `do` with the application up."""

    async def run() -> Any:
        app = Tills()
        await app.startup()
        try:
            return await do(Till(app, world.key))
        finally:
            await app.shutdown()

    return asyncio.run(run())


class Other:
    """Another session of the database, in a transaction, holding members' accounts."""

    def __init__(self) -> None:
        self.session = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
        self.session.execute("SET deadlock_timeout = '20s'")

    def hold(self, member: str) -> None:
        self.session.execute(
            "SELECT 1 FROM ledger_account a JOIN members_membership m ON m.id = a.membership_id"
            " WHERE m.number = %s FOR UPDATE OF a",
            [member],
        )

    def let_go(self) -> None:
        self.session.commit()
        self.session.close()


async def waits() -> None:
    """Until a session of the application waits for a lock."""
    with psycopg.connect(
        **connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True
    ) as session:
        for _ in range(500):
            row = session.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
            if row and row[0]:
                return
            await asyncio.sleep(0.01)
    raise AssertionError("nobody waits")


def test_it_answers_what_the_other_way_in_answers(world: World) -> None:
    member = world.enrol()
    here = at_the_till(world, lambda till: till.post(sale(member, ("COAT", 1), ("PIN", 2)), idem="one"))
    assert here.status == 201
    assert here.headers["content-type"] == "application/json"
    assert int(here.headers["ratelimit-remaining"]) > 0
    assert world.get(f"/sales/{here.told['id']}") == here.told
    assert world.post("/sales", sale(member, ("COAT", 1), ("PIN", 2)), idem="one") == {**here.told, "replayed": True}


def test_it_refuses_what_the_other_way_in_refuses(world: World) -> None:
    async def ask(till: Till) -> None:
        for body, status, code, field in BAD_SALES:
            if status:
                reply = await till.post(body)
                assert reply.headers["content-type"] == "application/problem+json"
                assert (reply.status, reply.told["code"], reply.told["field"]) == (status, code, field)
        assert (await till.post(sale(None), idem="")).told["code"] == "IdempotencyKeyMissing"
        assert (await till.post(sale(None), key="hg_wrong")).status == 401
        assert (await till.post(b"x" * (9 * 1024 * 1024))).status == 413

    at_the_till(world, ask)
    assert Sale.objects.count() == 0


def test_sales_that_wait_share_a_commit_and_a_refusal_leaves_the_others(world: World) -> None:
    members = [world.enrol() for _ in range(6)]

    async def ask(till: Till) -> list[Reply]:
        other = Other()
        other.hold(members[0])
        first = asyncio.create_task(till.post(sale(members[0])))
        await waits()
        rest = [
            *(asyncio.create_task(till.post(sale(member))) for member in members[1:]),
            asyncio.create_task(till.post(sale(members[1], ("NOTHING", 1)))),
            asyncio.create_task(till.post(sale(members[2], ("SCARF", 1)))),
            asyncio.create_task(till.post(sale(None), idem="walk")),
            asyncio.create_task(till.post(sale(None), idem="walk")),
            asyncio.create_task(till.post(sale(None, ("SCARF", 1)), idem="walk")),
        ]
        await asyncio.sleep(0.05)
        assert not any(task.done() for task in rest)
        other.let_go()
        return await asyncio.gather(first, *rest)

    replies = at_the_till(world, ask)
    assert [reply.status for reply in replies] == [201] * 6 + [422] + [201] * 3 + [422]
    assert replies[6].told["code"] == "UnknownSku"
    assert replies[9].told == {**replies[8].told, "replayed": True}
    assert replies[10].told["code"] == "KeyReused"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT xmin::text) FROM checkout_sale")
        assert cursor.fetchone() == (8, 2)
    assert world.get(f"/members/{members[2]}/balances")["balances"] == {"points": 18 + 8}
    assert not prove(programme=world.actor.programme).findings


def test_several_clients_share_a_batch_each_with_its_own_powers(world: World) -> None:
    here = make_key(world.actor, "here", ["sell"], ["S1"])
    there = make_key(world.actor, "there", ["sell"], ["S2"])
    member = world.enrol()

    async def ask(till: Till) -> list[Reply]:
        other = Other()
        other.hold(member)
        first = asyncio.create_task(till.post(sale(member)))
        await waits()
        rest = [
            asyncio.create_task(till.post(sale(None, shop=shop), key=key, idem=f"same-{shop}"))
            for key in (here, there)
            for shop in ("S1", "S2")
        ]
        await asyncio.sleep(0.3)
        other.let_go()
        return await asyncio.gather(first, *rest)

    replies = at_the_till(world, ask)
    assert [reply.status for reply in replies] == [201, 201, 403, 403, 201]
    assert Sale.objects.count() == 3


def test_two_tills_cannot_spend_the_last_points_twice(world: World) -> None:
    member = world.enrol()
    world.sell(member, ("COAT", 2), at="2026-06-02 10:00")
    asked = sale(member, ("COAT", 1), points=38)
    replies = at_the_till(world, lambda till: asyncio.gather(*(till.post(asked) for _ in range(10))))
    assert sorted(reply.status for reply in replies) == [201] + [409] * 9
    assert {reply.told["code"] for reply in replies if reply.status == 409} <= {"BalanceTooLow", "LimitReached"}
    assert not prove(programme=world.actor.programme).findings


def test_one_key_asked_many_times_at_once_makes_one_sale(world: World) -> None:
    member = world.enrol()
    replies = at_the_till(world, lambda till: asyncio.gather(*(till.post(sale(member), idem="k") for _ in range(20))))
    assert [reply.status for reply in replies] == [201] * 20
    assert sum(not reply.told["replayed"] for reply in replies) == 1
    assert Sale.objects.count() == 1


def test_a_deadlock_is_retried_with_the_whole_batch(world: World) -> None:
    members = [world.enrol() for _ in range(3)]

    async def ask(till: Till) -> list[Reply]:
        other = Other()
        other.hold(members[2])
        batch = {"sales": [{**sale(member), "key": f"d{n}"} for n, member in enumerate(members)]}
        task = asyncio.create_task(till.post(batch, "/api/v1/sales/batch"))
        await waits()
        await asyncio.to_thread(other.hold, members[0])  # crosswise: one of the two must give way, and it is the batch
        other.let_go()
        return [await task]

    (reply,) = at_the_till(world, ask)
    assert [each["status"] for each in reply.told["answers"]] == [201] * 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT xmin::text) FROM checkout_sale")
        assert cursor.fetchone() == (3, 1)
    assert not prove(programme=world.actor.programme).findings


def test_a_right_used_elsewhere_meanwhile_fails_its_own_sale_only(world: World) -> None:
    members = [world.enrol() for _ in range(3)]
    codes = [world.get(f"/members/{member}/rights")["items"][0]["code"] for member in members]
    replies = at_the_till(
        world,
        lambda till: asyncio.gather(
            *(till.post(sale(m, vouchers=[code])) for m, code in zip(members, codes, strict=True)),
            *(till.post(sale(m, vouchers=[code])) for m, code in zip(members, codes, strict=True)),
        ),
    )
    assert sorted(reply.status for reply in replies) == [201] * 3 + [409] * 3
    assert {reply.told["code"] for reply in replies if reply.status == 409} == {"RightUsed"}


def test_a_revoked_key_closes_within_a_second(world: World) -> None:
    def revoke() -> None:
        identity.revoke_client(actor=world.actor, at=NOW, given=ClientNamed(name="erp"))
        connection.close()

    async def ask(till: Till) -> None:
        assert (await till.post(sale(None))).status == 201
        await asyncio.to_thread(revoke)
        await asyncio.sleep(1.1)
        assert (await till.post(sale(None))).status == 401

    at_the_till(world, ask)


def test_calls_are_limited_here_and_there_together(world: World) -> None:
    slow = make_key(world.actor, "slow", ["sell"], rate=3)

    async def ask(till: Till) -> list[int]:
        return [(await till.post(sale(None), key=slow)).status for _ in range(4)]

    assert at_the_till(world, ask) == [201, 201, 201, 429]
    assert world.call("GET", "/shops", key=slow).status_code == 429


def test_what_was_handed_in_is_answered_before_the_end(world: World) -> None:
    member = world.enrol()

    async def run() -> list[Reply]:
        app = Tills()
        await app.startup()
        till = Till(app, world.key)
        other = Other()
        other.hold(member)
        tasks = [asyncio.create_task(till.post(sale(member))) for _ in range(5)]
        await waits()
        ending = asyncio.create_task(app.shutdown())
        await asyncio.sleep(0.05)
        other.let_go()
        replies = await asyncio.gather(*tasks)
        await ending
        return replies

    assert [reply.status for reply in asyncio.run(run())] == [201] * 5
