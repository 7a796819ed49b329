"""A member's packages as her page draws them: what is left of each, what was done, and what can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.checkout import queries
from huiguan.checkout.values import AllowanceLeft, PackageStep, PackageView
from huiguan.console.members.knowing import Member
from huiguan.console.pages import Act
from huiguan.console.wording import clause_refs
from huiguan.design.values import ClauseRef, Figure, Mark, Words
from huiguan.design.wording import PACKAGE_STATES, PACKAGE_STEPS
from huiguan.kernel.moments import end_of_day_text
from huiguan.kernel.text import Text
from huiguan.rules.packages import sold

LIVE = ("open", "waiting", "spent")


@dataclass(frozen=True, slots=True)
class ThingLink:
    """A thing to use; `href` where it can be."""

    title: Words
    href: str = ""


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """What is left of one allowance: `note` 余 2/3; `share` used, in hundredths, None where any number is given;
    `shut`: another branch was chosen."""

    things: tuple[ThingLink, ...]
    note: Words
    share: int | None
    shut: bool
    either: bool
    clauses: tuple[ClauseRef, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    at: datetime
    label: Words
    shop: str
    struck: bool
    undo_href: str = ""
    sale_href: str = ""


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package. `live`: it can still be used or changed hands; the others are folded away."""

    title: Words
    code: str
    mark: Mark
    aside: Words
    live: bool
    rows: tuple[AllowanceRow, ...]
    steps: tuple[StepRow, ...]
    acts: tuple[Act, ...]
    sale_href: str


def package_rows(member: Member) -> list[PackageRow]:
    """All she ever held, those still alive first."""
    views = queries.packages(member.now.actor, member.told.number, member.now.at)
    rows = [_row(member, view) for view in views]
    return sorted(rows, key=lambda row: (not row.live, row.mark is not PACKAGE_STATES["open"]))


def package_figure(member: Member) -> list[Figure]:
    """How many are open; nothing where the rulebook sells none and she holds none."""
    views = queries.packages(member.now.actor, member.told.number, member.now.at) if sold(member.rulebook) else ()
    if not sold(member.rulebook):
        return []
    ready = [view for view in views if view.state == "open"]
    note: Words = Text(zh="没有可用的", en="None to use")
    if ready:
        ends = min((view.until for view in ready if view.until), default=None)
        title = ready[0].title
        note = Text(**title)
        if ends is not None:
            last = end_of_day_text(ends, member.rulebook.zone)[:10]
            note = Text(zh=f"{title['zh']} · 至 {last}", en=f"{title['en']} · to {last}")
    return [Figure(Text(zh="套餐", en="Packages"), len(ready), "points", note, "packages")]


def _row(member: Member, view: PackageView) -> PackageRow:
    live = view.state in LIVE
    active = member.told.standing == "active"
    return PackageRow(
        title=Text(**view.title),
        code=view.code,
        mark=PACKAGE_STATES[view.state],
        aside=_aside(member, view),
        live=live,
        rows=tuple(_allowance(member, view, each, usable=active and view.state == "open") for each in view.remaining),
        steps=tuple(_step(member, view, each, live=live) for each in reversed(view.steps)),
        acts=_acts(member, view) if live and active else (),
        sale_href=f"/sales/{view.sale}/" if view.sale else "",
    )


def _aside(member: Member, view: PackageView) -> Text:
    zh, en = [view.code], [view.code]
    if view.until is not None:
        until = end_of_day_text(view.until, member.rulebook.zone)[:10]
        zh.append(f"用到 {until}")
        en.append(f"to {until}")
    if view.agreement:
        zh.append(f"协议 {view.agreement}")
        en.append(f"agreement {view.agreement}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


def _allowance(member: Member, view: PackageView, each: AllowanceLeft, *, usable: bool) -> AllowanceRow:
    can = usable and each.open and each.left != 0 and member.now.actor.may("sell")
    base = f"{member.page}packages/{view.code}/use/"
    things = tuple(ThingLink(Text(**title), f"{base}{item}" if can else "") for item, title in each.items)
    clauses = clause_refs(member.rulebook, [each.clause])
    return AllowanceRow(things, _note(each), _share(each), not each.open, each.choice, clauses)


def _note(each: AllowanceLeft) -> Text:
    if not each.open:
        return Text(zh="已选别的", en="another was chosen")
    if each.left is None:
        return Text(zh=f"不限 · 用过 {each.used}", en=f"any number · {each.used} used")
    return Text(zh=f"余 {each.left} / {each.times}", en=f"{each.left} of {each.times} left")


def _share(each: AllowanceLeft) -> int | None:
    return None if each.times is None else 100 * (each.left or 0) // each.times


def _step(member: Member, view: PackageView, line: PackageStep, *, live: bool) -> StepRow:
    label = PACKAGE_STEPS[line.what]
    if line.title is not None:
        label = Text(
            zh=f"{label.zh} {line.title['zh']} {line.quantity} 次",
            en=f"{label.en}: {line.quantity} × {line.title['en']}",
        )
    undoable = live and line.what == "used" and not line.undone and member.now.actor.may("return")
    kind, _, reference = line.cause.partition(":")
    return StepRow(
        at=line.at,
        label=label,
        shop=line.shop or "",
        struck=line.undone,
        undo_href=f"{member.page}packages/{view.code}/undo/{line.n}" if undoable else "",
        sale_href=f"/sales/{reference}/" if kind in ("sale", "return", "void") else "",
    )


def _acts(member: Member, view: PackageView) -> tuple[Act, ...]:
    actor, base = member.now.actor, f"{member.page}packages/{view.code}"
    acts = []
    if view.state == "open" and actor.may("sell"):
        acts.append(Act(Text(zh="使用", en="Use"), f"{base}/use", ask=True, solid=True))
    if view.swaps and actor.may("sell"):
        acts.append(Act(Text(zh="换大卡", en="Larger one"), f"{base}/swap", ask=True))
    if view.transferable and actor.may("cards"):
        acts.append(Act(Text(zh="转给别人", en="Pass on"), f"{base}/transfer", ask=True))
    return tuple(acts)
