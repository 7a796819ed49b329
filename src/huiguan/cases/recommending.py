"""Recommenders: asked by a link that opens one answer."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from huiguan.cases import refusals
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.holding import note, save
from huiguan.cases.inputs import AnswerInvitation, InviteRecommender
from huiguan.cases.models import Invitation
from huiguan.cases.opening import fills, saved
from huiguan.cases.values import SavedMatter
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.rules.moving import OPEN, Happening


@dataclass(frozen=True, slots=True)
class Invited:
    """A link made for a recommender; `token` is told this once and kept nowhere."""

    matter: str
    name: str
    token: str | None = None


def invite_recommender(*, actor: Actor, at: datetime, given: InviteRecommender, key: str | None = None) -> Invited:
    """A link for a recommender, by the applicant or staff with `matters`. Refuses MatterUnknown, NotRecommended."""

    made: list[str] = []

    def do() -> Invited:
        held = in_hand(actor, at, given.matter)
        leg = held.leg
        if not fills(actor, held.row):
            raise refusals.MatterUnknown(field="matter", matter=given.matter)
        if held.row.state != OPEN or leg is None or leg.stage.does != "recommend":
            raise refusals.NotRecommended(field="matter")
        token = secrets.token_urlsafe(24)
        made[:] = [token]
        Invitation.objects.create(
            programme_id=held.row.programme_id, matter=held.row, stage=leg.stage.stage, name=given.name,
            token_hash=hash_of(token), made_at=at,
        )  # fmt: skip
        note(held, "invited", stage=leg.stage.stage, name=given.name)
        save(held)
        return Invited(held.row.number, given.name)

    answer = perform(
        "invite_recommender", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=Invited, do=do,
    )  # fmt: skip
    return replace(answer, token=made[0]) if made else answer


def answer_invitation(*, actor: Actor, at: datetime, given: AnswerInvitation, key: str | None = None) -> SavedMatter:
    """What the recommender says, once. With as many who recommend as the clause asks for the matter goes on. Refuses
    InvitationUnknown."""
    found = Invitation.objects.filter(programme_id=actor.programme, token_hash=hash_of(given.token)).first()
    if found is None:
        raise refusals.InvitationUnknown(field="token")
    number = found.matter.number

    def do() -> SavedMatter:
        held = in_hand(actor, at, number)
        row = Invitation.objects.select_for_update().get(pk=found.pk)
        leg = held.leg
        here = held.row.state == OPEN and leg is not None and leg.stage.stage == row.stage
        if row.answered_at is not None or not here or leg is None:
            raise refusals.InvitationUnknown(field="token")
        row.recommends, row.words, row.answered_at = given.recommends, given.words, at
        row.save()
        note(held, "recommended" if given.recommends else "not_recommended", stage=row.stage, name=row.name)
        save(held)
        said = Invitation.objects.filter(matter=held.row, stage=row.stage, recommends=True)
        if said.count() >= leg.stage.signers:
            happen(held, Happening("recommended"))
        return saved(held.row)

    return perform(
        "answer_invitation", actor=actor, at=at, subject=f"matter:{number}", given=given, key=key,
        returns=SavedMatter, secret=frozenset({"token"}), do=do,
    )  # fmt: skip


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
