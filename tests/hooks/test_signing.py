"""Signatures, against the vector published with the Standard Webhooks specification."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiguan.foundation.outward.signing import headers, secret_of, signature
from huiguan.hooks.waiting import ATTEMPTS, PAUSES, pause_after

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE, TIMESTAMP, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


def test_the_published_vector() -> None:
    assert signature(SECRET, MESSAGE, TIMESTAMP, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_bears_the_signatures_of_both_secrets_while_one_replaces_the_other() -> None:
    other = secret_of(b"k" * 32)
    told = headers([SECRET, other], MESSAGE, TIMESTAMP, BODY)
    assert told == {
        "webhook-id": MESSAGE,
        "webhook-timestamp": "1614265330",
        "webhook-signature": f"{signature(SECRET, MESSAGE, TIMESTAMP, BODY)} {signature(other, MESSAGE, TIMESTAMP, BODY)}",
    }


def test_three_days_of_attempts() -> None:
    assert ATTEMPTS == 15
    assert sum(PAUSES, timedelta()) == timedelta(days=3, minutes=-17, seconds=-25)


@pytest.mark.parametrize(
    ("failures", "dice", "asked", "pause"),
    [
        (1, 0, 0, timedelta(seconds=5)),
        (1, 20, 0, timedelta(seconds=6)),
        (14, -20, 0, timedelta(seconds=34560)),
        (1, 0, 60, timedelta(seconds=60)),
        (1, 0, 999_999, timedelta(hours=1)),
        (6, 0, 60, timedelta(hours=1)),
        (15, 0, 0, None),
    ],
)
def test_pauses(failures: int, dice: int, asked: int, pause: timedelta | None) -> None:
    assert pause_after(failures, lambda low, high: dice, asked) == pause
