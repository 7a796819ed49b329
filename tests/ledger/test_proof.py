"""Planted corruptions: each is made past the triggers, as somebody with the keys to the database would, and found."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from huiguan.ledger.operations import expire_due, place_hold, release_hold, seal_day
from huiguan.ledger.proof import Finding, prove
from huiguan.ledger.values import Journal
from tests.ledger.scenes import LI, POINTS, PROGRAMME, SHANGHAI, earn, opened, spend, when

pytestmark = pytest.mark.django_db
WANG = 400
DAY = date(2026, 3, 1)


def plant(sql: str) -> None:
    """Run one statement past the triggers; it must touch something."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        assert cursor.rowcount > 0
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture(autouse=True)
def books() -> None:
    """Li: 94 on 1 March, 30 in April, spends 100, a hold placed and released, the year end. Wang: 5 on 1 March. The
    day of 1 March is sealed."""
    opened(LI, WANG)
    earn(94, "2026-03-01 10:00", until="2026-12-31 24:00", tallies=[(DAY, "spend", 478800), (DAY, "visits", 1)])
    earn(5, "2026-03-01 11:00", membership=WANG, tallies=[(DAY, "visits", 1)])
    seal_day(programme=PROGRAMME, day=DAY, zone=SHANGHAI, at=when("2026-03-02"))
    earn(30, "2026-04-01 10:00", until="2027-12-31 24:00")
    spend(100, "2026-06-01 10:00")
    head = Journal(when("2026-06-02"), ("quote", "Q1"), "staff:1")
    hold = place_hold(membership=LI, unit=POINTS, amount=9, lapses_at=None, head=head, written_at=head.at)
    release_hold(membership=LI, hold=hold.key, amount=4, head=head, written_at=head.at)
    earn(7, "2026-06-03", until="2026-12-31 24:00")
    expire_due(programme=PROGRAMME, at=when("2027-01-01"))
    assert prove().findings == ()


def lines(*, at: str | None = None) -> set[tuple[str, str]]:
    return {(each.code, each.line) for each in prove(PROGRAMME, at=when(at) if at else None).findings}


def test_sound_books_are_counted() -> None:
    proof = prove(PROGRAMME)
    assert proof.sound
    assert proof.counted == {
        "memberships": 2, "journals": 8, "transfers": 6, "lots": 4, "uses": 3, "holds": 2, "measures": 2, "seals": 1,
    }  # fmt: skip
    assert proof.outstanding == ((PROGRAMME, POINTS, 29),)
    assert prove(PROGRAMME + 1).counted["memberships"] == 0


def test_the_books_of_an_earlier_moment_are_proved_as_they_had_been_written() -> None:
    proof = prove(PROGRAMME, at=when("2026-05-01"))
    assert (proof.findings, proof.counted["journals"]) == ((), 3)
    assert proof.outstanding == ((PROGRAMME, POINTS, 129),)
    assert prove(PROGRAMME, at=when("2026-12-31 23:59")).outstanding == ((PROGRAMME, POINTS, 36),)
    assert prove(PROGRAMME, at=when("2026-02-28")).counted["journals"] == 0


def test_1_an_edited_amount() -> None:
    plant("UPDATE ledger_transfer SET amount = 940 WHERE membership_id = 382 AND seq = 1")
    assert lines() == {
        ("hash_mismatch", "ledger_journal(382, 1)"),
        ("transfer_unmatched", "ledger_transfer(382, 1, 1)"),
        ("account_out_of_step", "ledger_account(382)"),
        ("balance_unequal", "ledger_account(7, points)"),
    }
    assert lines(at="2026-03-15") >= {("transfer_unmatched", "ledger_transfer(382, 1, 1)")}


def test_2_a_deleted_transfer() -> None:
    plant("DELETE FROM ledger_transfer WHERE membership_id = 382 AND seq = 3")
    assert lines() >= {
        ("transfer_missing", "ledger_transfer(382, 3, 1)"),
        ("hash_mismatch", "ledger_journal(382, 3)"),
        ("balance_unequal", "ledger_account(7, points)"),
    }


def test_3_a_deleted_journal() -> None:
    plant("DELETE FROM ledger_journal WHERE membership_id = 382 AND seq = 2")
    assert lines() >= {
        ("journal_missing", "ledger_journal(382, 2)"),
        ("row_without_journal", "ledger_transfer(382, 2, 1)"),
        ("row_without_journal", "ledger_lot(382, 2, 1)"),
        ("use_without_lot", "ledger_lot_use(382, 3, 2)"),
        ("chain_broken", "ledger_journal(382, 3)"),
    }


