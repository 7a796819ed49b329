"""One draft as its pages show it: where it stands, what it changes, what is wrong with it, what may be done next."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from huiguan.console.acting import Acting
from huiguan.console.drafting.differences import difference_part
from huiguan.console.drafting.pages import (
    DifferencePart,
    DraftPage,
    ExamplesPage,
    FindingRow,
    HistoryRow,
    Steps,
    Tab,
)
from huiguan.console.drafting.proofs import proof_part
from huiguan.design.values import Mark, Refused, Words
from huiguan.kernel.moments import at_day, local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.programme.values import APPROVED, CLOSED, OPEN, PUBLISHED, SUBMITTED, WITHDRAWN, KnownDraft, Rulebook
from huiguan.rules.compiling import check_source
from huiguan.rules.findings import REFUSE, Finding
from huiguan.rules.kinds import amendment, body
from huiguan.rules.shelf import clauses_named

# A draft's pages: the part of the address and the name. Another page of a draft adds its tab here.
TABS = (
    ("", Text(zh="概况", en="Overview")),
    ("form", Text(zh="条款", en="Clauses")),
    ("preview", Text(zh="会员所见", en="As members see it")),
    ("source", Text(zh="文件", en="File")),
    ("examples", Text(zh="例子", en="Examples")),
)
_WRITTEN = frozenset({"form", "source"})  # where a draft is written in
MARKS = {
    OPEN: Mark(Text(zh="起草中", en="being written"), "draft"),
    SUBMITTED: Mark(Text(zh="待核准", en="to be approved"), "warn"),
    APPROVED: Mark(Text(zh="已核准", en="approved"), "ok"),
    PUBLISHED: Mark(Text(zh="已发布", en="published"), "ok"),
    WITHDRAWN: Mark(Text(zh="已撤回", en="withdrawn"), "plain"),
}
DEEDS = {
    "opened": Text(zh="开始起草", en="Begun"),
    "saved": Text(zh="存了一稿", en="Saved"),
    "examples": Text(zh="改了例子", en="Examples changed"),
    "rebased": Text(zh="并入了后来的版本", en="A later version taken in"),
    "submitted": Text(zh="提交核准", en="Submitted"),
    "returned": Text(zh="退回", en="Given back"),
    "approved": Text(zh="核准", en="Approved"),
    "withdrawn": Text(zh="撤回", en="Withdrawn"),
    "published": Text(zh="发布", en="Published"),
}
_LEVELS = {
    REFUSE: Mark(Text(zh="不能运行", en="cannot run"), "stop"),
    "warn": Mark(Text(zh="请再看看", en="look again"), "warn"),
}
_VERSION = Text(zh="第 {n} 版", en="version {n}")
_THIS = Text(zh="这份草案", en="this draft")
_WAITS_AUTHOR = Text(
    zh="写过这份草案的人不能核准；须由没有写过、此刻有核准权的人核准。",
    en="Nobody who wrote in it approves it: it waits for somebody else who holds the power now.",
)
_WAITS_APPROVAL = Text(zh="等第二人核准。", en="It waits for a second person's approval.")
_WAITS_PUBLICATION = Text(zh="已核准，等有发布权的人发布。", en="Approved; it waits for somebody who may publish.")
_WAITS_AUTHORS = Text(zh="等起草的人改好、提交。", en="It waits for its authors to submit it.")
_NOTICE = Text(zh="{clause}：公布当天不计，满 {days} 天才生效。", en="{clause}: {days} whole {days:day|days} between.")


def tabs_of(now: Acting, number: int, current: str) -> list[Tab]:
    """The row of a draft's pages, as far as they open."""
    base = f"/rulebook/drafts/{number}/"
    open_to = [each for each in TABS if each[0] not in _WRITTEN or now.actor.may("write_rulebook")]
    return [Tab(label, f"{base}{name}/" if name else base, name == current) for name, label in open_to]


def draft_page(now: Acting, number: int, refused: Refused | None = None) -> DraftPage:
    """A draft's first page."""
    draft = programmes.draft(now.actor, number)
    changes = _difference(now, draft)
    return DraftPage(
        number=number,
        href=f"/rulebook/drafts/{number}/",
        title=draft.title,
        mark=MARKS[draft.state],
        state=draft.state,
        revision=draft.revision,
        tabs=tabs_of(now, number, ""),
        facts=_facts(draft),
        difference=changes,
        lint=lint_rows(draft.source),
        proof=proof_part(now, draft),
        unproved=_unproved(changes, draft),
        steps=_steps(now, draft),
        history=_history(now, draft),
        version=draft.version,
        refused=refused,
    )


def _facts(draft: KnownDraft) -> list[tuple[Words, Words]]:
    base: Words = Text(**_VERSION.both(n=draft.based_on)) if draft.based_on else "—"
    names = list(dict.fromkeys(author.name for author in draft.authors))
    return [
        (Text(zh="起自", en="From"), base),
        (Text(zh="稿次", en="Revision"), str(draft.revision)),
        (Text(zh="起草", en="Written by"), Text(zh="、".join(names), en=", ".join(names))),
        (Text(zh="核准", en="Approved by"), draft.approved_by or "—"),
        (Text(zh="校验值", en="Digest"), f"{draft.digest[:12]}…"),
    ]


