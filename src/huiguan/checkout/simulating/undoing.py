"""Recorded returns judged by the rulebook tried: what came back of the sale as that rulebook would have made
it. A sale made before the time is restated by its own version, with the units the member would then have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huiguan.checkout.documents import lines_of, steps_of
from huiguan.checkout.simulating.figures import Amounts
from huiguan.checkout.simulating.records import GoodsBack
from huiguan.checkout.simulating.selling import ACTOR, Side
from huiguan.checkout.simulating.shadow import Shadow, Sold
from huiguan.checkout.storing import SoldSale
from huiguan.checkout.undoing import Held, Plan, begun, brought_rung, worked_out
from huiguan.ledger.values import Journal
from huiguan.rules.programme import Programme


def take_goods_back(shadow: Shadow, back: GoodsBack) -> Side:
    """The return, folded into the member; nothing where the sale would not have been made."""
    known = _sold(shadow, back)
    if known is None:
        return Side({}, made=False)
    sold, rulebook = known
    if not any(have > kept for have, kept in zip(sold.kept, back.kept, strict=True)):
        return Side({}, made=False)
    plan = begun(rulebook, sold, back.at, back.kept)
    held = Held(
        account=shadow.account,
        spent=shadow.spent.get(back.sale_seq, back.spent),
        lapsed=_lapsed(shadow, back, sold.brought_by),
        facts=shadow.facts if brought_rung(sold) else None,
    )
    plan = worked_out(plan, held, back.now)
    _fold(shadow, back, plan)
    claim = plan.shortfall["worth"] if plan.shortfall else 0
    return Side(_amounts(plan, claim), shadow.facts.tier, shadow.facts.tier, tuple(plan.reasons))


def _sold(shadow: Shadow, back: GoodsBack) -> tuple[SoldSale, Programme] | None:
    """The sale as it stands before this return, and the rulebook it is restated by."""
    sold = shadow.sold.get(back.sale_seq)
    if sold is not None:
        known = shadow.undone.get(back.sale_seq) or as_sold(shadow, sold)
        return known, shadow.setting.draft
    if back.before is None:
        return None
    known = shadow.undone.get(back.sale_seq, back.before)
    judged_by = shadow.setting.judged_by(known.version)
    return (known, judged_by) if judged_by is not None else None


def as_sold(shadow: Shadow, sold: Sold) -> SoldSale:
    """A sale the rulebook tried would have made, as a return or a later signature finds it."""
    made, judged = sold.made, sold.judged
    names = tuple(line.name for line in made.told.lines)
    promotions = tuple("promotion" if line.promotion else "" for line in judged.bill.sale.lines)
    counted = {f"used:{step.name}" for step in judged.bill.steps if step.rate is not None}
    document: dict[str, Any] = {
        "lines": lines_of(judged, names, promotions),
        "steps": steps_of(judged.bill),
        "shown": made.told.shown,
        "order": made.told.order,
        "signed": list(judged.bill.sale.signed),
        "wallet": {"principal": judged.stored.principal, "bonus": judged.stored.bonus},
        "multiplied": list(judged.multiplied),
        "tier": {"before": sold.tier[0], "after": sold.tier[1]},
        "rights": [effect.right for effect in judged.rights],
        "counted": [each.measure.removeprefix("used:") for each in judged.tallies if each.measure in counted],
    }
    return SoldSale(
        membership=shadow.facts.membership,
        seq=made.seq,
        programme=shadow.setting.programme,
        shop_id=made.shop_id,
        shop=made.shop,
        member=None,
        number="",
        at=made.at,
        version=0,
        document=document,
        kept=tuple(line.quantity for line in made.told.lines),
        returns=0,
        forgiven_so_far={},
        withdrawn=False,
        refunds=(),
        client="",
        clerk="",
    )


def _lapsed(shadow: Shadow, back: GoodsBack, brought_by: int) -> dict[str, int]:
    """What of the sale's own units died unused, before the time and in it."""
    lapsed = dict(back.lapsed)
    for unit, lot in shadow.died:
        if lot.key[0] == brought_by:
            lapsed[unit] = lapsed.get(unit, 0) + lot.left
    return lapsed


def _fold(shadow: Shadow, back: GoodsBack, plan: Plan) -> None:
    sold = plan.sale
    restores = tuple(each for move in plan.movements for each in move.restores)
    shadow.spent.setdefault(back.sale_seq, back.spent)
    shadow.take_back(back.sale_seq, restores)
    journal = Journal(
        at=plan.at,
        cause=("return", sold.id),
        actor=ACTOR,
        movements=tuple(plan.movements),
        tallies=plan.tallies,
        reverses=sold.seq,
    )
    shadow.write(journal, back.seq)
    for right in plan.rights_back:
        shadow.mark_right(right, None)
    if plan.tier is not None:
        shadow.step(plan.tier.at, plan.tier.tier)
    forgiven = {
        unit: sold.forgiven(unit) + plan.forgiven.get(unit, 0) for unit in {*sold.forgiven_so_far, *plan.forgiven}
    }
    shadow.undone[back.sale_seq] = replace(
        sold,
        kept=plan.kept,
        returns=sold.returns + 1,
        forgiven_so_far=forgiven,
        withdrawn=sold.withdrawn or plan.tier is not None,
    )


def _amounts(plan: Plan, claim: int) -> Amounts:
    return {
        "refunded": plan.refund - claim,
        "falls": int(plan.tier is not None),
        **{f"taken_back:{unit}": amount for unit, amount in plan.taken_back.items()},
        **{f"given_back:{unit}": amount for unit, amount in plan.given_back.items()},
    }


def returned_really(back: GoodsBack) -> Side:
    """The return as it is on record."""
    amounts: Amounts = {
        "refunded": back.refund,
        "falls": int(back.withdrawn),
        **{f"taken_back:{unit}": amount for unit, amount in back.taken_back.items()},
        **{f"given_back:{unit}": amount for unit, amount in back.given_back.items()},
    }
    return Side(amounts)
