"""That it is still she who holds the device: a code answered at the phone on her record, for what cannot be taken back."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity import operations as identities
from huiguan.identity.inputs import SpendProof
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.visits.refusals import NoOwnPhone, NotSignedIn


def own_phone(actor: Actor, at: datetime) -> str:
    """The acting member's phone in clear. NotSignedIn, NoOwnPhone."""
    if actor.membership is None:
        raise NotSignedIn()
    phone = members.contacts(actor.programme, [actor.membership], at)[actor.membership].phone
    if phone is None:
        raise NoOwnPhone(field="code")
    return phone


def demand_herself(actor: Actor, at: datetime, purpose: str, proof: str, wall: datetime) -> None:
    """Spend the proof that her own phone answered a code for `purpose`. ProofNotGood, NoOwnPhone, NotSignedIn."""
    phone = own_phone(actor, at)
    number, _ = members.number_and_name(actor.programme, actor.membership or 0)
    spent = SpendProof(address=phone, proof=proof, purpose=purpose, subject=f"member:{number}")
    identities.spend_proof(actor=actor, at=at, given=spent, wall=wall)
