"""What members bring from before: points under their bill, and earlier spending."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, MomentInFuture
from huiguan.ledger import facts as ledger
from huiguan.ledger import queries as books
from huiguan.members import operations, queries
from huiguan.members.inputs import RecordOpening
from huiguan.members.models import Opening
from huiguan.members.refusals import BillAlreadyRecorded, NothingToChange
from huiguan.members.values import RecordedOpening

from .conftest import AT, Scene, moment

DAY = "2026-03-01"


def balance(scene: Scene, membership: int, at: str) -> int:
    return books.balances_at(actor=scene.owner, membership=membership, at=moment(at)).get("points", 0)


def test_opening_points_lie_in_a_lot_of_their_own_moment(scene: Scene) -> None:
    made = scene.enrol()
    told = scene.open("DW000001", bill="S1-0001", points=18)
    assert (told.points, told.bill, told.earned_at, told.tier) == (18, "S1-0001", AT, "points_card")
    # Joined in 2026: the first clearing is that of 2027.
    assert told.expires_at == moment("2027-12-31 24:00")
    (entry,) = books.entries(actor=scene.owner, membership=made.membership, unit="points")
    assert (entry.delta, entry.cause, entry.clause, entry.purpose) == (18, ("opening", "S1-0001"), "B55-18", "opening")
    assert balance(scene, made.membership, "2027-12-31 23:59") == 18
    assert balance(scene, made.membership, "2027-12-31 24:00") == 0


def test_points_earned_before_keep_their_own_expiry(scene: Scene) -> None:
    scene.bring(scene.form(at="2024-05-01"))
    november = scene.open("DW000001", bill="A", points=10, earned_at="2025-11-30 23:59")
    december = scene.open("DW000001", bill="B", points=5, earned_at="2025-12-01 00:00")
    assert november.expires_at == moment("2025-12-31 24:00")
    assert december.expires_at == moment("2026-12-31 24:00")
    assert balance(scene, november.membership, "2026-03-01 10:00") == 5


@pytest.mark.parametrize("bill", [None, "", "  "])
def test_points_without_a_bill_are_refused(scene: Scene, bill: str | None) -> None:
    made = scene.enrol()
    with pytest.raises(InvalidInput) as refused:
        scene.open("DW000001", points=18, bill=bill)
    assert (refused.value.field, refused.value.clause, refused.value.status) == ("bill", "B55-18", 422)
    assert ledger.accounts([made.membership])[made.membership].seq == 0


def test_one_bill_counts_once_for_whomever(scene: Scene) -> None:
    made = scene.enrol()
    other = scene.enrol("王燕", "13800000002")
    scene.open("DW000001", bill="S1-0001", points=18)
    for member in ("DW000001", "DW000002"):
        with pytest.raises(BillAlreadyRecorded) as refused:
            scene.open(member, bill="S1-0001", points=18)
        assert (refused.value.status, refused.value.values["number"]) == (409, "DW000001")
    assert balance(scene, made.membership, "2026-03-01 10:00") == 18
    assert balance(scene, other.membership, "2026-03-01 10:00") == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"points": 0, "bill": "A"}, "points"),
        ({"points": -5, "bill": "A"}, "points"),
        ({"points": 1.5, "bill": "A"}, "points"),
        ({"points": 10**18, "bill": "A"}, "points"),
        ({"spend": [{"day": DAY, "amount": "0"}]}, "spend.0.amount"),
        ({"spend": [{"day": DAY, "amount": "-1"}]}, "spend.0.amount"),
        ({"spend": [{"day": DAY, "amount": "1.005"}]}, "spend.0.amount"),
        ({"spend": [{"day": "2026-02-30", "amount": "1"}]}, "spend.0.day"),
        ({"spend": [{"day": "2026-03-02", "amount": "1"}]}, "spend.0.day"),
    ],
)
def test_wrong_amounts_and_days(scene: Scene, given: dict[str, Any], field: str) -> None:
    made = scene.enrol()
    with pytest.raises(InvalidInput) as refused:
        scene.open("DW000001", **given)
    assert refused.value.field == field
    assert ledger.accounts([made.membership])[made.membership].seq == 0
    assert not Opening.objects.exists()


def test_nothing_in_the_future_and_not_nothing(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(MomentInFuture):
        scene.open("DW000001", bill="A", points=1, earned_at="2026-03-01 10:01")
    with pytest.raises(NothingToChange):
        scene.open("DW000001", bill="A")
    with pytest.raises(Forbidden):
        operations.record_opening(
            actor=scene.clerk,
            at=AT,
            given=read(RecordOpening, {"member": "DW000001", "bill": "A", "points": 1}),
        )


def test_earlier_spending_promotes_from_the_exact_amount(scene: Scene) -> None:
    scene.enrol()
    scene.enrol("王燕", "13800000002")
    short = scene.open("DW000001", spend=[{"day": "2026-02-01", "amount": "9999.99"}])
    assert (short.tier, short.spend) == ("points_card", 999999)
    assert [(reason.clause, reason.say, reason.values["gap"]) for reason in short.reasons] == [("B55-03", "gap", 1)]
    full = scene.open("DW000002", spend=[{"day": "2026-02-01", "amount": "10000"}])
    assert full.tier == "diamond_card"
    page = scene.page("DW000002")
    assert (page.tier, page.tier_since) == ("diamond_card", AT)
    newest = page.changes[0]
    assert (newest.after, newest.clause, newest.cause, newest.values["total"]) == (
        "diamond_card", "B55-03", "opening", 1000000,
    )  # fmt: skip


def test_earlier_spending_over_more_than_half_a_year_does_not_add_up(scene: Scene) -> None:
    scene.enrol()
    apart = [{"day": "2025-08-28", "amount": "6000"}, {"day": "2026-02-28", "amount": "4000"}]
    assert scene.open("DW000001", spend=apart).tier == "points_card"
    scene.enrol("王燕", "13800000002")
    near = [{"day": "2025-08-29", "amount": "6000"}, {"day": "2026-02-28", "amount": "4000"}]
    assert scene.open("DW000002", spend=near).tier == "diamond_card"


def test_spending_alone_is_entered_once(scene: Scene) -> None:
    scene.enrol()
    scene.open("DW000001", spend=[{"day": DAY, "amount": "100"}])
    with pytest.raises(BillAlreadyRecorded):
        scene.open("DW000001", spend=[{"day": DAY, "amount": "100"}])


def test_many_at_once_answer_each(scene: Scene) -> None:
    one, two = scene.enrol(), scene.enrol("王燕", "13800000002")
    given = [
        read(RecordOpening, each)
        for each in (
            {"member": "DW000001", "bill": "A", "points": 5},
            {"member": "DW000001", "bill": "B", "points": 7, "spend": [{"day": DAY, "amount": "10000"}]},
            {"member": "HB00002", "bill": "A", "points": 5},
            {"member": "13800000002", "bill": "C", "points": 9},
            {"member": "DW999999", "bill": "D", "points": 9},
        )
    ]
    answers = operations.record_openings(actor=scene.owner, at=AT, given=given)
    assert [each.bill if isinstance(each, RecordedOpening) else each.code for each in answers] == [
        "A", "B", "BillAlreadyRecorded", "C", "NotFound",
    ]  # fmt: skip
    assert [balance(scene, key, "2026-03-01 10:00") for key in (one.membership, two.membership)] == [12, 9]
    assert queries.standing(scene.owner, "DW000001", AT).tier == "diamond_card"


def test_openings_are_never_edited(scene: Scene) -> None:
    scene.enrol()
    scene.open("DW000001", bill="A", points=5)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE members_opening SET bill = 'B'")
    assert [(each.bill, each.points) for each in scene.page("DW000001").openings] == [("A", ((5, AT.isoformat()),))]


def test_the_same_key_records_once(scene: Scene) -> None:
    scene.enrol()
    given = read(RecordOpening, {"member": "DW000001", "bill": "A", "points": 5})
    first = operations.record_opening(actor=scene.manager, at=AT, given=given, key="k")
    assert operations.record_opening(actor=scene.manager, at=AT, given=given, key="k") == first
