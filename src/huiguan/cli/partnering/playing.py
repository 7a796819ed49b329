"""How the played partner behaves, by the last two digits of the account: well, twice, late, never, otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiguan.cli.partnering.books import Books

TWICE, LATE, SILENT, LOST, OTHER, REFUSES, CONTRADICTS = "02", "03", "04", "05", "06", "07", "08"
LATE_SECONDS = 20.0
PORT = 8010
# What the demonstration and the partner played beside it sign with: known to everybody, and good for nothing else.
DEMO_SECRET = "whsec_aHVpZ3Vhbi1kZW1vbnN0cmF0aW9uLXBhcnRuZXItMDE="
Answer = dict[str, Any] | None  # None: it hangs up without a word


@dataclass(frozen=True, slots=True)
class Played:
    """What it does with an order: the state it keeps, what it moves, what it answers at once (`silent`: nothing,
    `pending`: not yet), how often it tells by itself and after how many seconds."""

    state: str = "done"
    half: bool = False
    silent: bool = False
    pending: bool = False
    tells: int = 0
    after: float = 0.0


_PLAYED = {
    TWICE: Played(tells=2),
    LATE: Played(pending=True, tells=1, after=LATE_SECONDS),
    SILENT: Played(silent=True),
    OTHER: Played(half=True),
    REFUSES: Played(state="refused"),
    CONTRADICTS: Played(tells=1, after=2.0),
}


def answered(books: Books, message: Mapping[str, Any], now: float) -> Answer:
    """The answer to one message, after it was carried out."""
    kind, reference = str(message.get("type")), str(message.get("reference"))
    if kind == "query":
        return _told(books, reference)
    if kind not in ("credit", "debit"):
        return {"state": "refused", "reference": reference, "why": "unknown message"}
    tail = str(message.get("account", ""))[-2:]
    if tail == LOST:
        return None
    played = _PLAYED.get(tail, Played())
    asked = int(message.get("units", 0))
    moved = 0 if played.state == "refused" else asked // 2 if played.half else asked
    new = books.carry_out({
        "reference": reference, "kind": kind, "account": message.get("account"), "asked": asked, "moved": moved,
        "state": played.state, "tell_at": now + played.after, "tells": played.tells,
    })  # fmt: skip
    if played.silent:
        return None
    if played.pending and new:
        return {"state": "pending", "reference": reference}
    return _told(books, reference)


def _told(books: Books, reference: str) -> dict[str, Any]:
    """What it knows of an order; what is told late is pending until then."""
    order = books.order(reference)
    if order is None:
        return {"state": "unknown", "reference": reference}
    if order["tells"] and str(order["account"])[-2:] == LATE:
        return {"state": "pending", "reference": reference}
    told = {"state": order["state"], "reference": reference, "told": f"SIM-{reference}"}
    return (
        {**told, "units": order["moved"]} if order["state"] == "done" else {**told, "why": "refused by the simulator"}
    )


def notice(order: Mapping[str, Any]) -> dict[str, Any]:
    """What it tells by itself; one that contradicts says the opposite of its answer."""
    contradicts = str(order["account"])[-2:] == CONTRADICTS
    state = "refused" if contradicts else order["state"]
    told = {"type": "word", "reference": order["reference"], "state": state, "told": f"SIM-{order['reference']}"}
    return {**told, "units": order["moved"]} if state == "done" else told
