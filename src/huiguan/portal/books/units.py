"""The ledger of a unit as its member reads it: every entry with its sentence and its clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.checkout import queries as checkout
from huiguan.checkout.refusals import SaleUnknown
from huiguan.checkout.telling import told
from huiguan.checkout.values import SaleView
from huiguan.design.values import Lot, Why, Words
from huiguan.design.wording import entry_title, named_unit
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.ledger.values import Entry
from huiguan.portal.acting import clause_refs
from huiguan.portal.books.pages import Line, UnitPage
from huiguan.portal.knowing import Member
from huiguan.programme import queries as programmes
from huiguan.rules.facts import alive
from huiguan.rules.kinds import expiry
from huiguan.rules.wallet import MONEY

PAGE, ALL = 20, 1_000_000
_UNIT = Text(zh="账", en="ledger")
OF_A_SALE = ("sale", "signature", "return", "void")


def unit_page(member: Member, unit: str, after: str) -> UnitPage:
    """NotFound where the rulebook knows no such unit."""
    if unit not in member.rulebook.units:
        raise NotFound(field="unit", what=_UNIT, given=unit)
    entries = ledger.entries(actor=member.now.actor, membership=member.told.membership, unit=unit, limit=ALL)
    start = next((i + 1 for i, each in enumerate(entries) if f"{each.seq}-{each.n}" == after), 0)
    shown = entries[start : start + PAGE]
    more = f"?after={shown[-1].seq}-{shown[-1].n}" if start + PAGE < len(entries) else ""
    return UnitPage(
        title=named_unit(member.rulebook, unit),
        balance=member.has(unit),
        lots=lots_of(member, unit),
        lines=lines_of(member, shown),
        older=more,
    )


def lines_of(member: Member, entries: Sequence[Entry]) -> list[Line]:
    """Entries as their member reads them."""
    sales = _sales(member, entries)
    return [_line(member, each, sales.get(each.cause[1])) for each in entries]


def lots_of(member: Member, unit: str) -> list[Lot]:
    """What the balance is made of, by when it ends; what ends soonest first."""
    parts: dict[datetime | None, int] = {}
    for lot in member.facts.lots.get(unit, ()):
        if alive(lot, member.now.at):
            parts[lot.expires_at] = parts.get(lot.expires_at, 0) + lot.left
    ordered = sorted(parts.items(), key=lambda each: (each[0] is None, each[0]))
    return [Lot(amount, ends, soonest=i == 0 and ends is not None) for i, (ends, amount) in enumerate(ordered)]


def _sales(member: Member, entries: Sequence[Entry]) -> Mapping[str, SaleView]:
    """The purchases these entries came from, by id."""
    found = {}
    for ref in {each.cause[1] for each in entries if each.cause[0] in OF_A_SALE}:
        try:
            found[ref] = checkout.sale(member.now.actor, ref)
        except SaleUnknown:  # one that another member lent for a return
            continue
    return found


def _line(member: Member, entry: Entry, sale: SaleView | None) -> Line:
    return Line(
        id=f"{entry.seq}-{entry.n}",
        label=entry_title(entry.cause[0], came=entry.delta > 0, stored=entry.unit in MONEY),
        at=entry.at,
        change=entry.delta,
        balance=entry.balance,
        told=_told(member, entry, sale),
        facts=_facts(member, entry),
        href=f"{member.now.base}sales/{sale.id}/" if sale else "",
        unit=entry.unit,
    )


def _told(member: Member, entry: Entry, sale: SaleView | None) -> list[Why]:
    """The stored reason behind an entry; else what is known of it; and the clause by name."""
    clause = member.rulebook.clauses.get(entry.clause or "")
    refs = clause_refs(member.now, entry.clause)
    reason = _reason(member, entry, sale)
    if reason is not None:
        return [Why(reason["text"], refs)]
    if entry.cause[0] == "expiry":
        return [Why(_cleared(member, entry), refs)]
    if entry.cause[0] == "opening":
        return [
            Why(
                Text(zh=f"从前的系统带来，凭单据 {entry.cause[1]}。", en=f"Brought over by the bill {entry.cause[1]}."),
                refs,
            )
        ]
    return [Why(clause.text, refs)] if clause else []


def _reason(member: Member, entry: Entry, sale: SaleView | None) -> Mapping[str, Any] | None:
    if sale is None:
        return None
    stored, given = sale.document["reasons"], True
    if entry.cause[0] != "sale":
        back = [row for row in checkout.returns_of(member.now.actor, sale.id) if row.document["journal"] == entry.seq]
        if not back:
            return None
        stored, given = back[0].document["reasons"], entry.delta > 0
    rulebook = programmes.version(sale.version)
    found = told(rulebook, stored)
    return next((each for each in found if each["clause"] == entry.clause and each["given"] is given), None)


def _cleared(member: Member, entry: Entry) -> Words:
    use = next(iter(entry.uses), None)
    if use is None or use.expires_at is None:
        return entry_title("expiry", came=False)
    values = {
        "until": end_of_day_text(use.expires_at, member.rulebook.zone),
        "earned": use.earned_at.astimezone(member.rulebook.zone).date().isoformat(),
        "units": abs(entry.delta),
    }
    return expiry.SAYS["cleared"].both(**values)


def _facts(member: Member, entry: Entry) -> list[tuple[Words, Words]]:
    """Until when what came is good and what became of it; from which lots what went was taken."""
    zone = member.rulebook.zone
    facts: list[tuple[Words, Words]] = []
    if entry.lot is not None:
        ends: Words = (
            end_of_day_text(entry.lot.expires_at, zone) if entry.lot.expires_at else Text(zh="没有期限", en="no end")
        )
        facts.append((Text(zh="有效至", en="Good until"), ends))
        facts.append((Text(zh="已用", en="Used"), f"{entry.lot.used - entry.lot.expired} / {entry.lot.amount}"))
    for use in entry.uses[:4]:
        earned = use.earned_at.astimezone(zone).date().isoformat()
        label = Text(zh="取自", en="Taken from") if use.amount > 0 else Text(zh="退回到", en="Back to")
        amount = words.grouped(abs(use.amount))
        facts.append((label, Text(zh=f"{earned} 得到的 {amount}", en=f"{amount} of {earned}")))
    return facts
