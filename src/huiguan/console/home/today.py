"""Today at a shop: what to do, what was taken, what waits."""

from __future__ import annotations

from datetime import timedelta

from huiguan.checkout import queries as checkout
from huiguan.checkout.values import SaleView
from huiguan.console.acting import AT_THE_TILL, Acting, sells
from huiguan.console.home.desk import desk_of
from huiguan.console.home.office import office_duties
from huiguan.console.home.pages import Duty, HomePage
from huiguan.console.pages import Act
from huiguan.console.papers import sale_rows
from huiguan.design.values import Figure, Words
from huiguan.kernel import text as words
from huiguan.kernel.moments import local_day, month_start
from huiguan.kernel.text import Text, either
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.programme import Programme

A_DAY = 400  # sales of one day that are counted
LATEST = 12
SOON = timedelta(days=60)
ACTS = (
    ("sell", Text(zh="开单", en="New sale"), "/till/", "N", True),
    ("enrol", Text(zh="新会员", en="New member"), "/members/new", "M", False),
    ("return", Text(zh="退货", en="Return"), "/sales/returns", "R", False),
    ("read_members", Text(zh="找会员", en="Find a member"), "/members/", "F", False),
)


def home_page(now: Acting, held: int) -> HomePage:
    """The front page of who stands here now; `held` sales wait at her till."""
    rulebook = _in_force(now)
    selling = sells(now)
    sales = _latest(now) if selling and (now.actor.may("return") or now.actor.may("sell")) else []
    desk = desk_of(now)
    today = _figures(now, rulebook, sales) if rulebook and selling and now.actor.may("sell") else ()
    return HomePage(
        acts=_acts(now, selling),
        figures=[*(today or (desk.boxes if desk else ())), *(_arrived(now, rulebook) if rulebook else ())],
        duties=[*_duties(now, held), *office_duties(now)],
        desk=desk,
        sells=selling and (desk is None or now.actor.may("sell")),
        sales=sale_rows(now, sales[:LATEST], named=now.actor.may("read_members")),
        sales_href="/sales/" if now.actor.may("return") else "",
        notes=_notes(now),
        programme=_programme(now, rulebook),
    )


def _acts(now: Acting, selling: bool) -> list[Act]:
    """What she does most; nothing of a till where nothing is sold."""
    return [
        Act(label, href, solid=solid, key=key)
        for power, label, href, key, solid in ACTS
        if now.actor.may(power) and (selling or not href.startswith(AT_THE_TILL))
    ]


def _in_force(now: Acting) -> Programme | None:
    try:
        return programmes.programme_at(now.actor.programme, now.at)
    except NoRulebookInForce:
        return None


def _latest(now: Acting) -> list[SaleView]:
    return checkout.sales(now.actor, shop=now.shop.id if now.shop else None, limit=A_DAY)


def _figures(now: Acting, rulebook: Programme, sales: list[SaleView]) -> list[Figure]:
    """What was taken today, and by whom it was bought."""
    day = local_day(now.at, rulebook.zone)
    today = [sale for sale in sales if local_day(sale.at, rulebook.zone) == day]
    taken = sum(sale.paid for sale in today)
    known = [sale for sale in today if sale.member]
    earned = sum(sum(sale.document["earned"].values()) for sale in today)
    used = sum(sum(sale.document["used"].values()) for sale in today)
    mean = (
        Text(zh=f"单均 {words.yuan(taken // len(today))}", en=f"{words.yuan(taken // len(today))} each")
        if today
        else ""
    )
    hers = words.yuan(sum(sale.paid for sale in known))
    return [
        Figure(Text(zh="今日实收", en="Taken today"), taken, "money", _where(now), "/sales/"),
        Figure(Text(zh="单数", en="Sales"), len(today), "points", mean, "/sales/"),
        Figure(
            Text(zh="会员单", en="By members"),
            len(known),
            "points",
            Text(zh=f"共 {hers}", en=f"{hers} in all"),
            "/sales/",
        ),
        Figure(
            Text(zh="发出积分", en="Points given"),
            earned,
            "signed",
            Text(zh=f"用掉 {words.grouped(used)}", en=f"{words.grouped(used)} used"),
            "/sales/",
        ),
    ]


