"""What is sealed is sealed wherever it is kept."""

from __future__ import annotations

from django.db import connection

from tests.api.world import PROFILE, World, sale

PHONE, NEXT, ADDRESS = "13911112222", "13933334444", "凤凰路 77 号"


def test_no_table_holds_a_phone_in_the_clear(world: World) -> None:
    """Whatever names her by phone: joining, a sale, points for a gift, a change, a lost card."""
    li = world.enrol(phone=PHONE, card="CSEALED", address=ADDRESS)
    world.post("/sales", {**sale(None), "member": {"phone": PHONE}, "presented": "phone"})
    world.sell(li)
    world.post("/redemptions", {"member": {"phone": PHONE}, "points": 5, "shop": "S1"})
    world.call("PATCH", f"/members/{PHONE}/profile", {"phone": NEXT, "profile": {"height": "166"}})
    world.call("POST", f"/members/{NEXT}/suspension", {"reason": "丢卡"})
    world.call("DELETE", f"/members/{NEXT}/suspension?reason=x")
    world.post(f"/members/{NEXT}/card-loss", {})
    world.refused("POST", "/members", {"name": "王", "phone": NEXT, "shop": "S1", "card": "C9", "profile": PROFILE})
    for word in (PHONE, NEXT, ADDRESS):
        assert tables_with(word) == []


def test_a_member_is_one_whichever_way_she_is_named(world: World) -> None:
    """Card, phone and number lead to one key and one line of the audit."""
    li = world.enrol(phone=PHONE, card="CSEALED")
    world.sell(li)
    ways = ({"number": li}, {"card": "CSEALED"}, {"phone": PHONE})
    asked = [{"member": way, "points": 5, "shop": "S1"} for way in ways]
    answers = [world.post("/redemptions", each, idem="gift-1") for each in asked]
    assert len({answer["id"] for answer in answers}) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject FROM foundation_auditentry WHERE operation = 'redeem_points'")
        assert cursor.fetchall() == [(f"member:{li}",)]


def tables_with(word: str) -> list[str]:
    """The tables of which some row, read as text, contains `word`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE strpos(t::text, %s) > 0 LIMIT 1', [word])
            if cursor.fetchone():
                found.append(table)
    return found
