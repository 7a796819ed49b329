"""Writing a draft: opening it, saving its text, taking a later version in, giving it up.

Whatever is saved is kept for ever, also a text that cannot be read: a thought is not lost for a missing bracket. What
was submitted or approved is opened again by the next save, for an approval is of one text only.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.drafts import (
    OPENED,
    REBASED,
    add_revision,
    aside_of,
    examples_of,
    last_version,
    latest,
    lock_draft,
    note,
    open_again,
    performed,
    saved_of,
    write_examples,
    write_text,
)
from huiguan.programme.inputs import OpenDraft, RebaseDraft, SaveDraft, WithdrawDraft
from huiguan.programme.models import Draft, Version
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
    return performed("open_draft", actor, at, "drafts", told, do, key)


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
        write_examples(draft, written.text, aside_of(written), 1, actor, at)


def save_draft(*, actor: Actor, at: datetime, given: SaveDraft, key: str | None = None) -> SavedDraft:
    """The next revision; the same text again is none. A draft that was submitted or approved is opened again.

    Takes `write_rulebook`. Refuses DraftChanged where `given.revision` is not the latest, DraftClosed, NotFound.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        if given.revision != draft.revision:
            by = latest(draft).by_name
            raise DraftChanged(field="revision", by=by, latest=draft.revision, given=given.revision)
        return write_text(draft, given.source, actor, at)

    told = {"draft": given.draft, "revision": given.revision, "digest": digest_of(given.source)}
    return performed("save_draft", actor, at, f"draft:{given.draft}", told, do, key)


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
        open_again(draft)
        note(draft, REBASED, actor, at)
        return saved_of(draft)

    return performed("rebase_draft", actor, at, f"draft:{given.draft}", given, do, key)


def withdraw_draft(*, actor: Actor, at: datetime, given: WithdrawDraft, key: str | None = None) -> SavedDraft:
    """Give the draft up; it stays to be read. Takes `write_rulebook`. Refuses DraftClosed, NotFound."""
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        draft.state = WITHDRAWN
        draft.save(update_fields=["state"])
        note(draft, WITHDRAWN, actor, at, given.reason)
        return saved_of(draft)

    return performed("withdraw_draft", actor, at, f"draft:{given.draft}", given, do, key)
