"""What comes in for payments."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input, Money, Word


class AskPaymentInput(Input):
    """`amount` yuan by `means`, for `purpose` and its `subject`. `reference`: the terminal's slip, for what is taken at
    the counter; `minutes`: how long it may be paid."""

    amount: Annotated[Money, Field(gt=0)]
    means: Literal["cash", "terminal", "sandbox"]
    purpose: Annotated[Word, Field(max_length=40)]
    subject: Annotated[Word, Field(max_length=120)]
    title: Annotated[Word, Field(max_length=120)]
    member: Word | None = None
    shop: Word | None = None
    reference: Annotated[Word, Field(max_length=80)] | None = None
    minutes: Annotated[int, Field(ge=1, le=10_080)] = 15


class RefundPaymentInput(Input):
    """`amount` of a payment goes back the way it came."""

    payment: Word
    amount: Annotated[Money, Field(gt=0)]
    reason: Annotated[Word, Field(max_length=200)]


class ClearDisputeInput(Input):
    """A person has settled what the provider says otherwise."""

    payment: Word
    reason: Annotated[Word, Field(max_length=200)]


class StatementLine(Input):
    """`number` our payment's, with `-n` for its n-th refund."""

    kind: Literal["paid", "refund"]
    number: Annotated[Word, Field(max_length=80)]
    amount: Annotated[Money, Field(gt=0)]


class ReconcileInput(Input):
    """A provider's statement of a local day; without lines the provider is asked for it."""

    means: Literal["terminal", "sandbox"]
    day: date
    lines: Annotated[list[StatementLine], Field(max_length=100_000)] | None = None


class CloseDifferenceInput(Input):
    difference: int
    reason: Annotated[Word, Field(max_length=200)]
