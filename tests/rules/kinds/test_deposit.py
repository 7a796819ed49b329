"""What a deposit should be, by when it is made up, and how it goes back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules.kinds import deposit
from tests.rules.writing import compiled, found

RATED = "name: margin, part: 10%, of: {zh: 投资, en: investment}"
FEE = ("fee", "name: archives, amount: 800.00")


def clause(parameters: str = RATED) -> Any:
    return compiled(FEE, ("deposit", parameters)).of("deposit")[0]


@pytest.mark.parametrize(
    ("base", "held", "required", "short"),
    [
        (None, 0, 0, 0),
        (100000000, 0, 10000000, 10000000),
        (100000000, 9999999, 10000000, 1),
        (5, 0, 1, 1),
        (4, 0, 0, 0),
    ],
)
def test_a_part_of_a_figure(base: int | None, held: int, required: int, short: int) -> None:
    told = deposit.asked(clause(), deposit.Held(held, base), date(2026, 6, 8))
    assert (told.required, told.short) == (required, short)


def test_a_call_is_late_after_its_last_day() -> None:
    known = deposit.Held(0, 100000, called=date(2026, 6, 15))
    say = [deposit.asked(clause(), known, date(2026, 6, day)).reasons[-1].say for day in (15, 16)]
    assert say == ["called", "overdue"]
    assert deposit.call_ends(clause(f"{RATED}, call: {{workdays: 5}}"), date(2026, 6, 8)) == date(2026, 6, 15)
    assert deposit.call_ends(clause(f"{RATED}, call: {{days: 0}}"), date(2026, 6, 8)) == date(2026, 6, 8)
    assert deposit.call_ends(clause(), date(2026, 6, 8)) == date(2026, 7, 8)


@pytest.mark.parametrize(
    ("held", "owed", "settles", "back"), [(100, 0, 0, 100), (100, 40, 40, 60), (100, 100, 100, 0), (100, 101, 100, 0)]
)
def test_it_goes_back_less_what_is_owed(held: int, owed: int, settles: int, back: int) -> None:
    told = deposit.returning(clause(), held, owed, [])
    assert (told.settles, told.back, told.why.given) == (settles, back, True)


def test_what_must_be_paid_before() -> None:
    first = deposit.returning(clause(f"{RATED}, paid_first: [archives]"), 100, 1, ["archives"])
    debts = deposit.returning(clause(f"{RATED}, returned: debts_first"), 100, 1, ["dues"])
    assert [(told.why.say, told.why.given, told.back) for told in (first, debts)] == [
        ("first", False, 0),
        ("debts", False, 0),
    ]
    assert deposit.returning(clause(f"{RATED}, paid_first: [archives]"), 100, 1, ["dues"]).why.given


def test_what_is_refused_when_read() -> None:
    def codes(*parameters: str) -> list[str]:
        return [code for _, code, _ in found(FEE, *(("deposit", each) for each in parameters))]

    assert codes(RATED, RATED) == ["deposit_twice"]
    assert codes(f"{RATED}, amount: 1.00") == ["two_amounts"]
    assert codes(f"{RATED}, paid_first: [papers]") == ["unknown_fee"]
    assert codes("name: key, amount: 200.00") == []
