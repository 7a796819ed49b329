"""Signatures that came in after their sale, judged by the rulebook tried: where it has purchases signed as well, the sale
counts from then on; where it does not, it had counted from the first."""

from __future__ import annotations

from huiguan.checkout.deciding import facts_after, promotion
from huiguan.checkout.making_up import counted_late, signature_journal
from huiguan.checkout.simulating.figures import Amounts
from huiguan.checkout.simulating.records import Signed
from huiguan.checkout.simulating.selling import ACTOR, Side
from huiguan.checkout.simulating.shadow import Shadow
from huiguan.checkout.simulating.undoing import as_sold
from huiguan.kernel.records import replace
from huiguan.rules import countersigned
from huiguan.rules.effects import SetTier


def countersign(shadow: Shadow, made: Signed) -> Side:
    """The signature, folded into the member; nothing where the sale was not made or counts already."""
    sold, draft = shadow.sold.get(made.sale_seq), shadow.setting.draft
    if sold is None:
        return Side({}, made=False)
    stands = shadow.undone.get(made.sale_seq) or as_sold(shadow, sold)
    before = shadow.facts
    if countersigned.counts(draft, sold.judged.bill.sale) or not any(stands.kept):
        return Side({}, before.tier, before.tier)
    judged = counted_late(draft, stands, made.signed, made.at, before.joined_at)
    if not countersigned.counts(draft, judged.bill.sale):
        return Side({}, before.tier, before.tier)
    journal = signature_journal(draft, before, judged, actor=ACTOR, ref=stands.id)
    shadow.write(replace(journal, tallies=()), made.seq)
    shadow.facts = facts_after(before, shadow.account.units, judged)
    step = promotion(draft, before, before, shadow.facts, judged.bill.sale, made.now)
    up = next((effect for effect in step.effects if isinstance(effect, SetTier)), None)
    if up is not None:
        shadow.step(up.at, up.tier)
    document = {
        **stands.document,
        "signed": list(made.signed),
        "tier": {"before": before.tier, "after": up.tier if up else before.tier},
    }
    shadow.undone[made.sale_seq] = replace(
        stands, document=document, signed_on=judged.bill.sale.day, signed_by=made.seq
    )
    amounts: Amounts = {f"issued:{unit}": units for unit, units in judged.earned.items()}
    after = up.tier if up is not None else before.tier
    return Side({**amounts, "rises": int(up is not None)}, before.tier, after, (*judged.reasons, *step.reasons))


def signed_really(made: Signed) -> Side:
    """The signature as it is on record."""
    amounts: Amounts = {f"issued:{unit}": units for unit, units in made.earned.items()}
    return Side({**amounts, "rises": int(made.tier[0] != made.tier[1])}, *made.tier)
