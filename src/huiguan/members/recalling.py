"""An absorbed member's sale comes back, or a gift: her books are called back for it, and handed on again after it.

So a return finds the sale's own lots and days where the sale left them, in the chain that holds the sale.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.members.merging import books
from huiguan.members.merging.books import Deed
from huiguan.members.models import Membership, Merge


@dataclass(slots=True)
class Recalled:
    """The books of an absorbed membership, with her for the length of one transaction. `keep` goes on with them."""

    merge: Merge
    deed: Deed

    @property
    def keep(self) -> int:
        return self.merge.keep_id


def recall_books(*, actor: Actor, at: datetime, membership: int) -> Recalled | None:
    """Inside the caller's transaction: the books of an absorbed membership back with her, until `hand_books_on`. None
    where she is her own: nothing is to be done."""
    into = Membership.objects.filter(pk=membership).values_list("merged_into", flat=True).first()
    if into is None:
        return None
    list(Membership.objects.select_for_update().filter(pk__in=[into, membership]).order_by("pk"))
    merge = Merge.objects.filter(absorb=membership, undone_at=None).select_related("keep", "absorb").first()
    if merge is None:  # undone while we waited
        return None
    recalled = Recalled(merge, Deed(actor, at, "recall", f"{merge.absorb.number}:{merge.keep.number}"))
    books.call_back(merge, recalled.deed)
    return recalled


def lend_units(recalled: Recalled, unit: str, amount: int) -> None:
    """Up to `amount` more of the kept one's units, for what a claw-back does not find with the absorbed one."""
    books.lend(recalled.merge, recalled.deed, unit, amount)


def hand_books_on(recalled: Recalled) -> None:
    """All the absorbed one holds now goes to the kept one again."""
    books.hand_on(recalled.merge, recalled.deed)
    recalled.merge.save(update_fields=["document"])
