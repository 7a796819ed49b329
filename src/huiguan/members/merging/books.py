"""The books of an absorbed membership: handed to the one that goes on, and called back.

Sales, returns and gifts of the absorbed one stay in its own chain for good. What it holds, what its days count and its
open rights stand with the kept one; for a return of an old sale they are called back, and handed on again after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.entitlements import operations as entitlements
from huiguan.kernel.actors import Actor
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.handing import HandedLot, Part
from huiguan.ledger.values import Account, Journal
from huiguan.members.models import Merge
from huiguan.rules.facts import LotKey

BEGINNING = date(1900, 1, 1)
Tally = tuple[date, str, int]


@dataclass(frozen=True, slots=True)
class Deed:
    """Who hands over, when, and under which cause: `kind` is merge, unmerge or recall, `ref` names both members."""

    actor: Actor
    at: datetime
    kind: str
    ref: str

    @property
    def head(self) -> Journal:
        return Journal(at=self.at, cause=(self.kind, self.ref), actor=self.actor.reference)

    @property
    def cause(self) -> str:
        return f"{self.kind}:{self.ref}"


def hand_on(merge: Merge, deed: Deed) -> None:
    """All the absorbed membership holds goes to the kept one; `merge.document` notes what."""
    keep, absorb, document = merge.keep_id, merge.absorb_id, merge.document
    accounts = ledger.settle_accounts([keep, absorb], at=deed.at)
    parts = open_parts(accounts[absorb])
    tallies = days_of(absorb)
    handed = ledger.hand_over(
        giver=absorb, taker=keep, parts=parts, tallies=tallies, head=deed.head, written_at=deed.at
    )
    document["lots"] = [*document.get("lots", ()), *map(_plain, handed)]
    document["out"] = _added(document.get("out", {}), _summed(parts), 1)
    document["days"] = [[day.isoformat(), measure, amount] for day, measure, amount in tallies]
    moved = entitlements.move_rights(
        programme=merge.programme_id, giver=absorb, taker=keep, at=deed.at, cause=deed.cause, written_at=deed.at
    )
    document["rights"] = _renewed(document.get("rights", ()), moved)
    document["packages"] = list(_packages(deed, absorb, keep, None))


def call_back(merge: Merge, deed: Deed) -> dict[str, int]:
    """What is left of exactly the lots that came, the days and the rights not used go back; {unit: units back}."""
    keep, absorb, document = merge.keep_id, merge.absorb_id, merge.document
    accounts = ledger.settle_accounts([keep, absorb], at=deed.at)
    parts = returning_parts(accounts[keep], document.get("lots", ()))
    tallies = [(date.fromisoformat(day), measure, amount) for day, measure, amount in document.get("days", ())]
    ledger.hand_over(giver=keep, taker=absorb, parts=parts, tallies=tallies, head=deed.head, written_at=deed.at)
    document["days"] = []
    entitlements.move_rights_back(
        programme=merge.programme_id,
        giver=keep,
        taker=absorb,
        pairs=[(there, here) for there, here in document.get("rights", ())],
        at=deed.at,
        cause=deed.cause,
        written_at=deed.at,
    )
    _packages(deed, keep, absorb, document.get("packages", ()))
    back = _summed(parts)
    document["out"] = _added(document.get("out", {}), back, -1)
    return back


def _packages(deed: Deed, giver: int, taker: int, codes: Sequence[str] | None) -> tuple[str, ...]:
    """Packages that have not ended go along with what was used of them, under their codes."""
    return entitlements.move_packages(
        actor=deed.actor, giver=giver, taker=taker, codes=codes, what="moved", at=deed.at, cause=deed.cause,
        written_at=deed.at,
    )  # fmt: skip


def lend(merge: Merge, deed: Deed, unit: str, amount: int) -> None:
    """For a claw-back the absorbed one's own lots do not cover: up to `amount` more of the kept one's, those first that
    a claw-back takes first."""
    account = ledger.lock_accounts([merge.keep_id])[merge.keep_id]
    state = account.unit(unit)
    has = max(0, sum(lot.left for lot in state.lots if lot_choice.alive(lot, deed.at)) - state.held)
    uses, _ = lot_choice.claw(state.lots, min(amount, has), deed.at)
    lots = {lot.key: lot for lot in state.lots}
    parts = [Part(unit, lots[key], taken) for key, taken in uses]
    ledger.hand_over(
        giver=merge.keep_id, taker=merge.absorb_id, parts=parts, tallies=(), head=deed.head, written_at=deed.at
    )


def open_parts(account: Account) -> list[Part]:
    """All open lots of a settled account, whole."""
    return [Part(unit, lot, lot.left) for unit, state in sorted(account.units.items()) for lot in state.lots]


def returning_parts(account: Account, lots: Sequence[Sequence[object]]) -> list[Part]:
    """What a settled account still holds of the `lots` a merge brought, each with the lot it goes back to."""
    origins: Mapping[tuple[object, LotKey], LotKey] = {
        (unit, (int(str(seq)), int(str(n)))): (int(str(old_seq)), int(str(old_n)))
        for unit, old_seq, old_n, seq, n, _ in lots
    }
    return [
        Part(unit, lot, lot.left, origins[unit, lot.key])
        for unit, state in sorted(account.units.items())
        for lot in state.lots
        if (unit, lot.key) in origins
    ]


def days_of(membership: int) -> list[Tally]:
    """What a membership's days count, in order."""
    days = ledger_facts.days([membership], BEGINNING)[membership]
    return [
        (day, measure, amount)
        for day, told in sorted(days.items())
        for measure, amount in sorted(told.items())
        if amount
    ]


def held_units(account: Account) -> int:
    """Units set aside in open holds, over all units."""
    return sum(state.held for state in account.units.values())


def _summed(parts: Sequence[Part]) -> dict[str, int]:
    units: dict[str, int] = {}
    for part in parts:
        units[part.unit] = units.get(part.unit, 0) + part.amount
    return units


def _added(known: Mapping[str, int], more: Mapping[str, int], sign: int) -> dict[str, int]:
    return {unit: known.get(unit, 0) + sign * more.get(unit, 0) for unit in sorted({*known, *more})}


def _plain(lot: HandedLot) -> list[object]:
    return [lot.unit, *lot.giver, *lot.taker, lot.amount]


def _renewed(known: Sequence[Sequence[int]], moved: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Each right once, with the counterpart it has now."""
    pairs: dict[int, int] = {pair[0]: pair[1] for pair in known}
    pairs.update(moved)
    return [[there, here] for there, here in pairs.items()]
