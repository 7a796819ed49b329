"""Rows of drafts: found, locked, told as values, and what was done with them noted."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.events import DraftMoved
from huiguan.programme.models import ApprovalRule, Draft, DraftEvent, DraftExamples, DraftProof, DraftRevision, Version
from huiguan.programme.refusals import DraftClosed
from huiguan.programme.values import (
    APPROVED,
    CLOSED,
    OPEN,
    PUBLISHED,
    STATES,
    SUBMITTED,
    WITHDRAWN,
    ApprovalPolicy,
    Author,
    DraftLine,
    DraftProved,
    KnownDraft,
    Proof,
    SavedDraft,
    SetAside,
    digest_of,
)

# What is done with a draft, beside reaching one of its states.
OPENED, SAVED, EXAMPLES, REBASED, RETURNED = "opened", "saved", "examples", "rebased", "returned"
# Whoever did one of these had a hand in the text that is approved.
WRITING = (OPENED, SAVED, EXAMPLES, REBASED, SUBMITTED)
STEPS = (OPENED, SUBMITTED, RETURNED, APPROVED, WITHDRAWN, PUBLISHED)  # what a program beside the system is told
NO_EXAMPLES = digest_of("")
_DRAFT = Text(zh="草案", en="draft")


def found_draft(programme: int, number: int) -> Draft:
    found = Draft.objects.filter(programme_id=programme, number=number).first()
    if found is None:
        raise NotFound(field="draft", what=_DRAFT, given=str(number))
    return found


def lock_draft(programme: int, number: int) -> Draft:
    """The draft's row, locked; DraftClosed where it was published or withdrawn."""
    found = Draft.objects.select_for_update().filter(programme_id=programme, number=number).first()
    if found is None:
        raise NotFound(field="draft", what=_DRAFT, given=str(number))
    if found.state in CLOSED:
        raise DraftClosed(field="draft", number=number, state=STATES[found.state])
    return found


def note(draft: Draft, what: str, actor: Actor, at: datetime, reason: str = "") -> None:
    """Write down what was done with the draft, and tell the steps of its way."""
    DraftEvent.objects.create(
        programme_id=draft.programme_id,
        draft=draft,
        what=what,
        revision=draft.revision,
        reason=reason,
        at=at,
        by=actor.reference,
        by_name=actor.name,
    )
    if what in STEPS:
        told = DraftMoved(reference=str(draft.number), at=at, title=draft.title, step=what, by=actor.name)
        tell(draft.programme_id, [told], at)


def open_again(draft: Draft) -> None:
    """Whatever was decided was decided of another text."""
    draft.state = OPEN
    draft.save(update_fields=["state", "revision", "based_on"])


def add_revision(draft: Draft, source: str, actor: Actor, at: datetime) -> DraftRevision:
    """The draft's text as of its `revision`."""
    return DraftRevision.objects.create(
        programme_id=draft.programme_id,
        draft=draft,
        revision=draft.revision,
        source=source,
        digest=digest_of(source),
        at=at,
        by=actor.reference,
        by_name=actor.name,
    )


def write_text(draft: Draft, source: str, actor: Actor, at: datetime) -> SavedDraft:
    """The draft's next revision, which opens it again; the same text again is none. The draft's row is locked."""
    before = latest(draft)
    if before.digest == digest_of(source):
        return saved_of(draft, before)
    draft.revision += 1
    open_again(draft)
    text = add_revision(draft, source, actor, at)
    note(draft, SAVED, actor, at)
    return saved_of(draft, text)


def latest(draft: Draft) -> DraftRevision:
    return DraftRevision.objects.get(draft=draft, revision=draft.revision)


def examples_of(draft: Draft) -> DraftExamples | None:
    """The draft's own examples as they are now, None where nobody wrote any."""
    return DraftExamples.objects.filter(draft=draft).order_by("-number").first()


def aside_of(written: DraftExamples | None) -> tuple[SetAside, ...]:
    return tuple(SetAside(**each) for each in written.aside) if written else ()


