"""What is given to the operations on a membership's life."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiguan.kernel.inputs import Input, Line, Money, Word

Ref = Annotated[Word, Field(max_length=80)]
Name = Annotated[Word, Field(max_length=40)]


class RenewMembership(Input):
    """Another term of the membership."""

    member: Word


class FreezeMembership(Input):
    """The membership is stopped, at the member's wish, until it is thawed."""

    member: Word
    reason: Word


class ThawMembership(Input):
    member: Word


class ChangeType(Input):
    """The member is of another type from now on."""

    member: Word
    type: Name
    reason: Word


class EndMembership(Input):
    """A membership ends by a `ground` of the rulebook; where there is a notice, when that is over."""

    member: Word
    ground: Name
    reason: Annotated[Line, Field(max_length=200)] = ""


class WithdrawExit(Input):
    """A notice that has not run out is taken back."""

    member: Word
    reason: Word


class ReadmitMember(Input):
    """A former member is one again, under the same number. `way`: the procedure by which it was decided, where the ground
    she left on asks for a stricter one."""

    member: Word
    reason: Word
    way: Name | None = None


class RecordEncumbrance(Input):
    """Something of `kind` that must be cleared before the membership ends: `ref` names it, `said` is what people read,
    `amount` in yuan where it is money."""

    member: Word
    kind: Name
    ref: Ref
    said: Word
    amount: Money | None = None


class ClearEncumbrance(Input):
    """It is settled; `how` is kept."""

    member: Word
    kind: Name
    ref: Ref
    how: Word


class IssueCertificate(Input):
    """A certificate by its name in the rulebook."""

    member: Word
    certificate: Name


class RevokeCertificate(Input):
    """By its `number`; `reason` is kept and shown to nobody outside."""

    member: Word
    number: Word
    reason: Word


class ReissueCertificate(Input):
    """Another in the place of the one with this `number`."""

    member: Word
    number: Word
    reason: Word