def _difference(now: Acting, draft: KnownDraft) -> DifferencePart | None:
    """Against what is in force; a published draft against what it began from."""
    book = _compared(now, draft)
    if book is None:
        return None
    return difference_part(book.source, draft.source, (Text(**_VERSION.both(n=book.version.number)), _THIS))


def _unproved(changes: DifferencePart | None, draft: KnownDraft) -> list[str]:
    """What changed and has no example of its users' own: those that came along prove the template."""
    if changes is None or draft.state in CLOSED:
        return []
    named = clauses_named(draft.examples)
    acting = [each for each in changes.clauses if each.figures or each.put]
    return [each.id for each in acting if each.id not in named]


def _compared(now: Acting, draft: KnownDraft) -> Rulebook | None:
    """What is in force, or a later version that is still to come where the draft began from that."""
    base = programmes.rulebook_of(now.actor, draft.based_on) if draft.based_on else None
    if draft.state in CLOSED:
        return base
    try:
        ruling = programmes.rulebook(now.actor, now.at)
    except NoRulebookInForce:
        return base
    return base if base and base.version.number > ruling.version.number else ruling


def lint_rows(source: str) -> list[FindingRow]:
    """Everything that is wrong or unwise, all at once, the faults first."""
    written = source.splitlines()
    found = sorted(check_source(source), key=lambda each: (each.level != REFUSE, each.line))
    return [_finding(each, written) for each in found]


def _finding(each: Finding, written: list[str]) -> FindingRow:
    line = written[each.line - 1].strip()[:160] if 0 < each.line <= len(written) else ""
    return FindingRow(_LEVELS[each.level], each.line, each.clause or "", each.text, line)


def _history(now: Acting, draft: KnownDraft) -> list[HistoryRow]:
    deeds = programmes.draft_history(now.actor, draft.number)
    return [HistoryRow(DEEDS[each.what], each.revision, each.at, each.by, each.reason) for each in reversed(deeds)]


def _steps(now: Acting, draft: KnownDraft) -> Steps:
    actor, state = now.actor, draft.state
    if state in CLOSED:
        return Steps()
    authored = any(author.reference == actor.reference for author in draft.authors)
    published = programmes.versions(actor)
    alone = not published or not programmes.approval_policy(actor).second_person
    last = published[0].number if published else None
    publish = actor.may("publish") and (state == APPROVED or (alone and state == SUBMITTED))
    steps = Steps(
        submit=state == OPEN and actor.may("write_rulebook"),
        approve=state == SUBMITTED and not alone and not authored and actor.may("approve_rulebook"),
        give_back=state in (SUBMITTED, APPROVED) and actor.may("approve_rulebook"),
        publish=publish,
        withdraw=actor.may("write_rulebook"),
        rebase=last if last and (draft.based_on or 0) < last and actor.may("write_rulebook") else None,
        waits=_waits(state, authored, alone),
    )
    return _dated(now, steps) if publish else steps


def _waits(state: str, authored: bool, alone: bool) -> Words:
    if state == OPEN:
        return _WAITS_AUTHORS
    if state == SUBMITTED and not alone:
        return _WAITS_AUTHOR if authored else _WAITS_APPROVAL
    return _WAITS_PUBLICATION


def _dated(now: Acting, steps: Steps) -> Steps:
    """From when it may take effect, and what is suggested: the next midnight from then on."""
    earliest = programmes.earliest_effect(now.actor, now.at)
    ruling = programmes.ruling_at(now.actor.programme, now.at)
    zone = ruling.zone if ruling else ZoneInfo(timezone.get_default_timezone_name())
    clause = amendment.clause_of(ruling) if ruling else None
    days = clause.parameters.notice if clause else 0  # type: ignore[attr-defined]
    resolver = clause.parameters.resolved_by if clause else None  # type: ignore[attr-defined]
    notice = Text(**_NOTICE.both(clause=clause.number or clause.id, days=days)) if clause and days else ""
    return Steps(
        **{name: getattr(steps, name) for name in ("submit", "approve", "give_back", "publish", "withdraw", "rebase")},
        earliest=earliest,
        suggested=_midnight(earliest, zone).strftime("%Y-%m-%dT%H:%M"),
        notice=notice,
        resolved_by=body.called(ruling, resolver) if ruling and resolver else "",
    )


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    opens = at_day(local_day(moment, zone), zone)
    return opens if opens >= moment else opens + timedelta(days=1)


def examples_page(now: Acting, number: int) -> ExamplesPage:
    """A draft's own examples, to be written."""
    draft = programmes.draft(now.actor, number)
    return ExamplesPage(
        number=number,
        href=f"/rulebook/drafts/{number}/",
        title=draft.title,
        mark=MARKS[draft.state],
        tabs=tabs_of(now, number, "examples"),
        text=draft.examples,
        token=draft.examples_number,
        writes=draft.state not in CLOSED and now.actor.may("write_rulebook"),
        skeleton=SKELETON,
    )


SKELETON = """rulebook: designer-wear
given: {products: {COAT: 1000.00}, members: {li: {}}}
by: {post: clerk, shop: S1}
---
clause: B55-13
says: A coat of 1,000 yuan earns 30 points.
steps:
  - {at: 2027-03-02 10:00, do: commit_sale, with: {member: $li, lines: [{sku: COAT}]}, expect: {earned: {points: 30}}}
"""
