"""What an honour given by a room above brings a member: points, a higher tier, a certificate; and what is taken back of it.

Called inside the caller's transaction; it asks for no power.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Journal, LotTerms, Movement, house_address, member_address
from huiguan.members.certificates import end_certificate, put_certificate
from huiguan.members.changes import catch_up, record_changes
from huiguan.members.imposing import IMPOSED
from huiguan.members.lives import holder_of, lots_elsewhere
from huiguan.members.merging.tiers import higher
from huiguan.members.models import Certificate, Change, Membership
from huiguan.members.values import NewChange
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import certificate, expiry

HONOUR = "award:"


def give_prize(*, actor: Actor, at: datetime, membership: int, points: int, unit: str, clause: str, cause: str) -> int:
    """So many points as a lot of `at`, which lives as what is earned then does; the number of its journal."""
    rulebook = programmes.programme_at(actor.programme, at)
    joined = Membership.objects.values_list("joined_at", flat=True).get(pk=membership, programme_id=actor.programme)
    until, dies_by = expiry.expires_at(rulebook, unit, at, joined)
    terms = LotTerms(at, None, until, dies_by)
    movement = Movement(
        unit, points, house_address(unit, "issued"), member_address(membership, unit), clause, terms
    )  # fmt: skip
    account = ledger.lock_accounts([membership])[membership]
    journal = Journal(at=at, cause=("award", cause), actor=actor.reference, clause=clause, version=rulebook.version,
                      movements=(movement,))  # fmt: skip
    account, sealed = fold(account, journal, written_at=at)
    ledger.write_sealed(actor.programme, [account], [(membership, sealed)], at)
    return sealed.seq


def take_prize(
    *, actor: Actor, at: datetime, membership: int, points: int, unit: str, clause: str, cause: str, given: int
) -> int:
    """As many of them as are there, those of the journal `given` first; how many were taken. After a merge they are with
    whom she went into."""
    holder = holder_of(membership)
    account = ledger.lock_accounts([holder])[holder]
    state = account.unit(unit)
    has = max(0, lot_choice.available(state, at))
    gone = {(seq, n) for keep, seq, n in lots_elsewhere(membership, given) if keep == holder}
    own = tuple(lot.key for lot in state.lots if (lot.key in gone if holder != membership else lot.key[0] == given))
    uses, _ = lot_choice.claw(state.lots, min(points, has), at, prefer=own)
    taken = sum(part for _, part in uses)
    if taken:
        movement = Movement(unit, taken, member_address(holder, unit), house_address(unit, "clawed"), clause, uses=uses)
        version = programmes.programme_at(actor.programme, at).version
        journal = Journal(at=at, cause=("award_undone", cause), actor=actor.reference, clause=clause, version=version,
                          movements=(movement,))  # fmt: skip
        account, sealed = fold(account, journal, written_at=at)
        ledger.write_sealed(actor.programme, [account], [(holder, sealed)], at)
    return taken


def promote(
    *, actor: Actor, at: datetime, membership: int, raised: Callable[[str], str], clause: str, cause: str
) -> None:
    """The tier becomes what `raised(tier)` makes of it."""
    catch_up([membership], at)
    row = Membership.objects.select_for_update().get(pk=membership, programme_id=actor.programme)
    _tier(row, raised(row.tier), at, actor, clause, f"{HONOUR}{cause}")


def take_promotion(
    *, actor: Actor, at: datetime, membership: int, lowered: Callable[[str], str], clause: str, cause: str
) -> None:
    """The tier she had before, unless she reached another since; `lowered`: what measures that stand make of it. Where a
    merge brought it to whom she went into, both have the tier they had."""
    holder = holder_of(membership)
    if holder != membership:
        _take_brought(actor, at, holder, membership, clause, cause, lowered)
    else:
        catch_up([membership], at)
    _take_own(actor, at, membership, lowered, clause, cause)


def _take_brought(
    actor: Actor, at: datetime, holder: int, absorbed: int, clause: str, cause: str, lowered: Callable[[str], str]
) -> None:
    """The kept one's tier, where the newest of hers is the one the merge brought and that is the promotion's."""
    catch_up([holder], at)
    row = Membership.objects.select_for_update().get(pk=holder, programme_id=actor.programme)
    number = Membership.objects.values_list("number", flat=True).get(pk=absorbed)
    newest = Change.objects.filter(membership_id=holder, what="tier").order_by("-at", "-seq").first()
    hers = Change.objects.filter(membership_id=absorbed, what="tier").order_by("-at", "-seq").first()
    promoted = hers is not None and hers.cause == f"{HONOUR}{cause}"
    if (
        newest is None
        or hers is None
        or not promoted
        or (newest.cause, newest.after) != (f"merge:{number}", hers.after)
    ):
        return
    before = higher(programmes.programme_at(actor.programme, at), newest.before, hers.before)
    _tier(row, lowered(before), at, actor, clause, f"{HONOUR}{cause}:back")


def _take_own(
    actor: Actor, at: datetime, membership: int, lowered: Callable[[str], str], clause: str, cause: str
) -> None:
    row = Membership.objects.select_for_update().get(pk=membership, programme_id=actor.programme)
    imposed = None
    for change in Change.objects.filter(membership_id=membership, what="tier").order_by("-at", "-seq"):
        if change.cause == f"{HONOUR}{cause}":
            back = f"{HONOUR}{cause}:back"
            _tier(row, change.before, at, actor, clause, back, even_so=imposed is not None)
            if imposed is not None:
                row.refresh_from_db()
                _tier(row, lowered(change.before), at, actor, clause, imposed)
            return
        if not change.cause.startswith(IMPOSED):
            return
        imposed = imposed or change.cause


def _tier(
    row: Membership, to: str, at: datetime, actor: Actor, clause: str, cause: str, *, even_so: bool = False
) -> None:
    """`even_so`: put on record though the tier is the same; what was imposed is given back from there."""
    if to != row.tier or even_so:
        record_changes([NewChange(row.pk, "tier", row.tier, to, at, clause or None, cause, {}, actor.reference)], at)


def hand_certificate(*, actor: Actor, at: datetime, membership: int, name: str) -> str:
    """A certificate of the kind, in the place of a good one she has; its number, '' where the rulebook has none for her."""
    rulebook = programmes.programme_at(actor.programme, at)
    member = Membership.objects.select_for_update().get(pk=membership, programme_id=actor.programme)
    clause = certificate.certificates(rulebook, member.type).get(name)
    if clause is None:
        return ""
    held = Certificate.objects.filter(membership_id=membership, certificate=name, ended_at=None).first()
    if held is not None:
        end_certificate(held, "replaced", at, actor.reference, "")
    made = put_certificate(rulebook, member, clause, at, actor.reference)
    if held is not None:
        Certificate.objects.filter(pk=held.pk).update(replaced_by=made.number)
    return made.number


def take_certificate(*, actor: Actor, at: datetime, membership: int, name: str, number: str, why: str) -> None:
    """It is good no more, where it still was."""
    rows = Certificate.objects.select_for_update().filter(membership_id=membership, certificate=name, number=number)
    held = rows.filter(ended_at=None).first()
    if held is not None:
        end_certificate(held, "revoked", at, actor.reference, why)
