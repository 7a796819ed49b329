"""The second step at the door: codes of an authenticator, codes on paper, and what a post demands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.identity import operations, queries
from huiguan.identity.inputs import Appoint, ConfirmTotp, DemandSecondFactor, StaffNamed
from huiguan.identity.models import RecoveryCode, Totp
from huiguan.identity.refusals import (
    CodeRefused,
    ProofTooOld,
    SecondFactorDemanded,
    SignInMustWait,
    SignInRefused,
    TotpAlreadyOn,
    TotpNotBegun,
)
from huiguan.identity.values import CODE, PASSWORD, RECOVERY, OpenSession
from huiguan.kernel.actors import Actor
from tests.identity.conftest import AT, House, hire

# The first second of a step: 59,490,768 of them since 1970.
WALL = datetime(2026, 7, 24, 10, 0, tzinfo=UTC)
STEP = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


def come_in(username: str, wall: datetime = WALL) -> OpenSession:
    known = operations.sign_in(username=username, password="Peony-2026", wall=wall)
    return operations.begin_session(known=known, wall=wall, origin="203.0.113.9", device="Firefox/140.0")


def with_totp(house: House, username: str = "mei") -> tuple[Actor, pyotp.TOTP, tuple[str, ...]]:
    """A clerk whose authenticator was confirmed by the code of WALL's step."""
    mei = queries.actor_of_staff(hire(house.owner, username, ("clerk", "S1")), AT)
    session = come_in(username)
    begun = operations.begin_totp(actor=mei, at=AT, session=session.id, wall=WALL, house="澹宁")
    totp = pyotp.TOTP(begun.secret)
    given = ConfirmTotp(code=totp.at(WALL))
    codes = operations.confirm_totp(actor=mei, at=AT, session=session.id, wall=WALL, given=given)
    return mei, totp, codes.codes


def test_nothing_is_asked_before_the_first_code_is_confirmed(house: House) -> None:
    mei = queries.actor_of_staff(hire(house.owner, "mei"), AT)
    session = come_in("mei")
    begun = operations.begin_totp(actor=mei, at=AT, session=session.id, wall=WALL, house="澹宁")
    assert begun.address.startswith("otpauth://totp/") and begun.secret in begun.address
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL).second == ()
    wrong = ConfirmTotp(code=pyotp.TOTP(begun.secret).at(WALL + 2 * STEP))
    with pytest.raises(CodeRefused):
        operations.confirm_totp(actor=mei, at=AT, session=session.id, wall=WALL, given=wrong)
    assert queries.totp_begun(mei, session.id, WALL, "澹宁") == begun
    with pytest.raises(TotpNotBegun):
        operations.remove_totp(actor=mei, at=AT, session=session.id, wall=WALL)


def test_the_password_is_followed_by_a_code(house: House) -> None:
    mei, totp, _ = with_totp(house)
    known = operations.sign_in(username="mei", password="Peony-2026", wall=WALL)
    assert (known.how, known.second) == (PASSWORD, (CODE,))
    later = WALL + STEP
    in_ = operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later), wall=later)
    assert (in_.staff, in_.how, in_.second) == (mei.id, CODE, ())


def test_a_code_opens_once(house: House) -> None:
    mei, totp, _ = with_totp(house)
    with pytest.raises(CodeRefused):  # the one that confirmed it
        operations.sign_in_with_code(staff_id=mei.id, code=totp.at(WALL), wall=WALL + 5 * SECOND)
    later = WALL + 10 * STEP
    operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later), wall=later)
    with pytest.raises(CodeRefused):
        operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later), wall=later + SECOND)
    with pytest.raises(CodeRefused):  # nor an earlier one that was never used
        operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later - STEP), wall=later + SECOND)


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_one_step_off(house: House, steps: int, opens: bool) -> None:
    mei, totp, _ = with_totp(house)
    later = WALL + 100 * STEP
    code = totp.at(later + steps * STEP)
    if opens:
        assert operations.sign_in_with_code(staff_id=mei.id, code=code, wall=later).how == CODE
    else:
        with pytest.raises(CodeRefused):
            operations.sign_in_with_code(staff_id=mei.id, code=code, wall=later)


def test_a_step_ends_where_the_next_begins(house: House) -> None:
    mei, totp, _ = with_totp(house)
    later = WALL + 100 * STEP
    last = later + 2 * STEP - timedelta(microseconds=1)
    operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later), wall=last)
    with pytest.raises(CodeRefused):
        operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later + 5 * STEP), wall=later + 7 * STEP)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "x" * 2000])
def test_what_is_no_code_opens_nothing(house: House, code: str) -> None:
    mei, _, _ = with_totp(house)
    with pytest.raises(CodeRefused):
        operations.sign_in_with_code(staff_id=mei.id, code=code, wall=WALL + STEP)


def test_a_recovery_code_opens_once(house: House) -> None:
    mei, _, codes = with_totp(house)
    assert len(set(codes)) == 10 and all(len(code) == 11 for code in codes)
    in_ = operations.sign_in_with_code(staff_id=mei.id, code=codes[3].upper().replace("-", " "), wall=WALL)
    assert in_.how == RECOVERY
    with pytest.raises(CodeRefused):
        operations.sign_in_with_code(staff_id=mei.id, code=codes[3], wall=WALL)
    assert queries.second_factors(mei, AT).recovery_left == 9


