"""A member's PIN: set, tried, and shut after too many wrong tries.

Hashes are slow on purpose, so a PIN is compared before the sale takes its locks (`tried_pins`) and what that showed is
counted within the sale's transaction (`admit_pin`): of many tries at once no more than MOST_WRONG count as tries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members.models import Pin

MOST_WRONG = 5
LENGTH = 6
_RUNS = "01234567890", "09876543210"


class PinNotSet(Refusal):
    text = Text(
        zh="会员还没有支付密码，请先在柜台设置。", en="The member has no PIN yet; set one at the counter first."
    )
    rank = "credential"


class PinWrong(Refusal):
    """What was tried counts, though the sale changes nothing."""

    text = Text(zh="支付密码不对，还可试 {left} 次。", en="The PIN is wrong; tries left: {left}.")
    rank = "credential"
    recorded = True


class PinLocked(Refusal):
    text = Text(
        zh="支付密码错了 {most} 次，已锁住，请核对证件后重新设置。",
        en="The PIN was wrong {most} {most:time|times} and is shut; check the identity paper and set it anew.",
    )
    rank = "credential"


class PinTooWeak(Refusal):
    text = Text(
        zh="支付密码为 6 位数字，不能全是同一个数，也不能连着数。",
        en="A PIN has six digits, not all alike and not in a row.",
    )
    status = 422
    rank = "input"


class ProofOfSelfNeeded(Refusal):
    text = Text(
        zh="设置支付密码须核对本人证件，或用短信验证码。",
        en="To set a PIN, check the member's identity paper or use a one-time code.",
    )
    rank = "credential"


@dataclass(frozen=True, slots=True)
class Tried:
    """What comparing a PIN showed: whether it is `right`, of the one that was set at `set_at`."""

    set_at: datetime
    right: bool


def demand_strong(pin: str) -> None:
    """PinTooWeak for what anybody would guess first."""
    digits = pin.isascii() and pin.isdecimal() and len(pin) == LENGTH
    if not digits or len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise PinTooWeak(field="pin")


def has_pin(membership: int) -> bool:
    """Whether the member has set one, shut or not."""
    return Pin.objects.filter(membership_id=membership).exists()


def put_pin(programme: int, membership: int, pin: str, *, at: datetime, by: str) -> None:
    """Set it, in place of any before."""
    told = {"programme_id": programme, "hash": make_password(pin), "wrong": 0, "set_at": at, "set_by": by}
    Pin.objects.update_or_create(membership_id=membership, defaults=told)


def tried_pins(programme: int, tries: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Tried]:
    """Each (membership, PIN) compared with the one that is set; those who have none are left out. Changes nothing."""
    wanted = list(tries)
    rows = Pin.objects.filter(programme_id=programme, membership_id__in=[membership for membership, _ in wanted])
    held = {row.membership_id: row for row in rows}
    return {
        (membership, pin): Tried(held[membership].set_at, check_password(pin, held[membership].hash))
        for membership, pin in wanted
        if membership in held
    }


def admit_pin(membership: int, tried: Tried | None) -> None:
    """Count a try within the transaction that holds the member's account. PinNotSet, PinLocked, PinWrong."""
    row = Pin.objects.select_for_update().filter(membership_id=membership).first()
    if row is None or tried is None:
        raise PinNotSet(field="pin")
    if row.wrong >= MOST_WRONG:
        raise PinLocked(field="pin", most=MOST_WRONG)
    if not tried.right or tried.set_at != row.set_at:
        Pin.objects.filter(pk=membership).update(wrong=F("wrong") + 1)
        raise PinWrong(field="pin", left=MOST_WRONG - row.wrong - 1)
    if row.wrong:
        Pin.objects.filter(pk=membership).update(wrong=0)
