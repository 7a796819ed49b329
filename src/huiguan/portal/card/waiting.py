"""What waits for a member of a house of procedures: her vote, her say, what came back to her, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.billing import queries as billing
from huiguan.cases import queries as cases
from huiguan.cases.values import RETURNED
from huiguan.conduct import queries as conduct
from huiguan.design.wording import joined
from huiguan.kernel import text as words
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.portal.card.pages import Todo
from huiguan.portal.knowing import Member
from huiguan.portal.me.matters import waiting


def todos_of(member: Member) -> list[Todo]:
    """The most pressing first: her vote and her say, what was given back, reports, money."""
    return [*_votes(member), *_measures(member), *_returned(member), *_reports(member), *_dues(member)]


def _votes(member: Member) -> Iterator[Todo]:
    if count := waiting(member.now):
        yield Todo(
            f"{member.now.base}me/matters", Text(zh=f"待您表决 {count} 件", en=f"Waiting for your vote: {count}")
        )


def _measures(member: Member) -> Iterator[Todo]:
    for each in conduct.measures(member.now.actor, member.now.at):
        called, href = Text(**each.title), f"{member.now.base}me/measures"
        if "state_case" in each.may:
            label = Text(zh=f"拟处“{called.zh}”，您可以陈述", en=f"{called.en} is proposed: you may state your case")
            yield Todo(href, label, _until(member, each.heard_until))
        elif "appeal" in each.may:
            label = Text(zh=f"已处“{called.zh}”，您可以申诉", en=f"{called.en} was decided: you may appeal")
            yield Todo(href, label, _until(member, each.appeal_until))


def _returned(member: Member) -> Iterator[Todo]:
    for each in cases.matters(member.now.actor, member.now.at, state=RETURNED):
        label = Text(zh=f"{each.title.zh}退回补正", en=f"{each.title.en}: given back to correct")
        yield Todo(f"{member.now.base}apply/{each.number}/", label, _until(member, each.due_at))


def _reports(member: Member) -> Iterator[Todo]:
    for each in conduct.obligations(member.now.actor, member.now.at):
        if each.state in ("open", "overdue"):
            due = Text(zh=f"{words.day(each.due, 'zh')}前", en=f"by {words.day(each.due, 'en')}")
            late = Text(zh="已逾期", en="overdue") if each.state == "overdue" else ""
            yield Todo(f"{member.now.base}me/owed", Text(**each.title), joined([due, late]), late=bool(late))


def _dues(member: Member) -> Iterator[Todo]:
    if not member.rulebook.of("fee"):
        return
    owed = billing.owed(member.now.actor.programme, [member.told.membership], member.now.at)[member.told.membership]
    if owed:
        yield Todo(f"{member.now.base}dues/", Text(zh=f"应交 {words.yuan(owed)}", en=f"{words.yuan(owed)} to pay"))


def _until(member: Member, at: datetime | None) -> Text:
    if at is None:
        return Text(zh="", en="")
    end = end_of_day_text(at, member.rulebook.zone)
    return Text(zh=f"{end} 前", en=f"until {end}")
