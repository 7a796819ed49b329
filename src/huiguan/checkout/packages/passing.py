"""A package that goes over to another member, where the rulebook lets it."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import refusals
from huiguan.checkout.counter import by_number, membership_of
from huiguan.checkout.inputs import MemberInput, TransferPackage
from huiguan.checkout.packages.telling import held_by, held_package
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.values import PackageView
from huiguan.entitlements import operations as entitlements
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Refuse
from huiguan.rules.packaging import passing_on

_SAME = Text(zh="须是另一位会员", en="must be another member")


def transfer_package(*, actor: Actor, at: datetime, given: TransferPackage, key: str | None = None) -> PackageView:
    """The package goes on with another registered member, under its code and with what was used of it.

    Refuses PackageUnknown, PackageNotTransferable, PackageEnded, OutsideWindow (over), UnknownMember, MembershipNotActive,
    InvalidInput (`to`: herself), Forbidden.
    """
    actor.demand("cards")
    subject, asked = by_number(actor, given)

    def do() -> PackageView:
        giver, taker = membership_of(actor, asked), membership_of(actor, MemberInput(member=asked.to), "to")
        if giver == taker:
            raise InvalidInput(field="to", rule=_SAME)
        ledger.lock_accounts(sorted((giver, taker)))
        rulebook = programmes.programme_at(actor.programme, at)
        package = held_package(giver, asked.package, at).package
        _demand_active(at, {"member": giver, "to": taker})
        number = members.numbers(actor.programme, [taker])[taker]
        decision = passing_on(rulebook, package, at, number)
        refuse_first(rulebook, [effect for effect in decision.effects if isinstance(effect, Refuse)])
        entitlements.move_packages(
            actor=actor,
            giver=giver,
            taker=taker,
            codes=[package.code],
            what="transferred",
            at=at,
            cause=f"{asked.reason} → {number}"[:120] if asked.reason else f"→ {number}",
            written_at=at,
        )
        return held_by(actor, taker, at, package.code)

    return perform(
        "transfer_package", actor=actor, at=at, subject=subject, given=asked, key=key, returns=PackageView, do=do
    )


def _demand_active(at: datetime, whose: dict[str, int]) -> None:
    """Neither gives nor takes while her membership is not in force."""
    for field, membership in whose.items():
        standing = members.standing_at(membership, at) or "active"
        if standing != "active":
            raise refusals.MembershipNotActive(field=field, standing=members.standing_title(standing))
