"""Writing a draft: opening it, saving its text and examples, taking a later version in, giving it up.

Whatever is saved is kept for ever, also a text that cannot be read: a thought is not lost for a missing bracket. What
was submitted or approved is opened again by the next save, for an approval is of one text only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.drafts import (
    EXAMPLES,
    OPENED,
    REBASED,
    SAVED,
    add_revision,
    examples_of,
    last_version,
    latest,
    lock_draft,
    note,
    saved_of,
)
from huiguan.programme.inputs import OpenDraft, RebaseDraft, SaveDraft, SaveExamples, WithdrawDraft
from huiguan.programme.models import Draft, DraftExamples, Version
from huiguan.programme.queries import programme_at
from huiguan.programme.refusals import DraftChanged
from huiguan.programme.values import OPEN, WITHDRAWN, SavedDraft, digest_of
from huiguan.programme.versions import lock_programme

_VERSION = Text(zh="章程版本", en="version of the rulebook")


def open_draft(*, actor: Actor, at: datetime, given: OpenDraft, key: str | None = None) -> SavedDraft:
    """A draft with its first revision: `given.source`, else the text of version `given.based_on`, else of the one in
    force. It takes over the examples its users wrote for that version.

    Takes `write_rulebook`. Refuses NotFound for a version there is not, NoRulebookInForce.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        programme = lock_programme(actor.programme)
        base = _base(actor.programme, at, given)
        before = Draft.objects.filter(programme=programme).order_by("-number").first()
        draft = Draft.objects.create(
            programme=programme,
            number=before.number + 1 if before else 1,
            title=given.title,
            based_on=base.number if base else None,
            state=OPEN,
            opened_at=at,
            opened_by=actor.reference,
            opened_by_name=actor.name,
        )
        source = given.source if given.source is not None else base.source if base else ""
        text = add_revision(draft, source, actor, at)
        note(draft, OPENED, actor, at)
        _take_over_examples(draft, base, actor, at)
        return saved_of(draft, text)

    digest = digest_of(given.source) if given.source is not None else None
    told = {"title": given.title, "based_on": given.based_on, "digest": digest}
    return _performed("open_draft", actor, at, "drafts", told, do, key)


def _base(programme: int, at: datetime, given: OpenDraft) -> Version | None:
    """The version a draft begins from; None only where a source was given and nothing is in force yet."""
    versions = Version.objects.filter(programme_id=programme)
    if given.based_on is not None:
        found = versions.filter(number=given.based_on).first()
        if found is None:
            raise NotFound(field="based_on", what=_VERSION, given=str(given.based_on))
        return found
    if given.source is not None and not versions.exists():
        return None
    return versions.get(pk=programme_at(programme, at).version)


def _take_over_examples(draft: Draft, base: Version | None, actor: Actor, at: datetime) -> None:
    source = Draft.objects.filter(programme_id=draft.programme_id, version=base.number).first() if base else None
    written = examples_of(source) if source else None
    if written is not None:
        _write_examples(draft, written.text, 1, actor, at)


def _write_examples(draft: Draft, text: str, number: int, actor: Actor, at: datetime) -> None:
    DraftExamples.objects.create(
        programme_id=draft.programme_id,
        draft=draft,
        number=number,
        text=text,
        digest=digest_of(text),
        at=at,
        by=actor.reference,
        by_name=actor.name,
    )


def save_draft(*, actor: Actor, at: datetime, given: SaveDraft, key: str | None = None) -> SavedDraft:
    """The next revision; the same text again is none. A draft that was submitted or approved is opened again.

    Takes `write_rulebook`. Refuses DraftChanged where `given.revision` is not the latest, DraftClosed, NotFound.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        before = latest(draft)
        if given.revision != draft.revision:
            raise DraftChanged(field="revision", by=before.by_name, latest=draft.revision, given=given.revision)
        if before.digest == digest_of(given.source):
            return saved_of(draft, before)
        draft.revision += 1
        _opened_again(draft)
        text = add_revision(draft, given.source, actor, at)
        note(draft, SAVED, actor, at)
        return saved_of(draft, text)

    told = {"draft": given.draft, "revision": given.revision, "digest": digest_of(given.source)}
    return _performed("save_draft", actor, at, f"draft:{given.draft}", told, do, key)


def _opened_again(draft: Draft) -> None:
    draft.state = OPEN
    draft.save(update_fields=["state", "revision", "based_on"])


def save_examples(*, actor: Actor, at: datetime, given: SaveExamples, key: str | None = None) -> SavedDraft:
    """The draft's own examples anew, empty for none; the draft is opened again and is to be proved again.

    Takes `write_rulebook`. Refuses DraftChanged where `given.number` is not the latest, DraftClosed, NotFound.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        before = examples_of(draft)
        number = before.number if before else 0
        if given.number != number:
            by = before.by_name if before else draft.opened_by_name
            raise DraftChanged(field="number", by=by, latest=number, given=given.number)
        if (before.text if before else "") == given.text:
            return saved_of(draft)
        _write_examples(draft, given.text, number + 1, actor, at)
        _opened_again(draft)
        note(draft, EXAMPLES, actor, at)
        return saved_of(draft)

    told = {"draft": given.draft, "number": given.number, "digest": digest_of(given.text)}
    return _performed("save_examples", actor, at, f"draft:{given.draft}", told, do, key)


def rebase_draft(*, actor: Actor, at: datetime, given: RebaseDraft, key: str | None = None) -> SavedDraft:
    """Say that the draft takes everything of version `given.based_on` into account; it is opened again.

    Takes `write_rulebook`. Refuses NotFound, DraftClosed.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        last = last_version(actor.programme)
        if last is None or given.based_on > last.number:
            raise NotFound(field="based_on", what=_VERSION, given=str(given.based_on))
        draft.based_on = given.based_on
        _opened_again(draft)
        note(draft, REBASED, actor, at)
        return saved_of(draft)

    return _performed("rebase_draft", actor, at, f"draft:{given.draft}", given, do, key)


def withdraw_draft(*, actor: Actor, at: datetime, given: WithdrawDraft, key: str | None = None) -> SavedDraft:
    """Give the draft up; it stays to be read. Takes `write_rulebook`. Refuses DraftClosed, NotFound."""
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        draft.state = WITHDRAWN
        draft.save(update_fields=["state"])
        note(draft, WITHDRAWN, actor, at, given.reason)
        return saved_of(draft)

    return _performed("withdraw_draft", actor, at, f"draft:{given.draft}", given, do, key)


def _performed(
    name: str, actor: Actor, at: datetime, subject: str, given: Any, do: Callable[[], SavedDraft], key: str | None
) -> SavedDraft:
    """One write about a draft. Sources are kept with the draft; the audit row names them by their digest."""
    return perform(
        name, actor=actor, at=at, subject=subject, given=given, do=do, returns=SavedDraft, key=key, scope="drafts"
    )
