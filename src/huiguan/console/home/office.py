"""What waits at the desks of an association besides its matters: notices that run, breaches, reports, money owed."""

from __future__ import annotations

from django.utils import timezone

from huiguan.billing import queries as billing
from huiguan.cases import queries as cases
from huiguan.conduct import queries as conduct
from huiguan.console.acting import Acting, opens_matters
from huiguan.console.home.pages import Duty
from huiguan.console.matters.rows import short_day
from huiguan.console.staff.wanted import wanted_posts
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes


def office_duties(now: Acting) -> list[Duty]:
    """What is late before what is merely there."""
    if programmes.ruling_at(now.actor.programme, now.at) is None:
        return []
    found = [*_of_breaches(now), *_of_money(now), *_on_notice(now), *_of_posts(now)]
    return sorted(found, key=lambda duty: not duty.urgent)


def _of_breaches(now: Acting) -> list[Duty]:
    if not (now.actor.may("conduct") and conduct.states_duties(now.actor, now.at)):
        return []
    told = []
    if reported := conduct.breaches(now.actor, now.at, state="open"):
        why = Text(zh="查清后提出处分，或不予处理", en="Propose a measure, or dismiss them")
        told.append(
            Duty(Text(zh="待处理的违规", en="Breaches to look into"), len(reported), "/conduct/?state=open", why)
        )
    if late := conduct.obligations(now.actor, now.at, state="overdue"):
        label = Text(zh="逾期的报告与年检", en="Reports and inspections overdue")
        oldest = short_day(late[0].due, timezone.localtime(now.at))
        why = Text(zh=f"最早应在 {oldest} 前办", en=f"The first was due on {oldest}")
        told.append(Duty(label, len(late), "/conduct/obligations/?state=overdue", why, urgent=True))
    return told


def _of_posts(now: Acting) -> list[Duty]:
    if not now.actor.may("organise") or not (wanted := wanted_posts(now)):
        return []
    why = Text(zh="章程里办事的职位，没有人担任", en="They decide matters by the rulebook, and nobody holds them")
    return [Duty(Text(zh="缺人的职位", en="Posts to fill"), len(wanted), "/staff/posts/", why, urgent=True)]


def _of_money(now: Acting) -> list[Duty]:
    if not now.actor.may("bill"):
        return []
    told = []
    aged = billing.aged(now.actor, now.at)
    if aged.overdue:
        count = sum(each.charges for each in aged.ages[1:])
        why = Text(zh=f"共 {words.yuan(aged.overdue)}", en=f"{words.yuan(aged.overdue)} in all")
        told.append(Duty(Text(zh="逾期的费用", en="Charges overdue"), count, "/dues/", why, urgent=True))
    if lines := billing.bank_lines(now.actor, now.at):
        why = Text(zh="确认入账，或搁置", en="Receive or set aside each")
        told.append(Duty(Text(zh="待认领的流水", en="Bank lines to match"), len(lines), "/dues/statement/", why))
    if now.actor.may("correct") and (asked := billing.waivers(now.actor)):
        why = Text(zh="同意或不同意", en="Grant or decline each")
        told.append(Duty(Text(zh="待批的核销", en="Write-offs to decide"), len(asked), "/dues/waivers/", why))
    return told


def _on_notice(now: Acting) -> list[Duty]:
    if not opens_matters(now):
        return []
    running = cases.notices_public(now.actor.programme, now.at)
    if not running:
        return []
    ends = end_of_day_text(min(each.ends_at for each in running), timezone.get_current_timezone())
    why = Text(zh=f"最早 {ends} 结束", en=f"The first ends {ends}")
    code = programmes.programme_named(now.actor.programme).code
    return [Duty(Text(zh="公示中", en="On public notice"), len(running), f"/notice/{code}/", why)]