def test_anothers_recovery_code_opens_nothing(house: House) -> None:
    _, _, codes = with_totp(house)
    lan, _, _ = with_totp(house, "lan")
    with pytest.raises(CodeRefused):
        operations.sign_in_with_code(staff_id=lan.id, code=codes[0], wall=WALL)


def test_fresh_recovery_codes_end_the_old_ones(house: House) -> None:
    mei, _totp, codes = with_totp(house)
    session = come_in("mei")
    fresh = operations.renew_recovery_codes(actor=mei, at=AT, session=session.id, wall=WALL).codes
    assert RecoveryCode.objects.count() == 10
    with pytest.raises(CodeRefused):
        operations.sign_in_with_code(staff_id=mei.id, code=codes[0], wall=WALL)
    assert operations.sign_in_with_code(staff_id=mei.id, code=fresh[0], wall=WALL).how == RECOVERY


def test_five_wrong_codes_and_the_next_waits(house: House) -> None:
    mei, totp, _ = with_totp(house)
    later = WALL + 10 * STEP
    for _ in range(5):
        with pytest.raises(CodeRefused):
            operations.sign_in_with_code(staff_id=mei.id, code="000000", wall=later)
    with pytest.raises(SignInMustWait) as waits:
        operations.sign_in_with_code(staff_id=mei.id, code=totp.at(later), wall=later)
    assert waits.value.values["seconds"] == 30
    after = later + 30 * SECOND
    assert operations.sign_in_with_code(staff_id=mei.id, code=totp.at(after), wall=after).how == CODE


def test_the_secret_lies_sealed_and_codes_are_told_nowhere(house: House) -> None:
    _mei, totp, codes = with_totp(house)
    assert totp.secret.encode() not in bytes(Totp.objects.get().sealed)
    told = str(list(AuditEntry.objects.values_list("given", flat=True)))
    assert totp.secret not in told and not any(code in told for code in codes)


def test_a_change_takes_a_password_of_the_last_ten_minutes(house: House) -> None:
    mei = queries.actor_of_staff(hire(house.owner, "mei"), AT)
    session = come_in("mei")
    in_time = WALL + timedelta(minutes=10) - timedelta(microseconds=1)
    operations.begin_totp(actor=mei, at=AT, session=session.id, wall=in_time, house="澹宁")
    late = WALL + timedelta(minutes=10)
    with pytest.raises(ProofTooOld):
        operations.begin_totp(actor=mei, at=AT, session=session.id, wall=late, house="澹宁")
    operations.prove_password(actor=mei, at=AT, session=session.id, password="Peony-2026", wall=late)
    operations.begin_totp(actor=mei, at=AT, session=session.id, wall=late, house="澹宁")
    lan = queries.actor_of_staff(hire(house.owner, "lan"), AT)
    with pytest.raises(ProofTooOld):  # somebody else's session proves nothing
        operations.begin_totp(actor=lan, at=AT, session=session.id, wall=late, house="澹宁")


def test_a_post_may_demand_it_and_then_the_last_one_stays(house: House) -> None:
    mei, _totp, _ = with_totp(house)
    session = come_in("mei")
    operations.demand_second_factor(actor=house.owner, at=AT, given=DemandSecondFactor(post="clerk", demanded=True))
    assert queries.second_factors(mei, AT).demanded
    with pytest.raises(SecondFactorDemanded):
        operations.remove_totp(actor=mei, at=AT, session=session.id, wall=WALL)
    with pytest.raises(TotpAlreadyOn):
        operations.begin_totp(actor=mei, at=AT, session=session.id, wall=WALL, house="澹宁")
    operations.dismiss(actor=house.owner, at=AT, given=Appoint(username="mei", post="clerk", node="S1"))
    operations.remove_totp(actor=mei, at=AT, session=session.id, wall=WALL)
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL).second == ()
    assert queries.second_factors(mei, AT).recovery_left == 0, "codes on paper with nothing to stand in for go with it"


def test_who_lost_her_phone_comes_in_by_password_after_the_owner_dropped_it(house: House) -> None:
    mei, totp, codes = with_totp(house)
    operations.drop_second_factors(actor=house.owner, at=AT, given=StaffNamed(username="mei"))
    assert operations.sign_in(username="mei", password="Peony-2026", wall=WALL).second == ()
    later = WALL + STEP
    for code in (totp.at(later), codes[0]):
        with pytest.raises(CodeRefused):
            operations.sign_in_with_code(staff_id=mei.id, code=code, wall=later)


def test_every_coming_in_and_every_failure_is_written(house: House) -> None:
    hire(house.owner, "mei")
    come_in("mei")
    with pytest.raises(SignInRefused):
        operations.sign_in(username="mei", password="wrong", wall=WALL, origin="203.0.113.9", at=AT)
    with pytest.raises(SignInRefused):
        operations.sign_in(username="hunter2", password="mei", wall=WALL, origin="203.0.113.9", at=AT)
    rows = AuditEntry.objects.filter(operation__startswith="sign_in").order_by("seq")
    assert [(row.operation, row.subject, row.given) for row in rows] == [
        ("sign_in", "staff:mei", {"with": "password", "address": "203.0.113.9"}),
        ("sign_in_failed", "staff:mei", {"with": "password", "address": "203.0.113.9", "known": True}),
        ("sign_in_failed", "sign-in", {"with": "password", "address": "203.0.113.9", "known": False}),
    ]
