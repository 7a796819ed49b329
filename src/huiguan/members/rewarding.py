"""What friend and referrer get, and what is taken back from them: points as lots, coupons as rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewRight, RightMove, RightUsed
from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, LotTerms, Movement, Sealed, house_address, member_address
from huiguan.members import register
from huiguan.members.events import ReferralSettled
from huiguan.members.models import Membership, Referral
from huiguan.members.recalling import Recalled, hand_books_on, lend_units, recall_books
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import expiry, grant
from huiguan.rules.programme import Programme
from huiguan.rules.referring import Outcome, one_person, shares


def settle_referral(*, actor: Actor, at: datetime, friend: int, outcome: Outcome, sale: str) -> None:
    """Write down what came of it, inside the caller's transaction: each gets hers once, or nobody anything."""
    row = Referral.objects.select_for_update().get(pk=friend)
    if row.state != "waiting":
        return
    rulebook = programmes.version(row.version)
    outcome, sale = _among_two(actor, rulebook, row, outcome, sale)
    assert outcome.at is not None and outcome.reason is not None, "a referral that waits is not settled"
    told: dict[str, Any] = {"reasons": [_plain(outcome.reason)]}
    if outcome.state == "rewarded":
        wanted = shares(rulebook.clauses[row.clause])
        if outcome.capped is not None:
            wanted["referrer"] = (0, None)
            told["reasons"].append(_plain(outcome.capped))
        told["given"] = _give(actor, at, rulebook, row, outcome.at, wanted)
    row.state, row.sale, row.settled_at, row.settled_written_at, row.document = (
        outcome.state, sale, outcome.at, at, told,
    )  # fmt: skip
    row.save(update_fields=["state", "sale", "settled_at", "settled_written_at", "document"])
    _tell(actor, at, row, outcome.at)


def _among_two(actor: Actor, rulebook: Programme, row: Referral, outcome: Outcome, sale: str) -> tuple[Outcome, str]:
    """The outcome, and the sale that brought it; nobody brings herself, found out by a merge or not."""
    friend, referrer = _holders(row).values()
    if outcome.state != "rewarded" or friend != referrer:
        return outcome, sale
    name = register.numbers_of(actor.programme, [friend])[friend]
    return one_person(rulebook.clauses[row.clause], outcome, name), ""


def _plain(reason: Reason) -> list[Any]:
    return [reason.clause, reason.say, reason.given, dict(reason.values)]


def _holders(row: Referral) -> dict[str, int]:
    """Who gets it: each, or the one she was merged into since."""
    pairs = {"friend": row.membership_id, "referrer": row.referrer_id}
    into = dict(Membership.objects.filter(pk__in=pairs.values()).values_list("pk", "merged_into"))
    return {who: into[key] or key for who, key in pairs.items()}


def _give(
    actor: Actor,
    at: datetime,
    rulebook: Programme,
    row: Referral,
    moment: datetime,
    wanted: Mapping[str, tuple[int, str | None]],
) -> dict[str, Any]:
    """Points as lots, coupons as rights; what was given to whom."""
    holders = _holders(row)
    accounts = ledger.lock_accounts(sorted(set(holders.values())))
    joined = dict(Membership.objects.filter(pk__in=holders.values()).values_list("pk", "joined_at"))
    sealed: list[tuple[int, Sealed]] = []
    given: dict[str, Any] = {}
    for who, (points, coupon) in wanted.items():
        whose = holders[who]
        told: dict[str, Any] = {"membership": whose, "points": points, "coupon": None}
        if points:
            journal = _earning(actor, rulebook, row, whose, joined[whose], moment, points)
            accounts[whose], one = fold(accounts[whose], journal, written_at=at)
            sealed.append((whose, one))
            told["seq"] = one.seq
        if coupon is not None:
            told["right"], told["coupon"] = _coupon(actor, at, rulebook, row, whose, moment, coupon, who)
        given[who] = told
    if sealed:
        ledger.write_sealed(actor.programme, [accounts[key] for key in sorted({key for key, _ in sealed})], sealed, at)
    return given


def _unit(rulebook: Programme, row: Referral) -> str:
    return str(rulebook.clauses[row.clause].parameters.unit)  # type: ignore[attr-defined]


def _earning(
    actor: Actor, rulebook: Programme, row: Referral, whose: int, joined: datetime, moment: datetime, points: int
) -> Journal:
    unit = _unit(rulebook, row)
    until, clause = expiry.expires_at(rulebook, unit, moment, joined)
    terms = LotTerms(moment, None, until, clause)
    here, there = house_address(unit, "issued"), member_address(whose, unit)
    movement = Movement(unit, points, here, there, row.clause, terms)
    cause = ("referral", str(row.membership_id))
    return Journal(at=moment, cause=cause, actor=actor.reference, clause=row.clause, version=row.version,
                   movements=(movement,))  # fmt: skip


