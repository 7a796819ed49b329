"""A purchase that is signed after it was made: what it brings from then on. Pure.

The till counts it by this, and a simulation for the sales another rulebook would have made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from huiguan.checkout.journals import sale_journal
from huiguan.checkout.quoting import Judged, signed_late
from huiguan.checkout.storing import SoldSale
from huiguan.checkout.undoing import restated
from huiguan.kernel import records
from huiguan.kernel.moments import local_day
from huiguan.ledger.values import Journal
from huiguan.rules.facts import MemberFacts
from huiguan.rules.programme import Programme


def counted_late(
    rulebook: Programme, sold: SoldSale, signed: Iterable[str], at: datetime, joined_at: datetime
) -> Judged:
    """What is kept of the sale, counted from `at` on with these signatures: priced as it was on its own day, earned and
    measured on the day of the last signature."""
    stands = replace(sold, document={**sold.document, "signed": list(signed)})
    judged = signed_late(rulebook, restated(rulebook, stands, sold.kept), at, joined_at)
    sale = records.replace(judged.bill.sale, at=at, day=local_day(at, rulebook.zone))
    return records.replace(judged, bill=records.replace(judged.bill, sale=sale))


def signature_journal(rulebook: Programme, facts: MemberFacts, judged: Judged, *, actor: str, ref: str) -> Journal:
    """Units and measures of the sale `ref`, with the signature as their cause."""
    journal = sale_journal(rulebook, facts, judged, actor=actor, ref=ref)
    return replace(journal, cause=("signature", ref))
