"""Which rulebook is in force, and what was published when.

A version never changes, so its compiled form is kept in the process for good, under its key and its digest. Which
version is in force is asked of the database every time: another process may have published a moment ago.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from huiguan.foundation.statements import Question, Row, ask
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.drafts import found_draft, known_draft, last_version, line_of, policy_of, proved_of
from huiguan.programme.models import Draft, DraftEvent, DraftProof, DraftRevision, Programme, Version
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.programme.standing import TIMELINE, version_at
from huiguan.programme.standing import versions_read_once as versions_read_once
from huiguan.programme.succession import earliest
from huiguan.programme.values import (
    ApprovalPolicy,
    DraftDeed,
    DraftLine,
    DraftProved,
    KnownDraft,
    KnownProgramme,
    PublishedVersion,
    Review,
    Revision,
    Rulebook,
)
from huiguan.programme.versions import known_of, version_of
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.kinds import amendment
from huiguan.rules.programme import Clauses
from huiguan.rules.programme import Programme as Compiled

_PROGRAMME = Text(zh="计划", en="programme")
_VERSION = Text(zh="章程版本", en="version of the rulebook")
_REVISION = Text(zh="稿次", en="revision")
# Who may see what is not yet decided.
_READERS = ("write_rulebook", "approve_rulebook", "publish", "audit")


def programme_at(programme: int, at: datetime) -> Compiled:
    """The rulebook in force at `at`, compiled, with `version` set. Refuses NoRulebookInForce."""
    found = version_at(programme, at)
    if found is None:
        raise NoRulebookInForce(given=at.isoformat())
    return _compiled(*found)


def ruling_at(programme: int, at: datetime) -> Compiled | None:
    """The rulebook in force at `at`, compiled; None before the first one is."""
    try:
        return programme_at(programme, at)
    except NoRulebookInForce:
        return None


def earliest_effect(actor: Actor, at: datetime) -> datetime:
    """The first moment at which a version published at `at` may take effect: after the notice the version in force asks
    for, and not before one that is scheduled. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    return earliest(last_version(actor.programme), ruling_at(actor.programme, at), at)


def timeline(programme: int) -> tuple[tuple[datetime, Compiled], ...]:
    """All versions with the moment each takes effect, the one to prefer first: of those that have begun by a moment,
    the first in this order is in force. For those who judge many moments at once; one statement."""
    return ask(timeline_question(programme))


def timeline_question(programme: int) -> Question[tuple[tuple[datetime, Compiled], ...]]:
    """`timeline`, to be asked together with others."""
    return Question(TIMELINE, [programme], _compiled_all)


def _compiled_all(rows: list[Row]) -> tuple[tuple[datetime, Compiled], ...]:
    return tuple((begins, _compiled(key, digest)) for begins, key, digest in rows)


def version(version_id: int) -> Compiled:
    """A published version compiled, by its key; NotFound otherwise."""
    digest = Version.objects.filter(pk=version_id).values_list("digest", flat=True).first()
    if digest is None:
        raise NotFound(what=_VERSION, given=f"#{version_id}")
    return _compiled(version_id, digest)


@lru_cache(maxsize=256)
def _compiled(version_id: int, digest: str) -> Compiled:
    """The digest is part of the key because a throw-away database gives the same version keys to other sources."""
    version = Version.objects.only("source", "programme_id", "number").get(pk=version_id)
    own = compile_rulebook(version.source)
    earlier = Version.objects.filter(programme_id=version.programme_id, number__lt=version.number)
    before = earlier.order_by("-number").values_list("pk", "digest").first()
    dropped = _compiled(*before).clauses if before else {}
    retired = {**getattr(dropped, "retired", {}), **dropped}
    return replace(own, version=version_id, clauses=Clauses(own.clauses, retired))


def number_of(version_id: int) -> int:
    """A published version's number within its programme, by its key; NotFound otherwise."""
    number = Version.objects.filter(pk=version_id).values_list("number", flat=True).first()
    if number is None:
        raise NotFound(what=_VERSION, given=f"#{version_id}")
    return int(number)


def versions(actor: Actor) -> tuple[PublishedVersion, ...]:
    """All versions of the actor's programme, the newest first. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    rows = Version.objects.filter(programme_id=actor.programme).defer("source").order_by("-number")
    return tuple(map(version_of, rows))


def review(actor: Actor, at: datetime) -> Review | None:
    """By when the rulebook in force is looked through again, counted from the last publication; None where it does not
    say. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    ruling = ruling_at(actor.programme, at)
    clause = amendment.review_clause(ruling) if ruling else None
    rows = Version.objects.filter(programme_id=actor.programme, published_at__lte=at).order_by("-number")
    published = rows.values_list("published_at", flat=True).first()
    if ruling is None or clause is None or published is None:
        return None
    by = amendment.review_by(clause, local_day(published, ruling.zone))
    return Review(by, local_day(at, ruling.zone) > by, clause.id) if by is not None else None


