"""One-time codes as words and numbers: what is shown of an address, what is kept of a code, how many are too many."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from huiguan.foundation.sealing import blind

GOOD_FOR = timedelta(minutes=5)
PROOF_GOOD_FOR = timedelta(minutes=10)
TRIES = 5
BETWEEN = timedelta(seconds=60)  # before another is sent to the same address
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# How many within how long: to one address from the door or for one member; to one address whatever for; and, of those
# nobody answered, asked for from one place of the net.
TO_ADDRESS = ((5, HOUR), (10, DAY))
IN_ALL = ((10, HOUR), (20, DAY))
FROM_SOURCE = ((30, HOUR),)


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def typed(code: str) -> str:
    """The digits of what was typed: blanks, hyphens and full-width digits make no difference."""
    return "".join(unicodedata.normalize("NFKC", code).replace("-", "").split())


def hash_of_digits(programme: int, purpose: str, address: str, subject: str, code: str) -> bytes:
    """What is kept of a code. It opens for nothing but its own purpose, address and subject."""
    return blind(programme, "one-time", "\x1f".join((purpose, address, subject, code)))


def bound_of(number: int) -> str:
    """What the sealed text of a code is bound to."""
    return f"one-time:{number}"


def channel_of(address: str) -> str:
    return "email" if "@" in address else "sms"


def masked(address: str) -> str:
    """As it may be shown: 138****0001, m***@example.com."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if at else f"{address[:3]}****{address[-4:]}"


def wait_for_room(issued: Sequence[datetime], rules: Sequence[tuple[int, timedelta]], wall: datetime) -> timedelta:
    """How long until another may be issued, none where there is room now. `issued`: earlier ones, the latest first."""
    waits = [issued[most - 1] + within - wall for most, within in rules if len(issued) >= most]
    return max(waits, default=timedelta(0))
