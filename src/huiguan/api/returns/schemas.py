"""Returns as programs read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.api.sales.schemas import WalletAnswer
from huiguan.api.schemas import Answer, Both, ReasonAnswer, Whole, Yuan
from huiguan.checkout.queries import ReturnRow, wallet_answer
from huiguan.checkout.telling import told
from huiguan.checkout.values import ReturnView
from huiguan.kernel.amounts import as_yuan
from huiguan.rules.programme import Programme


class ShortfallAnswer(Answer):
    """What must be settled first: `units` of `unit`, worth `worth` in cash, in one of the `ways`."""

    unit: str
    units: int
    worth: Yuan
    ways: list[str]


class TierChange(Answer):
    after: str
    title: Both


class ReturnAnswer(Answer):
    """A return, made or previewed (`id` empty). `refund` goes to the customer, after the `claim` was taken off it;
    negative: the customer pays; `wallet`: what of it goes back to stored value. `kept` are the quantities left of each line, `left_paid` what they cost."""

    id: str
    sale: str
    kind: str
    at: datetime
    refund: Yuan
    claim: Yuan
    kept: list[int]
    left_paid: Yuan
    taken_back: Whole
    given_back: Whole
    forgiven: Whole
    shortfall: ShortfallAnswer | None
    tier: TierChange | None
    balance: Whole
    wallet: WalletAnswer | None
    reasons: list[ReasonAnswer]


class RecordedReturn(Answer):
    """A return of the past."""

    id: str
    kind: str
    at: datetime
    refund: Yuan
    kept: list[int]
    taken_back: Whole
    given_back: Whole
    forgiven: Whole
    reasons: list[ReasonAnswer]


class ReturnsPage(Answer):
    """The returns of a sale in order; all on one page."""

    items: list[RecordedReturn]
    next: str | None


def told_return(view: ReturnView, rulebook: Programme) -> dict[str, Any]:
    """A return as its answer."""
    short = view.shortfall
    return {
        "id": view.id,
        "sale": view.sale,
        "kind": view.kind,
        "at": view.at,
        "refund": as_yuan(view.refund),
        "claim": as_yuan(view.claim),
        "kept": view.kept,
        "left_paid": as_yuan(view.left_paid),
        "taken_back": view.taken_back,
        "given_back": view.given_back,
        "forgiven": view.forgiven,
        "shortfall": {**short, "worth": as_yuan(short["worth"])} if short else None,
        "tier": view.tier,
        "balance": view.balance,
        "wallet": wallet_answer(view.wallet),
        "reasons": told(rulebook, [list(reason) for reason in view.reasons]),
    }


def told_row(row: ReturnRow, rulebook: Programme) -> dict[str, Any]:
    document = row.document
    return {
        "id": row.id,
        "kind": row.kind,
        "at": row.at,
        "refund": as_yuan(row.refund),
        "kept": row.kept,
        "taken_back": document["taken_back"],
        "given_back": document["given_back"],
        "forgiven": document["forgiven"],
        "reasons": told(rulebook, document["reasons"]),
    }
