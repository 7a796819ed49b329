"""Members' values as their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.api.members import schemas
from huiguan.api.schemas import Answer, GivenRightAnswer
from huiguan.checkout.telling import told
from huiguan.entitlements.values import HeldRight
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.ledger.values import Entry, LotUse, OpenedLot
from huiguan.members.values import CardTold, ChangeTold, GivenRight, MemberTold, ProfileFault
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.facts import LotFact, LotKey


def told_reasons(actor: Actor, at: datetime, reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons with their sentences, under the rulebook of `at`."""
    if not reasons:
        return []
    rulebook = programmes.programme_at(actor.programme, at)
    return told(rulebook, [[each.clause, each.say, each.given, dict(each.values)] for each in reasons])


def named(answer: type[Answer], told: Any) -> dict[str, Any]:
    """Of a value, what the answer names and nothing else."""
    return {name: getattr(told, name) for name in answer.model_fields}


def told_done(gives: type[Answer], actor: Actor, at: datetime, done: Any) -> dict[str, Any]:
    """What an operation answered, its rights and reasons told."""
    answer = named(gives, done)
    if isinstance(answer.get("rights"), tuple):
        answer["rights"] = [told_given(right) for right in answer["rights"]]
    if "spend" in answer:
        answer["spend"] = as_yuan(answer["spend"])
    if "reasons" in answer:
        answer["reasons"] = told_reasons(actor, at, answer["reasons"])
    return answer


def told_given(right: GivenRight) -> dict[str, Any]:
    return {**named(GivenRightAnswer, right), "worth": as_yuan(right.worth)}


def told_member(actor: Actor, member: MemberTold) -> dict[str, Any]:
    shops = shop_codes(actor, [member.joined_shop, *(card.shop for card in member.cards)])
    answer = named(schemas.MemberAnswer, member)
    answer["joined_shop"] = shops.get(member.joined_shop or 0)
    answer["cards"] = [told_card(card, shops) for card in member.cards]
    answer["changes"] = [told_change(change) for change in member.changes]
    return answer


def shop_codes(actor: Actor, ids: Sequence[int | None]) -> dict[int, str]:
    """Shop codes by id."""
    wanted = {each for each in ids if each is not None}
    found = identity.shops_by_id(actor.programme, wanted) if wanted else {}
    return {key: shop.code for key, shop in found.items()}


def told_card(card: CardTold, shops: Mapping[int, str]) -> dict[str, Any]:
    return {**named(schemas.CardAnswer, card), "shop": shops.get(card.shop or 0)}


def told_change(change: ChangeTold) -> dict[str, Any]:
    return named(schemas.ChangeAnswer, change)


def told_right(held: HeldRight) -> dict[str, Any]:
    right = {name: getattr(held.right, name) for name in schemas.RightAnswer.model_fields if name != "state"}
    return {**right, "worth": as_yuan(held.right.worth), "state": held.state}


def told_lot(lot: LotFact) -> dict[str, Any]:
    return {
        "lot": _key(lot.key),
        "left": lot.left,
        "earned_at": lot.earned_at,
        "usable_from": lot.usable_from,
        "expires_at": lot.expires_at,
    }


def told_entry(entry: Entry) -> dict[str, Any]:
    kind, reference = entry.cause
    same = ("unit", "delta", "balance", "purpose", "clause", "actor", "at", "written_at", "intact")
    return {
        "entry": _key((entry.seq, entry.n)),
        **{name: getattr(entry, name) for name in same},
        "cause": {"kind": kind, "reference": reference},
        "opened": _keyed(entry.lot) if entry.lot else None,
        "uses": [_keyed(use) for use in entry.uses],
    }


def _keyed(lot: LotUse | OpenedLot) -> dict[str, Any]:
    answer = {name: getattr(lot, name) for name in lot.__dataclass_fields__ if name in _LOT}
    return {"lot": _key(lot.key), **answer}


_LOT = ("amount", "used", "expired", "earned_at", "usable_from", "expires_at", "clause")


def _key(key: LotKey) -> str:
    return f"{key[0]}.{key[1]}"


def told_fault(fault: ProfileFault, shops: Mapping[int, str]) -> dict[str, Any]:
    return {
        "number": fault.number,
        "name": fault.name,
        "shop": shops.get(fault.shop or 0),
        "missing": fault.missing,
        "late": fault.late,
    }