def write_examples(
    draft: Draft, text: str, aside: Sequence[SetAside], number: int, actor: Actor, at: datetime
) -> DraftExamples:
    """The draft's examples as of `number`; the digest is of the text and of what is set aside."""
    named = sorted([each.clause, each.says] for each in aside)
    return DraftExamples.objects.create(
        programme_id=draft.programme_id,
        draft=draft,
        number=number,
        text=text,
        aside=[asdict(each) for each in aside],
        digest=digest_of(text + json.dumps(named, ensure_ascii=False) if named else text),
        at=at,
        by=actor.reference,
        by_name=actor.name,
    )


def examples_digest(draft: Draft) -> str:
    written = examples_of(draft)
    return written.digest if written else NO_EXAMPLES


def proof_row(draft: Draft) -> DraftProof | None:
    """The latest proof of the draft's present text and examples."""
    rows = DraftProof.objects.filter(draft=draft, digest=latest(draft).digest, examples_digest=examples_digest(draft))
    return rows.order_by("-id").first()


def authors_of(draft: Draft) -> tuple[Author, ...]:
    """Everybody who had a hand in the text, the first to write first."""
    rows = DraftEvent.objects.filter(draft=draft, what__in=WRITING).order_by("id")
    return tuple(dict.fromkeys(Author(row.by, row.by_name) for row in rows))


def approval_of(draft: Draft) -> DraftEvent | None:
    """The approval that holds; none once the draft was opened again."""
    if draft.state not in (APPROVED, PUBLISHED):
        return None
    return DraftEvent.objects.filter(draft=draft, what=APPROVED, revision=draft.revision).order_by("-id").first()


def policy_of(programme: int) -> ApprovalPolicy:
    """Whether a version after the first takes a second person: it does until somebody says otherwise."""
    rule = ApprovalRule.objects.filter(programme_id=programme).order_by("-id").first()
    if rule is None:
        return ApprovalPolicy(True)
    return ApprovalPolicy(rule.second_person, rule.by_name, rule.at, rule.reason)


def last_version(programme: int) -> Version | None:
    return Version.objects.filter(programme_id=programme).order_by("-number").first()


def saved_of(draft: Draft, revision: DraftRevision | None = None) -> SavedDraft:
    text = revision or latest(draft)
    return SavedDraft(draft.number, draft.revision, text.digest, draft.state, draft.version)


def proved_of(row: DraftProof) -> DraftProved:
    aside = sum(1 for each in row.told if each["aside"])
    proof = Proof(row.digest, row.examples, row.passed, row.at, aside)
    return DraftProved(proof, row.examples_digest, tuple(row.told), row.by_name)


def line_of(draft: Draft, saved: tuple[datetime, str]) -> DraftLine:
    return DraftLine(
        number=draft.number,
        title=draft.title,
        state=draft.state,
        revision=draft.revision,
        based_on=draft.based_on,
        opened_at=draft.opened_at,
        opened_by=draft.opened_by_name,
        saved_at=saved[0],
        saved_by=saved[1],
        version=draft.version,
    )


def known_draft(draft: Draft) -> KnownDraft:
    text, written, proved, approval = latest(draft), examples_of(draft), proof_row(draft), approval_of(draft)
    return KnownDraft(
        number=draft.number,
        title=draft.title,
        revision=draft.revision,
        source=text.source,
        digest=text.digest,
        state=draft.state,
        authors=authors_of(draft),
        based_on=draft.based_on,
        opened_at=draft.opened_at,
        opened_by=draft.opened_by_name,
        saved_at=text.at,
        saved_by=text.by_name,
        version=draft.version,
        examples=written.text if written else "",
        examples_number=written.number if written else 0,
        examples_digest=written.digest if written else NO_EXAMPLES,
        aside=aside_of(written),
        proof=proved_of(proved) if proved else None,
        approved_by=approval.by_name if approval else None,
        approved_at=approval.at if approval else None,
    )


def performed(
    name: str, actor: Actor, at: datetime, subject: str, given: Any, do: Callable[[], SavedDraft], key: str | None
) -> SavedDraft:
    """One write about a draft. Sources are kept with the draft; the audit row names them by their digest."""
    return perform(
        name, actor=actor, at=at, subject=subject, given=given, do=do, returns=SavedDraft, key=key, scope="drafts"
    )
