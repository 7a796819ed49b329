"""Packages used at the counter, and a use taken back."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import package_refusals as refusals
from huiguan.checkout.counter import AtCounter, at_counter, by_number, membership_of, shop_of
from huiguan.checkout.inputs import UndoPackageUse, UsePackage
from huiguan.checkout.packages.telling import held_by, held_package
from huiguan.checkout.telling import refuse_first
from huiguan.checkout.values import PackageView, UsedPackage
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries as rights
from huiguan.entitlements.events import PackageUsed
from huiguan.entitlements.values import PackageMove
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.rules import effects
from huiguan.rules.facts import PackageFact
from huiguan.rules.packaging import Asked, held_of, using
from huiguan.rules.passes import remaining

_OVER = Text(zh="套餐已经终止，用过的不能再改。", en="The package has ended; its uses stand.")


def use_package(*, actor: Actor, at: datetime, given: UsePackage, key: str | None = None) -> UsedPackage:
    """Use what a member's package gives, and say what is left.

    Refuses NoPackageHeld, PackageUnknown, NotInPackage, PackageUsedUp, ChoiceMade (another branch was used), OutsideWindow
    (not begun, over), PackageEnded, CardNotShown, and what `at_counter` refuses.
    """
    actor.demand("sell")
    subject, asked = by_number(actor, given)
    return perform(
        "use_package",
        actor=actor,
        at=at,
        subject=subject,
        given=asked,
        key=key,
        returns=UsedPackage,
        do=lambda: _use(actor, at, asked),
    )


def _use(actor: Actor, now: datetime, given: UsePackage) -> UsedPackage:
    here = at_counter(actor, now, given)
    packages = rights.packages_of([here.facts.membership]).get(here.facts.membership, ())
    code = given.package.upper() if given.package else None
    if code is not None and held_of(packages, code) is None:
        raise refusals.PackageUnknown(field="package", given=given.package)
    asked = Asked(given.item, given.quantity, here.at, code, frozenset(here.presence.shown))
    decision = using(here.rulebook, packages, asked)
    refuse_first(here.rulebook, [effect for effect in decision.effects if isinstance(effect, effects.Refuse)])
    effect = next((each for each in decision.effects if isinstance(each, effects.UsePackage)), None)
    if effect is None:
        raise refusals.NoPackageHeld(field="member")
    package = next(each for each in packages if each.id == effect.package)
    return _written(actor, now, here, package, effect, decision)


def _written(
    actor: Actor,
    now: datetime,
    here: AtCounter,
    package: PackageFact,
    effect: effects.UsePackage,
    decision: effects.Decision,
) -> UsedPackage:
    move = PackageMove(
        here.facts.membership, package.id, "used", here.at, actor.reference, f"counter:{actor.name}"[:120], here.shop,
        effect.item, effect.place, effect.quantity,
    )  # fmt: skip
    (n,) = entitlements.note_packages(programme=actor.programme, moves=[move], written_at=now)
    after = remaining(package.allowances, (*package.uses, (effect.place, effect.item, effect.quantity)))
    left = after[effect.place].left
    told = PackageUsed(
        membership=here.facts.membership, shop=here.shop, reference=package.code, at=here.at, clause=effect.clause,
        package=package.name, item=effect.item, quantity=effect.quantity, left=left, undone=False,
    )  # fmt: skip
    tell(actor.programme, [told], now)
    return UsedPackage(
        here.facts.number, package.code, package.name, n, effect.item, effect.quantity, left, here.at, decision.reasons
    )


def undo_package_use(*, actor: Actor, at: datetime, given: UndoPackageUse, key: str | None = None) -> PackageView:
    """A use noted by mistake is taken back; a branch that only it had chosen is open again.

    Refuses PackageUnknown, UseUnknown (no use, or undone already), PackageEnded, NotFound (shop), Forbidden.
    """
    actor.demand("return")
    subject, asked = by_number(actor, given)

    def do() -> PackageView:
        membership, shop = membership_of(actor, asked), shop_of(actor, asked.shop, "return")
        ledger.lock_accounts([membership])
        held = held_package(membership, asked.package, at)
        package, line = held.package, next((each for each in held.lines if each.n == asked.n), None)
        if line is None or line.what != "used" or line.undone:
            raise refusals.UseUnknown(field="n", given=asked.package, n=asked.n)
        if package.ended is not None:
            raise refusals.PackageEnded(field="package", why=_OVER)
        move = PackageMove(
            membership, package.id, "undone", at, actor.reference, asked.reason[:120], shop, line.item,
            quantity=line.quantity, undoes=asked.n,
        )  # fmt: skip
        entitlements.note_packages(programme=actor.programme, moves=[move], written_at=at)
        tell(actor.programme, [_undone(membership, package, move, at)], at)
        return held_by(actor, membership, at, package.code)

    return perform(
        "undo_package_use", actor=actor, at=at, subject=subject, given=asked, key=key, returns=PackageView, do=do
    )


def _undone(membership: int, package: PackageFact, move: PackageMove, at: datetime) -> PackageUsed:
    return PackageUsed(
        membership=membership, shop=move.shop, reference=package.code, at=at, clause=package.clause,
        package=package.name, item=move.item, quantity=move.quantity or 0, left=None, undone=True,
    )  # fmt: skip
