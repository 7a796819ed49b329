"""What comes back of a top-up: the principal that is left, less what was bought with bonus that must be returned. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from huiguan.kernel.amounts import share
from huiguan.kernel.records import record
from huiguan.rules.effects import Reason, Refuse

_HUNDREDTH = Fraction(1, 100)


@record
class Back:
    """A top-up of `amount` and `bonus` fen on `day` as it stands on `today`: `left` in its lots, `spent` of them net of
    returns, `deducted` by earlier refunds. `free`: the law gives it back whatever the clause says of days and fees."""

    day: date
    today: date
    amount: int
    bonus: int
    left: int
    left_bonus: int
    spent: int
    spent_bonus: int
    deducted: int = 0
    free: bool = False


@record
class Refunded:
    """What a refund moves, in fen: `money` to the member, `off` more (below nought: less) deducted for spent bonus, `fee`,
    `bonus` taken back. `stop` where it cannot be."""

    money: int = 0
    off: int = 0
    fee: int = 0
    bonus: int = 0
    reasons: tuple[Reason, ...] = ()
    stop: Refuse | None = None


def stopped(reason: Reason, code: str, rank: str) -> Refunded:
    return Refunded(reasons=(reason,), stop=Refuse(reason.clause, code, rank, "top_up", {"reason": reason}))


def worked_out(clause: str, back: Back, *, by_share: bool, fee_percent: int) -> Refunded:
    """All bonus is to come back or, `by_share`, what the principal not spent stands for: what of that is spent is
    deducted, what is left is taken. `money` is nought where nothing remains."""
    must = back.bonus * (back.amount - back.spent) // back.amount if by_share else back.bonus
    earned = back.bonus - must  # rounded once, and in the member's favour
    off = max(0, back.spent_bonus - earned) - back.deducted
    stays = min(back.left_bonus, max(0, earned - back.spent_bonus))
    gross = back.left - off
    if gross <= 0:
        return Refunded(off=off)
    fee = share(gross * fee_percent, _HUNDREDTH)
    made = Refunded(gross - fee, off, fee, back.left_bonus - stays)
    return replace(made, reasons=tuple(_told(clause, back, made, fee_percent)))


def _told(clause: str, back: Back, made: Refunded, percent: int) -> Iterator[Reason]:
    if made.off > 0:
        yield Reason(clause, "deducted", False, {"spent": back.spent_bonus, "off": made.off})
    elif made.off < 0:
        yield Reason(clause, "undeducted", True, {"off": -made.off})
    if made.bonus:
        yield Reason(clause, "bonus_back", False, {"bonus": made.bonus})
    if made.fee:
        yield Reason(clause, "fee", False, {"percent": percent, "fee": made.fee})
    yield Reason(clause, "refunded", True, {"left": back.left, "money": made.money})
