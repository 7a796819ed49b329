"""Two tills at the same moment: one gets it, the other is told, nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.ledger import queries as books
from huiguan.members import operations
from huiguan.members.inputs import IssueCard, RecordOpening
from huiguan.members.models import Card, Membership
from huiguan.parties.models import Party, PartyField

from .conftest import AT, Scene, publish_lists

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*doings: Callable[[], Any]) -> list[str]:
    """Do all in threads of their own; '' or the refusal's code of each, sorted."""
    barrier = Barrier(len(doings))

    def run(do: Callable[[], Any]) -> str:
        try:
            barrier.wait(10)
            do()
            return ""
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return sorted(pool.map(run, doings))


def test_one_phone_enrolled_at_two_tills(scene: Scene) -> None:
    told = at_once(*(lambda i=i: scene.enrol(f"王{i}", "13800000001", card=f"C00{i}") for i in range(4)))
    assert told == ["", "PhoneTaken", "PhoneTaken", "PhoneTaken"]
    assert Membership.objects.count() == Party.objects.count() == Card.objects.count() == 1


def test_one_identity_number_enrolled_at_two_tills(scene: Scene) -> None:
    publish_lists(scene)
    own = {"id_number": "11010519491231002X"}
    doings = [lambda i=i: scene.enrol(f"王{i}", f"1380000000{i}", profile=own) for i in range(3)]
    assert at_once(*doings) == ["", "IdentityTaken", "IdentityTaken"]
    held = PartyField.objects.get(name="id_number")
    other = Party.objects.create(
        programme_id=scene.programme, name="王", pinyin="wang", letters="wang", initials="w", created_at=AT
    )
    with pytest.raises(IntegrityError, match="parties_field_one_person"), atomic():
        PartyField.objects.create(
            programme_id=scene.programme,
            party=other,
            name="id_number",
            value="x",
            once=held.once,
            since=AT,
            entered_by="x",
        )


def test_different_people_get_different_numbers(scene: Scene) -> None:
    assert at_once(*(lambda i=i: scene.enrol(f"王{i}", f"1380000000{i}") for i in range(4))) == [""] * 4
    assert sorted(Membership.objects.values_list("number", flat=True)) == [f"DW00000{i}" for i in range(1, 5)]


def test_one_card_issued_to_two_members(scene: Scene) -> None:
    forms = [scene.form(f"王{i}", f"1380000000{i}").model_copy(update={"card": None}) for i in range(2)]
    members = [made.number for made in scene.bring(*forms)]

    def issue(member: str) -> Any:
        given = read(IssueCard, {"member": member, "card": "HB1"})
        return operations.issue_card(actor=scene.clerk, at=AT, given=given)

    assert at_once(*(lambda member=member: issue(member) for member in members)) == ["", "CardTaken"]


def test_one_bill_entered_at_two_tills(scene: Scene) -> None:
    one, two = scene.enrol(), scene.enrol("王燕", "13800000002")

    def enter(member: str) -> Any:
        given = read(RecordOpening, {"member": member, "bill": "A-1", "points": 5})
        return operations.record_opening(actor=scene.manager, at=AT, given=given)

    assert at_once(lambda: enter(one.number), lambda: enter(two.number)) == ["", "BillAlreadyRecorded"]
    held = [books.balances_at(actor=scene.owner, membership=each.membership, at=AT) for each in (one, two)]
    assert sorted(sum(each.values()) for each in held) == [0, 5]
