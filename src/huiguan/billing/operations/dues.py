"""What members pay from afar for what they owe, received once; and the night's work."""

from __future__ import annotations

from datetime import datetime

from huiguan.billing.dues.receiving import receive
from huiguan.billing.inputs import AskPaymentInput, ReceiveMoney
from huiguan.billing.operations.payments import ask_payment, use_payment
from huiguan.billing.queries import dues_of, paid_for
from huiguan.billing.refusals import NothingToPay
from huiguan.billing.values import PaymentView
from huiguan.billing.values.dues import ONLINE, PURPOSE, TRANSFER
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden
from huiguan.kernel.text import Text
from huiguan.members import queries as members

_HERSELF = Text(zh="会员自己缴费", en="Paying one's own dues")
_TITLE = "会费 Dues"


def ask_dues_payment(
    *, actor: Actor, at: datetime, charge: str | None = None, means: str = "sandbox", key: str | None = None
) -> PaymentView:
    """A member pays from afar what she owes: one `charge`, or all. Refuses NothingToPay, ChargeUnknown, SandboxOff."""
    if actor.membership is None:
        raise Forbidden(power=_HERSELF)
    number = members.numbers(actor.programme, [actor.membership])[actor.membership]
    book = dues_of(actor, number, at)
    owed = sum(each.owed for each in book.charges if charge in (None, each.number))
    if not owed:
        raise NothingToPay(field="charge")
    asked = {
        "amount": as_yuan(owed), "means": means, "purpose": PURPOSE, "subject": charge or f"member:{number}",
        "title": _TITLE,
    }  # fmt: skip
    return ask_payment(actor=actor, at=at, given=read(AskPaymentInput, asked), key=key)


def receive_paid(*, programme: int, at: datetime, limit: int = 200) -> int:
    """Receive what members paid from afar for what they owe, each payment once; how many. What it is for is paid first, the
    rest stays on account. Done again it changes nothing."""
    house = system(programme, "会员自助")

    def settle(payment: PaymentView) -> None:
        assert payment.membership is not None
        member = members.numbers(programme, [payment.membership])[payment.membership]
        named = payment.subject if not payment.subject.startswith("member:") else None
        asked = {
            "member": member, "amount": as_yuan(payment.paid), "means": TRANSFER, "reference": payment.number,
            "charges": [named] if named else [],
        }  # fmt: skip
        given = read(ReceiveMoney, asked)
        perform(
            "receive_paid", actor=house, at=at, subject=f"payment:{payment.number}", given=given,
            key=f"payment:{payment.number}", returns=str,
            do=lambda: receive(house, at, given, payment.membership or 0, ONLINE).number,
        )  # fmt: skip

    found = paid_for(programme, PURPOSE, limit)
    return sum(use_payment(actor=house, at=at, number=number, do=settle) for number in found)
