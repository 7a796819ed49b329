"""A rulebook kept as a file, under version control: laid before a second person, and published once approved.

Who does it is named: whoever has a shell on this machine may do everything to it anyway, so nothing is proved by asking
for a password here. Approving is not done here: the second person signs in and sees what changes.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.cli.choosing import chosen_programme
from huiguan.foundation.errands import Report
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import operations
from huiguan.programme import queries as programmes
from huiguan.programme.inputs import OpenDraft, PublishDraft, SaveDraft, SubmitDraft
from huiguan.programme.values import CLOSED, OPEN, DraftProved, KnownDraft, PublishedVersion, digest_of
from huiguan.rehearsal.draft_proofs import proved_now
from huiguan.rules.compiling import compile_rulebook

_PERSON = Text(zh="员工", en="person on the staff")


class FileNotDrafted(Refusal):
    """No open draft has this very text."""

    text = Text(
        zh="没有一份草案是这个文件的原文。先 huiguan rulebook draft，再由另一人核准。",
        en="No draft has the text of this file. Run huiguan rulebook draft first, and have it approved.",
    )
    status = 404
    rank = "existence"


class ExamplesDiffer(Refusal):
    """The draft was kept and not submitted: some examples come out otherwise."""

    text = Text(
        zh="草案 {number} 已存，没有提交：{failed:count} 个例子不符，如“{first}”。在控制台改正或搁置。",
        en="Draft {number} was saved and not submitted: {failed:count} {failed:example|examples} differ, such as “{first}”. Correct them "
        "in the console, or set them aside.",
    )


def acting_as(username: str, code: str | None, at: datetime) -> Actor:
    """The person with this username as she acts at `at`. Refuses NotFound and what
    `chosen_programme` refuses."""
    programme = chosen_programme(code).id
    found = identity.people_by_username(programme, [username]).get(username.lower())
    if found is None:
        raise NotFound(field="--as", what=_PERSON, given=username)
    return identity.actor_of_staff(found.id, at)


def lay_before(actor: Actor, at: datetime, source: str, *, title: str, draft: int | None, report: Report) -> KnownDraft:
    """The file as a draft (another revision of `draft` where one is named), proved and submitted.

    Refuses RulebookRefused before anything is written, ExamplesDiffer, and what the operations refuse.
    """
    compile_rulebook(source)
    number = draft if draft is not None else _opened(actor, at, source, title)
    known = programmes.draft(actor, number)
    saved = SaveDraft(draft=number, revision=known.revision, source=source)
    operations.save_draft(actor=actor, at=at, given=saved)
    known = programmes.draft(actor, number)
    proved = known.proof or _proved(actor, at, known, report)
    if proved.failed:
        first = proved.failed[0]
        said = first["says"] or first["text"]["en"]
        raise ExamplesDiffer(field="FILE", number=number, failed=len(proved.failed), first=said)
    if known.state == OPEN:
        operations.submit_draft(actor=actor, at=at, given=SubmitDraft(draft=number, revision=known.revision))
    return programmes.draft(actor, number)


def _opened(actor: Actor, at: datetime, source: str, title: str) -> int:
    """A draft of this very text that is still open, else a new one, after the latest version: running the command again
    does nothing twice."""
    again = _with_text(actor, source)
    if again is not None:
        return again.number
    last = next(iter(programmes.versions(actor)), None)
    given = OpenDraft(title=title, source=source, based_on=last.number if last else None)
    return operations.open_draft(actor=actor, at=at, given=given).number


def _with_text(actor: Actor, source: str) -> KnownDraft | None:
    lines = [each for each in programmes.drafts(actor) if each.state not in CLOSED]
    drafts = (programmes.draft(actor, each.number) for each in lines)
    return next((each for each in drafts if each.digest == digest_of(source)), None)


def _proved(actor: Actor, at: datetime, known: KnownDraft, report: Report) -> DraftProved:
    proved = proved_now(actor, known, at, report)
    operations.keep_proof(actor=actor, at=at, draft=known.number, proved=proved)
    return proved


def put_in_force(actor: Actor, at: datetime, source: str, begins: str | None, resolution: str = "") -> PublishedVersion:
    """The approved draft that has this very text, published by a resolution. Refuses FileNotDrafted and what `publish_draft` refuses."""
    found = _with_text(actor, source)
    if found is None:
        raise FileNotDrafted(field="FILE")
    given = PublishDraft(draft=found.number, effective_from=begins, resolution=resolution)
    return operations.publish_draft(actor=actor, at=at, given=given)
