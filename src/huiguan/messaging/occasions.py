"""What happened, as occasions with their variables: read from the event itself, or from the record it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from huiguan.checkout import queries as checkout
from huiguan.entitlements import queries as entitlements
from huiguan.entitlements.values import GrantedRight
from huiguan.foundation.outbox import Happened
from huiguan.identity import queries as identity
from huiguan.kernel.actors import system
from huiguan.kernel.text import Text, moment
from huiguan.ledger import queries as ledger
from huiguan.members import queries as members
from huiguan.messaging.asking import asked, letter
from huiguan.parties.values import Contact
from huiguan.rules.kinds import member_type, tier_ladder, watch
from huiguan.rules.programme import Programme
from huiguan.rules.sentences.words import said
from huiguan.rules.wallet import MONEY

POINTS = "points"
# What was entered so long after it happened is not told as if it were new.
FRESH = timedelta(hours=24)
_NONE = Text(zh="无", en="none")
_ASK = Text(zh="请到门店或致电门店核实", en="please come to or call the shop")
_PAPERS = Text(zh="请携{papers}到门店办理", en="please bring {papers} to the shop")


@dataclass(frozen=True, slots=True)
class Occasion:
    """`name` of an occasion of the kind `notice`; `at` its moment; `known` its own variables as plain values; `before`:
    the member is reached as she was just before it; `contact`: where she is reached if the register does not know; `own`: subject
    and text that go where the rulebook has no notice for it; `secret`: what of the text only she may read."""

    name: str
    at: datetime
    known: Mapping[str, Any] = field(default_factory=dict)
    before: bool = False
    contact: Contact | None = None
    own: tuple[Text, Text] | None = None
    secret: str = ""


Reader = Callable[[int, Programme, Happened], Occasion | None]


def occasion_of(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    """The occasion an event is; None where it is none of those that can be told, or is told too late."""
    reader = _READERS.get(event.kind)
    meant = event.membership is not None or event.kind in TO_APPLICANTS
    found = reader(programme, rulebook, event) if reader is not None and meant else None
    return found if found is not None and event.written_at - found.at <= FRESH else None


def moment_of(event: Happened) -> datetime:
    """When it happened, as far as the event says it; else when it was written."""
    said_at = (event.said or {}).get("at")
    return datetime.fromisoformat(said_at) if isinstance(said_at, str) else event.written_at


def _enrolled(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told = event.said or {}
    known = {"tier": _tier(rulebook, told["tier"]), "card": told["card"] or _NONE, "shop": _joined_at(programme, event)}
    return Occasion("member_enrolled", moment_of(event), known)


def _card_issued(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told = event.said or {}
    return Occasion("card_issued", moment_of(event), {"card": told["card"]})


def _profile(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    """Only a number that changed is told, to the one that was hers before."""
    told, at = event.said or {}, moment_of(event)
    if members.phone_field(rulebook) not in told["changed"]:
        return None
    key = event.membership or 0
    now = members.contacts(programme, [key], at).get(key)
    tail = now.phone[-4:] if now is not None and now.phone else _NONE
    return Occasion("phone_changed", at, {"tail": tail}, before=True)


def _sold(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    view = checkout.sales_by_id([event.reference]).get(event.reference)
    if view is None:
        return None
    known = {
        "sale": view.number,
        "shop": _shop_named(programme, view.shop),
        "moment": moment(view.at.astimezone(rulebook.zone)),
        "paid": view.paid,
        "points": view.document["earned"].get(POINTS, 0),
        "balance": view.document["balance"].get(POINTS, 0),
    }
    return Occasion("sale_committed", view.at, known)


def _returned(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    row = checkout.returns_by_id([event.reference]).get(event.reference)
    if row is None:
        return None
    document = msgspec.json.decode(row.document)
    known = {
        "sale": row.number,
        "shop": _shop_of(programme, event.shop),
        "moment": moment(row.at.astimezone(rulebook.zone)),
        "refund": row.refund,
        "points": document["taken_back"].get(POINTS, 0),
        "balance": document.get("balance", {}).get(POINTS, 0),
    }
    return Occasion("sale_returned", row.at, known)


def _redeemed(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    told, at = event.said or {}, moment_of(event)
    if told["unit"] != POINTS:
        return None
    known = {"points": told["units"], "gift": told["gift"], "balance": _balance(programme, event, at)}
    return Occasion("points_redeemed", at, known)


def _stored(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told, at = event.said or {}, moment_of(event)
    known = {"paid": told["paid"], "bonus": told["bonus"], "wallet": _wallet(programme, event, at)}
    return Occasion("value_stored", at, known)


def _refunded(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told, at = event.said or {}, moment_of(event)
    return Occasion("value_refunded", at, {"refund": told["refund"], "wallet": _wallet(programme, event, at)})


def _charged(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told = event.said or {}
    known = {"fee": _fee(rulebook, event), "owed": told["amount"], "due": told["due"]}
    return Occasion("dues_charged", moment_of(event), known)


def _reminded(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told = event.said or {}
    known = {"fee": _fee(rulebook, event), "owed": told["owed"], "due": told["due"], "days": told["days"]}
    return Occasion("dues_reminded", moment_of(event), known)


def _received(programme: int, rulebook: Programme, event: Happened) -> Occasion:
    told = event.said or {}
    return Occasion("dues_received", moment_of(event), {"paid": told["amount"], "receipt": event.reference})


def _letter(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    """What an applicant is told, whether or not she is known as a member: at the address she gave with the matter."""
    told = letter(programme, event.reference, event.said or {}, event.membership)
    return Occasion("matter_told", told[0], told[1], own=told[2], contact=told[3]) if told is not None else None


def _asked(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    """Somebody is asked to recommend; of no member."""
    told, at = asked(programme, event.reference, event.said or {}), moment_of(event)
    return Occasion("recommender_asked", at, told[0], own=told[1], contact=told[2], secret=told[3]) if told else None


def _fee(rulebook: Programme, event: Happened) -> Text:
    """What a fee is called; by its own word where the rulebook no longer names it."""
    name = (event.said or {})["fee"]
    clause = rulebook.first_of("fee", name=name)
    return clause.title if clause is not None else Text(zh=name, en=name)


def _granted(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    key = _key(event)
    right = entitlements.rights_by_key([key]).get(key)
    return Occasion("right_granted", right.granted_at, coupon(rulebook, right)) if right else None


def coupon(rulebook: Programme, right: GrantedRight) -> dict[str, Any]:
    """A right's variables: called as the product it is, else as the clause that gave it calls it."""
    clause = rulebook.first_of("coupon", name=right.name) or rulebook.clauses.get(right.clause)
    title = (getattr(clause.parameters, "title", None) or clause.title) if clause is not None else None
    named = Text(zh=title.zh, en=title.en) if title is not None else right.name
    return {"coupon": named, "code": right.code, "worth": right.worth}


