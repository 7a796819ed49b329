"""The sandbox: a provider in the house, whose orders a person pays, delays, repeats, loses and contradicts by hand.

It takes no real money. It keeps its own books (`SandboxOrder`) and knows nothing of ours; its notices are posted over HTTP
with a signature, as any provider's are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from huiguan.billing.models import SandboxNotice, SandboxOrder
from huiguan.billing.providers.protocol import Notice, Order, Word
from huiguan.billing.refusals import NoticeForged, SandboxOff
from huiguan.billing.values import StatementRow
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.moments import at_day, local_day
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

SIGNATURE = "X-Sandbox-Signature"
LATE = timedelta(seconds=20)
ORDER = Text(zh="沙箱订单", en="sandbox order")
# What a person may have the sandbox do with an order: what it takes, how often and when it says so.
DEEDS = (
    "pay",
    "pay_silently",
    "pay_twice_told",
    "pay_late_told",
    "pay_other",
    "refuse",
    "lose_refund",
    "refuse_refund",
)


def enabled() -> bool:
    return bool(settings.HUIGUAN_DEMO or settings.HUIGUAN_SANDBOX)


def signature_of(body: bytes) -> str:
    key = salted_hmac("huiguan.billing.sandbox", "notices", algorithm="sha256").digest()
    return hmac.new(key, body, hashlib.sha256).hexdigest()


class Sandbox:
    """The provider's side of the protocol."""

    def create(self, order: Order, at: datetime) -> None:
        if not enabled():
            raise SandboxOff(field="means")
        row = {"programme_id": order.programme, "title": order.title, "amount": order.amount, "state": "open"}
        given = {**row, "reference": f"SB{secrets.token_hex(6).upper()}", "made_at": at}
        SandboxOrder.objects.get_or_create(number=order.number, defaults=given)

    def query(self, number: str) -> Word:
        row = SandboxOrder.objects.filter(number=number).first()
        return Word("unknown") if row is None else _word(row)

    def close(self, number: str) -> Word:
        SandboxOrder.objects.filter(number=number, state="open").update(state="closed")
        return self.query(number)

    def refund(self, number: str, key: str, amount: int, at: datetime) -> str:
        def do() -> str:
            row = SandboxOrder.objects.select_for_update().filter(number=number).first()
            if row is None or row.taken is None:
                return "refused"
            if key in row.refunds:
                return str(row.refunds[key][1])
            given = sum(fen for fen, state, _ in _refunds(row).values() if state == "done")
            state = "refused" if row.next_refund == "refused" or given + amount > row.taken else "done"
            silent = row.next_refund == "silent"
            row.refunds[key] = [amount, state, at.isoformat()]
            row.next_refund = "done"
            row.save(update_fields=["refunds", "next_refund"])
            return "unknown" if silent else state

        return in_transaction(do)

    def query_refund(self, number: str, key: str) -> str:
        row = SandboxOrder.objects.filter(number=number).first()
        return str(row.refunds[key][1]) if row is not None and key in row.refunds else "unknown"

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        given = headers.get(SIGNATURE, "")
        if not enabled() or not hmac.compare_digest(given.encode(), signature_of(body).encode()):
            raise NoticeForged()
        told: dict[str, Any] = json.loads(body)
        return Notice(told["number"], Word(told["state"], told["amount"], told["reference"]))

    def statement(self, programme: int, day: date, zone: ZoneInfo) -> list[StatementRow]:
        rows: list[StatementRow] = []
        until = at_day(day + timedelta(days=1), zone)
        taken = SandboxOrder.objects.filter(programme_id=programme, taken__isnull=False, paid_at__lt=until)
        for row in taken.order_by("number"):
            if row.paid_at is not None and local_day(row.paid_at, zone) == day:
                rows.append(StatementRow("paid", row.number, row.taken or 0))
            for key, (fen, state, made_at) in sorted(_refunds(row).items()):
                if state == "done" and made_at is not None and local_day(made_at, zone) == day:
                    rows.append(StatementRow("refund", key, fen))
        return rows


def _refunds(row: SandboxOrder) -> dict[str, tuple[int, str, datetime | None]]:
    """key -> (fen, done or refused, when it was made); of one made before moments were kept, when the order was paid."""
    return {
        key: (fen, state, datetime.fromisoformat(made[0]) if made else row.paid_at)
        for key, (fen, state, *made) in row.refunds.items()
    }


def _word(row: SandboxOrder) -> Word:
    return Word(row.state, row.taken, row.reference)


def sandbox_orders(programme: int, limit: int = 50) -> list[SandboxOrder]:
    """The sandbox's orders, the latest first."""
    return list(SandboxOrder.objects.filter(programme_id=programme).order_by("-pk")[:limit])


def do_in_sandbox(
    *, programme: int, number: str, deed: str, at: datetime, wall: datetime, amount: int | None = None
) -> None:
    """A person has the sandbox do one of DEEDS with an order. Refuses SandboxOff, NotFound."""
    if not enabled():
        raise SandboxOff()
    in_transaction(lambda: _do(programme, number, deed, at, wall, amount))


def _do(programme: int, number: str, deed: str, at: datetime, wall: datetime, amount: int | None) -> None:
    row = SandboxOrder.objects.select_for_update().filter(programme_id=programme, number=number).first()
    if row is None or deed not in DEEDS:
        raise NotFound(field="order", what=ORDER, given=number)
    if deed in ("lose_refund", "refuse_refund"):
        row.next_refund = "silent" if deed == "lose_refund" else "refused"
    elif row.state == "open" or (row.state == "closed" and deed == "pay_late_told"):
        row.state = "failed" if deed == "refuse" else "paid"
        row.taken = None if deed == "refuse" else (amount or row.amount) if deed == "pay_other" else row.amount
        row.paid_at = at
        _tell(row, deed, wall)
    row.save()


def _tell(row: SandboxOrder, deed: str, wall: datetime) -> None:
    if deed == "pay_silently":
        return
    told = {"number": row.number, "state": row.state, "amount": row.taken, "reference": row.reference}
    due, times = (wall + LATE if deed == "pay_late_told" else wall), (2 if deed == "pay_twice_told" else 1)
    SandboxNotice.objects.create(
        order=row, programme_id=row.programme_id, body=json.dumps(told), due_at=due, times=times
    )


Poster = Callable[[bytes, Mapping[str, str]], str]


def send_notices(wall: datetime, post: Poster) -> int:
    """Post what is due; how many were posted. A notice that finds nobody is posted again next time."""
    sent = 0
    for notice in SandboxNotice.objects.filter(due_at__lte=wall, sent__lt=F("times")).order_by("pk"):
        body = notice.body.encode()
        while notice.sent < notice.times:
            try:
                notice.answered = post(body, {SIGNATURE: signature_of(body), "Content-Type": "application/json"})[:200]
            except OSError:
                break
            notice.sent += 1
            sent += 1
            notice.save(update_fields=["sent", "answered"])
    return sent
