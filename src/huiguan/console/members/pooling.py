"""A pool on its members' pages: who shares, how much of it may be used, who used what; joining, leaving, gathering."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, always, nothing
from huiguan.console.members.knowing import Member
from huiguan.console.members.pages import PoolPanel, PoolRow, PoolUse
from huiguan.console.wording import unit_title
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text, either
from huiguan.members import queries as members
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs.partners import GatherPoints, JoinPool, LeavePool
from huiguan.rules.kinds import transfer

SHOWN = 8  # of the last uses


def pool_panel(member: Member) -> PoolPanel | None:
    """None where the rulebook has no pools."""
    clause = transfer.rule(member.rulebook, "pool")
    if clause is None:
        return None
    actor, at, page = member.now.actor, member.now.at, member.page
    pool = queries.pool(actor, at, member=member.told.number)
    may = actor.may("sell") and member.told.standing == "active"
    title = unit_title(member.rulebook, transfer.said(clause).unit)
    if pool is None:
        return PoolPanel(title=title, join_href=f"{page}pool" if may else "")
    uses = queries.gathered(actor, at, member=member.told.number)[:SHOWN]
    numbers = {number for number, _ in pool.people} | {each.giver for each in uses} | {each.taker for each in uses}
    known = members.named(actor, numbers)

    def name(number: str) -> str:
        return known[number].name if number in known else number

    others = sum(has for number, has in pool.people if number != member.told.number)
    return PoolPanel(
        title=title,
        people=[
            PoolRow(name(number), f"/members/{number}/", has, number == pool.keeper) for number, has in pool.people
        ],
        uses=[PoolUse(name(each.taker), name(each.giver), each.points, each.at) for each in uses],
        gather_href=f"{page}pool/gathering" if may and others else "",
        leave_href=f"{page}pool/leaving" if actor.may("sell") else "",
    )


def _join(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    keeper = form["keeper"] or member.told.number
    given = read(JoinPool, {"member": member.told.number, "keeper": keeper})
    made = operations.join_pool(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已共享，共 {len(made.people)} 位", en=f"Shared now; members in the pool: {len(made.people)}")


def _explain_join(member: Member) -> Words:
    clause = transfer.rule(member.rulebook, "pool")
    return clause.text if clause is not None else ""


def _leave(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    operations.leave_pool(actor=now.actor, at=now.at, given=LeavePool(member=member.told.number), key=key)
    return Text(zh="已退出共享", en="Shared no more")


def _explain_leave(member: Member) -> Words:
    pool = queries.pool(member.now.actor, member.now.at, member=member.told.number)
    if pool is not None and pool.keeper == member.told.number and len(pool.people) > 1:
        return Text(
            zh="由本人发起的共享就此解散，大家都退出；没有取走的积分仍归各人。",
            en="This member keeps the pool: it ends for everybody. Points nobody gathered stay with each.",
        )
    return Text(zh="没有取走的积分仍归各人。", en="Points nobody gathered stay with each.")


def _gather(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    points = form["points"].replace(",", "").strip()
    number: int | str = int(points) if points.isascii() and points.isdecimal() and len(points) < 14 else points
    given = read(GatherPoints, {"member": member.told.number, "points": number})
    made = operations.gather_points(actor=now.actor, at=now.at, given=given, key=key)
    count, people = words.grouped(sum(each.points for each in made)), len(made)
    return Text(
        zh=f"从 {people} 位取来 {count} 分",
        en=f"{count} {either(count, 'point', 'points')} gathered (from members: {people})",
    )


def _explain_gather(member: Member) -> Words:
    pool = queries.pool(member.now.actor, member.now.at, member=member.told.number)
    others = sum(has for number, has in pool.people if number != member.told.number) if pool is not None else 0
    count = words.grouped(others)
    return Text(
        zh=f"其他人共有 {count} 分可取，先从分最多的人那里取。",
        en=f"The others have {count} {either(count, 'point', 'points')} to gather; whoever has most gives first.",
    )


_KEEPER: Sequence[Blank] = (
    Blank(
        "keeper",
        Text(
            zh="加入谁的（会员号、手机或卡号；留空为自己发起）",
            en="Whose pool (number, phone or card; empty: the member's own)",
        ),
        needed=False,
    ),
)
POOL_DEEDS: dict[str, Deed] = {
    "pool": Deed(
        "sell", Text(zh="共享积分", en="Share points"), _explain_join, always(*_KEEPER), Text(zh="共享", en="Share"), _join,
    ),
    "pool/leaving": Deed(
        "sell", Text(zh="退出共享", en="Leave the pool"), _explain_leave, nothing, Text(zh="退出", en="Leave"), _leave,
    ),
    "pool/gathering": Deed(
        "sell", Text(zh="取用共享的积分", en="Gather points"), _explain_gather,
        always(Blank("points", Text(zh="多少分", en="How many points"), "numeric")),
        Text(zh="取用", en="Gather"), _gather, book="points",
    ),
}  # fmt: skip
