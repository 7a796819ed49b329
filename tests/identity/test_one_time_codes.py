"""One-time codes: six digits to an address, good once, for five minutes, on wall time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from huiguan.foundation.models import AnsweredRequest, AuditEntry
from huiguan.foundation.performing import in_transaction
from huiguan.identity import operations, queries
from huiguan.identity.inputs import CheckCode, IssueCode, SpendProof
from huiguan.identity.models import OneTimeCode
from huiguan.identity.one_time import masked, typed, wait_for_room
from huiguan.identity.refusals import (
    CodeTooSoon,
    OneTimeCodeWrong,
    ProofNotGood,
    SignInMustWait,
    SignInRefused,
    TooManyCodes,
)
from huiguan.identity.values import IssuedCode, ProvedCode
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read
from huiguan.kernel.networks import caller_of
from huiguan.kernel.refusals import InvalidInput

WALL = datetime(2031, 1, 1, 12, 0, tzinfo=UTC)
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DOOR = system(1, "portal")
PHONE = "13800000001"


def issue(
    wall: datetime = WALL, address: str = PHONE, *, origin: str = "", key: str | None = None, **more
) -> IssuedCode:  # type: ignore[no-untyped-def]
    given = read(IssueCode, {"purpose": "sign_in", "address": address, **more})
    return operations.issue_code(actor=DOOR, at=AT, given=given, wall=wall, origin=origin, key=key)


def sent(wall: datetime = WALL) -> str:
    """The digits of the latest code that waits to be sent."""
    return queries.codes_to_send(wall)[-1].code


def check(code: str, wall: datetime = WALL, address: str = PHONE, *, origin: str = "", **more) -> ProvedCode:  # type: ignore[no-untyped-def]
    given = read(CheckCode, {"purpose": "sign_in", "address": address, "code": code, **more})
    return operations.check_code(actor=DOOR, at=AT, given=given, wall=wall, origin=origin)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
def test_the_right_digits_open_once() -> None:
    told = issue()
    assert told == IssuedCode("sms", "138****0001", WALL + 5 * MINUTE, WALL + MINUTE)
    code = sent()
    proved = check(f" {code[:3]} {code[3:]}")
    assert (proved.purpose, proved.subject, proved.masked) == ("sign_in", "", "138****0001")
    with pytest.raises(OneTimeCodeWrong):
        check(code)


@pytest.mark.django_db
def test_a_code_is_good_until_just_before_its_fifth_minute_is_over() -> None:
    issue()
    code = sent()
    with pytest.raises(OneTimeCodeWrong):
        check(code, WALL + 5 * MINUTE)
    assert check(code, WALL + 5 * MINUTE - timedelta(microseconds=1)).masked == "138****0001"


@pytest.mark.django_db
def test_five_wrong_tries_kill_it() -> None:
    issue()
    code = sent()
    for _ in range(4):
        with pytest.raises(OneTimeCodeWrong):
            check(other(code))
    assert OneTimeCode.objects.get().closed_at is None
    with pytest.raises(OneTimeCodeWrong):
        check(other(code))
    with pytest.raises(OneTimeCodeWrong) as refused:
        check(code)
    assert refused.value.as_problem()["values"] == {}
    assert (OneTimeCode.objects.get().tries, queries.codes_to_send(WALL)) == (5, ())


@pytest.mark.django_db
def test_it_opens_nothing_but_its_own_purpose_address_and_subject() -> None:
    issue(subject="member:7")
    code = sent()
    for wrong in ({"purpose": "pay"}, {"address": "13800000002"}, {"subject": "member:8"}, {}):
        with pytest.raises(OneTimeCodeWrong):
            check(code, **wrong)
    assert check(code, subject="member:7").subject == "member:7"


@pytest.mark.django_db
def test_the_latest_code_alone_is_live_and_comes_after_a_minute() -> None:
    issue()
    first = sent()
    with pytest.raises(CodeTooSoon) as refused:
        issue(WALL + MINUTE - SECOND)
    assert (refused.value.status, refused.value.values["seconds"]) == (429, 1)
    issue(WALL + MINUTE)
    second = sent(WALL + MINUTE)
    assert len(queries.codes_to_send(WALL + MINUTE)) == 1
    if first != second:
        with pytest.raises(OneTimeCodeWrong):
            check(first, WALL + MINUTE)
    assert check(second, WALL + MINUTE)


@pytest.mark.django_db
def test_five_an_hour_to_one_address_whatever_for() -> None:
    for n, purpose in enumerate(("sign_in", "pay", "join", "pay", "sign_in")):
        issue(WALL + n * MINUTE, purpose=purpose)
    with pytest.raises(TooManyCodes) as refused:
        issue(WALL + 5 * MINUTE)
    assert refused.value.values["minutes"] == 55
    assert issue(WALL + 5 * MINUTE, "13800000002").masked == "138****0002"
    assert issue(WALL + HOUR)


@pytest.mark.django_db
def test_a_stranger_uses_up_nothing_of_the_owners() -> None:
    """She answered a code from home before; a stranger asks for five; at home she has her own five, and signed in she has
    those of her membership."""
    home, elsewhere = "203.0.113.9", "198.51.100.7"
    issue(WALL, origin=home)
    check(sent())
    for n in range(1, 5):
        issue(WALL + n * MINUTE, origin=elsewhere)
    with pytest.raises(TooManyCodes):
        issue(WALL + 5 * MINUTE, origin=elsewhere)
    with pytest.raises(TooManyCodes):
        issue(WALL + 5 * MINUTE, origin="198.51.100.8")
    for n in range(5, 9):
        issue(WALL + n * MINUTE, origin=home)
    with pytest.raises(TooManyCodes):
        issue(WALL + 9 * MINUTE, origin=home)
    issue(WALL + 9 * MINUTE, purpose="leave", subject="member:7", origin=elsewhere)
    with pytest.raises(TooManyCodes):  # ten in all
        issue(WALL + 10 * MINUTE, purpose="leave", subject="member:8", origin=elsewhere)


@pytest.mark.django_db
def test_those_who_answer_behind_one_address_take_nobodys_place() -> None:
    for n in range(31):
        issue(WALL, f"1380000{n:04d}", origin="203.0.113.9")
        given = {"purpose": "sign_in", "address": f"1380000{n:04d}", "code": sent()}
        operations.check_code(actor=DOOR, at=AT, given=read(CheckCode, given), wall=WALL)


@pytest.mark.django_db
def test_thirty_an_hour_from_one_origin() -> None:
    for n in range(30):
        issue(WALL, f"1380000{n:04d}", origin="203.0.113.9")
    with pytest.raises(TooManyCodes):
        issue(WALL, "13900000000", origin="203.0.113.9")
    assert issue(WALL, "13900000000", origin="203.0.113.10")


@pytest.mark.django_db
def test_whoever_takes_another_address_of_the_same_64_is_the_same_caller() -> None:
    for n in range(30):
        issue(WALL, f"1380000{n:04d}", origin=f"2001:db8:0:1::{n + 1:x}")
    with pytest.raises(TooManyCodes):
        issue(WALL, "13900000000", origin="2001:db8:0:1:ffff::1")
    assert issue(WALL, "13900000000", origin="2001:db8:0:2::1")
    assert [caller_of(each) for each in ("::ffff:203.0.113.9", "203.0.113.9", "")] == ["203.0.113.9"] * 2 + [""]


@pytest.mark.django_db
def test_wrong_digits_on_the_shops_network_shut_no_clerk_out() -> None:
    for _ in range(30):
        with pytest.raises(OneTimeCodeWrong):
            check("000000", origin="203.0.113.9")
    with pytest.raises(SignInMustWait):
        check("000000", origin="203.0.113.9")
    with pytest.raises(SignInRefused):
        operations.sign_in(username="nobody", password="x", wall=WALL, origin="203.0.113.9", at=AT)


@pytest.mark.django_db
def test_thirty_failures_from_one_origin_wait_even_with_the_right_digits() -> None:
    for n in range(6):
        issue(WALL, f"1380000{n:04d}")
    codes = {code.address: code.code for code in queries.codes_to_send(WALL)}
    for address, code in codes.items():
        for _ in range(5):
            with pytest.raises(OneTimeCodeWrong):
                check(other(code), address=address, origin="203.0.113.9")
    issue(WALL, "13900000000")
    code = sent()
    with pytest.raises(SignInMustWait):
        check(code, address="13900000000", origin="203.0.113.9")
    assert check(code, address="13900000000", origin="203.0.113.8")


@pytest.mark.django_db
def test_a_decoy_is_answered_alike_and_opens_nothing() -> None:
    assert issue(decoy=True) == IssuedCode("sms", "138****0001", WALL + 5 * MINUTE, WALL + MINUTE)
    assert queries.codes_to_send(WALL) == ()
    with pytest.raises(CodeTooSoon):
        issue(decoy=True)
    row = OneTimeCode.objects.get()
    assert row.sealed is None
    with pytest.raises(OneTimeCodeWrong):
        check("000000")


@pytest.mark.django_db
def test_a_repeated_key_sends_nothing_more() -> None:
    first = issue(key="k1")
    assert issue(WALL + 2 * MINUTE, key="k1") == first
    assert OneTimeCode.objects.count() == 1


@pytest.mark.django_db
def test_neither_digits_nor_address_are_kept_in_clear() -> None:
    issue(key="k1")
    code = sent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM identity_onetimecode t")
        rows = cursor.fetchall()
    told = [*rows, *AuditEntry.objects.values_list("subject", "given"), *AnsweredRequest.objects.values_list()]
    assert PHONE not in str(told)
    assert code not in str(rows)
    assert AuditEntry.objects.get().given["address"] == "•"


@pytest.mark.django_db
def test_what_was_handed_over_is_handed_over_once_and_its_text_is_gone() -> None:
    issue()
    (code,) = queries.codes_to_send(WALL)
    assert (code.programme, code.address, code.language, code.ends_at) == (1, PHONE, "zh", WALL + 5 * MINUTE)
    assert operations.hand_over_code(number=code.id, wall=WALL)
    assert not operations.hand_over_code(number=code.id, wall=WALL)
    assert queries.codes_to_send(WALL) == ()
    assert check(code.code)


@pytest.mark.django_db
def test_a_code_nobody_sent_in_time_is_wiped_and_thirty_days_later_gone() -> None:
    issue()
    assert queries.codes_to_send(WALL + 5 * MINUTE) == ()
    assert operations.forget_codes(wall=WALL + 5 * MINUTE) == 0
    assert OneTimeCode.objects.get().sealed is None
    assert operations.forget_codes(wall=WALL + 31 * 24 * HOUR) == 1


@pytest.mark.django_db
def test_a_proof_opens_one_deed_of_its_own_kind_and_returns_with_it() -> None:
    issue(purpose="pay", subject="member:7")
    given = {"purpose": "pay", "address": PHONE, "code": sent(), "subject": "member:7"}
    proof = operations.check_code(actor=DOOR, at=AT, given=read(CheckCode, given), wall=WALL).proof

    def spend(wall: datetime = WALL, purpose: str = "pay", subject: str = "member:7", address: str = PHONE) -> None:
        spent = SpendProof(address=address, proof=proof, purpose=purpose, subject=subject)
        operations.spend_proof(actor=DOOR, at=AT, given=spent, wall=wall)

    def fails() -> None:
        spend()
        raise ZeroDivisionError

    for wrong in (
        {"purpose": "sign_in"}, {"subject": "member:8"}, {"wall": WALL + 10 * MINUTE}, {"address": "13800000002"},
    ):  # fmt: skip
        with pytest.raises(ProofNotGood):
            spend(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        in_transaction(fails)
    spend()
    with pytest.raises(ProofNotGood):
        spend()


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_in_the_same_moment_open_once() -> None:
    issue()
    code, opened = sent(), []

    def answer() -> None:
        try:
            opened.append(check(code).masked)
        except OneTimeCodeWrong:
            pass
        finally:
            connections.close_all()

    together = [threading.Thread(target=answer) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert opened == ["138****0001"]


@pytest.mark.parametrize(
    "address", ["", "1380000000", "12800000001", "mei@", "mei@example", "+8613800000001", "a b@x.cn"]
)
def test_an_address_is_a_mobile_number_or_a_mailbox(address: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(IssueCode, {"purpose": "sign_in", "address": address})
    assert refused.value.field == "address"


def test_what_is_shown_and_typed() -> None:
    assert masked("mei.lin@example.com") == "m***@example.com"
    assert typed("１２３-456 ") == "123456"
    moments = [WALL - n * MINUTE for n in range(5)]
    assert wait_for_room(moments, ((5, HOUR),), WALL) == 56 * MINUTE
    assert wait_for_room(moments[:4], ((5, HOUR),), WALL) == timedelta(0)