def _arrived(now: Acting, rulebook: Programme) -> list[Figure]:
    """How many joined this month and by which way, for who runs the house."""
    if not (now.actor.may("organise") and now.actor.may("read_members")):
        return []
    day = local_day(now.at, rulebook.zone)
    found = members.came_between(now.actor, now.at, month_start(day), day)
    ways = [(members.CHANNELS[each], n) for each, n in found.items() if n]
    zh = " · ".join(f"{title.zh} {n}" for title, n in ways)
    en = " · ".join(f"{title.en}: {n}" for title, n in ways)
    title = Text(zh="本月新会员", en="New this month")
    return [Figure(title, sum(found.values()), "points", Text(zh=zh, en=en) if ways else "", "/members/")]


def _where(now: Acting) -> Words:
    return (
        now.shop.name
        if now.shop
        else Text(zh=f"{len(now.shops)} 家店", en=f"{len(now.shops)} {either(len(now.shops), 'shop', 'shops')}")
    )


def _duties(now: Acting, held: int) -> list[Duty]:
    duties = _beginnings(now)
    if held:
        duties.append(
            Duty(
                Text(zh="挂着的单", en="Held sales"),
                held,
                "/till/",
                Text(zh="取回来收完", en="Take them up and finish"),
                urgent=True,
            )
        )
    if now.actor.may("suspend") and (looked := members.waiting_reviews(now.actor)):
        why = Text(zh="放行或确认，各写原因", en="Release or confirm each, with a reason")
        label = Text(zh="待复核的用卡", en="Cards to look at")
        duties.append(Duty(label, looked, "/members/reviews/", why, urgent=True))
    shift = checkout.own_shift(now.actor, now.at) if now.actor.may("sell") else None
    if shift is not None and shift.sheet["overnight"]:
        why = Text(zh="昨天开的班还没有交", en="Begun on an earlier day and not handed over")
        duties.append(Duty(Text(zh="没交的班", en="Shift to hand over"), 1, "/till/shift/", why, urgent=True))
    duties += _review(now)
    if now.actor.may("read_members"):
        faults = members.profile_faults(now.actor, now.at, shop=now.shop.id if now.shop else None)
        lacking = [fault for fault in faults if fault.missing]
        late = [fault for fault in faults if fault.late]
        if lacking:
            why = Text(zh="补齐才有入会礼", en="The joining gift waits for them")
            duties.append(
                Duty(Text(zh="资料不全的会员", en="Profiles short of a field"), len(lacking), "/members/faults", why)
            )
        if late:
            why = Text(zh="填表或发卡当天没有录入", en="Form or card not entered on its day")
            duties.append(Duty(Text(zh="录入迟了的", en="Entered late"), len(late), "/members/faults", why))
    return duties


def _beginnings(now: Acting) -> list[Duty]:
    """The way to what comes after the founding, until somebody belongs to the house."""
    if not (now.actor.may("organise") and now.actor.may("read_members")) or members.has_members(now.actor):
        return []
    why = Text(
        zh="商品、会员、员工从文件或一件一件登记；手机和收银机的地址也在那里",
        en="Products, members and people, from files or one by one; the address for phones and tills",
    )
    return [Duty(Text(zh="开业清单", en="What next"), 1, "/setup/onward", why)]


def _review(now: Acting) -> list[Duty]:
    """The rulebook to be looked through again, for whoever writes it: soon, or overdue."""
    if not (now.actor.may("write_rulebook") and now.actor.may("read_rulebook")):
        return []
    review = programmes.review(now.actor, now.at)
    if review is None or review.by > (now.at + SOON).date():
        return []
    label = Text(zh="章程该复查了", en="Rulebook to look through")
    why = Text(
        zh=f"最迟 {review.by:%Y-%m-%d} 看一遍；没有要改的，原样再发布一次",
        en=f"By {review.by:%Y-%m-%d}; what is right as it is is published again to the letter",
    )
    return [Duty(label, 1, "/rulebook/drafts/", why, urgent=review.overdue)]


def _notes(now: Acting) -> list[tuple[str, Words, Words]]:
    """A rulebook that comes into force soon."""
    if not now.actor.may("read_rulebook"):
        return []
    coming = [each for each in programmes.versions(now.actor) if now.at < each.effective_from <= now.at + SOON]
    return [
        (
            "warn",
            Text(zh=f"章程第 {each.number} 版", en=f"Rulebook {each.number}"),
            Text(
                zh=f"{each.effective_from:%Y-%m-%d} 起生效。", en=f"comes into force on {each.effective_from:%Y-%m-%d}."
            ),
        )
        for each in coming
    ]


def _programme(now: Acting, rulebook: Programme | None) -> Words:
    if rulebook is None:
        return Text(zh="还没有生效的章程", en="No rulebook is in force yet")
    return rulebook.title
