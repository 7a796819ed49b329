"""Packages as their holder reads them: what is left of each part, until when, every use."""

from __future__ import annotations

from huiguan.checkout import queries as checkout
from huiguan.checkout.values import AllowanceLeft, PackageView
from huiguan.design.values import Why, Words
from huiguan.design.wording import PACKAGE_STATES, PACKAGE_STEPS, text_of
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.portal.acting import clause_refs
from huiguan.portal.books.pages import Allowance, Package
from huiguan.portal.knowing import Member

OPEN = ("open", "waiting")


def packages_of(member: Member) -> list[Package]:
    """Those still good first."""
    held = checkout.packages(member.now.actor, member.told.number, member.now.at)
    return [_package(member, each) for each in sorted(held, key=lambda each: each.state not in OPEN)]


def _package(member: Member, view: PackageView) -> Package:
    zone = member.rulebook.zone
    clause = member.rulebook.clauses.get(view.clause)
    ends: Words = Text(zh="没有期限", en="no end")
    if view.until is not None:
        end = end_of_day_text(view.until, zone)
        ends = Text(zh=f"{end} 到期", en=f"ends {end}")
    steps: list[tuple[Words, Words]] = []
    for step in view.steps:
        what = PACKAGE_STEPS[step.what]
        thing = text_of(step.title) if step.title else Text(zh="", en="")
        label = Text(zh=f"{what.zh}{thing.zh}", en=f"{what.en} {thing.en}".strip())
        steps.append((label, f"{step.at.astimezone(zone):%Y-%m-%d %H:%M}"))
    return Package(
        title=text_of(view.title),
        code=view.code,
        mark=PACKAGE_STATES[view.state],
        ends=ends,
        ready=view.state in OPEN,
        allowances=[_allowance(each) for each in view.remaining],
        told=[Why(clause.text, clause_refs(member.now, view.clause))] if clause else [],
        facts=steps,
    )


def _allowance(left: AllowanceLeft) -> Allowance:
    titles = [text_of(title) for _, title in left.items]
    what = Text(zh=" 或 ".join(each.zh for each in titles), en=" or ".join(each.en for each in titles))
    return Allowance(what, left.left or 0, left.times or 0, left.times is None, left.open, left.choice)