def test_4_a_lot_overdrawn() -> None:
    plant("UPDATE ledger_lot_use SET amount = 31 WHERE membership_id = 382 AND seq = 3 AND lot_seq = 2")
    assert lines() >= {
        ("lot_overdrawn", "ledger_lot(382, 2, 1)"),
        ("transfer_unmatched", "ledger_transfer(382, 3, 1)"),
        ("hash_mismatch", "ledger_journal(382, 3)"),
    }


def test_5_the_terms_of_a_lot() -> None:
    plant("UPDATE ledger_lot SET expires_at = '2030-01-01' WHERE membership_id = 382 AND seq = 2")
    found = prove(PROGRAMME).findings
    (terms,) = [each for each in found if each.code == "lot_terms_changed"]
    assert (terms.line, terms.membership, terms.programme) == ("ledger_lot(382, 2, 1)", 382, PROGRAMME)
    assert "2027-12-31 16:00" in terms.expected
    assert "2030-01-01" in terms.found
    assert ("hash_mismatch", "ledger_journal(382, 2)") in lines()


def test_5b_the_terms_of_a_lot_long_empty() -> None:
    plant("UPDATE ledger_lot SET expires_at = '2026-05-01' WHERE membership_id = 382 AND seq = 1")
    assert lines() == {
        ("hash_mismatch", "ledger_journal(382, 1)"),
        ("lot_used_after_end", "ledger_lot_use(382, 3, 1)"),
    }


@pytest.mark.parametrize(
    ("edit", "field", "expected", "found"),
    [
        ("units = jsonb_set(units, '{points,balance}', '240')", "points.balance", "24", "240"),
        ("units = jsonb_set(units, '{points,held}', '0')", "points.held", "5", "0"),
        ("seq = 6", "seq", "7", "6"),
        ("next_due = NULL", "next_due", "2027-12-31 16:00:00+00:00", "None"),
    ],
)
def test_6_an_account_out_of_step(edit: str, field: str, expected: str, found: str) -> None:
    plant(f"UPDATE ledger_account SET {edit} WHERE membership_id = 382")
    own = [each for each in prove(PROGRAMME).findings if each.code == "account_out_of_step"]
    assert [(each.line, each.field, each.expected, each.found) for each in own] == [
        ("ledger_account(382)", field, expected, found)
    ]


def test_6b_a_lot_in_the_account_only() -> None:
    plant("UPDATE ledger_account SET units = jsonb_set(units, '{points,lots,0,4}', '\"2031-01-01T00:00:00Z\"')")
    fields = {each.field for each in prove(PROGRAMME).findings}
    assert fields == {"points.lot (2, 1)", "points.lot (1, 1)", "next_due"}


def test_7_a_broken_chain() -> None:
    plant("UPDATE ledger_journal SET hash = decode(repeat('ab', 32), 'hex') WHERE membership_id = 382 AND seq = 2")
    assert lines() == {
        ("hash_mismatch", "ledger_journal(382, 2)"),
        ("chain_broken", "ledger_journal(382, 3)"),
    }


def test_8_a_forged_journal_between_the_seals() -> None:
    """A journal is added at the end of Wang's chain, with a lot, and her account raised to match. Only its hash lacks."""
    plant(
        "INSERT INTO ledger_journal SELECT membership_id, 2, programme_id, at, written_at, cause_kind, cause_ref, actor,"
        " clause, version, reverses_seq, NULL, hash, hash FROM ledger_journal WHERE membership_id = 400"
    )
    for table, columns in (
        ("ledger_transfer", "unit, debit, credit, 500, clause"),
        ("ledger_lot", "unit, 500, earned_at, usable_from, expires_at, clause"),
    ):
        plant(
            f"INSERT INTO {table} SELECT membership_id, 2, 1, programme_id, {columns} FROM {table} WHERE membership_id = 400"
        )
    found = lines()
    assert found >= {("hash_mismatch", "ledger_journal(400, 2)"), ("account_out_of_step", "ledger_account(400)")}
    assert ("seal_altered", "ledger_seal(7, 2026-03-01)") in found


def test_9_a_lot_use_deleted() -> None:
    plant("DELETE FROM ledger_lot_use WHERE membership_id = 382 AND seq = 3 AND n = 1")
    assert lines() >= {
        ("use_missing", "ledger_lot_use(382, 3, 1)"),
        ("transfer_unmatched", "ledger_transfer(382, 3, 1)"),
        ("hash_mismatch", "ledger_journal(382, 3)"),
    }


def test_9b_a_lot_use_redirected() -> None:
    plant("UPDATE ledger_lot_use SET lot_seq = 1 WHERE membership_id = 382 AND seq = 3 AND n = 2")
    assert lines() >= {
        ("lot_overdrawn", "ledger_lot(382, 1, 1)"),
        ("hash_mismatch", "ledger_journal(382, 3)"),
        ("account_out_of_step", "ledger_account(382)"),
    }


