"""The card's page, put together."""

from __future__ import annotations

from fractions import Fraction

from huiguan.billing import queries as payments
from huiguan.cases import queries as cases
from huiguan.cases.values import LIVING
from huiguan.checkout import queries as checkout
from huiguan.checkout.values import SaleView
from huiguan.design.values import Mark, Refused, Why, Words
from huiguan.design.wording import benefit_title, named_unit, text_of, tier_mark
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.portal.acting import clause_refs, sells
from huiguan.portal.card.pages import CardPage, Climb, Figure, Recent
from huiguan.portal.card.waiting import todos_of
from huiguan.portal.knowing import Member
from huiguan.rules.kinds import benefit, member_type, tier_ladder
from huiguan.rules.wallet import MONEY
from huiguan.visits import queries as visits

RECENT = 3


def card_page(member: Member) -> CardPage:
    """Everything of the front page; a member who is suspended has no code to show."""
    told, active = member.told, member.told.standing == "active"
    selling = sells(member.now)
    return CardPage(
        name=told.name,
        number=next((card.number for card in told.cards if card.status == "active"), told.number),
        mark=_sort_of(member),
        gives=gives_of(member, told.tier),
        code=visits.fresh_code(member.now.actor, member.now.at, member.now.wall) if active else None,
        figures=_figures(member) if selling else _of_a_register(member),
        climb=_climb(member),
        ends=_ends(member),
        recent=recent_sales(member, RECENT) if selling else (),
        notes=_notes(member),
        missing=len(told.missing),
        sells=selling,
        todos=() if selling else todos_of(member),
    )


def _sort_of(member: Member) -> Mark | None:
    """Her tier, or in a house without tiers which sort of member she is."""
    sort = member_type.called(member.rulebook, member.told.type) if member.told.type else None
    return tier_mark(member.rulebook, member.told.tier) or (Mark(text_of(sort)) if sort else None)


def gives_of(member: Member, tier: str) -> Words:
    """What a tier pays, where a benefit comes of itself: 购物 9.5 折."""
    table = benefit.table(member.rulebook)
    for name, how in table.apply.items():
        found = benefit.offered(member.rulebook, name, tier) if how == "always" else None
        if found is not None:
            title = benefit_title(member.rulebook, name, tier)
            called = text_of(tier_ladder.title_of(member.rulebook, tier))
            return Text(zh=title.zh.removeprefix(f"{called.zh} "), en=title.en.removeprefix(f"{called.en} "))
    return ""


def _figures(member: Member) -> list[Figure]:
    """Units, stored value where the rulebook knows it, coupons, packages where she has any, visits."""
    base, figures = member.now.base, []
    for unit in member.rulebook.units:
        if unit == member.unit or member.has(unit):
            figures.append(Figure(named_unit(member.rulebook, unit), member.has(unit), f"{base}units/{unit}/"))
    if member.rulebook.of("top_up") or any(member.has(unit) for unit in MONEY):
        stored = sum(member.has(unit) for unit in MONEY)
        figures.append(Figure(Text(zh="储值", en="Stored"), stored, f"{base}wallet/", "money"))
    if member.rulebook.of("fee"):
        owed = payments.owed(member.now.actor.programme, [member.told.membership], member.now.at)
        figures.append(Figure(Text(zh="应交", en="Owed"), owed[member.told.membership], f"{base}dues/", "money"))
    ready = sum(1 for each in member.told.rights if each.state == "ready")
    figures.append(Figure(Text(zh="可用券", en="Coupons"), ready, f"{base}coupons/"))
    held = checkout.packages(member.now.actor, member.told.number, member.now.at) if _packages(member) else ()
    if held:
        open_ones = sum(1 for each in held if each.state in ("open", "waiting"))
        figures.append(Figure(Text(zh="次卡套餐", en="Packages"), open_ones, f"{base}packages/"))
    if len(figures) < 3:
        visited = member.facts.sum("visits", min(member.facts.days, default=member.day), member.day)
        figures.append(Figure(Text(zh="消费次数", en="Visits"), max(0, visited), f"{base}sales/"))
    return figures


def _of_a_register(member: Member) -> list[Figure]:
    """What a house that sells nothing keeps of her: what she owes, her matters, her units and coupons as far as there are."""
    base, programme = member.now.base, member.now.actor.programme
    figures = []
    if member.rulebook.of("fee"):
        owed = payments.owed(programme, [member.told.membership], member.now.at)
        figures.append(Figure(Text(zh="应交", en="Owed"), owed[member.told.membership], f"{base}dues/", "money"))
    going = [each for each in cases.matters(member.now.actor, member.now.at) if each.state in LIVING]
    figures.append(Figure(Text(zh="在办事项", en="Matters under way"), len(going), f"{base}me/matters"))
    for unit in member.rulebook.units:
        if member.has(unit):
            figures.append(Figure(named_unit(member.rulebook, unit), member.has(unit), f"{base}units/{unit}/"))
    if ready := sum(1 for each in member.told.rights if each.state == "ready"):
        figures.append(Figure(Text(zh="可用券", en="Coupons"), ready, f"{base}coupons/"))
    return figures[:3]


