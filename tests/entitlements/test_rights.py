"""Rights: given once for an occasion, good between their moments, used once, given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from huiguan.entitlements import operations, queries
from huiguan.entitlements.codes import code_of, typed, well_formed
from huiguan.entitlements.validity import state_at
from huiguan.entitlements.values import NewRight, RightMove, RightNotUsed, RightUsed

JUNE = datetime(2026, 5, 31, 16, tzinfo=UTC)
JULY = datetime(2026, 6, 30, 16, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BIRTHDAY = NewRight(7, "birthday_voucher", "B55-11", 10000, JUNE, JUNE, JULY, "2026-06", "month_end:2026-05")


def grant(*rights: NewRight) -> list[int]:
    return [fact.id for _, fact in operations.grant_rights(programme=1, rights=rights, written_at=JUNE)]


def use(right: int, membership: int = 7, at: datetime = JUNE) -> None:
    move = RightMove(membership, right, at, "sale:1")
    operations.use_rights(programme=1, moves=[move], written_at=at)


def restore(right: int, at: datetime = JUNE) -> None:
    operations.restore_rights(programme=1, moves=[RightMove(7, right, at, "return:1")], written_at=at)


def test_codes_differ_and_prove_themselves() -> None:
    codes = [code_of(key) for key in [*range(1, 5000), 2**30, 2**30 + 1, 2**40]]
    assert len(set(codes)) == len(codes)
    assert all(well_formed(code) for code in codes)
    code = code_of(382)
    assert len(code) == 8
    wrong = [code[:i] + other + code[i + 1 :] for i in range(1, 8) for other in "019AZ" if other != code[i]]
    assert not any(well_formed(each) for each in wrong)
    assert typed(f" {code.lower()[:4]}-{code.lower()[4:]} ") == code
    assert not well_formed("")
    assert not well_formed("X0000000")


@pytest.mark.django_db
def test_valid_from_the_first_moment_until_just_before_the_last() -> None:
    grant(BIRTHDAY)
    (right,) = queries.rights_of([7])[7]
    moments = (JUNE - SECOND, JUNE, JULY - SECOND, JULY)
    assert [state_at(right, at) for at in moments] == ["waiting", "ready", "ready", "expired"]
    forever = replace(right, valid_until=None)
    assert state_at(forever, JULY + timedelta(days=9999)) == "ready"


@pytest.mark.django_db
def test_an_occasion_gives_once() -> None:
    assert len(grant(BIRTHDAY, replace(BIRTHDAY, membership=8))) == 2
    assert grant(BIRTHDAY) == []
    assert len(grant(BIRTHDAY, replace(BIRTHDAY, occasion="2027-06"))) == 1
    assert len(grant(replace(BIRTHDAY, clause="B55-10"))) == 1
    assert {membership: len(rights) for membership, rights in queries.rights_of([7, 8, 9]).items()} == {7: 3, 8: 1}


@pytest.mark.django_db
def test_used_once_and_given_back() -> None:
    (right,) = grant(BIRTHDAY)
    use(right, at=JUNE + SECOND)
    assert queries.rights_of([7])[7][0].used_at == JUNE + SECOND
    with pytest.raises(RightUsed) as refused:
        use(right)
    assert refused.value.values["code"] == code_of(right)
    restore(right)
    assert queries.rights_of([7])[7][0].used_at is None
    with pytest.raises(RightNotUsed):
        restore(right)
    use(right)
    assert queries.rights_of([7])[7][0].used_at == JUNE


@pytest.mark.django_db
def test_another_members_right_is_not_used() -> None:
    (right,) = grant(BIRTHDAY)
    with pytest.raises(RightUsed):
        use(right, membership=8)
    assert queries.rights_of([7])[7][0].used_at is None


@pytest.mark.django_db
def test_the_same_right_twice_in_one_batch_is_refused() -> None:
    (right,) = grant(BIRTHDAY)
    moves = [RightMove(7, right, JUNE, "sale:1"), RightMove(7, right, JUNE, "sale:2")]
    with pytest.raises(RightUsed), transaction.atomic():
        operations.use_rights(programme=1, moves=moves, written_at=JUNE)
    assert queries.rights_of([7])[7][0].used_at is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entitlements_right SET worth = 1",
        "DELETE FROM entitlements_right",
        "UPDATE entitlements_rightuse SET restores = true",
        "DELETE FROM entitlements_rightuse",
        "TRUNCATE entitlements_rightuse",
    ],
)
def test_the_database_refuses_edits(statement: str) -> None:
    (right,) = grant(BIRTHDAY)
    use(right)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_second_use_has_no_number_to_take() -> None:
    (right,) = grant(BIRTHDAY)
    use(right)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO entitlements_rightuse (membership_id, right_id, n, programme_id, at, written_at, cause,"
            " restores) VALUES (7, %s, 2, 1, now(), now(), 'x', false)",
            [right],
        )


@pytest.mark.django_db
def test_a_right_reads_as_it_stood_at_a_moment() -> None:
    (right,) = grant(BIRTHDAY)
    use(right, at=JUNE + SECOND)
    restore(right, at=JUNE + 3 * SECOND)
    seen = [(JUNE - SECOND), JUNE, JUNE + SECOND, JUNE + 3 * SECOND, JULY]
    read = [[held.state for held in queries.held_rights(7, at)] for at in seen]
    assert read == [[], ["ready"], ["used"], ["ready"], ["expired"]]
    assert [step.what for step in queries.held_rights(7, JULY)[0].steps] == ["granted", "used", "restored"]


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["taken", "revoked"])
def test_what_is_hers_no_more_does_not_go_back_with_an_undone_merge(what: str) -> None:
    """Given to a friend, or revoked, while it stood with the membership that went on: it is not good again elsewhere."""
    (right,) = grant(BIRTHDAY)
    along = {"programme": 1, "at": JUNE, "cause": "merge", "written_at": JUNE}
    ((there, here),) = operations.move_rights(giver=7, taker=8, **along)
    mark = operations.NewMark(8, here, what, JUNE, "x")
    operations.mark_rights(programme=1, marks=[mark], written_at=JUNE)
    assert there == right
    assert operations.move_rights_back(giver=8, taker=7, pairs=[(there, here)], **along) == ()
    assert queries.rights_of([7])[7][0].used_at is not None
