"""Who is moved, what is refused, one member's months told twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from huiguan.checkout import queries as checkout
from huiguan.checkout.telling import told
from huiguan.checkout.values import Happened, Mover, SimulatedRefusal, StorySide
from huiguan.console.acting import Acting
from huiguan.console.simulating.drawing import HERE, run_row, tabs, tried, unit_of
from huiguan.console.simulating.pages import (
    HappenedRow,
    MemberPage,
    MoverRow,
    MoversPage,
    RefusedPage,
    RefusedRow,
    Source,
    Standing,
    TellingSide,
)
from huiguan.console.wording import text_of, tier_mark
from huiguan.design.values import ClauseRef, Cursor, Mark, Why, Words
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

PAGE = 30
ORDERS = {
    "size": Text(zh="相差最大", en="Largest difference"),
    "pays_more": Text(zh="多付最多", en="Pay most more"),
    "pays_less": Text(zh="少付最多", en="Pay most less"),
    "points_more": Text(zh="积分多最多", en="Hold most more"),
    "points_less": Text(zh="积分少最多", en="Hold most less"),
}
_WHAT = {
    "sale": Text(zh="购物", en="Purchase"),
    "signature": Text(zh="补签", en="Signed later"),
    "return": Text(zh="退货", en="Return"),
    "redemption": Text(zh="积分换礼", en="Points redeemed"),
    "gift_return": Text(zh="礼品退回", en="Gift returned"),
}
_OTHER = Text(zh="照原样记入", en="Taken as it was")
_SAID = {
    "paid": (Text(zh="实付", en="Paid"), "yuan"),
    "refunded": (Text(zh="退款", en="Refunded"), "yuan"),
    "discount": (Text(zh="折扣", en="Discount"), "yuan"),
    "voucher": (Text(zh="用券", en="Voucher"), "yuan"),
    "issued": (Text(zh="得积分", en="Earned"), "units"),
    "used": (Text(zh="用积分", en="Used"), "units"),
    "given_back": (Text(zh="退回积分", en="Given back"), "units"),
    "taken_back": (Text(zh="扣回积分", en="Taken back"), "units"),
    "brought": (Text(zh="带入积分", en="Brought in"), "units"),
}


class Telling:
    """The words of one simulation: the rulebook tried, the one in force, the unit."""

    def __init__(self, now: Acting, number: int) -> None:
        self.now = now
        self.view = checkout.simulation(now.actor, number)
        self.draft = tried(now, self.view)
        self.known = programmes.programme_at(now.actor.programme, now.at)
        self.unit, self.unit_title = unit_of(self.draft)

    @property
    def here(self) -> str:
        return f"{HERE}{self.view.number}/"

    def refs(self, rulebook: Programme, ids: Iterable[str]) -> tuple[ClauseRef, ...]:
        """Clauses by their numbers; those the rulebook in force has are links."""
        clauses = ((each, rulebook.clauses.get(each)) for each in dict.fromkeys(ids) if each)
        return tuple(
            ClauseRef(clause.number if clause and clause.number else each, f"/rulebook/{each}/" if each in self.known.clauses else "")
            for each, clause in clauses
        )  # fmt: skip

    def mark(self, tier: str) -> Mark | None:
        return tier_mark(self.draft, tier)

    def row(self, mover: Mover) -> MoverRow:
        why = mover.why
        judged = programmes.version(why["version"]) if why.get("version") else self.known
        refused = why.get("refused")
        return MoverRow(
            member=mover.member,
            name=mover.name,
            href=f"{self.here}members/{mover.member}/",
            real=self._standing(mover.real, mover.tier_real),
            draft=self._standing(mover.draft, mover.tier_draft),
            more_kept=mover.kept,
            more_units=mover.units,
            tier_differs=mover.tier_real != mover.tier_draft,
            changed=mover.changed,
            real_why=self.whys(judged, told(judged, why.get("real", []))),
            draft_why=self.whys(self.draft, told(self.draft, _known(self.draft, why.get("draft", [])))),
            refused=text_of(refused["text"]) if refused else "",
        )

    def _standing(self, amounts: Mapping[str, int], tier: str) -> Standing:
        paid = amounts.get("paid", 0) - amounts.get("refunded", 0)
        return Standing(paid, amounts.get(f"end:{self.unit}", 0), self.mark(tier))

    def whys(self, rulebook: Programme, reasons: Iterable[Mapping[str, Any]]) -> tuple[Why, ...]:
        return tuple(Why(reason["text"], self.refs(rulebook, [reason["clause"]])) for reason in reasons)


def _known(rulebook: Programme, reasons: list[list[Any]]) -> list[list[Any]]:
    """A return's reasons are those of another version."""
    return [each for each in reasons if each[0] in rulebook.clauses]