def rulebook(actor: Actor, at: datetime) -> Rulebook:
    """The version in force at `at` for reading. Takes `read_rulebook`; refuses NoRulebookInForce."""
    actor.demand("read_rulebook")
    return _rulebook(programme_at(actor.programme, at))


def rulebook_of(actor: Actor, number: int) -> Rulebook:
    """A version for reading, by its number; NotFound otherwise. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    found = Version.objects.filter(programme_id=actor.programme, number=number).first()
    if found is None:
        raise NotFound(field="number", what=_VERSION, given=str(number))
    return _rulebook(_compiled(found.pk, found.digest))


def _rulebook(compiled: Compiled) -> Rulebook:
    row = Version.objects.get(pk=compiled.version)
    return Rulebook(version=version_of(row), source=row.source, compiled=compiled)


def drafts(actor: Actor) -> tuple[DraftLine, ...]:
    """All drafts of the actor's programme, the newest first. Takes `write_rulebook`, `approve_rulebook`, `publish` or
    `audit`, as all questions about drafts do."""
    _demand_reader(actor)
    rows = list(Draft.objects.filter(programme_id=actor.programme).order_by("-number"))
    latest = DraftRevision.objects.filter(draft__in=rows).order_by("draft_id", "-revision").distinct("draft_id")
    saved = {draft: (at, by) for draft, at, by in latest.values_list("draft_id", "at", "by_name")}
    return tuple(line_of(row, saved[row.pk]) for row in rows)


def draft(actor: Actor, number: int) -> KnownDraft:
    """A draft with its latest text; NotFound otherwise."""
    _demand_reader(actor)
    return known_draft(found_draft(actor.programme, number))


def draft_history(actor: Actor, number: int) -> tuple[DraftDeed, ...]:
    """Everything that was done with a draft, the first deed first."""
    _demand_reader(actor)
    rows = DraftEvent.objects.filter(draft=found_draft(actor.programme, number)).order_by("id")
    return tuple(DraftDeed(row.what, row.revision, row.reason, row.at, row.by_name) for row in rows)


def draft_revisions(actor: Actor, number: int) -> tuple[Revision, ...]:
    """The texts a draft had, the latest first, without the texts."""
    _demand_reader(actor)
    rows = DraftRevision.objects.filter(draft=found_draft(actor.programme, number)).order_by("-revision")
    return tuple(Revision(*each) for each in rows.values_list("revision", "digest", "at", "by_name"))


def draft_text(actor: Actor, number: int, revision: int) -> str:
    """A draft's text as it was saved; NotFound otherwise."""
    _demand_reader(actor)
    rows = DraftRevision.objects.filter(draft=found_draft(actor.programme, number), revision=revision)
    found = rows.values_list("source", flat=True).first()
    if found is None:
        raise NotFound(field="revision", what=_REVISION, given=str(revision))
    return str(found)


def draft_proofs(actor: Actor, number: int) -> tuple[DraftProved, ...]:
    """Every proof that was kept with a draft, the latest first."""
    _demand_reader(actor)
    rows = DraftProof.objects.filter(draft=found_draft(actor.programme, number)).order_by("-id")
    return tuple(map(proved_of, rows))


def approval_policy(actor: Actor) -> ApprovalPolicy:
    """Whether a version after the first takes a second person's approval. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    return policy_of(actor.programme)


def reads_drafts(actor: Actor) -> bool:
    """Whether the actor sees what is not decided yet."""
    return any(actor.may(power) for power in _READERS)


def _demand_reader(actor: Actor) -> None:
    if not reads_drafts(actor):
        actor.demand(_READERS[0])


def programmes() -> tuple[KnownProgramme, ...]:
    """All programmes of this installation, by code: for entrances that must choose one."""
    return tuple(map(known_of, Programme.objects.order_by("code")))


def programme(code: str) -> KnownProgramme:
    """A programme by its code; NotFound otherwise."""
    found = Programme.objects.filter(code=code).first()
    if found is None:
        raise NotFound(field="programme", what=_PROGRAMME, given=code)
    return known_of(found)


def programme_named(programme_id: int) -> KnownProgramme:
    """A programme by its key; NotFound otherwise."""
    found = Programme.objects.filter(pk=programme_id).first()
    if found is None:
        raise NotFound(what=_PROGRAMME, given=f"#{programme_id}")
    return known_of(found)
