"""Creating programmes; checking and publishing their rulebooks."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.programme.inputs import CheckRulebook, CreateProgramme, PublishRulebook
from huiguan.programme.models import Programme, Version
from huiguan.programme.refusals import (
    LaterVersionScheduled,
    ProgrammeCodeTaken,
    ProofFailed,
    ProofMissing,
    ProofOfAnotherSource,
    PublicationInPast,
)
from huiguan.programme.values import Checked, KnownProgramme, Proof, PublishedVersion, digest_of
from huiguan.programme.versions import known_of, lock_programme, proof_as_json, version_of
from huiguan.rules.compiling import check_source, compile_rulebook
from huiguan.rules.findings import REFUSE
from huiguan.rules.programme import Programme as Compiled


def create_programme(*, actor: Actor, at: datetime, given: CreateProgramme, key: str | None = None) -> KnownProgramme:
    """A programme without rulebook, house or staff yet. Refuses ProgrammeCodeTaken."""
    actor.demand("organise")

    def do() -> KnownProgramme:
        made, fresh = Programme.objects.get_or_create(
            code=given.code,
            defaults={"name_zh": given.name.zh, "name_en": given.name.en, "created_at": at},
        )
        if not fresh:
            raise ProgrammeCodeTaken(field="code", given=given.code)
        return known_of(made)

    return perform(
        "create_programme",
        actor=actor,
        at=at,
        subject=f"programme:{given.code}",
        given=given,
        do=do,
        returns=KnownProgramme,
        key=key,
        scope="programmes",
    )


def check_rulebook(*, actor: Actor, at: datetime, given: CheckRulebook) -> Checked:
    """Every fault and every warning of a source, all at once. Writes nothing."""
    actor.demand("publish")
    findings = check_source(given.source)
    publishable = all(finding.level != REFUSE for finding in findings)
    return Checked(digest=digest_of(given.source), publishable=publishable, findings=findings)


def publish_rulebook(
    *, actor: Actor, at: datetime, given: PublishRulebook, proof: Proof | None, key: str | None = None
) -> PublishedVersion:
    """A new version, in force from `given.effective_from` (now where None); the first may begin in the past.

    Refuses RulebookRefused, ProofMissing, ProofOfAnotherSource, ProofFailed, PublicationInPast,
    LaterVersionScheduled. What is past keeps the version it was judged by.
    """
    actor.demand("publish")
    compiled = compile_rulebook(given.source)
    digest = digest_of(given.source)
    proved = _demand_proof(proof, digest)
    begins = moment_of(given.effective_from, "effective_from", compiled.zone) if given.effective_from else at

    def do() -> PublishedVersion:
        return version_of(_next_version(actor, at, given.source, begins, compiled, proved))

    return perform(
        "publish_rulebook",
        actor=actor,
        at=at,
        subject=f"rulebook:{compiled.name}",
        # The source itself is kept with the version; the audit row names it by its digest.
        given={"digest": digest, "effective_from": given.effective_from},
        do=do,
        returns=PublishedVersion,
        key=key,
        scope="rulebook",
    )


def _next_version(
    actor: Actor, at: datetime, source: str, begins: datetime, compiled: Compiled, proof: Proof
) -> Version:
    programme = lock_programme(actor.programme)
    last = Version.objects.filter(programme=programme).order_by("-number").first()
    if last is not None:
        _demand_order(last, begins, at, compiled)
    return Version.objects.create(
        programme=programme,
        number=last.number + 1 if last else 1,
        source=source,
        digest=proof.digest,
        effective_from=begins,
        published_at=at,
        published_by=actor.reference,
        published_by_name=actor.name,
        proof=proof_as_json(proof),
    )


def _demand_proof(proof: Proof | None, digest: str) -> Proof:
    if proof is None:
        raise ProofMissing()
    if proof.digest != digest:
        raise ProofOfAnotherSource()
    if proof.passed < proof.examples:
        raise ProofFailed(examples=proof.examples, failed=proof.examples - proof.passed)
    return proof


def _demand_order(last: Version, begins: datetime, at: datetime, compiled: Compiled) -> None:
    def said(moment: datetime) -> str:
        return moment.astimezone(compiled.zone).isoformat()

    if begins < at:
        raise PublicationInPast(field="effective_from", given=said(begins), now=said(at))
    if begins < last.effective_from:
        scheduled = said(last.effective_from)
        raise LaterVersionScheduled(field="effective_from", number=last.number, scheduled=scheduled)
