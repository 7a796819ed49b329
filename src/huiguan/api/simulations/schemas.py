"""Simulations as programs read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, Both, ReasonAnswer, Yuan
from huiguan.checkout import queries
from huiguan.checkout.values import Happened, MemberStory, Mover, SimulatedRefusal, SimulationView, StorySide
from huiguan.kernel.amounts import as_yuan
from huiguan.rules.programme import Programme

_MONEY = ("paid", "refunded", "discount", "voucher", "granted_worth")
Amounts = dict[str, Yuan | int]


class SumAnswer(Answer):
    """A figure on record (`real`), under the rulebook tried (`draft`), and the `difference`: yuan as text where `form` is
    yuan, else a whole number."""

    name: str
    title: Both
    form: str
    real: Yuan | int
    draft: Yuan | int
    difference: Yuan | int


class CellAnswer(Answer):
    """The figures of a shop, a tier or a month: `cell` is shop:KEY, tier:WORD or month:YYYY-MM."""

    cell: str
    sums: list[SumAnswer]


class SimulationAnswer(Answer):
    """A simulation. `state`: waiting, working, done, stopped, failed; `done` of `sales` are judged. `of` is the number of
    the version or draft."""

    number: int
    kind: str
    of: int | None
    title: str
    digest: str
    since: date
    until: date
    asked_at: datetime
    by: str
    state: str
    sales: int
    done: int
    members: int
    movers: int
    refusals: int
    sums: list[SumAnswer]
    cells: list[CellAnswer]


class SimulationsPage(Answer):
    """Simulations, the newest first, without their cells."""

    items: list[SimulationAnswer]
    next: str | None


class DeletedAnswer(Answer):
    deleted: bool


class MoverSide(Answer):
    """A member's sums on one side, by name, and her tier at the end."""

    tier: str
    amounts: Amounts


class MoverAnswer(Answer):
    """A member for whom something differs. `pays_more` and `holds_more` may be negative; `changed` happenings differ."""

    member: str
    name: str
    pays_more: Yuan
    holds_more: int
    changed: int
    real: MoverSide
    draft: MoverSide


class MoversPage(Answer):
    items: list[MoverAnswer]
    next: str | None


class SimulatedRefusalAnswer(Answer):
    """`what` is sale or redemption; `made`: it takes place without what was refused. `paid` of a sale, `units` of a
    redemption."""

    member: str
    name: str
    reference: str
    what: str
    at: datetime
    code: str
    clause: str
    text: Both
    made: bool
    paid: Yuan | None
    units: int | None


class SimulatedRefusalsPage(Answer):
    items: list[SimulatedRefusalAnswer]
    next: str | None


class SideAnswer(Answer):
    """One side of a happening; `made` false: it would not have been. `refused` is what was met as it was asked for."""

    amounts: Amounts
    tier: str
    after: str
    made: bool
    refused: str | None
    reasons: list[ReasonAnswer]


class HappenedAnswer(Answer):
    """`what`: sale, signature, return, redemption, gift_return, other."""

    what: str
    reference: str
    at: datetime
    differs: bool
    real: SideAnswer
    draft: SideAnswer


class StoryAnswer(Answer):
    """One member's days told twice, in the order things were written."""

    member: MoverAnswer
    happened: list[HappenedAnswer]


def told_simulation(view: SimulationView, draft: Programme, *, cells: bool) -> dict[str, Any]:
    names = [each for kind in ("month", "tier", "shop") for each in queries.cells_of(view, kind)] if cells else []
    plain = (
        "number", "kind", "of", "title", "digest", "since", "until", "asked_at", "by", "state", "sales", "done", "members",
        "movers", "refusals",
    )  # fmt: skip
    return {
        **{name: getattr(view, name) for name in plain},
        "sums": _sums(view, draft, "all"),
        "cells": [{"cell": name, "sums": _sums(view, draft, name)} for name in names],
    }


def _sums(view: SimulationView, draft: Programme, cell: str) -> list[dict[str, Any]]:
    def amount(form: str, value: int) -> str | int:
        return as_yuan(value) if form == "yuan" else value

    return [
        {
            "name": line.name,
            "title": line.title,
            "form": line.form,
            "real": amount(line.form, line.real),
            "draft": amount(line.form, line.draft),
            "difference": amount(line.form, line.more),
        }
        for line in queries.sum_lines(view, draft, cell)
    ]


def _amounts(amounts: Mapping[str, int]) -> dict[str, str | int]:
    return {name: as_yuan(amount) if name in _MONEY else amount for name, amount in amounts.items()}


def told_mover(mover: Mover) -> dict[str, Any]:
    return {
        "member": mover.member,
        "name": mover.name,
        "pays_more": as_yuan(mover.kept),
        "holds_more": mover.units,
        "changed": mover.changed,
        "real": {"tier": mover.tier_real, "amounts": _amounts(mover.real)},
        "draft": {"tier": mover.tier_draft, "amounts": _amounts(mover.draft)},
    }


def told_refusal(each: SimulatedRefusal) -> dict[str, Any]:
    sale = each.what == "sale"
    return {
        "member": each.member,
        "name": each.name,
        "reference": each.reference,
        "what": each.what,
        "at": each.at,
        "code": each.code,
        "clause": each.clause,
        "text": each.told,
        "made": each.made,
        "paid": as_yuan(each.amount) if sale else None,
        "units": None if sale else each.amount,
    }


def told_story(story: MemberStory) -> dict[str, Any]:
    return {"member": told_mover(story.mover), "happened": [_happened(each) for each in story.happened]}


def _happened(each: Happened) -> dict[str, Any]:
    return {
        "what": each.what,
        "reference": each.reference,
        "at": each.at,
        "differs": each.differs,
        "real": _side(each.real),
        "draft": _side(each.draft),
    }


def _side(side: StorySide) -> dict[str, Any]:
    return {
        "amounts": _amounts(side.amounts),
        "tier": side.tier,
        "after": side.after,
        "made": side.made,
        "refused": side.refused["code"] if side.refused else None,
        "reasons": side.reasons,
    }
