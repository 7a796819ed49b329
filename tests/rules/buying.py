"""Members, sales and bills for tests of the kinds of the till."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.rules.effects import Decision, Reason
from huiguan.rules.explaining import sentence
from huiguan.rules.facts import Bill, CardFact, Line, LotFact, MemberFacts, RightFact, Sale
from huiguan.rules.programme import Programme

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 6, 15)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


AT, JOINED = moment("2026-06-15 12:00"), moment("2025-03-01 10:00")


def lot(left: int, earned: str = "2026-01-10 12:00", seq: int = 1) -> LotFact:
    return LotFact((seq, 0), left, moment(earned), moment("2027-01-01 00:00"))


def coupon(code: str = "V1", **changed: Any) -> RightFact:
    facts: dict[str, Any] = {
        "id": 7,
        "code": code,
        "name": "opening_voucher",
        "clause": "B55-10",
        "worth": 20000,
        "granted_at": JOINED,
        "valid_from": JOINED,
        "valid_until": None,
    }
    return RightFact(**{**facts, **changed})


def member(**changed: Any) -> MemberFacts:
    facts: dict[str, Any] = {
        "membership": 1,
        "number": "M1",
        "standing": "active",
        "joined_at": JOINED,
        "tier": "points_card",
        "tier_since": JOINED,
        "birthday": date(1990, 6, 15),
        "card": CardFact("C1", "active", JOINED),
        "profile_complete": True,
    }
    return MemberFacts(**{**facts, **changed})


def sale(*prices: int, **changed: Any) -> Sale:
    """A sale of one line for each price (fen), the card shown, on the member's birthday."""
    lines = tuple(Line(f"SKU{n}", f"category{n % 2}", 1, price, price) for n, price in enumerate(prices))
    return Sale(**{"at": AT, "day": DAY, "shop": "S1", "lines": lines, "shown": "card", **changed})


def bill(*prices: int, **changed: Any) -> Bill:
    return Bill(sale(*prices, **changed))


def says(decision: Decision, *, given: bool | None = None) -> list[tuple[str, str]]:
    """(clause, sentence key) of the decision's reasons."""
    return [(reason.clause, reason.say) for reason in decision.reasons if given in (None, reason.given)]


def told(programme: Programme, reasons: tuple[Reason, ...]) -> list[tuple[str, str]]:
    """The reasons in Chinese and English."""
    return [(sentence(programme, reason, "zh"), sentence(programme, reason, "en")) for reason in reasons]
