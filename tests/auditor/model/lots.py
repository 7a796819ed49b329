"""Points as lots: each with its own birth and death, and everything that was ever taken from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

Taken = list[tuple[int, int]]  # (lot's number, units)


@dataclass
class Move:
    """Units taken from a lot (negative: given back), when that happened and when it was written."""

    at: datetime
    written: datetime
    taken: int


@dataclass
class Lot:
    """Earned at a moment, and good for what happened from then on; `counts`: from when it is in the books, later than
    that where it was earned before the card or came from somebody else."""

    number: int
    amount: int
    earned: datetime
    dies: datetime
    written: datetime
    counts: datetime
    moves: list[Move] = field(default_factory=list)
    left: int = 0

    def __post_init__(self) -> None:
        self.left = self.amount

    def move(self, at: datetime, written: datetime, taken: int) -> None:
        self.moves.append(Move(at, written, taken))
        self.left -= taken

    def lapsed(self, now: datetime) -> int:
        """What it took with it when it died."""
        return self.left if now >= self.dies else 0

    def held_at(self, at: datetime, as_written: datetime) -> int:
        if not (self.counts <= at < self.dies and self.written <= as_written):
            return 0
        return self.amount - sum(move.taken for move in self.moves if move.at <= at and move.written <= as_written)


@dataclass
class Purse:
    """All lots of a member. `now` is always the moment of writing: what has died by then stays dead."""

    lots: list[Lot] = field(default_factory=list)

    def open(
        self, amount: int, earned: datetime, dies: datetime, now: datetime, *, counts: datetime | None = None
    ) -> int:
        self.lots.append(Lot(len(self.lots), amount, earned, dies, now, counts or earned))
        return len(self.lots) - 1

    def alive(self, now: datetime) -> list[Lot]:
        """Lots with something left, the oldest first."""
        lots = [lot for lot in self.lots if lot.left > 0 and now < lot.dies]
        return sorted(lots, key=lambda lot: (lot.earned, lot.number))

    def spendable(self, at: datetime, now: datetime) -> list[Lot]:
        """What a spend of the moment `at` may use: what had been earned by then and is still there."""
        return [lot for lot in self.alive(now) if lot.earned <= at]

    def available(self, at: datetime, now: datetime) -> int:
        return sum(lot.left for lot in self.lots if lot.left > 0 and now < lot.dies and lot.earned <= at)

    def take(self, units: int, lots: list[Lot], at: datetime, now: datetime) -> Taken:
        """From one lot after the other, until `units` are together or the lots are empty."""
        taken: Taken = []
        for lot in lots:
            part = min(units, lot.left)
            if part > 0:
                lot.move(at, now, part)
                taken.append((lot.number, part))
                units -= part
        return taken

    def give_back(self, units: int, taken: Taken, back: int, at: datetime, now: datetime) -> None:
        """`units` of a spend go back to its lots, the last taken first; `back` of them are back already."""
        for number, part in reversed(taken):
            skipped = min(back, part)
            back, room = back - skipped, part - skipped
            given = min(units, room)
            if given:
                self.lots[number].move(at, now, -given)
                units -= given

    def balance(self, now: datetime) -> int:
        return sum(lot.left for lot in self.lots if now < lot.dies)

    def balance_at(self, at: datetime, as_written: datetime) -> int:
        return sum(lot.held_at(at, as_written) for lot in self.lots)
