"""The outbox: one order per programme, which misses nothing and doubles nothing, however writers and readers meet."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from huiguan.checkout.events import GiftClaimed, SaleCommitted
from huiguan.foundation import outbox

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
WRITERS, EACH = 6, 40


def sale(reference: str, membership: int | None = 7) -> SaleCommitted:
    return SaleCommitted(membership=membership, shop=3, reference=reference)


def read(programme: int, after: int = 0, limit: int = 1000) -> list[tuple[int, str]]:
    outbox.give_positions(programme)
    return [(each.position, each.reference) for each in outbox.happened(programme, after=after, limit=limit)]


@pytest.mark.django_db
def test_events_are_read_in_the_order_they_were_told() -> None:
    outbox.tell(1, [sale("7-1"), sale("7-2")], AT)
    outbox.tell(2, [sale("9-1")], AT)
    outbox.tell(1, [sale("7-3")], AT)
    assert read(1) == [(1, "7-1"), (2, "7-2"), (3, "7-3")]
    assert read(2) == [(1, "9-1")]
    assert read(1, after=1) == [(2, "7-2"), (3, "7-3")], "also from the middle of what one cause told"
    assert read(1, after=1, limit=1) == [(2, "7-2")]
    assert read(1, after=3) == []


@pytest.mark.django_db
def test_an_event_says_what_it_carries_and_a_record_speaks_for_itself() -> None:
    gift = GiftClaimed(membership=7, shop=3, reference="HG12", at=AT, clause="B25-09", gift="毛巾")
    outbox.tell(1, [gift, sale("0-5", membership=None)], AT + timedelta(minutes=1))
    read(1)
    first, second = outbox.happened(1, after=0, limit=10)
    assert (first.kind, first.membership, first.shop, first.reference) == ("GiftClaimed", 7, 3, "HG12")
    assert first.said == {"at": "2026-12-01T09:00:00Z", "clause": "B25-09", "gift": "毛巾"}
    assert first.written_at == AT + timedelta(minutes=1)
    assert (second.kind, second.membership, second.said) == ("SaleCommitted", None, None)


@pytest.mark.django_db
def test_nothing_told_is_nothing_written() -> None:
    assert outbox.telling(1, [], AT) == []
    assert read(1) == []


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_told() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.tell(1, [sale("7-1")], AT)
        1 / 0  # noqa: B018
    assert read(1) == []


@pytest.mark.django_db
def test_old_events_are_let_go_and_positions_go_on() -> None:
    outbox.tell(1, [sale("7-1"), sale("7-2")], AT)
    outbox.tell(1, [sale("7-3")], AT + timedelta(days=1))
    assert outbox.forget_events(1, before=AT + timedelta(days=1)) == 2
    assert outbox.feed_of(1).forgotten == 2
    assert read(1) == [(3, "7-3")]
    assert outbox.forget_events(1, before=AT + timedelta(days=2)) == 1
    outbox.tell(1, [sale("7-4")], AT)
    assert read(1) == [(4, "7-4")]


@pytest.mark.django_db
def test_books_put_back_begin_another_generation() -> None:
    outbox.tell(1, [sale("7-1")], AT)
    read(1)
    before = outbox.feed_of(1)
    outbox.renew_feeds()
    after = outbox.feed_of(1)
    assert after.generation != before.generation and after.last == before.last == 1


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_comes_later_and_is_not_missed() -> None:
    """The trap of numbers given before the commit: the first to write is the last to commit."""
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            outbox.tell(1, [sale("slow")], AT)
            written.set()
            assert go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert written.wait(10)
    outbox.tell(1, [sale("quick")], AT)
    assert read(1) == [(1, "quick")], "what is not committed has no position yet"
    go_on.set()
    writer.join(10)
    assert read(1, after=1) == [(2, "slow")]


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_readers_miss_nothing_and_double_nothing() -> None:
    """Each writer tells its events one after another, some rolled back, some several at once; two readers follow."""
    done = threading.Event()
    told: list[list[str]] = [[] for _ in range(WRITERS)]
    followed: list[list[tuple[int, str]]] = [[], []]
    troubles: list[BaseException] = []

    def write(writer: int) -> None:
        dice = random.Random(writer)
        for n in range(EACH):
            names = [f"{writer}-{n}.{part}" for part in range(dice.randint(1, 3))]
            try:
                with transaction.atomic():
                    outbox.tell(1, [sale(name) for name in names], AT)
                    if dice.random() < 0.15:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue
            told[writer] += names

    def follow(into: list[tuple[int, str]]) -> None:
        while True:
            last_round = done.is_set()
            into += read(1, after=into[-1][0] if into else 0, limit=17)
            if last_round and not read(1, after=into[-1][0]):
                return

    def guarded(work: object, *given: object) -> None:
        try:
            work(*given)  # type: ignore[operator]
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    writers = [threading.Thread(target=guarded, args=(write, n)) for n in range(WRITERS)]
    readers = [threading.Thread(target=guarded, args=(follow, into)) for into in followed]
    for thread in [*readers, *writers]:
        thread.start()
    for thread in writers:
        thread.join(60)
    done.set()
    for thread in readers:
        thread.join(60)
    assert troubles == []
    everything = sorted(name for names in told for name in names)
    for into in followed:
        assert [position for position, _ in into] == list(range(1, len(everything) + 1)), "no gap, no double"
        assert sorted(name for _, name in into) == everything
        for writer, names in enumerate(told):
            mine = [name for _, name in into if name.startswith(f"{writer}-")]
            assert mine == names, "each writer's own order is kept"
    assert followed[0] == followed[1]
