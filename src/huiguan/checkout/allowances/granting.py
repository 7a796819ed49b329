"""An allowance granted and closed: its points leave the balance when it is granted, so that nobody spends them meanwhile,
and go back to the very lots they came from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from huiguan.checkout import refusals as till
from huiguan.checkout.allowances import refusals
from huiguan.checkout.allowances.tokens import Terms, token_of
from huiguan.checkout.events import AllowanceClosed, AllowanceGranted
from huiguan.checkout.inputs import AllowanceInput
from huiguan.checkout.models import Allowance
from huiguan.checkout.reading import reference_of
from huiguan.checkout.storing import client_of
from huiguan.checkout.values import AllowanceView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction, perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, BalanceTooLow, Journal, Movement, house_address, member_address
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.facts import LotFact
from huiguan.rules.kinds import redemption

LONGEST = timedelta(hours=72)
GRACE = timedelta(hours=48)  # how long after its end an allowance waits for the till to come back


def grant_allowance(*, actor: Actor, at: datetime, given: AllowanceInput, key: str | None = None) -> AllowanceView:
    """Set `points` of a member aside for a till until a moment. Takes `sell` at its shop. UnknownMember, WayNotOffered,
    AllowanceTooLong, BalanceTooLow (of what lives until it is settled)."""
    shop = identity.shop(actor.programme, given.shop)
    actor.demand("sell", shop.id)

    def do() -> AllowanceView:
        rulebook = programmes.programme_at(actor.programme, at)
        until = moment_of(given.until, "until", rulebook.zone)
        if not at < until <= at + LONGEST:
            raise refusals.AllowanceTooLong(field="until", hours=LONGEST // timedelta(hours=1))
        rule = redemption.terms(rulebook)
        if rule is None or "offset" not in rule.ways:
            raise till.WayNotOffered(field="points", why=till.NO_REDEMPTION)
        membership = _membership(actor, given)
        account = ledger.settle_accounts([membership], at=at)[membership]
        ends = until + GRACE
        uses = _uses(account, rule.unit, given.points, at, ends)
        ref = f"{membership}-{account.seq + 1}"
        mine, house = member_address(membership, rule.unit), house_address(rule.unit, "redeemed")
        movement = Movement(rule.unit, given.points, mine, house, rule.clause, uses=uses)
        journal = Journal(
            at=at, cause=("set_aside", ref), actor=actor.reference, version=rulebook.version, movements=(movement,)
        )
        account, sealed = fold(account, journal, written_at=at)
        ledger.write_sealed(actor.programme, [account], [(membership, sealed)], at)
        row = Allowance.objects.create(
            programme_id=actor.programme, shop_id=shop.id, membership_id=membership, seq=account.seq,
            client=client_of(actor), till=given.till, unit=rule.unit, points=given.points, worth=rule.worth,
            clause=rule.clause, granted_at=at, until=until, settle_by=ends,
        )  # fmt: skip
        told = AllowanceGranted(**_frame(row), at=at, until=until)
        tell(actor.programme, [told], at)
        return view_of(row)

    return perform(
        "grant_allowance", actor=actor, at=at, subject=f"till:{shop.code}/{given.till}", given=given, key=key,
        returns=AllowanceView, do=do,
    )  # fmt: skip


def _membership(actor: Actor, given: AllowanceInput) -> int:
    reference = reference_of(given.member)
    found = members.resolve(actor.programme, {reference}) if reference else {}
    if reference is None or reference not in found:
        raise till.UnknownMember(field="member", given=reference[1] if reference else "")
    return found[reference]


def _uses(
    account: Account, unit: str, points: int, at: datetime, ends: datetime
) -> tuple[tuple[tuple[int, int], int], ...]:
    """The lots the points come from: only such as live until the allowance is settled, whatever happens meanwhile."""
    state = account.unit(unit)
    living = [lot for lot in state.lots if lot_choice.alive(lot, at) and not lot_choice.dead(lot, ends)]
    has = min(_sum(living), lot_choice.available(state, at))
    if points > has:
        raise BalanceTooLow(field="points", unit=unit, has=has, needs=points)
    return lot_choice.choose(living, points, at, unit=unit)


def _sum(lots: list[LotFact]) -> int:
    return sum(lot.left for lot in lots)


def give_back(actor: Actor, at: datetime, row: Allowance, points: int) -> None:
    """`points` of the allowance back in the lots they came from, inside the caller's transaction."""
    if not points:
        return
    key = (row.membership_id, row.seq)
    account = ledger.lock_accounts([row.membership_id])[row.membership_id]
    restores = lot_choice.give_back(ledger_facts.spent_lots([key])[key], points)
    house, mine = house_address(row.unit, "redeemed"), member_address(row.membership_id, row.unit)
    movement = Movement(row.unit, points, house, mine, row.clause, restores=restores)
    cause = ("set_back", f"{row.membership_id}-{row.seq}")
    journal = Journal(at=at, cause=cause, actor=actor.reference, movements=(movement,), reverses=row.seq)
    account, sealed = fold(account, journal, written_at=at)
    ledger.write_sealed(row.programme_id, [account], [(row.membership_id, sealed)], at)


