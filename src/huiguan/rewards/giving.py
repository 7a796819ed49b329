"""Points passed on from one member to another: a gift. What the giver's books lose the taker's get, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huiguan.checkout.refusals import UnknownMember
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.ledger.handing import HandedLot, Part
from huiguan.ledger.lots import available, choose
from huiguan.ledger.values import Account, Journal, LotTerms
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import partner_refusals, refusals
from huiguan.rewards.events import PointsGiven
from huiguan.rewards.inputs.partners import GivePoints
from huiguan.rewards.models import PointGift
from huiguan.rewards.telling import reasons_told, refuse_first
from huiguan.rewards.values.partners import GiftTold
from huiguan.rewards.whom import MEMBER, Asking, active, membership_for, number_of, subject_of
from huiguan.rules.effects import Decision, Refuse, Tally
from huiguan.rules.facts import LotFact, LotKey
from huiguan.rules.kinds import expiry, transfer
from huiguan.rules.programme import Clause, Programme

GIFT: Final = "gift"
POOL: Final = "pool"
BETWEEN = "passed"
_TAIL = Text(zh="写对方手机号的后四位。", en="Say the last four figures of the other’s phone.")
_GIFTS = Text(zh="积分转赠", en="gifts of points")


@dataclass(frozen=True, slots=True)
class Passing:
    """Points that go from `giver` to `taker`; `whole` lots of which each may be taken."""

    way: str
    clause: Clause
    giver: Asking
    taker: Asking
    unit: str
    units: int
    lots: Sequence[LotFact]


def give_points(*, actor: Actor, at: datetime, given: GivePoints, key: str | None = None) -> GiftTold:
    """Pass points on. A member gives her own; staff name who gives (power: sell).

    Refuses InvalidInput (of `tail`, where a member leaves it out), WayNotSaid, UnknownMember (of either), GivenToHerself, MembershipNotActive, NotVerified, AmountTooSmall,
    LimitReached, BalanceTooLow.
    """
    membership = membership_for(actor, given.member)
    if actor.kind == MEMBER and given.tail is None:
        raise InvalidInput(field="tail", rule=_TAIL)
    return perform(
        "give_points", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=_numbered(actor, given, membership),
        key=key, returns=GiftTold, do=lambda: _give(actor, at, given, membership),
        secret=frozenset({"tail"}),
    )  # fmt: skip


def _numbered(actor: Actor, given: GivePoints, membership: int) -> GivePoints:
    """Numbers in the place of phones, which are written nowhere in the clear."""
    taker = _taker(actor, given)
    told = {"member": number_of(actor, membership, given.member), "to": number_of(actor, taker, given.to)}
    return given.model_copy(update=told)


def _taker(actor: Actor, given: GivePoints) -> int:
    """Who receives: to a member who gives, a number is the only name."""
    reference = ("number" if actor.kind == MEMBER else "any", given.to)
    found = members.resolve(actor.programme, {reference}).get(reference)
    if found is None:
        raise UnknownMember(field="to", given=given.to)
    return found


def _ends(programme: int, membership: int, tail: str, at: datetime) -> bool:
    contact = members.contacts(programme, [membership], at).get(membership)
    return contact is not None and contact.phone is not None and contact.phone.endswith(tail)


def gift_clause(rulebook: Programme, way: transfer.Way, unit: str | None) -> Clause:
    """The clause points are passed on by; WayNotSaid."""
    clause = transfer.rule(rulebook, way, unit)
    if clause is None:
        raise refusals.WayNotSaid(field="unit", what=_GIFTS)
    return clause


def _give(actor: Actor, now: datetime, given: GivePoints, membership: int) -> GiftTold:
    rulebook = programmes.programme_at(actor.programme, now)
    clause = gift_clause(rulebook, GIFT, given.unit)
    taker = _taker(actor, given)
    if given.tail is not None and not _ends(actor.programme, taker, given.tail, now):
        raise UnknownMember(field="to", given=given.to)  # as if there were no such number
    if taker == membership:
        raise partner_refusals.GivenToHerself(field="to")
    ledger.settle_accounts({membership, taker}, at=now)  # both locked in the order of their keys before either is read
    giving = active(actor, now, membership, rulebook, clause)
    getting = active(actor, now, taker, rulebook, clause)
    unit = transfer.said(clause).unit
    lots = travelling(clause, giving.account, membership, unit, now)
    verified = members.verified([membership, taker], now)
    decision = transfer.decide(
        clause, giving.facts, given.points, has=free(giving.account, unit, lots, now), day=giving.day,
        giver=verified[membership], taker=verified[taker],
    )  # fmt: skip
    refuse_first(rulebook, [effect for effect in decision.effects if isinstance(effect, Refuse)])
    row = write_passing(actor, Passing(GIFT, clause, giving, getting, unit, given.points, lots), decision, given.note)
    return gift_told(actor, row)


def travelling(clause: Clause, account: Account, membership: int, unit: str, now: datetime) -> tuple[LotFact, ...]:
    """The lots of a member that may be passed on."""
    return transfer.travelling(clause, account.unit(unit).lots, given_lots(membership, unit), now)


def given_lots(membership: int, unit: str) -> set[LotKey]:
    """The lots that came to a member from another's hands, or to one merged into her since."""
    rows = PointGift.objects.filter(taker_id__in=[membership, *members.absorbed_by(membership)], unit=unit)
    given = {(taker, int(seq), int(n)) for taker, lots in rows.values_list("taker_id", "lots") for seq, n, _ in lots}
    gone = [lot for taker, seq, _ in given if taker != membership for lot in members.lots_elsewhere(taker, seq)]
    return {(seq, n) for whose, seq, n in (*given, *gone) if whose == membership}


