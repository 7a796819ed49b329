"""Several hands at one long work."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from huiguan.foundation.hands import by_hands
from huiguan.foundation.models import DemoClock


def _ended(backends: set[int], seconds: float = 20) -> bool:
    """Whether these sessions of the database are over; one ends a moment after its connection is closed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)", [list(backends)])
            if cursor.fetchone() == (0,):
                return True
        time.sleep(0.02)
    return False


@pytest.mark.django_db(transaction=True)
def test_every_part_is_done_once_and_told_in_order() -> None:
    backends: set[int] = set()
    met = threading.Barrier(2, timeout=30)

    def do(part: int) -> int:
        if part < 2:
            met.wait()  # two are under way at the same time
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.add(cursor.fetchone()[0])
        DemoClock.objects.create(id=part + 1, offset_seconds=part)
        return part * part

    assert list(by_hands(range(20), do)) == [part * part for part in range(20)]
    assert sorted(DemoClock.objects.values_list("offset_seconds", flat=True)) == list(range(20))
    assert len(backends) == 2  # each on a connection of its own
    assert _ended(backends)


@pytest.mark.django_db(transaction=True)
def test_a_trouble_is_raised_and_nothing_more_is_begun() -> None:
    begun: list[int] = []

    def do(part: int) -> int:
        begun.append(part)
        if part == 3:
            raise ValueError("the fourth")
        return part

    with pytest.raises(ValueError, match="the fourth"):
        list(by_hands(range(1000), do))
    assert 4 <= len(begun) < 20


@pytest.mark.django_db
def test_inside_a_transaction_there_is_one_hand() -> None:
    with transaction.atomic():
        found = list(by_hands(range(3), lambda part: (part, threading.current_thread())))
    assert found == [(part, threading.main_thread()) for part in range(3)]
