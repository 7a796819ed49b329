"""One version follows another: what is demanded of the next one, and its row.

The past is never judged anew: a version begins no earlier than now, the first excepted, and no earlier than the last
one scheduled, which it replaces where both begin at one moment.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.programme.events import RulebookPublished
from huiguan.programme.models import Version
from huiguan.programme.refusals import (
    BeginsElsewhere,
    LaterVersionScheduled,
    NoticeTooShort,
    ProofFailed,
    ProofMissing,
    ProofOfAnotherSource,
    PublicationInPast,
    VersionUnresolved,
)
from huiguan.programme.standing import read_anew
from huiguan.programme.values import Proof
from huiguan.programme.versions import lock_programme, proof_as_json
from huiguan.rules.kinds import amendment, body
from huiguan.rules.programme import Clause
from huiguan.rules.programme import Programme as Compiled


def demand_proof(proof: Proof | None, digest: str) -> Proof:
    """The proof, of the very source with this digest, every example passed."""
    if proof is None:
        raise ProofMissing()
    if proof.digest != digest:
        raise ProofOfAnotherSource()
    if proof.passed < proof.examples:
        raise ProofFailed(examples=proof.examples, failed=proof.examples - proof.passed)
    return proof


def announced(ruling: Compiled | None, at: datetime) -> datetime:
    """The first moment for which the version in force lets a successor be published at `at`; `at` where it says nothing
    or none is in force yet."""
    clause = amendment.clause_of(ruling) if ruling else None
    if ruling is None or clause is None:
        return at
    return amendment.earliest(_of(clause), at, ruling.zone)


def earliest(last: Version | None, ruling: Compiled | None, at: datetime) -> datetime:
    """The first moment at which the next version may take effect, the last one scheduled considered too."""
    noticed = announced(ruling, at)
    if last is None or last.effective_from <= noticed or ruling is None:
        return noticed
    clause = amendment.clause_of(ruling)
    if clause is None or amendment.begins_well(_of(clause), last.effective_from, ruling.zone):
        return last.effective_from
    return amendment.earliest(_of(clause).model_copy(update={"notice": 0}), last.effective_from, ruling.zone)


def _of(clause: Clause) -> amendment.Parameters:
    assert isinstance(clause.parameters, amendment.Parameters)
    return clause.parameters


def next_version(
    actor: Actor,
    at: datetime,
    source: str,
    begins: datetime,
    compiled: Compiled,
    proof: Proof,
    ruling: Compiled | None,
    resolution: str,
) -> Version:
    """The row of the next version, after `ruling`, the one in force, by a `resolution`, told in the outbox; the programme
    stays locked until the transaction ends."""
    programme = lock_programme(actor.programme)
    last = Version.objects.filter(programme=programme).order_by("-number").first()
    if last is not None:
        _demand_order(last, begins, at, compiled)
    if ruling is not None:
        _demand_resolution(ruling, resolution)
        _demand_notice(ruling, begins, at)
    made = Version.objects.create(
        programme=programme,
        number=last.number + 1 if last else 1,
        source=source,
        digest=proof.digest,
        effective_from=begins,
        published_at=at,
        published_by=actor.reference,
        published_by_name=actor.name,
        resolution=resolution,
        proof=proof_as_json(proof),
    )
    read_anew(actor.programme)
    tell(actor.programme, [_published(made)], at)
    return made


def _published(made: Version) -> RulebookPublished:
    return RulebookPublished(
        reference=str(made.number),
        at=made.published_at,
        number=made.number,
        digest=made.digest,
        effective_from=made.effective_from,
    )


def _demand_order(last: Version, begins: datetime, at: datetime, compiled: Compiled) -> None:
    def said(moment: datetime) -> str:
        return moment.astimezone(compiled.zone).isoformat()

    if begins < at:
        raise PublicationInPast(field="effective_from", given=said(begins), now=said(at))
    if begins < last.effective_from:
        scheduled = said(last.effective_from)
        raise LaterVersionScheduled(field="effective_from", number=last.number, scheduled=scheduled)


def _demand_resolution(ruling: Compiled, resolution: str) -> None:
    clause = amendment.clause_of(ruling)
    by = _of(clause).resolved_by if clause is not None else None
    if clause is None or by is None or resolution:
        return
    raise VersionUnresolved(field="resolution", clause=clause.id, body=body.called(ruling, by))


def _demand_notice(ruling: Compiled, begins: datetime, at: datetime) -> None:
    clause = amendment.clause_of(ruling)
    if clause is None:
        return
    asked, zone = _of(clause), ruling.zone
    soonest = amendment.earliest(asked, at, zone)
    told = {"field": "effective_from", "clause": clause.id}
    if asked.notice and begins < amendment.earliest(asked.model_copy(update={"begins": amendment.MOMENT}), at, zone):
        raise NoticeTooShort(**told, days=asked.notice, earliest=soonest.astimezone(zone).isoformat())
    if not amendment.begins_well(asked, begins, zone):
        next_one = amendment.earliest(asked.model_copy(update={"notice": 0}), begins, zone)
        words = amendment.BEGINNINGS[asked.begins]
        raise BeginsElsewhere(**told, begins=words, earliest=next_one.astimezone(zone).isoformat())
