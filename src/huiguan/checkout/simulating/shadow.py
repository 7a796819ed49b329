"""A member as she would stand under the rulebook tried: her units, tier, card and rights, carried from one happening to
the next. Nothing here is ever written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from huiguan.checkout.quoting import Judged
from huiguan.checkout.simulating.records import Life, SaleMade, Setting
from huiguan.checkout.storing import SoldSale
from huiguan.entitlements.values import PastRight
from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.kernel.records import replace
from huiguan.ledger.lots import due, next_due, settled
from huiguan.ledger.posting import moved
from huiguan.ledger.values import Account, Journal, SpentLot, UnitState, member_address
from huiguan.members.past import PastCard, PastTier
from huiguan.rules.facts import CardFact, LotFact, MemberFacts, RightFact
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.reviewing import VOID, after, judged, reviews

_BEFORE = timedelta(microseconds=1)


@dataclass(slots=True)
class Sold:
    """A sale as the rulebook tried would have made it."""

    made: SaleMade
    judged: Judged
    tier: tuple[str, str]


@dataclass(slots=True)
class Shadow:
    """`facts` and `account` as of the last happening; `died` lots with what was left in them; `tiers` since when each;
    `spent` what each journal took; `sold` the sales of the time, `undone` what returns have left of a sale; `packages` what each one sold in the time costs
    here, `unsold` those whose sale does not take place."""

    setting: Setting
    life: Life
    facts: MemberFacts
    account: Account
    tiers: list[tuple[datetime, str]]
    coming: list[PastRight]
    died: list[tuple[str, LotFact]] = field(default_factory=list)
    spent: dict[int, tuple[SpentLot, ...]] = field(default_factory=dict)
    sold: dict[int, Sold] = field(default_factory=dict)
    undone: dict[int, SoldSale] = field(default_factory=dict)
    void: set[str] = field(default_factory=set)
    reviewed: dict[str, datetime] = field(default_factory=dict)
    falls: int = 0
    granted: list[RightFact] = field(default_factory=list)
    packages: dict[int, int] = field(default_factory=dict)
    unsold: set[int] = field(default_factory=set)

    @classmethod
    def begin(cls, setting: Setting, life: Life) -> Shadow:
        """The member as she really stood where the time begins."""
        member, past = life.member, life.past
        tiers = _tiers(setting, life)
        units = {unit: UnitState(sum(lot.left for lot in lots), 0, lots) for unit, lots in past.lots.items()}
        account = Account(member.membership, setting.programme, units=units, next_due=next_due(units.values()))
        rights, coming = _rights(setting, life)
        facts = MemberFacts(
            membership=member.membership,
            number=member.number,
            standing="active",
            joined_at=member.joined_at,
            tier=tiers[-1][1],
            tier_since=tiers[-1][0],
            birthday=member.birthday,
            card=None,
            profile_complete=member.profile_complete,
            days=past.days,
            rights=rights,
            opened_at=member.cards[0].issued_at if member.cards else None,
        )
        return cls(setting, life, facts, account, tiers, coming)

    def move_on(self, now: datetime) -> None:
        """To the moment `now`: what died by then is gone, years of her card that ended are judged, rights that were
        given meanwhile are hers."""
        dead = due(self.account, now)
        if dead:
            self.died += dead
            self.account = settled(self.account, now)
        while self.coming and self.coming[0].written_at <= now:
            self.give(self.coming.pop(0).right)
        facts = replace(self.facts, card=self.card(now), lots=self._lots(), held={})
        if judged(self.setting.draft):
            for card, until in self._cards_until(now):
                facts = self._reviewed(facts, card, until)
            facts = replace(facts, card=self.card(now))
        self.facts = facts

    def _cards_until(self, now: datetime) -> Iterator[tuple[PastCard, datetime]]:
        """Each card she held by `now`, and until when it was hers: the next one's issue ends its years."""
        cards = [card for card in self.life.member.cards if card.issued_at <= now]
        for i, card in enumerate(cards):
            yield card, cards[i + 1].issued_at if i + 1 < len(cards) else now

    def _reviewed(self, facts: MemberFacts, card: PastCard, until: datetime) -> MemberFacts:
        """With the years of `card` judged that ended by `until` and were not yet."""
        facts = replace(facts, card=self._card(card, min(until, card.replaced_at or until) - _BEFORE))
        for review in reviews(self.setting.draft, facts, until):
            self.reviewed[card.number] = review.at
            if review.fall is not None:
                self.falls += 1
                self.tiers.append((review.fall.at, review.fall.tier))
            facts = after(facts, review)
            if facts.card is not None and facts.card.status == VOID:
                self.void.add(card.number)
        return facts

    def _lots(self) -> dict[str, tuple[LotFact, ...]]:
        return {unit: state.lots for unit, state in self.account.units.items()}

    def then(self, at: datetime, now: datetime) -> MemberFacts:
        """The member as a happening of `at` finds her that is written down at `now`."""
        if at == now:
            return self.facts
        tier = self.facts.tier
        if at < self.facts.tier_since:
            tier = self.tier_at(at)
        return replace(self.facts, tier=tier, card=self.card(at))

    def tier_at(self, at: datetime) -> str:
        """The tier at `at`: the latest step by then, of two at one moment the one taken later; else her first."""
        found = self.tiers[0]
        for each in self.tiers:
            if found[0] <= each[0] <= at or (found[0] > at and each[0] <= at):
                found = each
        return found[1]

    def card(self, at: datetime) -> CardFact | None:
        """Her newest card at `at`; before she had one, the one she was about to be handed."""
        cards = self.life.member.cards
        if not cards:
            return None
        card = list(takewhile(lambda each: each.issued_at <= at, cards))[-1:] or cards[:1]
        return self._card(card[0], at)

    def _card(self, card: PastCard, at: datetime) -> CardFact:
        reviewed = None
        if judged(self.setting.draft):
            reviewed = self.reviewed.get(card.number) or self._judged_before(card)
        status = VOID if card.number in self.void else _status(card, at)
        return CardFact(card.number, status, card.issued_at, card.clause, card.shop, card.term_since, reviewed)

    def _judged_before(self, card: PastCard) -> datetime | None:
        """The end of the last of the card's years that was over when the time began: those are not judged again."""
        zone, begins = self.setting.draft.zone, self.setting.begins
        begun = local_day(card.term_since or card.issued_at, zone)
        ends = (at_day(add_months(begun, 12 * year), zone) for year in range(1, 99))
        over = list(takewhile(lambda end: end <= begins, ends))
        return over[-1] if over else None

    def write(self, journal: Journal, seq: int) -> None:
        """Fold a journal into the account; what it took is remembered for what may come back."""
        if any(move.uses for move in journal.movements):
            self.spent[seq] = self._taken(journal)
        if journal.movements:
            units = moved(self.account, journal, seq)
            self.account = replace(self.account, units=units, next_due=next_due(units.values()))
        if journal.tallies:
            self.count(journal.tallies)

    def _taken(self, journal: Journal) -> tuple[SpentLot, ...]:
        """What a journal takes, with the lots as they are before it."""
        before = {(unit, lot.key): lot for unit, state in self.account.units.items() for lot in state.lots}
        # What comes back in a journal may be taken by the same one.
        before |= {(move.unit, lot.key): lot for move in journal.movements for lot, _ in move.restores}
        return tuple(
            SpentLot(move.unit, before[move.unit, key], amount, 0)
            for move in journal.movements
            for key, amount in move.uses
        )

    def take_back(self, seq: int, restores: tuple[tuple[LotFact, int], ...]) -> None:
        """Note that so much of what journal `seq` spent has been given back."""
        back = {lot.key: part for lot, part in restores}
        self.spent[seq] = tuple(
            replace(use, returned=use.returned + back.get(use.lot.key, 0)) for use in self.spent.get(seq, ())
        )

    def count(self, tallies: tuple[tuple[object, str, int], ...]) -> None:
        """Count on local days what happened on them."""
        days = dict(self.facts.days)
        for day, measure, amount in tallies:
            counted = dict(days.get(day, {}))  # type: ignore[call-overload]
            counted[measure] = counted.get(measure, 0) + amount
            days[day] = counted  # type: ignore[index]
        self.facts = replace(self.facts, days=days)

    def step(self, at: datetime, tier: str) -> None:
        """She stands on `tier` from `at` on, unless something later has moved her on."""
        self.tiers.append((at, tier))
        if at >= self.facts.tier_since:
            self.facts = replace(self.facts, tier=tier, tier_since=at)

    def give(self, right: RightFact) -> None:
        """A right given to her within the time."""
        self.facts = replace(self.facts, rights=(*self.facts.rights, right))
        self.granted.append(right)

    def mark_right(self, right: int, used_at: datetime | None) -> None:
        rights = tuple(replace(each, used_at=used_at) if each.id == right else each for each in self.facts.rights)
        self.facts = replace(self.facts, rights=rights)

    def mine(self, unit: str) -> str:
        return member_address(self.facts.membership, unit)


