"""That it is the member herself who pays from what she has stored: her PIN, or the proof of a one-time code."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.quoting import Judged
from huiguan.checkout.reading import buyer_of
from huiguan.checkout.stored_refusals import ProofNeeded
from huiguan.checkout.telling import sentence
from huiguan.checkout.till import Till, Tries
from huiguan.identity import operations as identity
from huiguan.identity.inputs import SpendProof
from huiguan.identity.refusals import ProofNotGood
from huiguan.kernel.actors import Actor
from huiguan.members import operations as members
from huiguan.members import queries as members_asked
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import tender
from huiguan.rules.programme import Programme


def tried(actor: Actor, sales: Sequence[SaleInput]) -> Tries:
    """The PINs of these sales compared, before anything is locked: that is slow on purpose."""
    given = [(buyer, sale.pin) for sale in sales if sale.pin and (buyer := buyer_of(sale)) is not None]
    if not given:
        return {}
    found = members_asked.resolve(actor.programme, {buyer for buyer, _ in given})
    return members.tried_pins(actor.programme, {(found[buyer], pin) for buyer, pin in given if buyer in found})


def demand_proof(till: Till, given: SaleInput, facts: MemberFacts, rulebook: Programme, judged: Judged) -> None:
    """ProofNeeded, PinNotSet, PinWrong, PinLocked, ProofNotGood where the clause wants one for what stored value pays."""
    needed = tender.proofs(rulebook, judged.stored.total)
    if needed is None:
        return
    why, ways = needed
    if given.proof and "code" in ways:
        phone = members_asked.contacts(till.actor.programme, [facts.membership], till.now)[facts.membership].phone
        if phone is None:
            raise ProofNotGood(field="code")
        asked = f"member:{facts.number}"
        spent = SpendProof(address=phone, proof=given.proof, purpose="pay", subject=asked)
        identity.spend_proof(actor=till.actor, at=till.now, given=spent, wall=till.wall or till.now)
    elif given.pin and "pin" in ways:
        members.admit_pin(facts.membership, till.tries.get((facts.membership, given.pin)))
    else:
        raise ProofNeeded(field="pin", clause=why.clause, why=sentence(rulebook, why), ways=list(ways))