def _coupon(
    actor: Actor, at: datetime, rulebook: Programme, row: Referral, whose: int, moment: datetime, name: str, who: str
) -> tuple[int | None, str | None]:
    giving = rulebook.first_of("grant", on="referral", name=name)
    assert giving is not None, "the lint refuses a referral that gives a coupon no clause gives"
    worth: int = giving.parameters.worth  # type: ignore[attr-defined]
    effect = grant.given(rulebook, giving.id, name, worth, moment, None, f"referral:{row.membership_id}:{who}")
    right = NewRight.granted(whose, effect, f"referral:{row.membership_id}")
    granted = entitlements.grant_rights(programme=actor.programme, rights=[right], written_at=at)
    return (granted[0][1].id, granted[0][1].code) if granted else (None, None)


def take_referral_back(*, actor: Actor, at: datetime, friend: int, moment: datetime, reason: Reason) -> None:
    """Take back from both what they got, inside the caller's transaction: of points what is left, of coupons those not
    used. What is gone is told, and left. A referrer merged since has her books back for it; the friend's the caller has
    called back already."""
    row = Referral.objects.select_for_update().get(pk=friend)
    if row.state != "rewarded":
        return
    given: dict[str, Any] = row.document["given"]
    holders = {told["membership"] for told in given.values()} - {friend}
    recalled = [recall_books(actor=actor, at=at, membership=whose) for whose in sorted(holders)]
    _taken_back(actor, at, row, given, moment, {each.merge.absorb_id: each for each in recalled if each})
    for each in recalled:
        if each is not None:
            hand_books_on(each)
    row.document["reasons"].append(_plain(reason))
    row.state, row.undone_at = "undone", moment
    row.save(update_fields=["state", "undone_at", "document"])
    _tell(actor, at, row, moment)


def _taken_back(
    actor: Actor,
    at: datetime,
    row: Referral,
    given: Mapping[str, Any],
    moment: datetime,
    recalled: Mapping[int, Recalled],
) -> None:
    """Points and coupon from each; `given` tells what was there to be taken."""
    rulebook = programmes.version(row.version)
    for told in given.values():
        _borrow(at, _unit(rulebook, row), told, recalled.get(told["membership"]))
    accounts = ledger.lock_accounts(sorted({told["membership"] for told in given.values()}))
    sealed: list[tuple[int, Sealed]] = []
    for told in given.values():
        if told["points"]:
            whose = told["membership"]
            journal, told["taken"] = _claw(actor, rulebook, row, accounts[whose], told, moment, at)
            if journal is not None:
                accounts[whose], one = fold(accounts[whose], journal, written_at=at)
                sealed.append((whose, one))
        if told["coupon"]:
            told["coupon_taken"] = _revoke(actor, at, told, moment, row.membership_id)
    if sealed:
        ledger.write_sealed(actor.programme, [accounts[key] for key in sorted({key for key, _ in sealed})], sealed, at)


def _borrow(at: datetime, unit: str, told: Mapping[str, Any], recalled: Recalled | None) -> None:
    """What an absorbed one's own lots lack of it, from those of the one who goes on: it was spent there."""
    if recalled is None or not told["points"]:
        return
    whose = told["membership"]
    lacks = told["points"] - lot_choice.available(ledger.lock_accounts([whose])[whose].unit(unit), at)
    if lacks > 0:
        lend_units(recalled, unit, lacks)


def _claw(
    actor: Actor,
    rulebook: Programme,
    row: Referral,
    account: Account,
    told: Mapping[str, Any],
    moment: datetime,
    now: datetime,
) -> tuple[Journal | None, int]:
    unit = _unit(rulebook, row)
    state = account.unit(unit)
    has = max(0, lot_choice.available(state, now))
    own = tuple(lot.key for lot in state.lots if lot.key[0] == told["seq"])
    uses, _ = lot_choice.claw(state.lots, min(told["points"], has), now, prefer=own)
    taken = sum(part for _, part in uses)
    if not taken:
        return None, 0
    mine, house = member_address(told["membership"], unit), house_address(unit, "clawed")
    movement = Movement(unit, taken, mine, house, row.clause, uses=uses)
    cause = ("referral_undone", str(row.membership_id))
    return Journal(at=moment, cause=cause, actor=actor.reference, clause=row.clause, version=row.version,
                   movements=(movement,)), taken  # fmt: skip


def _revoke(actor: Actor, at: datetime, told: Mapping[str, Any], moment: datetime, friend: int) -> bool:
    """Whether the coupon could be taken back: one that paid for something stays used."""
    move = RightMove(told["membership"], told["right"], moment, f"referral_undone:{friend}")
    try:
        entitlements.use_rights(programme=actor.programme, moves=[move], written_at=at)
    except RightUsed:
        return False
    return True


def _tell(actor: Actor, at: datetime, row: Referral, moment: datetime) -> None:
    numbers = register.numbers_of(actor.programme, [row.membership_id, row.referrer_id])
    told = ReferralSettled(
        membership=row.membership_id, reference=numbers[row.membership_id], at=moment, clause=row.clause,
        referrer=numbers[row.referrer_id], state=row.state,
    )  # fmt: skip
    tell(actor.programme, [told], at)