def _status(card: PastCard, at: datetime) -> str:
    if card.replaced_at is not None and card.replaced_at <= at:
        return "replaced"
    if card.lost_at is not None and card.lost_at <= at:
        return "lost"
    waits = card.waiting or (card.activated_at is not None and card.activated_at > at)
    return "waiting" if waits else "active"


def known_tier(setting: Setting, tier: str) -> str:
    """The tier's word; one the rulebook tried does not know is its lowest."""
    known = {rung.tier for rung in tier_ladder.rungs(setting.draft)}
    return tier if tier in known else tier_ladder.entry_tier(setting.draft)[0]


def began_before(setting: Setting, life: Life, change: PastTier) -> bool:
    """Whether a change of tier belongs to where the time begins: none that a journal written since has brought."""
    kind, _, ref = change.cause.partition(":")
    journals = life.past.journals
    if kind == "review":  # a year that ends as the time begins was over then
        return change.at <= setting.begins
    if not journals or kind not in ("sale", "return", "void"):
        return change.at < setting.begins
    if kind == "sale":
        return int(ref.rpartition("-")[2]) < journals[0].seq
    if change.written_at != journals[0].written_at:
        return change.written_at < journals[0].written_at
    return (kind, ref) not in {journal.cause for journal in journals}


def _tiers(setting: Setting, life: Life) -> list[tuple[datetime, str]]:
    known = [
        (change.at, known_tier(setting, change.after))
        for change in life.member.tiers
        if began_before(setting, life, change)
    ]
    return known or [(life.member.joined_at, tier_ladder.entry_tier(setting.draft)[0])]


