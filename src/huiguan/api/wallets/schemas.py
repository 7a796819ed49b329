"""Stored value as programs read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, ReasonAnswer, Yuan
from huiguan.checkout.queries import reasons_of
from huiguan.checkout.telling import told
from huiguan.checkout.values import CustodyView, OutstandingView, TopUpRefundView, TopUpView, WalletView
from huiguan.kernel.amounts import as_yuan
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.programme import Programme


class StoredLeft(Answer):
    """What is stored: principal and bonus that may be spent."""

    principal: Yuan
    bonus: Yuan


class MeansAnswer(Answer):
    means: str
    amount: Yuan


class TopUpAnswer(Answer):
    """A top-up, made or previewed (`id` empty). `paid` is principal, `bonus` came on top, good until `bonus_until` (null:
    for ever); `wallet` what was stored then; `refunded` of it so far. `warnings` names rules of law that warn."""

    id: str
    number: str
    member: str
    shop: str
    clerk: str
    at: datetime
    paid: Yuan
    bonus: Yuan
    bonus_until: datetime | None
    tenders: list[MeansAnswer]
    wallet: StoredLeft
    refunded: Yuan
    warnings: list[str]
    reasons: list[ReasonAnswer]


class TopUpRefundAnswer(Answer):
    """A refund of a top-up, made or previewed (`id` empty): `refund` to the member; `deducted` for bonus spent (below
    nought: given back), `fee` kept, `bonus_back` taken. `payment`: the payment from afar under which it goes back, by its
    provider, '' where it goes back by `tenders`."""

    id: str
    top_up: str
    member: str
    at: datetime
    refund: Yuan
    deducted: Yuan
    fee: Yuan
    bonus_back: Yuan
    tenders: list[MeansAnswer]
    payment: str
    wallet: StoredLeft
    warnings: list[str]
    reasons: list[ReasonAnswer]


class StoredValueAnswer(Answer):
    """What a member has stored. `held` is set aside; `bonus_ending` of the bonus ends at `bonus_ends`; `pin`: none, set,
    locked."""

    member: str
    principal: Yuan
    bonus: Yuan
    held: Yuan
    bonus_ends: datetime | None
    bonus_ending: Yuan
    pin: str


class TopUpsPage(Answer):
    """A member's top-ups, newest first. `next` is the cursor of the next page, null on the last."""

    items: list[TopUpAnswer]
    next: str | None


class TopUpRefundsPage(Answer):
    """The refunds of a top-up in order; all on one page."""

    items: list[TopUpRefundAnswer]
    next: str | None


class PinAnswer(Answer):
    """A PIN was set."""

    member: str
    set_at: datetime


class PaymentCodeAnswer(Answer):
    """Six digits on their way; `resend_at` when another may be asked for."""

    masked: str
    ends_at: datetime
    resend_at: datetime


class PaymentProofAnswer(Answer):
    """What one sale from stored value takes as its `proof`, until then."""

    proof: str
    until: datetime


class CustodyAnswer(Answer):
    """What a custodian's statement says."""

    day: date
    balance: Yuan
    note: str
    by: str


class NightAnswer(Answer):
    """What was outstanding when a day ended, and how much of it was out of bounds."""

    day: date
    principal: Yuan
    bonus: Yuan
    holders: int
    findings: int


class OutstandingAnswer(Answer):
    """All stored value as it stands, beside the `ceiling` (null: none, or a figure is missing) and what is `in_custody` of
    the `needed`, which is a share of what was outstanding at the `quarter_end`."""

    at: datetime
    principal: Yuan
    bonus: Yuan
    holders: int
    ceiling: Yuan | None
    needed: Yuan
    in_custody: Yuan | None
    quarter_end: Yuan
    findings: list[ReasonAnswer]
    nights: list[NightAnswer]
    statements: list[CustodyAnswer]


def told_top_up(view: TopUpView) -> dict[str, Any]:
    return {
        **{name: getattr(view, name) for name in ("id", "number", "member", "shop", "clerk", "at", "bonus_until")},
        "paid": as_yuan(view.paid),
        "bonus": as_yuan(view.bonus),
        "refunded": as_yuan(view.refunded),
        **_beside(view),
    }


def told_top_up_refund(view: TopUpRefundView) -> dict[str, Any]:
    return {
        **{name: getattr(view, name) for name in ("id", "top_up", "member", "at", "payment")},
        **{name: as_yuan(getattr(view, name)) for name in ("refund", "deducted", "fee", "bonus_back")},
        **_beside(view),
    }


def _beside(view: TopUpView | TopUpRefundView) -> dict[str, Any]:
    return {
        "tenders": [{"means": means, "amount": as_yuan(amount)} for means, amount in view.tenders],
        "wallet": {name: as_yuan(amount) for name, amount in view.wallet.items()},
        "warnings": view.warnings,
        "reasons": _reasons(programmes.version(view.version), view.reasons),
    }


def told_wallet(view: WalletView) -> dict[str, Any]:
    same = {name: getattr(view, name) for name in ("member", "bonus_ends", "pin")}
    return same | {name: as_yuan(getattr(view, name)) for name in ("principal", "bonus", "held", "bonus_ending")}


def told_custody(view: CustodyView) -> dict[str, Any]:
    return {"day": view.day, "balance": as_yuan(view.balance), "note": view.note, "by": view.by}


def told_outstanding(view: OutstandingView, rulebook: Programme) -> dict[str, Any]:
    return {
        "at": view.at,
        "holders": view.holders,
        **{name: as_yuan(getattr(view, name)) for name in ("principal", "bonus", "needed", "quarter_end")},
        "ceiling": None if view.ceiling is None else as_yuan(view.ceiling),
        "in_custody": None if view.in_custody is None else as_yuan(view.in_custody),
        "findings": _reasons(rulebook, view.findings),
        "nights": [
            {
                "day": day,
                "principal": as_yuan(principal),
                "bonus": as_yuan(bonus),
                "holders": holders,
                "findings": found,
            }
            for day, principal, bonus, holders, found in view.nights
        ],
        "statements": [told_custody(each) for each in view.statements],
    }


def _reasons(rulebook: Programme, reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return told(rulebook, reasons_of(tuple(reasons)))
