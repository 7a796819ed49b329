"""Drafts as programs read them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiguan.api.rulebook.schemas import FindingAnswer, told_finding
from huiguan.api.schemas import Answer, Both
from huiguan.programme.values import DraftLine, DraftProved, KnownDraft
from huiguan.rules.compiling import check_source
from huiguan.rules.differing import Difference


class DraftLineAnswer(Answer):
    """A draft in a list. `state`: open, submitted, approved, published, withdrawn; `version`: what it was published as."""

    number: int
    title: str
    state: str
    revision: int
    based_on: int | None
    opened_at: datetime
    opened_by: str
    saved_at: datetime
    saved_by: str
    version: int | None


class DraftsPage(Answer):
    """The drafts, the newest first; all on one page."""

    items: list[DraftLineAnswer]
    next: str | None


class FailedExampleAnswer(Answer):
    """An example that came out otherwise than it says; `aside`: it is meant to, and does not stand in the way."""

    file: str
    line: int
    clause: str
    says: str
    text: Both
    aside: bool


class DraftProofAnswer(Answer):
    """How the examples came out under one text. `examples` counts none that was set aside."""

    digest: str
    examples: int
    passed: int
    set_aside: int
    at: datetime
    by: str
    told: list[FailedExampleAnswer]


class DraftProofsPage(Answer):
    """Every proof kept with a draft, the latest first."""

    items: list[DraftProofAnswer]
    next: str | None


class DraftAnswer(DraftLineAnswer):
    """A draft with its latest text. `proof` is that of this text and these examples, null before they were run;
    `findings` what the lint says."""

    source: str
    digest: str
    authors: list[str]
    approved_by: str | None
    approved_at: datetime | None
    examples: str
    examples_number: int
    proof: DraftProofAnswer | None
    findings: list[FindingAnswer]


class SavedDraftAnswer(Answer):
    """Where a draft stands after something was done with it."""

    number: int
    revision: int
    digest: str
    state: str
    version: int | None


class ProofAskedAnswer(Answer):
    """The examples are being run; the draft's `proof` says how they came out."""

    job: int


class DraftDeedAnswer(Answer):
    what: str
    revision: int
    reason: str
    at: datetime
    by: str


class DraftHistoryPage(Answer):
    """What was done with a draft, the first deed first."""

    items: list[DraftDeedAnswer]
    next: str | None


class ValueChangeAnswer(Answer):
    """A value as it is written: `path` dotted within the clause; null where there is none. `line` in the later text."""

    path: str
    before: str | None
    after: str | None
    line: int


class ClauseChangeAnswer(Answer):
    """A clause that is `what`: added, removed or changed. `acts` false: only its wording changes."""

    id: str
    what: str
    line: int
    acts: bool
    changes: list[ValueChangeAnswer]


class DifferenceAnswer(Answer):
    """What a later text changes in an earlier one. `readable` false: one of them is no YAML that can be read."""

    clauses: list[ClauseChangeAnswer]
    head: list[ValueChangeAnswer]
    moved: list[str]
    comments: bool
    readable: bool


def told_line(row: DraftLine | KnownDraft) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DraftLineAnswer.model_fields}


def told_draft(draft: KnownDraft) -> dict[str, Any]:
    return {
        **told_line(draft),
        "source": draft.source,
        "digest": draft.digest,
        "authors": list(dict.fromkeys(author.name for author in draft.authors)),
        "approved_by": draft.approved_by,
        "approved_at": draft.approved_at,
        "examples": draft.examples,
        "examples_number": draft.examples_number,
        "proof": told_proof(draft.proof) if draft.proof else None,
        "findings": [told_finding(finding) for finding in check_source(draft.source)],
    }


def told_proof(proved: DraftProved) -> dict[str, Any]:
    proof = proved.proof
    return {
        "digest": proof.digest,
        "examples": proof.examples,
        "passed": proof.passed,
        "set_aside": proof.aside,
        "at": proof.at,
        "by": proved.by,
        "told": list(proved.told),
    }


def told_difference(found: Difference) -> dict[str, Any]:
    clauses = [{**asdict(each), "acts": each.acts} for each in found.clauses]
    return {**asdict(found), "clauses": clauses}