def _packages(member: Member) -> bool:
    return bool(member.rulebook.of("package"))


def _ends(member: Member) -> Why | None:
    """What of the main unit ends next, in a sentence."""
    if member.unit is None or (found := member.ends_next(member.unit)) is None:
        return None
    amount, until = found
    title = named_unit(member.rulebook, member.unit)
    end = end_of_day_text(until, member.rulebook.zone)
    clause = next((each.id for each in member.rulebook.of("expiry")), None)
    told = Text(
        zh=f"{words.grouped(amount)} {title.zh}在 {end} 清零",
        en=f"{words.grouped(amount)} {title.en.lower()} end at {end}",
    )
    return Why(told, clause_refs(member.now, clause))


def _climb(member: Member) -> Climb | None:
    """How far the next tier is, in money or in what its rulebook counts."""
    gap = tier_ladder.gap(member.rulebook, member.facts, member.day)
    if gap is None:
        return None
    values, counted = gap.values, gap.values.get("measure")
    reach, left = int(values["reach"]), int(values["gap"])
    to, done = text_of(values["to"]), max(0, reach - left)
    says: Text = member.rulebook.clauses[gap.clause].module.SAYS[gap.say]
    return Climb(
        to=to,
        told=_more(to, left, text_of(counted) if counted else None),
        share=Fraction(done, reach or 1),
        done=done,
        reach=reach,
        unit="points" if counted else "money",
        gives=gives_of(member, str(values["tier"])),
        why=Why(says.both(**values), clause_refs(member.now, gap.clause)),
    )


def _more(to: Text, left: int, counted: Text | None) -> Text:
    if counted is None:
        more = words.yuan(left)
        return Text(zh=f"再消费 {more} 升级{to.zh}", en=f"Spend {more} more for {to.en}")
    many = words.grouped(left)
    return Text(zh=f"再有 {many} {counted.zh}升级{to.zh}", en=f"{many} more {counted.en} for {to.en}")


def recent_sales(member: Member, limit: int) -> list[Recent]:
    """Her latest purchases."""
    found = checkout.sales(member.now.actor, membership=member.told.membership, limit=limit)
    shops = identity.shops_by_code(member.now.actor.programme, {sale.shop for sale in found})
    return [recent_of(member, sale, shops[sale.shop].name) for sale in found]


def recent_of(member: Member, sale: SaleView, shop: Text) -> Recent:
    at = sale.at.astimezone(member.rulebook.zone)
    when = f"{at:%m-%d %H:%M}" if at.year == member.day.year else f"{at:%Y-%m-%d}"
    document = sale.document
    points = sum(document["earned"].values()) - sum(document["used"].values())
    names = [line["name"].partition(" · ")[0] for line in document["lines"]]
    more = len(names) - 2
    what = Text(
        zh="、".join(names[:2]) + (f" 等 {len(names)} 样" if more > 0 else ""),
        en=", ".join(names[:2]) + (f" and {more} more" if more > 0 else ""),
    )
    aside = Text(zh=f"{when} · {shop.zh}", en=f"{when} · {shop.en}")
    return Recent(f"{member.now.base}sales/{sale.id}/", what, aside, sale.paid, points)


def _resting(member: Member, zh: str, en: str) -> Refused:
    """How a membership of a register stands that is not as it should be."""
    stands = members.standing_title(member.told.standing)
    return Refused(
        Text(zh=f"会籍：{stands.zh}", en=f"Your membership: {stands.en}"),
        Text(zh=f"{zh}起。缘由见章程与收到的消息。", en=f"Since {en}. The rules and your messages say why."),
    )


def _notes(member: Member) -> list[Refused]:
    """What she should know first: that her membership rests, or her card opens nothing."""
    told = member.told
    if told.standing != "active":
        since = told.standing_since.astimezone(member.rulebook.zone).date()
        if not sells(member.now):
            return [_resting(member, words.day(since, "zh"), words.day(since, "en"))]
        return [
            Refused(
                Text(zh="会员资格已暂停", en="Your membership is suspended"),
                Text(
                    zh=f"{words.day(since, 'zh')}起暂停，原有的积分与券都在。请到门店询问。",
                    en=f"Since {words.day(since, 'en')}. Your points and coupons stay. Please ask at the shop.",
                ),
            )
        ]
    held = next(iter(told.cards), None)
    if held is None or held.status in ("active", "waiting"):
        return []
    title = members.card_status_title(held.status)
    ask = Text(
        zh="凭卡的优惠暂不能用，请到门店办理。", en="What takes a card is out until then. Please see to it at the shop."
    )
    return [Refused(Text(zh=f"卡 {held.number} {title.zh}", en=f"Card {held.number} is {title.en}"), ask)]
