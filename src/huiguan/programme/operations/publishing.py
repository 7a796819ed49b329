"""Creating programmes; checking and publishing their rulebooks."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of
from huiguan.programme.drafts import last_version, policy_of
from huiguan.programme.inputs import CheckRulebook, CreateProgramme, PublishRulebook
from huiguan.programme.models import Programme
from huiguan.programme.queries import ruling_at
from huiguan.programme.refusals import ApprovalNeeded, ProgrammeCodeTaken
from huiguan.programme.succession import announced, demand_proof, next_version
from huiguan.programme.values import Checked, KnownProgramme, Proof, PublishedVersion, digest_of
from huiguan.programme.versions import known_of, lock_programme, version_of
from huiguan.rules.compiling import check_source, compile_rulebook
from huiguan.rules.findings import REFUSE


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
    if not actor.may("write_rulebook"):
        actor.demand("publish")
    findings = check_source(given.source)
    publishable = all(finding.level != REFUSE for finding in findings)
    return Checked(digest=digest_of(given.source), publishable=publishable, findings=findings)


def publish_rulebook(
    *, actor: Actor, at: datetime, given: PublishRulebook, proof: Proof | None, key: str | None = None
) -> PublishedVersion:
    """A new version without a draft, in force from `given.effective_from` (None: as soon as it may): the first one, which may
    begin in the past, and any later one where no second person is asked for; the house itself is asked for none.

    Refuses RulebookRefused, ProofMissing, ProofOfAnotherSource, ProofFailed, ApprovalNeeded, PublicationInPast,
    LaterVersionScheduled, NoticeTooShort, BeginsElsewhere, VersionUnresolved. What is past keeps the version it was judged by.
    """
    actor.demand("publish")
    compiled = compile_rulebook(given.source)
    digest = digest_of(given.source)
    proved = demand_proof(proof, digest)
    asked = moment_of(given.effective_from, "effective_from", compiled.zone) if given.effective_from else None

    def do() -> PublishedVersion:
        lock_programme(actor.programme)
        first = last_version(actor.programme) is None
        if not first and actor.kind != "system" and policy_of(actor.programme).second_person:
            raise ApprovalNeeded()
        ruling = ruling_at(actor.programme, at)
        begins = asked or announced(ruling, at)
        return version_of(next_version(actor, at, given.source, begins, compiled, proved, ruling, given.resolution))

    return perform(
        "publish_rulebook",
        actor=actor,
        at=at,
        subject=f"rulebook:{compiled.name}",
        # The source itself is kept with the version; the audit row names it by its digest.
        given={"digest": digest, "effective_from": given.effective_from, "resolution": given.resolution},
        do=do,
        returns=PublishedVersion,
        key=key,
        scope="rulebook",
    )
