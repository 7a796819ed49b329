"""The audit chain: kept by the database, searched, and proved whole link by link."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from huiguan.foundation.auditing import Break, breaks, chain_end, written
from huiguan.foundation.models import AuditEntry
from huiguan.foundation.performing import in_transaction, write_audit
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import Forbidden

AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
OWNER = Actor("staff", 1, "Wang", 1, frozenset({"audit"}))
CLERK = Actor("staff", 7, "Mei", 1, frozenset({"sell"}))


def fill(count: int = 5, programme: int = 1) -> None:
    for i in range(count):
        actor = Actor("staff", 7 + i % 2, "Mei", programme)
        write_audit("top", actor=actor, at=AT + timedelta(hours=i), subject=f"member:DN{i % 3}", given={"amount": i})


def touch(sql: str) -> None:
    """What only a superuser going round the triggers can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE foundation_auditentry SET actor_name = 'X' WHERE seq = 2",
        "DELETE FROM foundation_auditentry WHERE seq = 2",
        "TRUNCATE foundation_auditentry",
    ],
)
def test_the_database_refuses_any_edit(sql: str) -> None:
    fill()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 5
    assert list(breaks(1)) == []


@pytest.mark.django_db
def test_a_whole_chain_has_no_break_and_chains_are_per_programme() -> None:
    fill(5, programme=1)
    fill(2, programme=2)
    assert list(breaks(1)) == list(breaks(2)) == list(breaks(3)) == []
    assert chain_end(1)[0] == 5
    assert chain_end(2)[0] == 2
    assert chain_end(3) == (0, "")
    assert len(chain_end(1)[1]) == 64


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "given = '{\"amount\": 9}'",
        "actor = 'staff:1'",
        "actor_name = 'Wang'",
        "subject = 'member:DN9'",
        "operation = 'void'",
        "at = at + interval '1 microsecond'",
    ],
)
def test_an_edited_entry_is_named(change: str) -> None:
    fill()
    touch(f"UPDATE foundation_auditentry SET {change} WHERE seq = 3")
    assert [(found.seq, found.what.en) for found in breaks(1)] == [
        (3, "Entry {seq} does not match its hash: it was edited.")
    ]


@pytest.mark.django_db
def test_a_deleted_entry_is_named() -> None:
    fill()
    touch("DELETE FROM foundation_auditentry WHERE seq = 3")
    assert _told(list(breaks(1))) == [(3, "missing"), (4, "unlinked")]


@pytest.mark.django_db
def test_an_entry_replaced_with_its_hash_made_new_breaks_the_next_link() -> None:
    fill()
    touch("UPDATE foundation_auditentry SET hash = sha256('x'), previous = previous WHERE seq = 3")
    assert _told(list(breaks(1))) == [(3, "tampered"), (4, "unlinked")]


@pytest.mark.django_db
def test_cutting_the_end_off_shows_against_the_end_noted_before() -> None:
    fill()
    noted = chain_end(1)
    touch("DELETE FROM foundation_auditentry WHERE seq = 5")
    assert list(breaks(1)) == []
    assert chain_end(1) != noted


@pytest.mark.django_db
def test_entries_are_found_by_subject_actor_operation_and_time() -> None:
    fill()
    assert [entry.seq for entry in written(OWNER)] == [5, 4, 3, 2, 1]
    assert [entry.seq for entry in written(OWNER, subject="member:DN0")] == [4, 1]
    assert [entry.seq for entry in written(OWNER, by="staff:8")] == [4, 2]
    assert [entry.seq for entry in written(OWNER, operation="void")] == []
    assert [entry.seq for entry in written(OWNER, since=AT + timedelta(hours=1), until=AT + timedelta(hours=3))] == [
        3,
        2,
    ]
    assert [entry.seq for entry in written(OWNER, limit=2)] == [5, 4]
    assert [entry.seq for entry in written(OWNER, before=4, limit=2)] == [3, 2]
    entry = written(OWNER, before=2)[0]
    assert (entry.operation, entry.actor, entry.actor_name, entry.given, entry.at) == (
        "top",
        "staff:7",
        "Mei",
        {"amount": 0},
        AT,
    )


@pytest.mark.django_db
def test_reading_takes_the_power_and_never_shows_another_programme() -> None:
    fill(2, programme=2)
    assert written(OWNER) == ()
    assert len(written(system(2))) == 2
    with pytest.raises(Forbidden):
        written(CLERK)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    def write() -> None:
        try:
            for _ in range(5):
                in_transaction(lambda: write_audit("top", actor=CLERK, at=AT, subject="member:DN1", given={}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert chain_end(1)[0] == 20
    assert list(breaks(1)) == []


def _told(found: list[Break]) -> list[tuple[int, str]]:
    words = {"is missing": "missing", "does not follow": "unlinked", "does not match": "tampered"}
    return [(each.seq, next(word for said, word in words.items() if said in each.what.en)) for each in found]