def close_allowance(*, actor: Actor, at: datetime, reference: str) -> AllowanceView:
    """Close an allowance: what was not used goes back. Closed already, it is told as it stands. Takes `sell` at its
    shop. AllowanceUnknown."""

    def do() -> AllowanceView:
        row = found_allowance(actor, reference, lock=True)
        actor.demand("sell", row.shop_id)
        if row.closed_at is None:
            give_back(actor, at, row, row.points - row.used)
            row.closed_at = at
            row.save(update_fields=["closed_at"])
            tell(actor.programme, [AllowanceClosed(**_frame(row), at=at, used=row.used)], at)
        return view_of(row)

    return in_transaction(do)


def _frame(row: Allowance) -> dict[str, Any]:
    """What its events say alike."""
    return {
        "membership": row.membership_id,
        "shop": row.shop_id,
        "reference": str(row.pk),
        "clause": row.clause,
        "till": row.till,
        "unit": row.unit,
        "units": row.points,
    }


def close_due_allowances(*, actor: Actor, at: datetime) -> int:
    """Close those nobody came back for in time; how many."""
    due = Allowance.objects.filter(programme_id=actor.programme, closed_at=None, settle_by__lte=at).order_by("id")
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        close_allowance(actor=actor, at=at, reference=str(key))
    return len(keys)


def found_allowance(actor: Actor, reference: str, *, lock: bool = False) -> Allowance:
    """The allowance with this id; AllowanceUnknown outside the actor's programme and shops."""
    rows = Allowance.objects.select_for_update() if lock else Allowance.objects
    row = None
    if reference.isdecimal() and len(reference) < 19:
        row = rows.filter(pk=int(reference), programme_id=actor.programme).first()
    if row is None or (actor.shops is not None and row.shop_id not in actor.shops):
        raise refusals.AllowanceUnknown(field="allowance", given=reference[:40])
    return row


def view_of(row: Allowance) -> AllowanceView:
    """The allowance as told, with its token: the same one each time."""
    number = members.numbers(row.programme_id, [row.membership_id])[row.membership_id]
    shop = identity.shops_by_id(row.programme_id, [row.shop_id])[row.shop_id].code
    terms = Terms(
        str(row.pk),
        row.programme_id,
        number,
        shop,
        row.till,
        row.unit,
        row.points,
        row.worth,
        row.granted_at,
        row.until,
    )
    return AllowanceView(
        id=str(row.pk),
        member=number,
        shop=shop,
        till=row.till,
        unit=row.unit,
        points=row.points,
        worth=row.worth,
        granted_at=row.granted_at,
        until=row.until,
        settle_by=row.settle_by,
        used=row.used,
        closed_at=row.closed_at,
        token=token_of(terms, settings.SECRET_KEY),
    )
