"""The examples of a draft: its users' own, those set aside, and how all came out.

An example that came with the product was written for the figures it came with. Where the draft changes a figure, what
follows from it comes out otherwise; the author sets such an example aside with a reason, and the second person sees each
of them before approving. Nothing else is ever left out of a proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.programme.drafts import (
    EXAMPLES,
    aside_of,
    examples_of,
    lock_draft,
    note,
    open_again,
    performed,
    proof_row,
    proved_of,
    saved_of,
    write_examples,
)
from huiguan.programme.inputs import SaveExamples, SetExamplesAside, TakeExamplesBack
from huiguan.programme.models import Draft, DraftExamples, DraftProof
from huiguan.programme.refusals import DraftChanged, ExampleNotFailed
from huiguan.programme.values import DraftProved, Proof, SavedDraft, SetAside, digest_of


def save_examples(*, actor: Actor, at: datetime, given: SaveExamples, key: str | None = None) -> SavedDraft:
    """The draft's own examples anew, empty for none; the draft is opened again and is to be proved again.

    Takes `write_rulebook`. Refuses DraftChanged where `given.number` is not the latest, DraftClosed, NotFound.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        before = _meant(draft, given.number)
        if (before.text if before else "") != given.text:
            write_examples(draft, given.text, aside_of(before), given.number + 1, actor, at)
            open_again(draft)
            note(draft, EXAMPLES, actor, at)
        return saved_of(draft)

    told = {"draft": given.draft, "number": given.number, "digest": digest_of(given.text)}
    return performed("save_examples", actor, at, f"draft:{given.draft}", told, do, key)


def _meant(draft: Draft, number: int) -> DraftExamples | None:
    """The examples as they are now; DraftChanged where somebody changed them."""
    before = examples_of(draft)
    latest = before.number if before else 0
    if number != latest:
        by = before.by_name if before else draft.opened_by_name
        raise DraftChanged(field="number", by=by, latest=latest, given=number)
    return before


def set_examples_aside(*, actor: Actor, at: datetime, given: SetExamplesAside, key: str | None = None) -> SavedDraft:
    """Say of examples that failed in the proof of the present text that the draft means them to, and why. The draft is
    opened again; the proof holds without them.

    Takes `write_rulebook`. Refuses ExampleNotFailed, DraftChanged, DraftClosed, NotFound.
    """
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        before, proof = _meant(draft, given.number), proof_row(draft)
        failed = {(each["clause"], each["says"]) for each in proved_of(proof).failed} if proof else set()
        for each in given.examples:
            if (each.clause, each.says) not in failed:
                raise ExampleNotFailed(field="examples", says=each.says)
        more = [SetAside(each.clause, each.says, given.reason, actor.name) for each in given.examples]
        _set_aside(draft, [*aside_of(before), *more], given.number + 1, proof, actor, at)
        note(draft, EXAMPLES, actor, at, given.reason)
        return saved_of(draft)

    return performed("set_examples_aside", actor, at, f"draft:{given.draft}", given, do, key)


def take_examples_back(*, actor: Actor, at: datetime, given: TakeExamplesBack, key: str | None = None) -> SavedDraft:
    """Every example counts again. Takes `write_rulebook`. Refuses DraftChanged, DraftClosed, NotFound."""
    actor.demand("write_rulebook")

    def do() -> SavedDraft:
        draft = lock_draft(actor.programme, given.draft)
        before = _meant(draft, given.number)
        if aside_of(before):
            _set_aside(draft, (), given.number + 1, proof_row(draft), actor, at)
            note(draft, EXAMPLES, actor, at)
        return saved_of(draft)

    return performed("take_examples_back", actor, at, f"draft:{given.draft}", given, do, key)


def _set_aside(
    draft: Draft, aside: Sequence[SetAside], number: int, proof: DraftProof | None, actor: Actor, at: datetime
) -> None:
    """The examples with others set aside, and the proof counted anew: the text is the same, so nothing is run again."""
    text = examples_of(draft)
    written = write_examples(draft, text.text if text else "", aside, number, actor, at)
    open_again(draft)
    if proof is None:
        return
    named = {(each.clause, each.says) for each in aside}
    told = [{**each, "aside": (each["clause"], each["says"]) in named} for each in proof.told]
    ran = proof.passed + len(told)
    DraftProof.objects.create(
        programme_id=proof.programme_id,
        draft=draft,
        digest=proof.digest,
        examples_digest=written.digest,
        examples=ran - sum(1 for each in told if each["aside"]),
        passed=proof.passed,
        told=told,
        at=proof.at,
        by=proof.by,
        by_name=proof.by_name,
    )


def keep_proof(*, actor: Actor, at: datetime, draft: int, proved: DraftProved) -> SavedDraft:
    """Keep how the examples came out under a text of the draft; `proved` is rehearsal's. Takes `write_rulebook` or
    `approve_rulebook`. Refuses DraftClosed, NotFound."""
    if not actor.may("approve_rulebook"):
        actor.demand("write_rulebook")
    proof = proved.proof

    def do() -> SavedDraft:
        row = lock_draft(actor.programme, draft)
        DraftProof.objects.create(
            programme_id=row.programme_id,
            draft=row,
            digest=proof.digest,
            examples_digest=proved.examples_digest,
            examples=proof.examples,
            passed=proof.passed,
            told=list(proved.told),
            at=at,
            by=actor.reference,
            by_name=actor.name,
        )
        return saved_of(row)

    return perform(
        "keep_proof",
        actor=actor,
        at=at,
        subject=f"draft:{draft}",
        given=_counted(draft, proof),
        do=do,
        returns=SavedDraft,
    )


def _counted(draft: int, proof: Proof) -> dict[str, Any]:
    """The proof as the audit row tells it."""
    return {"draft": draft, **{name: value for name, value in asdict(proof).items() if name != "at"}}
