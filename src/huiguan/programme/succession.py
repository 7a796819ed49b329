"""One version follows another: what is demanded of the next one, and its row.

The past is never judged anew: a version begins no earlier than now, the first excepted, and no earlier than the last
one scheduled, which it replaces where both begin at one moment.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.programme.models import Version
from huiguan.programme.refusals import (
    LaterVersionScheduled,
    ProofFailed,
    ProofMissing,
    ProofOfAnotherSource,
    PublicationInPast,
)
from huiguan.programme.values import Proof
from huiguan.programme.versions import lock_programme, proof_as_json
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


def next_version(
    actor: Actor, at: datetime, source: str, begins: datetime, compiled: Compiled, proof: Proof
) -> Version:
    """The row of the next version; the programme stays locked until the transaction ends."""
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


def _demand_order(last: Version, begins: datetime, at: datetime, compiled: Compiled) -> None:
    def said(moment: datetime) -> str:
        return moment.astimezone(compiled.zone).isoformat()

    if begins < at:
        raise PublicationInPast(field="effective_from", given=said(begins), now=said(at))
    if begins < last.effective_from:
        scheduled = said(last.effective_from)
        raise LaterVersionScheduled(field="effective_from", number=last.number, scheduled=scheduled)
