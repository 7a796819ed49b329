"""Daily seals: one root over what was written, chained, and no journal after it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from huiguan.ledger.models import JournalRow, SealRow
from huiguan.ledger.operations import seal_day
from huiguan.ledger.queries import seals
from huiguan.ledger.sealing import DayNotOver
from huiguan.ledger.values import DaySealed
from tests.ledger.scenes import ACTOR, PROGRAMME, SHANGHAI, earn, opened, when

pytestmark = pytest.mark.django_db


def seal(day: str, at: str) -> SealRow:
    return seal_day(programme=PROGRAMME, day=date.fromisoformat(day), zone=SHANGHAI, at=when(at))


def test_a_seal_covers_everything_written_since_the_seal_before() -> None:
    opened(1, 2)
    earn(1, "2026-03-01 10:00", membership=2)
    earn(2, "2026-03-01 23:59:59", membership=1)
    earn(3, "2026-03-02 00:00", membership=1)
    first = seal("2026-03-01", "2026-03-02 00:10")
    hashes = [bytes(JournalRow.objects.get(membership_id=m, seq=1).hash) for m in (1, 2)]
    assert (first.starts, first.ends, first.journals) == (None, when("2026-03-02"), 2)
    assert bytes(first.root) == sha256(b"".join(hashes)).digest()
    third = seal("2026-03-03", "2026-03-04 00:10")
    assert (third.starts, third.journals, bytes(third.previous)) == (first.ends, 1, bytes(first.hash))
    assert [row.day.day for row in seals(actor=ACTOR)] == [3, 1]


def test_a_day_is_sealed_once() -> None:
    opened()
    first = seal("2026-03-01", "2026-03-02 00:10")
    again = seal("2026-03-01", "2026-03-05 00:10")
    assert (bytes(again.hash), again.written_at) == (bytes(first.hash), first.written_at)
    assert SealRow.objects.count() == 1


def test_a_day_that_is_not_over_is_not_sealed() -> None:
    with pytest.raises(DayNotOver) as refused:
        seal("2026-03-01", "2026-03-01 23:59:59")
    assert refused.value.values == {"day": "2026-03-01"}


def test_a_sealed_day_takes_no_more_journals() -> None:
    opened(1, 2)
    seal("2026-03-01", "2026-03-02 00:10")
    with pytest.raises(DaySealed), transaction.atomic():
        earn(1, "2026-03-01 23:59:59", membership=1)
    earn(1, "2026-03-02 00:00", membership=1)


def test_an_empty_day_has_a_seal_of_its_own_and_no_seal_is_edited() -> None:
    empty = seal("2026-03-01", "2026-03-02")
    assert (empty.journals, bytes(empty.root)) == (0, sha256(b"").digest())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SealRow.objects.filter(programme_id=PROGRAMME).update(journals=1)
