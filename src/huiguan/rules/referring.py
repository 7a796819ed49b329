"""A member brings a friend: whether she may be named, when it counts, and what both get. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from huiguan.kernel.moments import at_day, local_day
from huiguan.kernel.records import record
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.once import once
from huiguan.rules.programme import Clause, Programme

REFUSALS = {
    "same_member": "SelfReferral",
    "same_phone": "SelfReferral",
    "same_id": "SelfReferral",
    "same_household": "SameHousehold",
    "loop": "ReferralLoop",
    "already": "AlreadyReferred",
    "bought": "ReferralTooLate",
}


@record
class Pair:
    """Two who are to be friend and referrer: their names; what they have in common (`same`: member, phone, id, or the
    field of a household, with its title); whether it would go round; who brought the friend before; whether she bought."""

    friend: str
    referrer: str
    same: str = ""
    field: Any = None
    loop: bool = False
    already: str = ""
    bought: bool = False


@record
class FirstPurchase:
    """The friend's first purchase that did not come back altogether: what of it was paid and kept, in fen."""

    at: datetime
    paid: int
    sale: str


@record
class Outcome:
    """`state`: waiting, rewarded, lapsed; at `at`, for `reason`. `due`: from when it is given, where it waits for that."""

    state: str
    at: datetime | None = None
    due: datetime | None = None
    reason: Reason | None = None
    capped: Reason | None = None


@once
def clause_of(programme: Programme) -> Clause | None:
    """The clause by which friends are brought; None where none says so."""
    return programme.first_of("relation", role="referrer")


def naming(programme: Programme, clause: Clause, pair: Pair) -> Decision:
    """Whether the referrer may be named: by name what stands against it."""
    told = {"friend": pair.friend, "referrer": pair.referrer}
    say = ""
    if pair.same:
        say = f"same_{pair.same}"
    elif pair.already:
        say, told = "already", {"referrer": pair.already}
    elif pair.loop:
        say = "loop"
    elif pair.bought:
        say, told = "bought", {}
    if not say:
        least = clause.parameters.first_purchase or 0  # type: ignore[attr-defined]
        return Decision(reasons=(Reason(clause.id, "referred", True, {"referrer": pair.referrer, "least": least}),))
    reason = Reason(clause.id, say, False, {"field": pair.field} if say == "same_household" else told)
    rank = "state" if say == "already" else "window" if say == "bought" else "limit"
    return Decision((Refuse(clause.id, REFUSALS[say], rank, "referrer", {"reason": reason}),), (reason,))


def outcome(
    programme: Programme,
    clause: Clause,
    *,
    joined: datetime,
    first: FirstPurchase | None,
    rewarded: Sequence[datetime],
    at: datetime,
) -> Outcome:
    """What has come of it by `at`. `rewarded`: when the referrer was rewarded for others."""
    rule: Any = clause.parameters
    last = _after(programme, joined, rule.within) if rule.within else None
    if first is None or (last is not None and first.at >= last):
        if last is None or at < last:
            return Outcome("waiting")
        return Outcome("lapsed", last, reason=Reason(clause.id, "too_late", False, {"within": rule.within}))
    ripe = due(programme, clause, first.at)
    if at < ripe:
        return Outcome("waiting", due=ripe)
    told = {"paid": first.paid, "least": rule.first_purchase or 0}
    if first.paid < told["least"]:
        return Outcome("lapsed", ripe, reason=Reason(clause.id, "too_small", False, told))
    return Outcome(
        "rewarded", ripe, ripe, Reason(clause.id, "rewarded", True, told), _capped(programme, clause, rewarded, ripe)
    )


def one_person(clause: Clause, found: Outcome, name: str) -> Outcome:
    """What comes of it where friend and referrer turned out to be one person, `name`: nothing."""
    told = {"friend": name, "referrer": name}
    return Outcome("lapsed", found.at, reason=Reason(clause.id, "same_member", False, told))


def due(programme: Programme, clause: Clause, at: datetime) -> datetime:
    """From when a first purchase of `at` counts: once nothing of it can come back any more."""
    waits: int | None = clause.parameters.waits  # type: ignore[attr-defined]
    return _after(programme, at, waits) if waits else at


def _capped(programme: Programme, clause: Clause, rewarded: Sequence[datetime], at: datetime) -> Reason | None:
    rule: Any = clause.parameters
    if rule.most is None:
        return None
    day = at.astimezone(programme.zone).date()
    had = sum(1 for each in rewarded if _same_period(local_day(each, programme.zone), day, rule.per))
    return Reason(clause.id, "capped", False, {"had": had, "most": rule.most}) if had >= rule.most else None


def _same_period(one: date, other: date, per: str) -> bool:
    return one.year == other.year and (per == "year" or one.month == other.month)


def _after(programme: Programme, at: datetime, days: int) -> datetime:
    """The moment after so many whole local days that follow the day of `at`."""
    return at_day(at.astimezone(programme.zone).date() + timedelta(days=days + 1), programme.zone)


def undone(clause: Clause, paid: int) -> Reason | None:
    """Why what was given is taken back, where a return leaves `paid` fen of the first purchase; None where it stays."""
    least: int = clause.parameters.first_purchase or 1  # type: ignore[attr-defined]
    return Reason(clause.id, "undone", False, {"paid": paid, "least": least}) if paid < least else None


def shares(clause: Clause) -> dict[str, tuple[int, str | None]]:
    """What each gets: {friend: (points, coupon), referrer: …}."""
    rule: Any = clause.parameters
    return {
        "friend": (rule.friend_points or 0, rule.friend_coupon),
        "referrer": (rule.referrer_points or 0, rule.referrer_coupon),
    }
