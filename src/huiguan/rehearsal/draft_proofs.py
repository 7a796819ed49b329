"""Proofs of drafts: an errand of the worker that runs every example of a draft and keeps how each came out.

Its examples are those of the template it began from, which every installation has, and those its users wrote.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from huiguan.foundation import clock
from huiguan.foundation.errands import Errand, Report, ask_errand
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor, system
from huiguan.programme import operations, queries
from huiguan.programme.refusals import DraftClosed
from huiguan.programme.values import CLOSED, STATES, DraftProved, KnownDraft, Proof
from huiguan.rehearsal.proving import rehearsed
from huiguan.rehearsal.values import NoExamples, Outcome
from huiguan.rules import shelf
from huiguan.rules.compiling import compile_rulebook

KIND = "rehearsal.prove_draft"
OWN = "examples.yaml"  # what the users' own examples are called


def ask_proof(*, actor: Actor, at: datetime, draft: int, key: str | None = None) -> int:
    """Have a draft's examples run by the worker; the errand's number.

    Takes `write_rulebook` or `approve_rulebook`. Refuses RulebookRefused, NoExamples, DraftClosed, NotFound.
    """
    if not actor.may("approve_rulebook"):
        actor.demand("write_rulebook")
    known = queries.draft(actor, draft)
    if known.state in CLOSED:
        raise DraftClosed(field="draft", number=draft, state=STATES[known.state])
    compile_rulebook(known.source)
    if template_of(actor, known) is None and not known.examples.strip():
        raise NoExamples(field="draft", path=known.title)
    given = {"draft": draft, "digest": known.digest}
    return perform(
        "prove_draft",
        actor=actor,
        at=at,
        subject=f"draft:{draft}",
        given=given,
        do=lambda: ask_errand(KIND, actor=actor, at=at, given=given),
        returns=int,
        key=key,
        scope="drafts",
    )


def template_of(actor: Actor, known: KnownDraft) -> str | None:
    """The shipped rulebook a draft began from: the one it bears the name of, else an earlier version bore."""
    named = [compile_rulebook(known.source).name]
    named += [queries.rulebook_of(actor, each.number).compiled.name for each in queries.versions(actor)]
    return next((name for name in named if name in shelf.shipped()), None)


def prove_draft(asked: Errand, report: Report) -> dict[str, Any]:
    """The errand itself. What is proved is the text as it is when the work begins."""
    actor = system(asked.programme, asked.actor_name)
    known = queries.draft(actor, asked.given["draft"])
    proved = proved_now(actor, known, clock.now(), report)
    operations.keep_proof(actor=actor, at=proved.proof.at, draft=known.number, proved=proved)
    proof = proved.proof
    return {"digest": known.digest, "examples": proof.examples, "passed": proof.passed, "aside": proof.aside}


def proved_now(actor: Actor, known: KnownDraft, at: datetime, report: Report) -> DraftProved:
    """Run a draft's examples, here and now; takes seconds. Refuses NoExamples, RehearsalFailed."""
    if template_of(actor, known) is None and not known.examples.strip():
        raise NoExamples(field="draft", path=known.title)
    outcomes = _outcomes(actor, known, report)
    aside = {(each.clause, each.says) for each in known.aside}
    told = tuple(_told(each, aside) for each in outcomes if not each.passed)
    left_out = sum(1 for each in told if each["aside"])
    proof = Proof(known.digest, len(outcomes) - left_out, len(outcomes) - len(told), at, left_out)
    return DraftProved(proof, known.examples_digest, told, actor.name)


def _outcomes(actor: Actor, known: KnownDraft, report: Report) -> tuple[Outcome, ...]:
    template = template_of(actor, known)
    with tempfile.TemporaryDirectory(prefix="huiguan-draft-") as folder:
        paths = [shelf.shelf() / template / "examples"] if template else []
        if known.examples.strip():
            own = Path(folder) / OWN
            own.write_text(known.examples, encoding="utf-8")
            paths.append(own)
        return rehearsed(paths, source=known.source, report=report)


def _told(outcome: Outcome, aside: set[tuple[str, str]]) -> dict[str, Any]:
    file = OWN if outcome.file.endswith(f"/{OWN}") else outcome.file
    return {
        "file": file,
        "line": outcome.line,
        "clause": outcome.clause,
        "says": outcome.says,
        "text": {"zh": outcome.message.zh, "en": outcome.message.en},
        "aside": (outcome.clause, outcome.says) in aside,
    }
