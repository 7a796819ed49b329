"""The rulebook as programs read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, Both
from huiguan.programme.values import PublishedVersion, Rulebook
from huiguan.rules.findings import Finding
from huiguan.rules.programme import Clause


class ClauseAnswer(Answer):
    """A clause as the member is told it. `waits_for` names a part of the product that does not exist yet: such a clause
    is text."""

    id: str
    number: str
    kind: str
    title: Both
    text: Both
    source: str
    missing: bool
    waits_for: str | None


class VersionAnswer(Answer):
    """A published version; `digest` is the SHA-256 of its file, `resolution` what passed it, where one was named."""

    number: int
    digest: str
    effective_from: datetime
    published_at: datetime
    by: str
    resolution: str
    examples: int


class RulebookReviewAnswer(Answer):
    """The last day on which the rulebook is to be looked through again, by which clause; `overdue`: it is over."""

    by: date
    overdue: bool
    clause: str


class VersionsPage(Answer):
    """Published versions, the newest first; all on one page. `review`: null where the rulebook does not say."""

    items: list[VersionAnswer]
    next: str | None
    review: RulebookReviewAnswer | None


class RulebookAnswer(Answer):
    """A version with its clauses. `source` is the file as it was written."""

    name: str
    title: Both
    zone: str
    units: dict[str, Both]
    version: VersionAnswer
    clauses: list[ClauseAnswer]
    source: str


class FindingAnswer(Answer):
    """What the lint says: `level` refuse or warn, where, and the sentence."""

    level: str
    code: str
    clause: str | None
    line: int
    path: str
    text: Both


class CheckedAnswer(Answer):
    """Every fault and warning of a source. `publishable` is false where any finding refuses it."""

    digest: str
    publishable: bool
    findings: list[FindingAnswer]


def told_version(version: PublishedVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "digest": version.digest,
        "effective_from": version.effective_from,
        "published_at": version.published_at,
        "by": version.by,
        "resolution": version.resolution,
        "examples": version.proof.examples,
    }


def told_rulebook(found: Rulebook) -> dict[str, Any]:
    compiled = found.compiled
    return {
        "name": compiled.name,
        "title": compiled.title,
        "zone": compiled.zone_name,
        "units": compiled.units,
        "version": told_version(found.version),
        "clauses": [told_clause(clause) for clause in compiled.clauses.values()],
        "source": found.source,
    }


def told_clause(clause: Clause) -> dict[str, Any]:
    names = ("id", "number", "kind", "title", "text", "source", "missing", "waits_for")
    return {name: getattr(clause, name) for name in names}


def told_finding(finding: Finding) -> dict[str, Any]:
    told = finding.as_dict()
    del told["file"]
    return told
