"""Coming in by phone, and going out. Visits live on wall time; what one may see is asked at the domain's moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from huiguan.foundation.performing import in_transaction, write_audit
from huiguan.identity import operations as identities
from huiguan.identity.inputs import SpendProof
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.values.verifying import PHONE
from huiguan.parties import formats
from huiguan.visits.inputs import BeginVisit, ProveFact
from huiguan.visits.models import Visit
from huiguan.visits.opening import (
    becomes_member,
    hash_of,
    locked,
    next_token,
    open_of,
    opened,
    phone_of,
    told,
    wrong_facts,
)
from huiguan.visits.refusals import FactDiffers, FactTriedTooOften
from huiguan.visits.values import FACT, MEMBER, STRANGER, OpenVisit

WRONG_FACTS = 5


def begin_visit(*, actor: Actor, at: datetime, given: BeginVisit, wall: datetime, origin: str = "") -> OpenVisit:
    """Whoever answered the code sent to `phone` is in: as the member it belongs to, as a stranger where it is nobody's,
    or, where its member was not seen for two years, as somebody who must show more first (`prove_fact`).

    Refuses ProofNotGood.
    """

    def do() -> OpenVisit:
        spent = SpendProof(address=given.phone, proof=given.proof, purpose="sign_in")
        identities.spend_proof(actor=actor, at=at, given=spent, wall=wall)
        holder = members.phone_holder(actor.programme, given.phone, at)
        stage = STRANGER if holder is None else FACT if holder.dormant else MEMBER
        membership = holder.membership if holder is not None and stage == MEMBER else None
        visit = opened(
            actor.programme, stage=stage, membership=membership, phone=given.phone, wall=wall, origin=origin,
            device=given.device,
        )  # fmt: skip
        if membership is not None:
            _note(visit, at, origin, "code")
            _phone_proved(visit, membership, at)
        return visit

    return in_transaction(do)


def prove_fact(
    *, actor: Actor, at: datetime, given: ProveFact, token: str, wall: datetime, origin: str = ""
) -> OpenVisit:
    """The member a long unseen phone belonged to shows it is she: by birthday, member number or card. Her visit goes on
    under another token.

    Refuses FactDiffers (five times in thirty days, on however many visits, then even the right one opens nothing and
    the visit is over: FactTriedTooOften), NotSignedIn.
    """

    def do() -> OpenVisit | None:
        row = locked(actor.programme, token, wall, (FACT,))
        phone = phone_of(row)
        holder, tried = members.phone_holder(actor.programme, phone, at), wrong_facts(actor.programme, phone, wall)
        known = holder is not None and _fits(actor.programme, holder.membership, holder.birthday, given.fact)
        if holder is None or not known or tried >= WRONG_FACTS:
            row.failures += 1
            row.ended_at = wall if tried + 1 >= WRONG_FACTS else None
            row.save(update_fields=["failures", "ended_at"])
            return None
        becomes_member(row, holder.membership, wall, token)
        visit = told(row, next_token(token))
        _note(visit, at, origin, "fact")
        return visit

    # A wrong answer counts in a transaction of its own: the refusal that follows undoes nothing of it.
    visit = in_transaction(do)
    if visit is None:
        over = Visit.objects.filter(token_hash=hash_of(token), ended_at__isnull=False).exists()
        raise FactTriedTooOften(field="fact") if over else FactDiffers(field="fact")
    return visit


def touch_visit(*, visit: int, wall: datetime) -> None:
    """The visit was used at `wall`; written once an hour."""
    Visit.objects.filter(pk=visit, seen_at__lt=wall - timedelta(hours=1)).update(seen_at=wall)


def end_visit(*, token: str, wall: datetime) -> None:
    """Going out at this device."""
    Visit.objects.filter(token_hash=hash_of(token), ended_at=None).update(ended_at=wall)


def end_other_visits(*, actor: Actor, at: datetime, wall: datetime, but: int | None = None) -> int:
    """All devices of the acting member are signed out, but the visit named; how many those were."""

    def do() -> int:
        ended = open_of(actor.membership or 0).exclude(pk=but or 0).update(ended_at=wall)
        write_audit("end_other_visits", actor=actor, at=at, subject=actor.reference, given={"ended": ended})
        return ended

    return in_transaction(do) if actor.membership is not None else 0


def _fits(programme: int, membership: int, birthday: date | None, fact: str) -> bool:
    """Whether what was told is this member's: her birthday however written, her number or a card of hers."""
    try:
        told = formats.day(fact, "fact")
    except InvalidInput:
        told = None
    if birthday is not None and told == birthday:
        return True
    found = members.resolve(programme, [("number", fact), ("card", fact)])
    return membership in found.values()


def _phone_proved(visit: OpenVisit, membership: int, at: datetime) -> None:
    """The number answered: it is verified from now on, where it was not."""
    if PHONE not in members.verified([membership], at)[membership]:
        actor = Actor("member", membership, visit.name, visit.programme, membership=membership)
        member_operations.phone_proved(actor=actor, at=at, membership=membership)


def _note(visit: OpenVisit, at: datetime, origin: str, how: str) -> None:
    actor = Actor("member", visit.membership or 0, visit.name, visit.programme, membership=visit.membership)
    given = {"with": how, "address": origin}
    write_audit("visit_begun", actor=actor, at=at, subject=f"member:{visit.number}", given=given)
