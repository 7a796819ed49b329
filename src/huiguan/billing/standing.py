"""What a payment's steps come to. Pure.

A payment is paid once, whoever says so first and however often: what the provider says afterwards is kept and changes
nothing, unless it says another amount. Money that came after the payment was closed goes back by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

ASKED, PAID, LATE, FAILED, CLOSED = "asked", "paid", "paid_late", "failed", "closed"
DISPUTED, CLEARED = "disputed", "cleared"
REFUND_ASKED, REFUNDED, REFUND_FAILED = "refund_asked", "refunded", "refund_failed"
STEPS = (ASKED, PAID, LATE, FAILED, CLOSED, DISPUTED, CLEARED, REFUND_ASKED, REFUNDED, REFUND_FAILED)
OPEN, PART_REFUNDED = "open", "part_refunded"


@dataclass(frozen=True, slots=True)
class Did:
    """A step as the fold reads it."""

    what: str
    amount: int | None = None
    refund: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`state`: open, paid, part_refunded, refunded, failed, closed or disputed. Fen: `paid`, `refunded`, and `coming back`:
    refunds asked for and not answered, by number. `late`: it was paid after it had been closed. `disputed`: another amount
    the provider says; `cleared`: one that a person has settled. `denied`: fen that were asked back, which the provider would
    not give, and nobody has asked for again."""

    state: str = OPEN
    amount: int = 0
    paid: int = 0
    refunded: int = 0
    waiting: dict[int, int] = field(default_factory=dict)
    refunds: int = 0
    late: bool = False
    disputed: int | None = None
    cleared: int | None = None
    denied: int = 0

    @property
    def left(self) -> int:
        """Fen that may still be refunded."""
        return self.paid - self.refunded - sum(self.waiting.values())

    @property
    def unsettled(self) -> bool:
        """Whether the provider still owes an answer."""
        return self.state in (OPEN, DISPUTED) or bool(self.waiting)


def standing_of(steps: Sequence[Did]) -> Standing:
    stands = Standing()
    for step in steps:
        stands = after(stands, step)
    return stands


def after(stands: Standing, step: Did) -> Standing:
    """Where a payment stands after one more step."""
    amount, refund = step.amount or 0, step.refund or 0
    if step.what == ASKED:
        return replace(stands, amount=amount)
    if step.what in (PAID, LATE):
        return replace(stands, state=PAID, paid=amount, late=step.what == LATE, disputed=None)
    if step.what in (FAILED, CLOSED):
        return replace(stands, state=step.what)
    if step.what == DISPUTED:
        return replace(stands, state=DISPUTED if not stands.paid else stands.state, disputed=amount)
    if step.what == CLEARED:
        state = CLOSED if stands.state == DISPUTED else stands.state
        return replace(stands, disputed=None, cleared=stands.disputed, state=state)
    if step.what == REFUND_ASKED:
        denied = max(0, stands.denied - amount)
        return replace(stands, waiting={**stands.waiting, refund: amount}, refunds=refund, denied=denied)
    waiting = {number: fen for number, fen in stands.waiting.items() if number != refund}
    if step.what == REFUND_FAILED:
        return replace(stands, waiting=waiting, denied=stands.denied + stands.waiting.get(refund, 0))
    given = stands.refunded + amount
    return replace(stands, waiting=waiting, refunded=given, state="refunded" if given == stands.paid else PART_REFUNDED)


def heard(stands: Standing, state: str, amount: int | None) -> Did | None:
    """The step that the provider's word (`paid` so much, `closed`, `failed`, `open`) brings; None where it is no news."""
    if state == "paid":
        if amount != stands.amount:
            return None if amount in (stands.disputed, stands.cleared) else Did(DISPUTED, amount)
        if stands.paid:
            return None
        return Did(LATE if stands.state in (CLOSED, FAILED) else PAID, amount)
    if state in (CLOSED, FAILED) and stands.state == OPEN:
        return Did(state)
    return None


def heard_of_refund(stands: Standing, refund: int, state: str) -> Did | None:
    """The step that the provider's word on a refund (`done`, `refused`, `unknown`) brings."""
    if refund not in stands.waiting:
        return None
    if state == "done":
        return Did(REFUNDED, stands.waiting[refund], refund)
    return Did(REFUND_FAILED, None, refund) if state == "refused" else None