def test_9c_a_lot_use_of_a_lot_that_is_not_there() -> None:
    plant("UPDATE ledger_lot_use SET lot_seq = 99 WHERE membership_id = 382 AND seq = 3 AND n = 2")
    assert ("use_without_lot", "ledger_lot_use(382, 3, 2)") in lines()


def test_10_a_measure_out_of_step() -> None:
    plant('UPDATE ledger_measure SET tallies = \'{"spend": 9999900, "visits": 1}\' WHERE membership_id = 382')
    (found,) = prove(PROGRAMME).findings
    assert found == Finding(
        "measure_out_of_step", "ledger_measure", (382, "2026-03-01"), "478800", "9999900", 382, PROGRAMME, "spend"
    )
    assert found.say("zh") == "ledger_measure(382, 2026-03-01)：计量与流水不符：spend。应为 478800，实为 9999900。"


def test_10b_a_measure_deleted_or_made_up() -> None:
    plant("DELETE FROM ledger_measure WHERE membership_id = 400")
    plant("INSERT INTO ledger_measure VALUES (400, '2026-03-09', 7, '{\"visits\": 3}')")
    assert {each.line for each in prove(PROGRAMME).findings} == {
        "ledger_measure(400, 2026-03-01)",
        "ledger_measure(400, 2026-03-09)",
    }


def test_11_a_seal_altered() -> None:
    plant("UPDATE ledger_seal SET journals = 3")
    journals, *_ = prove(PROGRAMME).findings
    assert (journals.code, journals.line, journals.field, journals.expected, journals.found) == (
        "seal_altered", "ledger_seal(7, 2026-03-01)", "journals", "3", "2",
    )  # fmt: skip


def test_11b_a_membership_taken_out_whole_is_missed_by_the_seal() -> None:
    for table in ("account", "journal", "transfer", "lot", "measure"):
        plant(f"DELETE FROM ledger_{table} WHERE membership_id = 400")
    assert lines() == {("seal_altered", "ledger_seal(7, 2026-03-01)")}


def test_11c_a_seal_taken_out_breaks_the_chain_of_seals() -> None:
    for day in (2, 3):
        seal_day(programme=PROGRAMME, day=date(2026, 7, day), zone=SHANGHAI, at=when("2026-07-04"))
    assert lines() == set()
    plant("DELETE FROM ledger_seal WHERE day = '2026-07-02'")
    assert lines() == {("seal_chain_broken", "ledger_seal(7, 2026-07-03)")}


def test_12_an_account_taken_out() -> None:
    plant("DELETE FROM ledger_account WHERE membership_id = 400")
    assert lines() == {
        ("account_missing", "ledger_account(400)"),
    }


def test_13_steps_of_a_hold() -> None:
    plant("DELETE FROM ledger_hold WHERE membership_id = 382 AND what = 'placed'")
    assert lines() >= {
        ("hold_unsound", "ledger_hold(382, 5, 1)"),
        ("hash_mismatch", "ledger_journal(382, 4)"),
        ("account_out_of_step", "ledger_account(382)"),
    }


def test_14_a_row_moved_to_another_programme() -> None:
    plant("UPDATE ledger_journal SET programme_id = 8 WHERE membership_id = 400")
    assert {each.code for each in prove().findings} >= {"programme_mixed", "hash_mismatch", "seal_altered"}


def test_15_expiry_before_its_time() -> None:
    plant("UPDATE ledger_lot SET expires_at = '2028-01-01' WHERE membership_id = 382 AND seq = 6")
    assert lines() >= {("lot_expired_early", "ledger_lot_use(382, 7, 1)"), ("hash_mismatch", "ledger_journal(382, 6)")}


def test_16_a_transfer_sent_to_somebody_else() -> None:
    plant("UPDATE ledger_transfer SET credit = 'member:382:points' WHERE membership_id = 400")
    assert lines() >= {("address_foreign", "ledger_transfer(400, 1, 1)"), ("hash_mismatch", "ledger_journal(400, 1)")}


def test_17_a_clock_turned_back() -> None:
    plant("UPDATE ledger_journal SET written_at = '2026-01-01' WHERE membership_id = 382 AND seq = 3")
    assert lines() >= {("written_backwards", "ledger_journal(382, 3)"), ("hash_mismatch", "ledger_journal(382, 3)")}


def test_findings_are_kept_up_to_a_number() -> None:
    plant("UPDATE ledger_journal SET hash = decode(repeat('ab', 32), 'hex')")
    assert len(prove(PROGRAMME, most=3).findings) == 3