def _changed(programme: int, rulebook: Programme, event: Happened) -> Occasion | None:
    key = _key(event)
    change = members.changes_by_key([key]).get(key)
    if change is None:
        return None
    if event.kind == "TierChanged":
        known: dict[str, Any] = {
            "tier": _tier(rulebook, change.after),
            "tier_before": _tier(rulebook, change.before),
        }
        return Occasion("tier_changed", change.at, known)
    if event.kind == "StandingChanged":
        reason = members.change_reason(rulebook, change)
        known = {"standing": members.standing_title(change.after), "reason": reason or _plain(change.cause)}
        return Occasion("standing_changed", change.at, known)
    if event.kind == "TypeChanged":
        known = {"type": _sort(rulebook, change.after), "type_before": _sort(rulebook, change.before)}
        return Occasion("type_changed", change.at, known)
    known = {"card": change.values.get("card") or _NONE}
    if event.kind == "CardFrozen":
        known |= {"reason": _why(programme, change.at, key[0]), "release": _release(rulebook)}
    return Occasion(_OF_CARDS[event.kind], change.at, known)


def _sort(rulebook: Programme, name: str) -> Text:
    return Text(**member_type.called(rulebook, name)) if name else _NONE


def _why(programme: int, at: datetime, membership: int) -> Text:
    """What was found unusual, as the review of it says."""
    found = members.reviews(system(programme), at, decided=False, membership=membership)
    found = found or members.reviews(system(programme), at, decided=True, membership=membership)
    return Text(**found[0].why) if found else _NONE


def _release(rulebook: Programme) -> Text:
    papers = watch.release_papers(rulebook)
    if papers is None:
        return _ASK
    words = [said("release", paper) for paper in papers[1]]
    told = _PAPERS.both(papers={"zh": "、".join(w.zh for w in words), "en": ", ".join(w.en for w in words)})
    return Text(**told)


def _plain(cause: str) -> str | Text:
    return cause if cause and ":" not in cause else _NONE


def _tier(rulebook: Programme, tier: str) -> Text:
    return Text(**tier_ladder.title_of(rulebook, tier)) if tier else _NONE


def _joined_at(programme: int, event: Happened) -> Text:
    shop = members.joined_at_shop(event.membership or 0)
    return _shop_of(programme, shop)


def _shop_of(programme: int, shop: int | None) -> Text:
    found = identity.shops_by_id(programme, [shop]) if shop is not None else {}
    return next((place.name for place in found.values()), _NONE)


def _shop_named(programme: int, code: str) -> Text:
    found = identity.shops_by_code(programme, [code]).get(code)
    return found.name if found is not None else Text(zh=code, en=code)


def _balance(programme: int, event: Happened, at: datetime) -> int:
    return _held(programme, event, at).get(POINTS, 0)


def _wallet(programme: int, event: Happened, at: datetime) -> int:
    held = _held(programme, event, at)
    return sum(held.get(unit, 0) for unit in MONEY)


def _held(programme: int, event: Happened, at: datetime) -> dict[str, int]:
    return ledger.balances_at(actor=system(programme), membership=event.membership or 0, at=at)


def _key(event: Happened) -> tuple[int, int]:
    membership, _, rest = event.reference.partition("-")
    return int(membership), int(rest)


_OF_CARDS = {"CardFrozen": "card_frozen", "CardReleased": "card_released", "CardLost": "card_lost"}
_READERS: dict[str, Reader] = {
    "MemberEnrolled": _enrolled,
    "CardIssued": _card_issued,
    "ProfileChanged": _profile,
    "SaleCommitted": _sold,
    "SaleReturned": _returned,
    "SaleVoided": _returned,
    "PointsRedeemed": _redeemed,
    "ValueStored": _stored,
    "ValueRefunded": _refunded,
    "ChargeRaised": _charged,
    "DuesReminded": _reminded,
    "MoneyReceived": _received,
    "ApplicantTold": _letter,
    "RecommenderAsked": _asked,
    "RightGranted": _granted,
    "TierChanged": _changed,
    "StandingChanged": _changed,
    "TypeChanged": _changed,
    **dict.fromkeys(_OF_CARDS, _changed),
}
EVENTS = frozenset(_READERS)
# Of somebody who may be no member yet; told in the house's own words where the rulebook has none.
TO_APPLICANTS = frozenset({"ApplicantTold", "RecommenderAsked"})
