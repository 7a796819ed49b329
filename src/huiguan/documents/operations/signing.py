"""Signing: who accepted which words, as whom; and what waits until it is signed."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents.inputs import SignAcceptance
from huiguan.documents.keeping import demand_may, found
from huiguan.documents.models import Signed
from huiguan.documents.refusals import (
    AcceptanceNeeded,
    AcceptanceUnknown,
    AlreadySigned,
    EditionOutdated,
    SignerNotAsked,
)
from huiguan.documents.telling import signed_view
from huiguan.documents.values import SignedView
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import acceptance
from huiguan.rules.kinds.acceptance import SIGNERS, Before, Parameters, Signature
from huiguan.rules.programme import Clause, Programme


def sign_acceptance(
    *,
    actor: Actor,
    at: datetime,
    given: SignAcceptance,
    rulebook: Programme,
    own: str | None = None,
    post: Text | None = None,
    key: str | None = None,
) -> SignedView:
    """`given.holder` signs in the words `rulebook` (the one in force, handed in by the room above) has now. Whoever signs
    for another takes `documents`; `post`: in which somebody signs for the house.

    Refuses Forbidden, AcceptanceUnknown, EditionOutdated, SignerNotAsked, AlreadySigned, NotFound.
    """
    demand_may(actor, given.holder, own)
    clause = _clause(rulebook, given)

    def do() -> SignedView:
        row = Signed(programme_id=actor.programme, clause=clause.id, way=given.way, signer=given.signer, at=at)
        row.holder, row.about, row.acceptance = given.holder, given.about, given.acceptance
        row.edition, row.role, row.words = given.edition, given.role, _both(acceptance.words(clause))
        row.actor, row.actor_name = actor.reference, actor.name
        row.post = _both(post) if post is not None else {}
        row.document = found(actor, given.document, own) if given.document is not None else None
        earlier = _earlier(row)
        if earlier is not None:
            raise AlreadySigned(field="acceptance", at=f"{earlier.at:%Y-%m-%d}")
        row.save(force_insert=True)
        return signed_view(row)

    return perform(
        "sign_acceptance", actor=actor, at=at, subject=given.holder, given=given, do=do, returns=SignedView, key=key
    )


def _clause(rulebook: Programme, given: SignAcceptance) -> Clause:
    clause = acceptance.clause_of(rulebook, given.acceptance)
    if clause is None:
        raise AcceptanceUnknown(field="acceptance", given=given.acceptance)
    rule: Parameters = clause.parameters  # type: ignore[assignment]
    if given.edition != rule.edition:
        raise EditionOutdated(field="edition", clause=clause.id, edition=rule.edition, given=given.edition)
    if given.role not in rule.signs:
        raise SignerNotAsked(field="role", clause=clause.id, role=SIGNERS[given.role])
    return clause


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _earlier(row: Signed) -> Signed | None:
    return Signed.objects.filter(
        programme_id=row.programme_id, holder=row.holder, about=row.about, acceptance=row.acceptance,
        edition=row.edition, role=row.role,
    ).first()  # fmt: skip


def demand_signed(
    *, actor: Actor, at: datetime, rulebook: Programme, holder: str, before: Before, about: str = ""
) -> None:
    """AcceptanceNeeded, with the clause, unless `holder` signed everything that `rulebook` wants signed `before` this.
    Called by the room above inside its own transaction."""
    rows = Signed.objects.filter(programme_id=actor.programme, holder=holder, about=about)
    signed = [Signature(row.acceptance, row.edition, row.role) for row in rows]
    for effect in acceptance.decide(rulebook, before, signed).effects:
        if isinstance(effect, Refuse):
            reason = effect.values["reason"]
            why = Text(**acceptance.SAYS[reason.say].both(**reason.values))
            raise AcceptanceNeeded(clause=effect.clause, why=why)
