"""Proofs, published versions and programmes as other rooms see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding
from huiguan.rules.programme import Programme


def digest_of(source: str) -> str:
    """The name of a source by its content: SHA-256 over its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(source.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Proof:
    """That the rulebook with this digest was run through `examples` examples, of which `passed` came out as said.

    Made by rehearsal; a publication demands one of the same source with every example passed.
    """

    digest: str
    examples: int
    passed: int
    at: datetime


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    id: int
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version as published: in force from `effective_from` until the next one's; `by` the publisher's name."""

    id: int
    programme: int
    number: int
    digest: str
    effective_from: datetime
    published_at: datetime
    by: str
    proof: Proof


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
