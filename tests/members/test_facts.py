"""What the till asks of many members in few statements, and what SQL selects among all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import RightMove
from huiguan.kernel.moments import local_day
from huiguan.ledger import operations as ledger
from huiguan.ledger.values import Journal
from huiguan.members import operations, queries
from huiguan.members.columns import SOURCE, column_reader
from huiguan.members.facts import member_facts
from huiguan.members.inputs import SuspendMember
from huiguan.rules.conditions import condition
from huiguan.rules.facts import CardFact
from huiguan.rules.holding import holds
from huiguan.rules.selecting import where
from huiguan.rules.vocabulary import member_values

from .conftest import AT, ZONE, Scene, moment

SINCE = date(2025, 1, 1)


def test_everything_of_many_at_once(scene: Scene) -> None:
    made = [scene.enrol(f"王{i}", f"1380000000{i}") for i in range(6)]
    keys = [each.membership for each in made]
    scene.open("DW000002", bill="A", points=8, spend=[{"day": "2026-02-03", "amount": "120.50"}])
    facts = member_facts(scene.programme, [*keys, 10**9], at=AT, since=SINCE)
    assert set(facts) == set(keys)
    one, two = facts[keys[0]], facts[keys[1]]
    assert (one.number, one.standing, one.tier, one.joined_at, one.tier_since) == (
        "DW000001", "active", "points_card", AT, AT,
    )  # fmt: skip
    assert (one.birthday, one.profile_complete, one.opened_at) == (date(1990, 6, 15), True, AT)
    assert one.card is not None
    assert replace(one.card, shop=None) == CardFact("HB00000", "active", AT, "B55-30")
    assert [right.name for right in one.rights] == ["opening_voucher"]
    assert (one.days, one.lots, one.held) == ({}, {}, {})
    assert two.days == {date(2026, 2, 3): {"spend": 12050}}
    assert [(lot.left, lot.earned_at) for lot in two.lots["points"]] == [(8, AT)]
    assert two.held == {"points": 0}


def test_locked_accounts_are_handed_in_and_dead_lots_are_not_there(scene: Scene) -> None:
    scene.bring(scene.form(at="2024-05-01"))
    told = scene.open("DW000001", bill="A", points=10, earned_at="2025-12-05")
    accounts = ledger.lock_accounts([told.membership])
    ends = moment("2026-12-31 24:00")
    alive = member_facts(scene.programme, [told.membership], at=AT, since=SINCE, accounts=accounts)
    dead = member_facts(scene.programme, [told.membership], at=ends, since=SINCE, accounts=accounts)
    assert [lot.left for lot in alive[told.membership].lots["points"]] == [10]
    assert dead[told.membership].lots["points"] == ()


def test_another_programmes_members_are_not_there(scene: Scene) -> None:
    made = scene.enrol()
    assert member_facts(scene.programme + 1, [made.membership], at=AT, since=SINCE) == {}


def test_resolve_by_number_card_and_phone(scene: Scene) -> None:
    one, two = scene.enrol(), scene.enrol("王燕", "13800000002", number="HB00001X", card="DW000001X")
    refs = [
        ("number", "dw000001"), ("card", " hb00001 "), ("phone", "138 0000 0001"), ("any", "13800000002"),
        ("any", "DW000001X"), ("any", "HB00001X"), ("number", "HB00001"), ("phone", "DW000001"), ("any", "nobody"),
    ]  # fmt: skip
    assert queries.resolve(scene.programme, refs) == {
        refs[0]: one.membership,
        refs[1]: one.membership,
        refs[2]: one.membership,
        refs[3]: two.membership,
        refs[4]: two.membership,
        refs[5]: two.membership,
    }
    assert queries.resolve(scene.programme + 1, refs) == {}


def test_find_ranks_whole_keys_before_names(scene: Scene) -> None:
    scene.enrol("李梅", "13800000001")
    scene.enrol("李美玲", "13900010001", card="C13800000001")
    scene.enrol("王燕", "13700000003")

    def found(text: str) -> list[tuple[str, str]]:
        return [(hit.name, hit.how) for hit in queries.find(scene.clerk, text)]

    assert found("DW000003") == [("王燕", "number")]
    assert found("hb00001") == [("李梅", "card")]
    assert found("13800000001") == [("李梅", "phone")]
    assert found("0001") == [("李梅", "tail"), ("李美玲", "tail")]
    assert found("DW00") == [("李梅", "number"), ("李美玲", "number"), ("王燕", "number")]
    assert found("李") == [("李梅", "name"), ("李美玲", "name")]
    assert found("lm") == [("李梅", "initials"), ("李美玲", "initials")]
    assert found("wangyan") == [("王燕", "pinyin")]
    assert found("") == found("%") == found("'; --") == []


@pytest.fixture
def crowd(scene: Scene) -> Scene:
    """Members who differ in everything a condition may ask."""
    scene.enrol("甲", "13800000001")
    scene.enrol("乙", "13800000002", profile={"birthday": "1985-12-31"})
    scene.bring(
        scene.form("丙", "13800000003", at="2020-01-01", profile={"birthday": None}).model_copy(update={"card": None})
    )
    scene.bring(scene.form("丁", "13800000004", at="2021-06-30 23:59"))
    scene.open("DW000002", spend=[{"day": "2026-01-01", "amount": "10000"}, {"day": "2025-12-31", "amount": "1"}])
    scene.open("DW000004", spend=[{"day": "2026-02-28", "amount": "500"}])
    operations.suspend_member(actor=scene.manager, at=AT, given=SuspendMember(member="DW000004", reason="x"))
    facts = _facts(scene)
    used = next(member for member in facts.values() if member.number == "DW000001")
    move = RightMove(used.membership, used.rights[0].id, AT, "sale:1")
    entitlements.use_rights(programme=scene.programme, moves=[move], written_at=AT)
    return scene


def _facts(scene: Scene):  # type: ignore[no-untyped-def]
    keys = queries.resolve(scene.programme, [("number", f"DW00000{i}") for i in range(1, 5)]).values()
    return member_facts(scene.programme, keys, at=AT, since=SINCE)


_PARTS = some.one_of(
    some.fixed_dictionaries({"tier": some.sampled_from(["points_card", "diamond_card", {"missing": True}])}),
    some.fixed_dictionaries({"standing": some.sampled_from([["active"], {"not_in": ["active"]}])}),
    some.fixed_dictionaries(
        {"birthday_month": some.sampled_from([6, {"in": [6, 12]}, {"missing": True}, {"over": 6}])}
    ),
    some.fixed_dictionaries({"years_a_member": some.sampled_from([{"under": 1}, {"from": 1}, 0])}),
    some.fixed_dictionaries({"age": some.sampled_from([{"under": 36}, {"from": 36}, {"missing": True}, 35])}),
    some.fixed_dictionaries({"profile_complete": some.booleans()}),
    some.fixed_dictionaries({"card_status": some.sampled_from(["active", "lost", {"missing": True}])}),
    some.fixed_dictionaries(
        {"joined_on": some.sampled_from([{"from": "2026-03-01"}, {"to": "2021-06-30"}, "2020-01-01"])}
    ),
    some.fixed_dictionaries({"tier_since": some.sampled_from([{"under": "2026-03-01"}, {"from": "2026-03-01"}])}),
    some.fixed_dictionaries(
        {"spend_this_quarter": some.sampled_from([{"from": "500.00"}, {"over": "500.00"}, {"to": 0}])}
    ),
    some.fixed_dictionaries({"spend_this_year": some.sampled_from([{"from": "10000.00"}, {"over": "10000.00"}])}),
    some.fixed_dictionaries({"visits_this_quarter": some.sampled_from([{"from": 1}, {"to": 0}])}),
    some.fixed_dictionaries(
        {
            "count": some.sampled_from(
                [
                    {"of": "rights", "where": {"right_used": True}, "from": 1},
                    {"of": "rights", "where": {"right_used": False}, "from": 1},
                    {"of": "rights", "where": {"right_worth": {"from": "200.00"}}, "to": 0},
                    {"of": "rights", "from": 1},
                ]
            )
        }
    ),
)
_CONDITIONS = some.recursive(
    _PARTS,
    lambda inner: some.one_of(
        some.fixed_dictionaries({"any": some.lists(inner, min_size=1, max_size=3)}),
        some.fixed_dictionaries({"all": some.lists(inner, min_size=1, max_size=3)}),
        some.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=5,
)


def test_python_and_sql_say_the_same(crowd: Scene) -> None:
    members = _facts(crowd)
    day = local_day(AT, ZONE)
    reader = column_reader(day, "Asia/Shanghai")

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(_CONDITIONS)
    def check(raw: dict[str, object]) -> None:
        what = condition(raw, "member")
        chosen = where(what, reader)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT held.id FROM {SOURCE} WHERE held.programme_id = %s AND {chosen.sql}",
                [crowd.programme, *chosen.parameters],
            )
            selected = {row[0] for row in cursor.fetchall()}
        assert selected == {key for key, member in members.items() if holds(what, member_values(member, day, ZONE))}

    check()


def test_the_sticky_are_those_who_bought_this_quarter(scene: Scene) -> None:
    scene.enrol()
    made = scene.enrol("王燕", "13800000002")
    visit(made.membership, date(2026, 1, 1))
    assert queries.segment(scene.owner, "sticky", AT) == ("DW000002",)
    assert queries.segment(scene.owner, "B55-41", AT) == ("DW000002",)
    assert queries.segment_size(scene.owner, "sticky", AT) == 1
    assert queries.segment(scene.owner, "sticky", moment("2026-03-31 23:59")) == ("DW000002",)
    assert queries.segment(scene.owner, "sticky", moment("2026-04-01 00:00")) == ()
    inside = queries.in_segment(scene.owner, "DW000002", "sticky", AT)
    outside = queries.in_segment(scene.owner, "DW000001", "sticky", AT)
    assert (inside.given, inside.clause) == (True, "B55-41")
    assert (outside.given, outside.say, outside.values["gap"]) == (False, "short", 1)


def visit(membership: int, day: date) -> None:
    journal = Journal(at=AT, cause=("sale", "1"), actor="staff:7", tallies=((day, "visits", 1), (day, "spend", 10000)))
    ledger.post_journal(membership=membership, journal=journal, written_at=AT)
