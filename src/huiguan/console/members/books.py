"""The ledger that stands open under a member's figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from huiguan.checkout import queries as checkout
from huiguan.checkout.values import SaleView
from huiguan.console.members import standing_books
from huiguan.console.members.knowing import BEGINNING, Member
from huiguan.console.members.ledgers import entries_of, lines_of
from huiguan.console.members.pages import Book, RightRow
from huiguan.console.members.passes import package_rows
from huiguan.console.members.turns import turns_of
from huiguan.console.members.wallet_deeds import wallet_acts
from huiguan.console.papers import before_mark, mark_of, sale_rows
from huiguan.console.wording import clause_ref, clause_refs, coupon_title, text_of, unit_title
from huiguan.design.values import Cursor, Entry, Lot, Mark, Why, Words
from huiguan.design.wording import PART_TITLES
from huiguan.entitlements.values import RIGHT_STATES, HeldRight
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text, either
from huiguan.ledger.values import Entry as LedgerEntry
from huiguan.rules.facts import alive
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.wallet import MONEY

PAGE = 20
_TONES = {"ready": "ok", "waiting": "draft", "reserved": "draft", "locked": "warn", "given": "warn", "revoked": "stop"}
STATES = {state: Mark(title, _TONES.get(state, "plain")) for state, title in RIGHT_STATES.items()}
_LEDGER = Text(zh="账目", en="Ledger")
_BOOK = Text(zh="账", en="ledger")


def book_of(member: Member, kind: str, after: str) -> Book:
    """The book of a figure; NotFound for no such figure. `after` pages on."""
    maker = BOOKS.get(kind) or standing_books.BOOKS.get(kind)
    if maker is None:
        raise NotFound(field="book", what=_BOOK, given=kind)
    return maker(member, after)


def _points(member: Member, after: str) -> Book:
    unit = member.unit
    title = unit_title(member.rulebook, unit) if unit else None
    lines = lines_of(member, unit) if unit else ()
    start = next((i + 1 for i, line in enumerate(lines) if f"{line.seq}-{line.n}" == after), 0)
    shown = lines[start : start + PAGE]
    last = f"{shown[-1].seq}-{shown[-1].n}" if shown else ""
    beyond = f"{member.page}?book=points&after={last}" if start + PAGE < len(lines) else ""
    return Book(
        kind="account",
        title=Text(zh=f"{title.zh}账", en=f"{title.en.capitalize()} ledger") if title else _LEDGER,
        aside=Text(zh="每一笔都有出处，只增不改", en="Every entry says why; nothing is ever edited"),
        count=Text(zh=f"全部 {len(lines)} 笔", en=f"{len(lines)} entries"),
        lots=_lots(member, unit, lines) if unit else (),
        entries=entries_of(member, shown, open_first=not after),
        empty=Text(zh="还没有积分。下一单起开始积。", en="No points yet; the next sale begins."),
        cursor=Cursor(len(shown), len(lines), f"{member.page}?book=points" if start else "", beyond) if lines else None,
    )


def _lots(member: Member, unit: str, lines: tuple[LedgerEntry, ...]) -> list[Lot]:
    """What the balance is made of, by when it ends; what ends soonest first."""
    clauses = {line.lot.key: line.lot.clause for line in lines if line.lot}
    parts: dict[datetime | None, tuple[int, str | None]] = {}
    for lot in member.facts.lots.get(unit, ()):
        if alive(lot, member.now.at):
            amount, clause = parts.get(lot.expires_at, (0, clauses.get(lot.key)))
            parts[lot.expires_at] = (amount + lot.left, clause)
    ordered = sorted(parts.items(), key=lambda each: (each[0] is None, each[0]))
    return [
        Lot(amount, ends, soonest=i == 0 and ends is not None, clauses=clause_refs(member.rulebook, [clause]))
        for i, (ends, (amount, clause)) in enumerate(ordered)
    ]


def _wallet(member: Member, after: str) -> Book:
    """Principal and bonus, each movement with what it left of its part."""
    lines = sorted(
        (line for unit in MONEY for line in lines_of(member, unit)), key=lambda each: (each.seq, each.n), reverse=True
    )
    start = next((i + 1 for i, line in enumerate(lines) if f"{line.seq}-{line.n}" == after), 0)
    shown = lines[start : start + PAGE]
    beyond = f"{member.page}?book=wallet&after={shown[-1].seq}-{shown[-1].n}" if start + PAGE < len(lines) else ""
    parts = [
        (PART_TITLES[line.unit], entry)
        for line, entry in zip(shown, entries_of(member, shown, open_first=False), strict=True)
    ]
    return Book(
        kind="account",
        title=Text(zh="储值账", en="Stored value"),
        aside=Text(zh="本金与赠送分开记，每一笔都有出处", en="Principal and bonus apart, every entry says why"),
        count=Text(zh=f"全部 {len(lines)} 笔", en=f"{len(lines)} entries"),
        lots=[lot for unit in MONEY for lot in _lots(member, unit, lines_of(member, unit))],
        unit="money",
        entries=[replace(entry, label=_of_part(title, entry.label), unit="money") for title, entry in parts],
        acts=wallet_acts(member),
        empty=Text(zh="还没有充值。", en="Nothing has been stored yet."),
        cursor=Cursor(len(shown), len(lines), f"{member.page}?book=wallet" if start else "", beyond) if lines else None,
    )


def _of_part(part: Text, label: Words) -> Text:
    both = text_of(label) if not isinstance(label, str) else Text(zh=label, en=label)
    return Text(zh=f"{both.zh} · {part.zh}", en=f"{both.en} · {part.en}")


def _rights(member: Member, after: str) -> Book:
    rows = [_right(member, each) for each in member.told.rights]
    return Book(
        kind="rights",
        title=Text(zh="卡券", en="Coupons"),
        aside=Text(zh="得到、用掉、退回都在册", en="Given, used and given back, all on record"),
        count=Text(zh=f"全部 {len(rows)} 张", en=f"{len(rows)} {either(len(rows), 'coupon', 'coupons')}"),
        rights=rows,
        empty=Text(zh="还没有卡券。", en="No coupons yet."),
    )


def _right(member: Member, held: HeldRight) -> RightRow:
    right = held.right
    used = next((step.cause for step in reversed(held.steps) if step.what == "used"), "")
    clause = clause_ref(member.rulebook, right.clause)
    title = member.rulebook.clauses[right.clause].title if right.clause in member.rulebook.clauses else ""
    return RightRow(
        name=coupon_title(member.rulebook, right.name, right.clause),
        code=right.code,
        worth=right.worth,
        mark=STATES[held.state],
        since=right.granted_at,
        until=right.valid_until,
        why=Why(title, (clause,) if clause else ()),
        used_href=f"/sales/{used.removeprefix('sale:')}/" if held.state == "used" and used.startswith("sale:") else "",
        slip_href=f"{member.page}rights/{right.id}",
    )


def _packages(member: Member, after: str) -> Book:
    rows = package_rows(member)
    return Book(
        kind="packages",
        title=Text(zh="套餐", en="Packages"),
        aside=Text(zh="用一次记一次，记错了可以撤销", en="Every use is noted; one noted by mistake is taken back"),
        count=Text(zh=f"全部 {len(rows)} 份", en=f"{len(rows)} {either(len(rows), 'package', 'packages')}"),
        packages=rows,
        empty=Text(zh="还没有套餐。", en="No packages yet."),
    )


def _spend(member: Member, after: str) -> Book:
    first, last = member.window or (BEGINNING, member.day)
    gap = tier_ladder.gap(member.rulebook, member.facts, member.day)
    note = None
    if gap is not None:
        says: Text = member.rulebook.clauses[gap.clause].module.SAYS[gap.say]
        note = Why(says.both(**gap.values), clause_refs(member.rulebook, [gap.clause]))
    days = Text(zh=f"{first} 至 {last}", en=f"{first} to {last}")
    return _by_day(member, first, last, Text(zh="等级看的累积", en="What the tier looks at"), days, note)


def _total(member: Member, after: str) -> Book:
    aside = Text(zh="逐日实付，退货已扣", en="Paid day by day, returns taken off")
    return _by_day(member, BEGINNING, member.day, Text(zh="累计消费", en="Spend in all"), aside, None)


def _by_day(member: Member, first: date, last: date, title: Text, aside: Text, note: Why | None) -> Book:
    """Spending by local day with its running sum; each day names its sales."""
    papers: dict[date, list[SaleView]] = {}
    for sale in checkout.sales(member.now.actor, membership=member.told.membership, limit=1000):
        papers.setdefault(local_day(sale.at, member.rulebook.zone), []).append(sale)
    entries, total = [], 0
    for day in sorted(day for day in member.facts.days if first <= day <= last):
        spent = member.facts.days[day].get("spend", 0)
        if spent:
            total += spent
            entries.append(_day(member, day, spent, total, papers.get(day, [])))
    return Book(
        kind="account",
        title=title,
        aside=aside,
        count=Text(zh=f"{len(entries)} 天", en=f"{len(entries)} {either(len(entries), 'day', 'days')}"),
        entries=entries[::-1],
        note=note,
        empty=Text(zh="这段时间没有消费。", en="Nothing was spent in this time."),
    )


def _day(member: Member, day: date, spent: int, total: int, sales: list[SaleView]) -> Entry:
    at = sales[0].at if sales else datetime.combine(day, time(0), member.rulebook.zone)
    label = Text(zh="实付", en="Paid")
    if not sales:
        label = Text(zh="别店或期初的消费", en="Paid elsewhere or before")
    elif sum(sale.paid for sale in sales) != spent:
        label = Text(zh="实付，退货已扣", en="Paid, returns taken off")
    return Entry(
        id=day.isoformat(),
        at=at,
        label=label,
        change=spent,
        balance=total,
        unit="money",
        reference=sales[0].number if sales else "",
        reference_href=f"/sales/{sales[0].id}/" if sales else "",
        hand=sales[0].clerk if sales else "",
    )


def _sales(member: Member, after: str) -> Book:
    before = before_mark(after)
    found = checkout.sales(member.now.actor, membership=member.told.membership, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    more = f"{member.page}?book=sales&after={mark_of(shown[-1])}" if len(found) > PAGE else ""
    count = member.facts.sum("visits", BEGINNING, member.day)
    return Book(
        kind="sales",
        title=Text(zh="单据", en="Sales"),
        aside=Text(zh="你能看的门店", en="Of the shops you may look into"),
        count=Text(zh=f"来过 {count} 次", en=f"{count} {either(count, 'visit', 'visits')}"),
        sales=sale_rows(member.now, shown),
        empty=Text(zh="这里没有这位会员的单。", en="No sales of this member here."),
        cursor=Cursor(len(shown), None, f"{member.page}?book=sales" if after else "", more) if after or more else None,
    )


def _turns(member: Member, after: str) -> Book:
    return Book(
        kind="turns",
        title=Text(zh="等级、资格与卡", en="Tier, standing and cards"),
        aside=Text(zh="每一次变动与缘由", en="Every change and its reason"),
        turns=turns_of(member),
        empty=Text(zh="还没有变动。", en="No changes yet."),
    )


BOOKS: dict[str, Callable[[Member, str], Book]] = {
    "points": _points,
    "rights": _rights,
    "packages": _packages,
    "wallet": _wallet,
    "spend": _spend,
    "total": _total,
    "sales": _sales,
    "turns": _turns,
}
