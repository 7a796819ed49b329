"""Writing safely, once: keys answered again, refusals that change nothing, deadlocks retried whole."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.utils import OperationalError

from huiguan.foundation.models import AnsweredRequest, AuditEntry, DemoClock
from huiguan.foundation.performing import DEADLOCK_TRIES, ending_with, in_transaction, perform, scope_of
from huiguan.foundation.statements import Question, ask_last, ask_together
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import Input, Money, Word
from huiguan.kernel.refusals import KeyReused, NotFound, Refusal
from huiguan.kernel.text import Text

AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLERK = Actor("staff", 7, "Mei", 1, frozenset({"sell"}))
OTHER = Actor("client", 7, "ERP", 1, frozenset({"sell"}))


class Top(Input):
    member: Word
    amount: Money
    pin: Word = "0000"


@dataclass(frozen=True, slots=True)
class Topped:
    balance: int
    on: date
    at: datetime
    said: Text
    parts: tuple[int, ...]


def top(
    given: Top, *, key: str | None = None, actor: Actor = CLERK, fail: Refusal | None = None, **more: Any
) -> Topped:
    """An operation of a made-up room: moves the one row of the clock's table, so that a write can be counted."""

    def do() -> Topped:
        row, _ = DemoClock.objects.get_or_create(pk=1)
        row.offset_seconds += given.amount
        row.save()
        if fail:
            raise fail
        return Topped(row.offset_seconds, date(2026, 6, 1), AT, Text(zh="好", en="Good"), (1, 2))

    return perform(
        "top", actor=actor, at=AT, subject=f"member:{given.member}", given=given, do=do, returns=Topped, key=key, **more
    )


def balance() -> int:
    return DemoClock.objects.values_list("offset_seconds", flat=True).first() or 0


@pytest.mark.django_db
def test_the_same_key_and_input_get_the_first_answer_and_change_nothing() -> None:
    first = top(Top(member="DN1", amount="5.00"), key="k1")
    again = top(Top(member="DN1", amount="5.00"), key="k1")
    assert first == again == Topped(500, date(2026, 6, 1), AT, Text(zh="好", en="Good"), (1, 2))
    assert balance() == 500
    assert AuditEntry.objects.count() == 1
    assert AnsweredRequest.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_input_is_refused_by_name() -> None:
    top(Top(member="DN1", amount="5.00"), key="k1")
    with pytest.raises(KeyReused) as refused:
        top(Top(member="DN1", amount="5.01"), key="k1")
    assert refused.value.field == "Idempotency-Key"
    assert refused.value.status == 422
    assert balance() == 500
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_key_is_the_actors_own_and_of_its_subject_unless_a_wider_scope_is_named() -> None:
    top(Top(member="DN1", amount="1"), key="k1")
    top(Top(member="DN1", amount="2"), key="k1", actor=OTHER)
    top(Top(member="DN2", amount="4"), key="k1")
    assert balance() == 700
    top(Top(member="DN1", amount="8"), key="k1", scope="till")
    with pytest.raises(KeyReused):
        top(Top(member="DN2", amount="8"), key="k1", scope="till")
    assert balance() == 1500


@pytest.mark.django_db
def test_without_a_key_each_call_is_its_own() -> None:
    top(Top(member="DN1", amount="1"))
    top(Top(member="DN1", amount="1"))
    assert balance() == 200
    assert AnsweredRequest.objects.count() == 0


@pytest.mark.django_db
def test_a_refusal_changes_nothing_and_its_key_stays_free() -> None:
    refusal = NotFound(field="member", what=Text(zh="会员", en="member"), given="DN1")
    with pytest.raises(NotFound):
        top(Top(member="DN1", amount="5"), key="k1", fail=refusal)
    assert (balance(), AuditEntry.objects.count(), AnsweredRequest.objects.count()) == (0, 0, 0)
    assert top(Top(member="DN1", amount="7"), key="k1").balance == 700


@pytest.mark.django_db
def test_secrets_are_masked_in_the_audit_and_sealed_in_the_digest() -> None:
    top(Top(member="DN1", amount="1", pin="4711"), key="k1", secret=frozenset({"pin"}))
    entry = AuditEntry.objects.get()
    assert entry.given == {"member": "DN1", "amount": 100, "pin": "•"}
    top(Top(member="DN1", amount="1", pin="4711"), key="k1", secret=frozenset({"pin"}))
    with pytest.raises(KeyReused):
        top(Top(member="DN1", amount="1", pin="4712"), key="k1", secret=frozenset({"pin"}))
    top(Top(member="DN2", amount="1", pin="4711"), key="k1")
    sealed, open_ = AnsweredRequest.objects.order_by("id").values_list("fingerprint", flat=True)
    assert bytes(sealed) != bytes(open_)


