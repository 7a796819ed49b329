"""The house in busy hours beside its model: the books of those who bought are compared often, all books at the end."""

from __future__ import annotations

import random

from tests.auditor.comparing import of_members, past_differences, unproved
from tests.auditor.running import PRODUCTS, Audit, slips_of
from tests.auditor.rush import Rush

OFTEN = 2500  # commands between two looks into the books
LAST = 20  # of the last commands, whom they were about
LOOKED_AT = 8  # members at each
BACK = 25  # members asked about the past at the end
MOMENTS = 2


class RushAudit(Audit):
    """One house, whose sales come in batches."""

    def machine(self, seed: int) -> Rush:
        return Rush(seed, self.books, tuple(PRODUCTS))

    def look(self, dice: random.Random, *, over: bool) -> None:
        now = self.log[-1]["now"]
        if not over:
            touched = {
                label for command in self.log[-LAST:] for slip in slips_of(command) for label in self.whose(slip)
            }
            some = dice.sample(sorted(touched), min(LOOKED_AT, len(touched)))
            self.tell(list(of_members(self.books, self.house, now, some)))
            return
        some = dice.sample([*self.books.members], min(BACK, len(self.books.members)))
        found = [*self.differences(now), *past_differences(self.books, self.house, now, dice, MOMENTS, some)]
        self.tell([*found, *unproved(self.house)])
