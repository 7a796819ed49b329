"""Allowances of offline tills as programs read them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiguan.api.answering import plain
from huiguan.api.problems import problem_of
from huiguan.api.schemas import Answer, Yuan
from huiguan.checkout.values import AllowanceView, SettledSale
from huiguan.kernel.amounts import as_yuan


class AllowanceAnswer(Answer):
    """Points a till may take from a member offline: at most `points` of `unit`, each worth `worth`, before `until`; to be
    settled by `settle_by`. `used`: what settled sales have taken. `token`: the signed text the till keeps."""

    id: str
    member: str
    shop: str
    till: str
    unit: str
    points: int
    worth: Yuan
    granted_at: datetime
    until: datetime
    settle_by: datetime
    used: int
    closed_at: datetime | None
    token: str


class AllowanceKey(Answer):
    """The public key of tokens: Ed25519, 32 bytes, base64url without padding."""

    algorithm: str
    key: str


class SettledAnswer(Answer):
    """The answer to one sale: its id, or the problem that leaves it outside. `replayed`: settled before."""

    key: str
    sale: str | None
    replayed: bool
    problem: dict[str, Any] | None


class SettlementAnswer(Answer):
    """Answers in the order of the sales."""

    answers: list[SettledAnswer]


def told_allowance(view: AllowanceView) -> dict[str, Any]:
    return {**asdict(view), "worth": as_yuan(view.worth)}


def told_settled(answers: list[SettledSale], lang: str) -> dict[str, Any]:
    return {
        "answers": [
            {
                "key": each.key,
                "sale": each.sale,
                "replayed": each.replayed,
                "problem": plain(problem_of(each.refusal, lang)) if each.refusal else None,
            }
            for each in answers
        ]
    }