def test_a_long_scope_is_told_apart_by_its_hash() -> None:
    one, two = (scope_of(CLERK, "member:" + "x" * 80 + end) for end in "ab")
    assert len(one) == len(two) == 80
    assert one != two
    assert scope_of(CLERK, "member:DN1") == "staff:7|member:DN1"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_write_once() -> None:
    answers: list[Topped] = []
    ready = threading.Barrier(4)

    def ask() -> None:
        ready.wait()
        answers.append(top(Top(member="DN1", amount="3"), key="same"))

    _together(ask, ask, ask, ask)
    assert [answer.balance for answer in answers] == [300] * 4
    assert balance() == 300
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_retried_whole() -> None:
    DemoClock.objects.bulk_create([DemoClock(pk=1), DemoClock(pk=2)])
    met = threading.Barrier(2)
    tries: list[str] = []

    def crossing(name: str, first: int, then: int) -> None:
        def do() -> int:
            tries.append(name)
            _add(first, 1)
            if tries.count(name) == 1:
                met.wait()
            _add(then, 10)
            return first

        given = {"name": name}
        perform("cross", actor=CLERK, at=AT, subject=name, given=given, do=do, returns=int, key=name)

    _together(lambda: crossing("one", 1, 2), lambda: crossing("two", 2, 1))
    assert sorted(DemoClock.objects.values_list("pk", "offset_seconds")) == [(1, 11), (2, 11)]
    assert len(tries) > 2
    assert AuditEntry.objects.count() == AnsweredRequest.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_that_never_ends_is_given_up_after_a_bound() -> None:
    tries: list[int] = []

    def do() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = 'deadlock_detected'; END $$")

    with pytest.raises(OperationalError):
        in_transaction(do)
    assert len(tries) == DEADLOCK_TRIES
    tries.clear()
    with pytest.raises(OperationalError), transaction.atomic():
        in_transaction(do)
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_any_other_fault_is_not_retried() -> None:
    tries: list[int] = []

    def do() -> None:
        tries.append(1)
        raise OperationalError("the disk is full")

    with pytest.raises(OperationalError):
        in_transaction(do)
    assert len(tries) == 1


def _add(pk: int, seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foundation_democlock SET offset_seconds = offset_seconds + %s WHERE id = %s", [seconds, pk]
        )


def _together(*parts: Any) -> None:
    """Run the parts at once, each on its own connection; the first fault of any is raised."""
    faults: list[BaseException] = []

    def run(part: Any) -> None:
        try:
            part()
        except BaseException as wrong:
            faults.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if faults:
        raise faults[0]


def moving(by: int, refuses: str = "") -> list[Question[None]]:
    """Statements that move the clock's row `by` seconds, the last of which may refuse."""
    told = {"HG009": lambda said: NotFound(field="row", what=Text(zh="行", en="row"), given=said)}
    move = "UPDATE foundation_democlock SET offset_seconds = offset_seconds + %s::bigint"
    refuse = "SELECT CASE WHEN %s <> '' THEN foundation_refuse('HG009', %s) END"
    return [
        Question(move, [by], lambda rows: None),
        Question(refuse, [refuses, refuses], lambda rows: None, told),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_last_statements_travel_with_the_commit() -> None:
    DemoClock.objects.create(pk=1, offset_seconds=5)
    state = connection.connection.info

    def do() -> tuple[str, list[Question[None]]]:
        assert balance() == 5 and state.transaction_status.name == "INTRANS"
        return "moved", moving(2)

    assert ending_with(do) == "moved"
    assert balance() == 7 and state.transaction_status.name == "IDLE"
    after_asking = in_transaction(lambda: (ask_last(moving(1)), state.transaction_status.name)[1])
    assert (after_asking, balance()) == ("IDLE", 8)


@pytest.mark.django_db(transaction=True)
def test_what_the_last_statements_refuse_is_not_committed() -> None:
    DemoClock.objects.create(pk=1, offset_seconds=5)
    with pytest.raises(NotFound) as refused:
        ending_with(lambda: (None, moving(2, refuses="no such row")))
    assert refused.value.values["given"] == "no such row"
    assert balance() == 5
    assert ending_with(lambda: ("again", moving(1))) == "again"
    assert balance() == 6


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_nothing_is_committed() -> None:
    DemoClock.objects.create(pk=1, offset_seconds=5)
    with pytest.raises(RuntimeError, match="after it"), transaction.atomic():
        ending_with(lambda: (None, moving(2)))
        assert balance() == 7
        raise RuntimeError("after it")
    assert balance() == 5


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_made_ready_while_it_is_written_and_anew_for_each_try() -> None:
    """A try that a deadlock ended leaves nothing behind: neither what it wrote nor what it had made ready."""
    DemoClock.objects.create(pk=1, offset_seconds=5)
    deadlock = "DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = 'deadlock_detected'; END $$"
    tries = iter([[*moving(1), Question(deadlock, [], lambda rows: None)], moving(2), []])
    ready: list[int] = []

    def do() -> tuple[int, list[Question[None]]]:
        return balance() + 100, next(tries)

    assert ending_with(do, ready.append) == 105
    assert (ready, balance()) == ([105, 105], 7)
    assert ending_with(do, ready.append) == 107  # nothing to write: made ready all the same
    assert (ready, balance()) == ([105, 105, 107], 7)


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_meanwhile_is_told_after_the_answers_were_read() -> None:
    def meanwhile() -> None:
        raise RuntimeError("no words")

    with pytest.raises(RuntimeError, match="no words"):
        ask_together(moving(1), meanwhile=meanwhile)
    assert ask_together([Question("SELECT 1", [], lambda rows: rows[0][0])]) == [1]
