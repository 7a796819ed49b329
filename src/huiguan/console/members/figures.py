"""The figures over a member's ledgers. Each opens the ledger it is the sum of."""

from __future__ import annotations

from huiguan.checkout import queries as checkout
from huiguan.console.acting import sells
from huiguan.console.members.knowing import BEGINNING, Member
from huiguan.console.members.passes import package_figure
from huiguan.console.members.standing_books import procedure_figures
from huiguan.console.members.wallet_deeds import stores
from huiguan.console.till.buying import window_title
from huiguan.console.wording import coupon_title, named_unit, text_of
from huiguan.design.values import Figure, Words
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text, either
from huiguan.members.queries import standing_title
from huiguan.rules.facts import alive
from huiguan.rules.kinds import tier_ladder


def figures_of(member: Member, opened: str) -> tuple[list[Figure], str]:
    """Each figure opens its book; and the name of the one that is open: the one asked for, else the first."""
    cells = _of_a_shop(member) if sells(member.now) else _of_a_register(member)
    opened = opened or cells[0].href
    return [
        Figure(
            cell.label, cell.value, cell.unit, cell.note, f"{member.page}?book={cell.href}", cell.href == opened, str(i)
        )
        for i, cell in enumerate(cells, 1)
    ], opened


def _of_a_shop(member: Member) -> list[Figure]:
    """Points, coupons, spending in the ladder's window and altogether, the last visit, the tier; matters where she has any."""
    return [
        *_points(member),
        _rights(member),
        *package_figure(member),
        *_stored(member),
        *_window(member),
        _total(member),
        _visit(member),
        *_tier(member),
        *(cell for cell in procedure_figures(member) if cell.value),
    ]


def _of_a_register(member: Member) -> list[Figure]:
    """Where nothing is sold: matters, papers, dues, measures; then what else she has. Her turns where there is nothing."""
    has = [_rights(member)] if member.told.rights else []
    cells = [*procedure_figures(member), *_points(member), *has, *package_figure(member), *_tier(member)]
    return cells or [Figure(Text(zh="变动", en="Changes"), standing_title(member.told.standing), "text", "", "turns")]


def _points(member: Member) -> list[Figure]:
    unit = member.unit
    if unit is None:
        return []
    has = max(0, member.facts.available(unit, member.now.at))
    return [Figure(named_unit(member.rulebook, unit), has, "points", _ends_next(member, unit), "points")]


def _ends_next(member: Member, unit: str) -> Words:
    """How many units die soonest, and when."""
    lots = [lot for lot in member.facts.lots.get(unit, ()) if alive(lot, member.now.at) and lot.expires_at]
    if not lots:
        return Text(zh="没有要清零的", en="Nothing is about to end")
    soonest = min(lot.expires_at for lot in lots if lot.expires_at)
    amount = words.grouped(sum(lot.left for lot in lots if lot.expires_at == soonest))
    day = end_of_day_text(soonest, member.rulebook.zone)[:10]
    if day[:4] == str(member.day.year) and day[5:] == "12-31":
        return Text(zh=f"{amount} 分今年底清零", en=f"{amount} end this year")
    return Text(zh=f"{amount} 分 {day} 清零", en=f"{amount} end on {day}")


def _rights(member: Member) -> Figure:
    ready = [each for each in member.told.rights if each.state == "ready"]
    note: Words = Text(zh="没有可用的", en="None to use")
    if ready:
        right = min(ready, key=lambda each: (each.right.valid_until is None, each.right.valid_until)).right
        title = coupon_title(member.rulebook, right.name, right.clause)
        until = end_of_day_text(right.valid_until, member.rulebook.zone)[:10] if right.valid_until else ""
        note = Text(zh=f"{title.zh} · 至 {until}", en=f"{title.en} · to {until}") if until else title
    return Figure(Text(zh="卡券", en="Coupons"), len(ready), "points", note, "rights")


def _stored(member: Member) -> list[Figure]:
    """What she has stored, and what of it is bonus."""
    if not stores(member):
        return []
    wallet = checkout.wallet(member.now.actor, member.told.number, member.now.at)
    note: Words = Text(zh="还没有充值", en="Nothing stored yet")
    if wallet.bonus:
        bonus = words.yuan(wallet.bonus)
        note = Text(zh=f"其中赠送 {bonus}", en=f"{bonus} of it bonus")
    elif wallet.principal:
        note = Text(zh="都是本金", en="all of it principal")
    return [Figure(Text(zh="储值", en="Stored value"), wallet.total, "money", note, "wallet")]


def _window(member: Member) -> list[Figure]:
    if member.window is None:
        return []
    months = tier_ladder.months_back(member.rulebook)
    spent = member.facts.sum("spend", *member.window)
    return [Figure(window_title(months), spent, "money", _climb_note(member), "spend")]


def _climb_note(member: Member) -> Words:
    gap = tier_ladder.gap(member.rulebook, member.facts, member.day)
    if gap is None:
        return Text(zh="已是最高等级", en="The highest tier")
    to = text_of(gap.values["to"])
    if "measure" in gap.values:
        left, what = gap.values["gap"], gap.values["measure"]
        return Text(zh=f"{what['zh']}再 {left} 晋级{to.zh}", en=f"{left} more {what['en']}: {to.en}")
    left = words.yuan(gap.values["gap"])
    return Text(zh=f"再 {left} 晋级{to.zh}", en=f"{left} more: {to.en}")


def _total(member: Member) -> Figure:
    spent = member.facts.sum("spend", BEGINNING, member.day)
    sales = member.facts.sum("visits", BEGINNING, member.day)
    note: Words = Text(zh="还没有单", en="No sales yet")
    if sales > 0:
        mean = words.yuan(spent // sales)
        note = Text(zh=f"{sales:,} 单 · 均 {mean}", en=f"{sales:,} {either(sales, 'sale', 'sales')} · {mean} each")
    return Figure(Text(zh="累计消费", en="Spend in all"), spent, "money", note, "total")


def _visit(member: Member) -> Figure:
    days = sorted(day for day, told in member.facts.days.items() if told.get("visits", 0) > 0)
    label = Text(zh="最近到店", en="Last visit")
    if not days:
        return Figure(label, None, "text", Text(zh="还没来过", en="Not yet"), "sales")
    ago = (member.day - days[-1]).days
    value = Text(zh="今日", en="Today") if not ago else Text(zh=f"{ago} 天前", en=f"{ago} d ago")
    note: Words = ""
    if len(days) > 1:
        before = (member.day - days[-2]).days
        note = Text(zh=f"上次 {before} 天前", en=f"before that {before} {either(before, 'day', 'days')} ago")
    return Figure(label, value, "text", note, "sales")


def _tier(member: Member) -> list[Figure]:
    if not member.told.tier:
        return []
    since = member.local(member.told.tier_since).date().isoformat()
    note = Text(zh=f"{since} 起", en=f"since {since}")
    return [Figure(Text(zh="等级", en="Tier"), text_of(member.told.tier_title), "text", note, "turns")]
