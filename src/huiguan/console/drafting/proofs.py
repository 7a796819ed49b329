"""A draft's proof as its page shows it: run by the worker, watched, and kept with the draft."""

from __future__ import annotations

from dataclasses import replace

from huiguan.console.acting import Acting
from huiguan.console.drafting.pages import DraftProofPart
from huiguan.design.values import Words
from huiguan.foundation.errands import FAILED, REFUSED, Errand, errands
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.values import CLOSED, KnownDraft
from huiguan.rehearsal.draft_proofs import KIND

_BROKEN = Text(zh="没能跑起来，见服务日志。", en="They could not be run; the log says why.")
SHOWN = 40


def proof_part(now: Acting, draft: KnownDraft) -> DraftProofPart:
    """The proof of the draft's present text; or how far the worker is with one."""
    href = f"/rulebook/drafts/{draft.number}"
    run = _last(now, draft)
    writes = now.actor.may("write_rulebook") and draft.state not in CLOSED
    part = DraftProofPart(
        href=href,
        state="none",
        aside=draft.aside,
        number=draft.examples_number,
        may_run=(writes or now.actor.may("approve_rulebook")) and draft.state not in CLOSED,
        may_write=writes,
        message=_trouble(run),
    )
    if run is not None and not run.ended:
        return replace(part, state=run.state, done=run.done, total=run.total, poll_href=f"{href}/proof")
    if draft.proof is not None:
        proof = draft.proof.proof
        return replace(
            part,
            state="done",
            examples=proof.examples,
            passed=proof.passed,
            set_aside=proof.aside,
            at=proof.at,
            by=draft.proof.by,
            failed=draft.proof.failed[:SHOWN],
            more=max(0, len(draft.proof.failed) - SHOWN),
            message="",
        )
    if part.message:
        return replace(part, state="failed")
    return replace(part, state="stale" if programmes.draft_proofs(now.actor, draft.number) else "none")


def _last(now: Acting, draft: KnownDraft) -> Errand | None:
    """The last time the worker was asked to prove this very text."""
    for each in errands(now.actor, KIND, limit=30):
        if each.given["draft"] == draft.number:
            return each if each.given["digest"] == draft.digest or not each.ended else None
    return None


def _trouble(run: Errand | None) -> Words:
    if run is not None and run.state == REFUSED and run.answer:
        words: dict[str, str] = run.answer["text"]
        return words
    return _BROKEN if run is not None and run.state == FAILED else ""
