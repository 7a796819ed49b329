"""Proofs, published versions and programmes as other rooms see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding
from huiguan.rules.programme import Programme


def digest_of(source: str) -> str:
    """The name of a source by its content: SHA-256 over its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(source.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Proof:
    """That the rulebook with this digest was run through `examples` examples, of which `passed` came out as said.

    Made by rehearsal; a publication demands one of the same source with every example passed. `aside`: examples that
    come out otherwise and are meant to, which are not counted in `examples`.
    """

    digest: str
    examples: int
    passed: int
    at: datetime
    aside: int = 0


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    id: int
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version as published: in force from `effective_from` until the next one's; `by` the publisher's name, by which
    `resolution`."""

    id: int
    programme: int
    number: int
    digest: str
    effective_from: datetime
    published_at: datetime
    by: str
    proof: Proof
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The last day on which the rulebook is to be looked through again, by which clause; `overdue`: that day is over."""

    by: date
    overdue: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the lint says of a source. `publishable` is false where any finding refuses it."""

    digest: str
    publishable: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A version for reading: how it was published, its text as written, and its clauses compiled."""

    version: PublishedVersion
    source: str
    compiled: Programme


OPEN, SUBMITTED, APPROVED, PUBLISHED, WITHDRAWN = "open", "submitted", "approved", "published", "withdrawn"
STATES: dict[str, Text] = {
    OPEN: Text(zh="起草中", en="being written"),
    SUBMITTED: Text(zh="待核准", en="waiting for approval"),
    APPROVED: Text(zh="已核准", en="approved"),
    PUBLISHED: Text(zh="发布", en="published"),
    WITHDRAWN: Text(zh="撤回", en="withdrawn"),
}
CLOSED = frozenset({PUBLISHED, WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote in a draft: an actor's reference ("staff:7") and name."""

    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """Where a draft stands after something was done with it."""

    number: int
    revision: int
    digest: str
    state: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SavedClause:
    """Which clause was written, and where the draft stands after it."""

    clause: str
    number: int
    revision: int
    digest: str
    state: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list. `saved_at`, `saved_by`: of the latest revision; `version`: what it was published as."""

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


@dataclass(frozen=True, slots=True)
class KnownDraft:
    """A draft with its latest text. `authors`: everybody who wrote in it; `examples`: their own, as a file, and its
    `examples_number`; `aside`: examples set aside; `proof` that of this text and these examples, None before they were
    run; `approved_by` a name."""

    number: int
    title: str
    revision: int
    source: str
    digest: str
    state: str
    authors: tuple[Author, ...]
    based_on: int | None
    opened_at: datetime
    opened_by: str
    saved_at: datetime
    saved_by: str
    version: int | None
    examples: str
    examples_number: int
    examples_digest: str
    aside: tuple[SetAside, ...]
    proof: DraftProved | None
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """An example, by its clause and sentence, that comes out otherwise because the draft means it to."""

    clause: str
    says: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class DraftProved:
    """A proof that was kept with a draft. `told`: file, line, clause, says and text of each example that came out
    otherwise than it says, and whether it was set `aside`."""

    proof: Proof
    examples_digest: str
    told: tuple[dict[str, Any], ...]
    by: str

    @property
    def failed(self) -> tuple[dict[str, Any], ...]:
        """Those that stand in the way."""
        return tuple(each for each in self.told if not each["aside"])

    @property
    def aside(self) -> tuple[dict[str, Any], ...]:
        return tuple(each for each in self.told if each["aside"])


@dataclass(frozen=True, slots=True)
class Revision:
    """A text of a draft as it was saved."""

    revision: int
    digest: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DraftDeed:
    """What was done with a draft: opened, saved, examples, rebased, submitted, returned, approved, withdrawn,
    published."""

    what: str
    revision: int
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """Whether a new version takes a second person; `by`, `at`, `reason` of the last change, None where it never was."""

    second_person: bool
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None