def _rights(setting: Setting, life: Life) -> tuple[tuple[RightFact, ...], list[PastRight]]:
    """The rights held where the time begins, and those given since that are hers under the rulebook tried as well."""
    held: list[RightFact] = []
    coming: list[PastRight] = []
    for past in life.member.rights:
        if past.right.clause not in setting.draft.clauses:
            continue
        if past.right.granted_at < setting.begins:
            held.append(replace(past.right, used_at=_used(setting, life, past)))
        elif past.right.granted_at < setting.ends and past.written_at <= setting.as_written and _comes(setting, past):
            coming.append(past)
    return tuple(held), sorted(coming, key=lambda each: each.written_at)


TAKEN_AS_THEY_WERE = ("claim", "code", "handed", "gift")  # coupons that no occasion of the rulebook gave


def _comes(setting: Setting, past: PastRight) -> bool:
    """Coupons for units come with their redemption, gifts of the day if a clause still gives them."""
    kind = past.cause.partition(":")[0]
    if kind == "redemption":
        return False
    if kind in TAKEN_AS_THEY_WERE:
        return True
    if kind == "birthday":
        return setting.draft.first_of("grant", on="birthday", name=past.right.name) is not None
    return setting.grants_alike


def _used(setting: Setting, life: Life, past: PastRight) -> datetime | None:
    used: datetime | None = None
    for at, cause, restores in past.uses:
        kind, _, ref = cause.partition(":")
        sold_since = kind == "sale" and int(ref.rpartition("-")[2]) >= life.past.first
        if at < setting.begins and not sold_since:
            used = None if restores else at
    return used