def free(account: Account, unit: str, lots: Sequence[LotFact], now: datetime) -> int:
    """How much of `lots` holds leave free."""
    return min(sum(lot.left for lot in lots), available(account.unit(unit), now))


def write_passing(actor: Actor, passing: Passing, decision: Decision, note: str) -> PointGift:
    """Both journals and the record of it; the lots that end soonest, or as the rulebook orders them, go first."""
    here, there, number = passing.giver, passing.taker, next_gift()
    unit, now, clause = passing.unit, here.at, passing.clause
    order = expiry.spending_order(here.rulebook, unit)
    uses = choose(passing.lots, passing.units, now, order=order, unit=unit)
    lots = {lot.key: lot for lot in passing.lots}
    tallies = tuple((here.day, e.measure, e.amount) for e in decision.effects if isinstance(e, Tally))
    handed = ledger.hand_over(
        giver=here.membership, taker=there.membership, parts=[Part(unit, lots[key], taken) for key, taken in uses],
        tallies=(), written_at=now, between=BETWEEN, anew=_anew(passing),
        head=Journal(
            at=now, cause=("given", number), actor=actor.reference, clause=clause.id, version=here.rulebook.version,
            tallies=tallies,
        ),
    )  # fmt: skip
    row = PointGift.objects.create(
        programme_id=actor.programme, number=number, way=passing.way, giver_id=here.membership, taker_id=there.membership,
        unit=unit, units=passing.units, lots=_plain(handed), at=now, written_at=now, clause=clause.id,
        version=here.rulebook.version, note=note, actor=actor.reference, actor_name=actor.name,
        document={"reasons": reasons_told(here.rulebook, decision.reasons)},
    )  # fmt: skip
    told = PointsGiven(
        membership=here.membership, reference=number, at=now, clause=clause.id, to=there.number, unit=unit,
        units=passing.units, way=passing.way,
    )  # fmt: skip
    tell(actor.programme, [told], now)
    return row


def _anew(passing: Passing) -> Mapping[str, LotTerms] | None:
    """The life of what arrives, where it is another than the lots had."""
    if transfer.said(passing.clause).life == "keep":
        return None
    here = passing.taker
    ends, clause = expiry.expires_at(here.rulebook, passing.unit, here.at, here.facts.joined_at)
    return {passing.unit: LotTerms(here.at, None, ends, clause)}


def _plain(handed: Sequence[HandedLot]) -> list[list[int]]:
    return [[*lot.taker, lot.amount] for lot in handed]


def next_gift() -> str:
    """The number of a gift about to be written: ZZ000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rewards_pointgift_id_seq')")
        return f"ZZ{int(cursor.fetchone()[0]):06d}"


def gift_told(actor: Actor, row: PointGift) -> GiftTold:
    """A gift; of the other member a member sees the last figures only."""
    known = members.numbers(row.programme_id, [row.giver_id, row.taker_id])
    shown = {key: _shown(actor, key, number) for key, number in known.items()}
    reasons: list[dict[str, Any]] = row.document.get("reasons", [])
    return GiftTold(
        row.number, row.way, shown[row.giver_id], shown[row.taker_id], row.unit, row.units, row.at, row.clause, row.note,
        row.actor_name, tuple(reasons),
    )  # fmt: skip


def _shown(actor: Actor, key: int, number: str) -> str:
    return f"•••{number[-3:]}" if actor.kind == MEMBER and key != actor.membership else number
