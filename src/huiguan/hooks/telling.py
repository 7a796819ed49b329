"""Events in the API's own words: what each carries itself, or its record, read many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from huiguan.checkout import queries as checkout
from huiguan.checkout.telling import told as reasons_told
from huiguan.entitlements import queries as entitlements
from huiguan.foundation.outbox import Happened
from huiguan.hooks.values import FeedItem
from huiguan.identity import queries as identity
from huiguan.kernel.amounts import as_yuan
from huiguan.ledger import queries as ledger
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.wallet import MONEY

# Fields of events that carry themselves, in fen.
_MONEY = frozenset(
    {
        "spend",
        "amount",
        "price",
        "cash",
        "paid",
        "bonus",
        "refund",
        "bonus_back",
        "outstanding",
        "opening",
        "difference",
    }
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a record says of its event."""

    at: datetime | str
    cause: str | None
    clause: str | None
    data: dict[str, Any]


Records = dict[str, _Said]  # by reference


def items(programme: int, generation: str, found: Sequence[Happened]) -> list[FeedItem]:
    """The events as they are told. One whose record is not there is told with empty data, so that none is missing."""
    records = {
        reader: reader([each.reference for each in found if _READERS.get(each.kind) is reader])
        for reader in {_READERS[each.kind] for each in found if each.kind in _READERS and each.said is None}
    }
    numbers = members.numbers(programme, {each.membership for each in found if each.membership is not None})
    places = identity.shops_by_id(programme, {each.shop for each in found if each.shop is not None})
    return [
        FeedItem(
            id=f"{generation}-{each.position}",
            type=each.kind,
            at=said.at,
            written_at=each.written_at,
            member=numbers.get(each.membership or 0),
            shop=places[each.shop].code if each.shop in places else None,
            cause=said.cause,
            clause=said.clause,
            data=said.data,
            position=each.position,
        )
        for each in found
        for said in (_said(each, records),)
    ]


def _said(each: Happened, records: dict[Callable[[Sequence[str]], Records], Records]) -> _Said:
    if each.said is None:
        read = records.get(_READERS.get(each.kind, _none), {})
        return read.get(each.reference) or _Said(each.written_at, None, None, {})
    said = dict(each.said)
    at, clause = said.pop("at"), said.pop("clause")
    data = {name: as_yuan(value) if name in _MONEY else value for name, value in said.items()}
    return _Said(at, None, clause, {"reference": each.reference, **data})


def _sales(ids: Sequence[str]) -> Records:
    return {
        key: _Said(view.at, None, None, checkout.as_answer(view)) for key, view in checkout.sales_by_id(ids).items()
    }


def _returns(ids: Sequence[str]) -> Records:
    """As `GET /sales/{sale}/returns` tells them, with the sale's id and bill number."""
    told: Records = {}
    for key, row in checkout.returns_by_id(ids).items():
        document = msgspec.json.decode(row.document)
        data = {
            "id": key,
            "sale": row.sale,
            "number": row.number,
            "kind": row.kind,
            "at": row.at,
            "refund": as_yuan(row.refund),
            "kept": msgspec.json.decode(row.kept),
            "taken_back": document["taken_back"],
            "given_back": document["given_back"],
            "forgiven": document["forgiven"],
            "reasons": reasons_told(programmes.version(row.version), document["reasons"]),
        }
        told[key] = _Said(row.at, f"sale:{row.sale}", None, data)
    return told


def _changes(references: Sequence[str]) -> Records:
    """As the member's `changes` tell them; a card's change names the card."""
    told: Records = {}
    for key, change in members.changes_by_key(_keys(references)).items():
        data: dict[str, Any] = {"what": change.what, "before": change.before, "after": change.after}
        if change.what == "card":
            data["card"] = change.values.get("card")
        told[_reference(key)] = _Said(change.at, change.cause or None, change.clause, data)
    return told


def _rights(references: Sequence[str]) -> Records:
    return {
        _reference(key): _Said(
            right.granted_at,
            right.cause,
            right.clause,
            {
                "code": right.code,
                "name": right.name,
                "clause": right.clause,
                "worth": as_yuan(right.worth),
                "granted_at": right.granted_at,
                "valid_from": right.valid_from,
                "valid_until": right.valid_until,
            },
        )
        for key, right in entitlements.rights_by_key(_keys(references)).items()
    }


def _expiries(references: Sequence[str]) -> Records:
    return {
        _reference(key): _Said(expired.at, "expiry", expired.clause, {"units": _units(expired.units)})
        for key, expired in ledger.expiries(_keys(references)).items()
    }


def _units(units: dict[str, int]) -> dict[str, int | str]:
    """Units by name; stored value in yuan."""
    return {unit: as_yuan(amount) if unit in MONEY else amount for unit, amount in units.items()}


def _none(references: Sequence[str]) -> Records:
    return {}


def _keys(references: Iterable[str]) -> list[tuple[int, int]]:
    parts = (reference.split("-") for reference in references)
    return [(int(membership), int(rest)) for membership, rest in parts]


def _reference(key: tuple[int, int]) -> str:
    return f"{key[0]}-{key[1]}"


_READERS: dict[str, Callable[[Sequence[str]], Records]] = {
    "SaleCommitted": _sales,
    "SaleReturned": _returns,
    "SaleVoided": _returns,
    **dict.fromkeys(
        (
            "TierChanged",
            "StandingChanged",
            "TypeChanged",
            "CardLost",
            "CardReplaced",
            "CardVoided",
            "CardFrozen",
            "CardReleased",
            "CardChanged",
            "MembersMerged",
            "MembersUnmerged",
        ),
        _changes,
    ),
    "RightGranted": _rights,
    "PointsExpired": _expiries,
}
