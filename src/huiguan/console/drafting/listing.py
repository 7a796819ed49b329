"""Lists: the drafts there are, and every version that was published."""

from __future__ import annotations

from huiguan.console.acting import Acting
from huiguan.console.drafting.drawing import MARKS
from huiguan.console.drafting.pages import DraftRow, VersionRow
from huiguan.console.naming import doer
from huiguan.programme import queries as programmes
from huiguan.programme.values import PUBLISHED, PublishedVersion


def draft_rows(now: Acting) -> list[DraftRow]:
    """All drafts, the newest first."""
    return [
        DraftRow(
            number=each.number,
            href=f"/rulebook/drafts/{each.number}/",
            title=each.title,
            mark=MARKS[each.state],
            based_on=each.based_on,
            saved_at=each.saved_at,
            saved_by=each.saved_by,
            revision=each.revision,
        )
        for each in programmes.drafts(now.actor)
    ]


def version_rows(now: Acting) -> list[VersionRow]:
    """Every version, the newest first, with the draft it came from where one may see it."""
    published = programmes.versions(now.actor)
    drafts = _by_version(now)
    current = max((each.effective_from for each in published if each.effective_from <= now.at), default=None)
    in_force = max((each.number for each in published if each.effective_from == current), default=0)
    return [_row(each, now, in_force, drafts) for each in published]


def _by_version(now: Acting) -> dict[int, int]:
    """The number of the draft each version came from."""
    if not programmes.reads_drafts(now.actor):
        return {}
    return {
        each.version: each.number for each in programmes.drafts(now.actor) if each.state == PUBLISHED and each.version
    }


def _row(each: PublishedVersion, now: Acting, in_force: int, drafts: dict[int, int]) -> VersionRow:
    draft = drafts.get(each.number)
    approved = programmes.draft(now.actor, draft).approved_by if draft else None
    return VersionRow(
        number=each.number,
        href=f"/rulebook/?version={each.number}",
        state="now" if each.number == in_force else "coming" if each.effective_from > now.at else "past",
        since=each.effective_from,
        published=each.published_at,
        by=doer(each.by),
        approved=approved or "",
        resolution=each.resolution,
        draft_href=f"/rulebook/drafts/{draft}/" if draft else "",
        examples=each.proof.examples,
        passed=each.proof.passed,
        aside=each.proof.aside,
    )