def movers_page(now: Acting, number: int, asked: Mapping[str, str]) -> MoversPage:
    """Members for whom something differs. `asked`: order, tier, after."""
    telling = Telling(now, number)
    order = asked.get("order", "size") if asked.get("order") in ORDERS else "size"
    tier_only, after = asked.get("tier") == "1", _place(asked.get("after", ""))
    found = checkout.movers(now.actor, number, order=order, tier_only=tier_only, after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    said = {"order": order, **({"tier": "1"} if tier_only else {})}
    first, here = f"{telling.here}movers/?{urlencode(said)}", f"{telling.here}movers"
    more = "{}&after={}:{}".format(first, *checkout.mover_place(shown[-1], order)) if len(found) > PAGE else ""
    return MoversPage(
        run=run_row(telling.view),
        tabs=tabs(telling.view, "movers"),
        rows=[telling.row(each) for each in shown],
        orders=[Source(name, title, name == order) for name, title in ORDERS.items()],
        tier_only=tier_only,
        unit=telling.unit_title,
        csv_href=f"{here}.csv",
        xlsx_href=f"{here}.xlsx",
        cursor=Cursor(len(shown), None if tier_only else telling.view.movers, first if after else "", more)
        if more or after
        else None,
    )


def _place(text: str) -> tuple[int, int] | None:
    value, colon, membership = text.partition(":")
    digits = value.removeprefix("-")
    if not (colon and digits.isdecimal() and membership.isdecimal() and len(text) < 38):
        return None
    return int(value), int(membership)


def refused_page(now: Acting, number: int, asked: Mapping[str, str]) -> RefusedPage:
    """What would have been refused. `asked`: after (a place in the list)."""
    telling = Telling(now, number)
    after = asked.get("after", "")
    place = int(after) if after.isdecimal() and len(after) < 19 else None
    found = checkout.simulated_refusals(now.actor, number, after=place, limit=PAGE + 1)
    shown = found[:PAGE]
    here = f"{telling.here}refusals/"
    more = f"{here}?after={shown[-1][0]}" if len(found) > PAGE else ""
    return RefusedPage(
        run=run_row(telling.view),
        tabs=tabs(telling.view, "refusals"),
        counts=list(checkout.refusal_counts(now.actor, number).items()),
        rows=[_refused(telling, each) for _, each in shown],
        unit=telling.unit_title,
        cursor=Cursor(len(shown), telling.view.refusals, here if place else "", more) if more or place else None,
    )


def _refused(telling: Telling, each: SimulatedRefusal) -> RefusedRow:
    sale = each.what == "sale"
    return RefusedRow(
        member=each.member,
        name=each.name,
        href=f"{telling.here}members/{each.member}/",
        at=each.at,
        what=each.what,
        reference=each.reference,
        reference_href=f"/sales/{each.reference}/" if sale else "",
        amount=each.amount,
        code=each.code,
        told=text_of(each.told),
        made=each.made,
        clauses=telling.refs(telling.draft, [each.clause]),
    )


def member_page(now: Acting, number: int, member: str) -> MemberPage:
    """One member's months, happening by happening, on record and as they would have been."""
    telling = Telling(now, number)
    story = checkout.member_story(now.actor, number, member)
    return MemberPage(
        run=run_row(telling.view),
        mover=telling.row(story.mover),
        rows=[_happened(telling, each) for each in story.happened],
        unit=telling.unit_title,
        tabs=tabs(telling.view, "movers"),
    )


def _happened(telling: Telling, each: Happened) -> HappenedRow:
    sale = each.what in ("sale", "return")
    return HappenedRow(
        title=_WHAT.get(each.what, _OTHER),
        at=each.at,
        href=f"/sales/{each.reference}/" if sale and each.reference else "",
        differs=each.differs,
        real=_side(telling, each.real),
        draft=_side(telling, each.draft),
    )


def _side(telling: Telling, side: StorySide) -> TellingSide:
    facts: list[tuple[Words, int, str]] = []
    for name, amount in side.amounts.items():
        known = _SAID.get(name.partition(":")[0])
        if known is not None:
            facts.append((known[0], amount, known[1]))
    whys = [
        Why(reason["text"], telling.refs(telling.known, [reason["clause"]]))
        for reason in side.reasons
        if reason["given"] or reason["say"].removesuffix("_by") in ("gap", "card_due")
    ]
    refused = text_of(side.refused["text"]) if side.refused else ""
    return TellingSide(facts, whys, refused, side.made)
