"""Deciding on a draft: submitted, returned or approved by a second person, published from a moment on.

The second person is somebody on the staff who had no hand in the text and holds a post with `approve_rulebook` at that
very moment. An installation of one person may do without, by `set_approval`, which is audited and told wherever versions
are listed.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import POWERS, Actor
from huiguan.kernel.moments import moment_of
from huiguan.programme.drafts import (
    RETURNED,
    approval_of,
    authors_of,
    last_version,
    latest,
    lock_draft,
    note,
    performed,
    policy_of,
    proof_row,
    proved_of,
    saved_of,
)
from huiguan.programme.inputs import ApproveDraft, PublishDraft, ReturnDraft, SetApproval, SubmitDraft
from huiguan.programme.models import ApprovalRule, Draft, DraftRevision
from huiguan.programme.queries import ruling_at
from huiguan.programme.refusals import (
    AlreadyApproved,
    AlreadySubmitted,
    DraftChanged,
    DraftNotApproved,
    DraftNotSubmitted,
    DraftOvertaken,
    LeftTheStaff,
    NothingChanged,
    OwnDraft,
    PersonNeeded,
)
from huiguan.programme.succession import announced, demand_proof, next_version
from huiguan.programme.values import (
    APPROVED,
    OPEN,
    PUBLISHED,
    SUBMITTED,
    ApprovalPolicy,
    Proof,
    PublishedVersion,
    SavedDraft,
)
from huiguan.programme.versions import lock_programme, version_of
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.kinds import amendment


def submit_draft(*, actor: Actor, at: datetime, given: SubmitDraft, key: str | None = None) -> SavedDraft:
    """Lay a revision before a second person. Whoever submits it counts among its authors.

    Takes `write_rulebook`. Refuses PersonNeeded, DraftChanged, AlreadySubmitted, RulebookRefused with every finding,
    NothingChanged, DraftOvertaken, DraftClosed, NotFound.
    """
    actor.demand("write_rulebook")
    _demand_person(actor)

    def do() -> SavedDraft:
        draft, text = _meant(actor, given)
        if draft.state != OPEN:
            raise AlreadySubmitted(field="draft", number=draft.number)
        compile_rulebook(text.source)
        _demand_news(draft, text, at)
        return _moved(draft, SUBMITTED, SUBMITTED, actor, at)

    return performed("submit_draft", actor, at, f"draft:{given.draft}", given, do, key)


def _meant(actor: Actor, given: SubmitDraft) -> tuple[Draft, DraftRevision]:
    """The draft and the revision that is meant; DraftChanged where somebody saved another."""
    draft = lock_draft(actor.programme, given.draft)
    text = latest(draft)
    if given.revision != draft.revision:
        raise DraftChanged(field="revision", by=text.by_name, latest=draft.revision, given=given.revision)
    return draft, text


def _demand_person(actor: Actor) -> None:
    if actor.kind not in ("staff", "system"):
        raise PersonNeeded()


def _demand_news(draft: Draft, text: DraftRevision, at: datetime) -> None:
    """A draft says something new, and nothing was published since it began. A rulebook that is looked through from time
    to time may be found right as it is: published again to the letter, its time begins anew."""
    last = last_version(draft.programme_id)
    if last is None:
        return
    ruling = ruling_at(draft.programme_id, at)
    if last.digest == text.digest and not (ruling and amendment.review_clause(ruling)):
        raise NothingChanged(field="draft", version=last.number)
    if draft.based_on is None or draft.based_on < last.number:
        raise DraftOvertaken(field="draft", based_on=draft.based_on or 0, latest=last.number)


def _moved(draft: Draft, state: str, what: str, actor: Actor, at: datetime, reason: str = "") -> SavedDraft:
    draft.state = state
    draft.save(update_fields=["state"])
    note(draft, what, actor, at, reason)
    return saved_of(draft)


def return_draft(*, actor: Actor, at: datetime, given: ReturnDraft, key: str | None = None) -> SavedDraft:
    """Give a submitted or approved draft back to its authors, saying why.

    Takes `approve_rulebook`. Refuses DraftNotSubmitted, DraftChanged, DraftClosed, NotFound.
    """
    actor.demand("approve_rulebook")

    def do() -> SavedDraft:
        draft, _ = _meant(actor, given)
        if draft.state == OPEN:
            raise DraftNotSubmitted(field="draft", number=draft.number)
        return _moved(draft, OPEN, RETURNED, actor, at, given.reason)

    return performed("return_draft", actor, at, f"draft:{given.draft}", given, do, key)


def approve_draft(*, actor: Actor, at: datetime, given: ApproveDraft, key: str | None = None) -> SavedDraft:
    """A second person's approval of this very revision, proved with every example passed.

    Takes `approve_rulebook`, held by a person at `at`. Refuses PersonNeeded, LeftTheStaff, OwnDraft, AlreadyApproved,
    DraftNotSubmitted, DraftChanged, ProofMissing, ProofFailed, DraftOvertaken, DraftClosed, NotFound.
    """
    if actor.kind != "staff":
        raise PersonNeeded()
    actor.demand("approve_rulebook")
    # What the entrance knew of her may be a moment old; a decision takes what holds now.
    if not identity.actor_of_staff(actor.id, at).may("approve_rulebook"):
        raise LeftTheStaff(name=actor.name, power=POWERS["approve_rulebook"])

    def do() -> SavedDraft:
        draft, text = _meant(actor, given)
        if any(author.reference == actor.reference for author in authors_of(draft)):
            raise OwnDraft(field="draft")
        _demand_waiting(draft)
        compile_rulebook(text.source)
        demand_proof(_kept(draft), text.digest)
        _demand_news(draft, text, at)
        return _moved(draft, APPROVED, APPROVED, actor, at)

    return performed("approve_draft", actor, at, f"draft:{given.draft}", given, do, key)


def _demand_waiting(draft: Draft) -> None:
    approval = approval_of(draft)
    if approval is not None:
        raise AlreadyApproved(field="draft", number=draft.number, by=approval.by_name)
    if draft.state != SUBMITTED:
        raise DraftNotSubmitted(field="draft", number=draft.number)


def _kept(draft: Draft) -> Proof | None:
    row = proof_row(draft)
    return proved_of(row).proof if row else None


def publish_draft(
    *, actor: Actor, at: datetime, given: PublishDraft, proof: Proof | None = None, key: str | None = None
) -> PublishedVersion:
    """The approved draft as the next version. `proof`: None for the one kept with the draft.

    Takes `publish`. Refuses DraftNotApproved (DraftNotSubmitted where no second person is asked for), DraftOvertaken,
    RulebookRefused, ProofMissing, ProofOfAnotherSource, ProofFailed, PublicationInPast, LaterVersionScheduled,
    NoticeTooShort, BeginsElsewhere, VersionUnresolved, DraftClosed, NotFound.
    """
    actor.demand("publish")

    def do() -> PublishedVersion:
        lock_programme(actor.programme)
        draft = lock_draft(actor.programme, given.draft)
        _demand_decided(draft)
        text = latest(draft)
        _demand_news(draft, text, at)
        compiled = compile_rulebook(text.source)
        proved = demand_proof(proof or _kept(draft), text.digest)
        ruling = ruling_at(actor.programme, at)
        asked = given.effective_from
        begins = moment_of(asked, "effective_from", compiled.zone) if asked else announced(ruling, at)
        made = next_version(actor, at, text.source, begins, compiled, proved, ruling, given.resolution)
        draft.version, draft.state = made.number, PUBLISHED
        draft.save(update_fields=["version", "state"])
        note(draft, PUBLISHED, actor, at)
        return version_of(made)

    return perform(
        "publish_draft",
        actor=actor,
        at=at,
        subject=f"draft:{given.draft}",
        given=given,
        do=do,
        returns=PublishedVersion,
        key=key,
        scope="drafts",
    )


def _demand_decided(draft: Draft) -> None:
    """Approved; where no second person is asked for, or nothing was published yet, submitted is enough."""
    alone = not policy_of(draft.programme_id).second_person or last_version(draft.programme_id) is None
    if draft.state == APPROVED or (alone and draft.state == SUBMITTED):
        return
    raise (DraftNotSubmitted if alone else DraftNotApproved)(field="draft", number=draft.number)


def set_approval(*, actor: Actor, at: datetime, given: SetApproval, key: str | None = None) -> ApprovalPolicy:
    """Say whether a version after the first takes a second person's approval, and why. Takes `organise`. Refuses
    PersonNeeded for a program."""
    _demand_person(actor)
    actor.demand("organise")

    def do() -> ApprovalPolicy:
        programme = lock_programme(actor.programme)
        ApprovalRule.objects.create(
            programme=programme,
            second_person=given.second_person,
            reason=given.reason,
            at=at,
            by=actor.reference,
            by_name=actor.name,
        )
        return policy_of(actor.programme)

    return perform(
        "set_approval",
        actor=actor,
        at=at,
        subject="rulebook",
        given=given,
        do=do,
        returns=ApprovalPolicy,
        key=key,
        scope="rulebook",
    )
