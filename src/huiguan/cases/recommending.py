"""Recommenders: asked by a link that opens one answer. The link goes to the recommender, or is shown to the house; whom she
is to speak for never has it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from huiguan.cases import refusals
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.holding import Handling, handling, note, save
from huiguan.cases.inputs import AnswerInvitation, InviteRecommender, NameInvitation
from huiguan.cases.models import Invitation
from huiguan.cases.opening import MATTERS, fills, saved
from huiguan.cases.values import InvitationTold, SavedMatter
from huiguan.foundation import sealing
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor, system
from huiguan.rules.courses import Leg
from huiguan.rules.moving import OPEN, Happening

WAITING, ANSWERED, OVER = "waiting", "answered", "over"


@dataclass(frozen=True, slots=True)
class Invited:
    """A recommender who was asked; `token` of her link is told this once, to the house alone, and kept nowhere; `contact` is
    how she is reached, for whoever hands the link on."""

    matter: str
    name: str
    token: str | None = None
    id: int = 0
    contact: str = ""


def invite_recommender(*, actor: Actor, at: datetime, given: InviteRecommender, key: str | None = None) -> Invited:
    """Somebody is asked to recommend, by the applicant, who says how she is reached, or by staff with `matters`. Refuses
    MatterUnknown, NotRecommended, ContactNeeded, InvitedBefore."""

    made: list[str] = []

    def do() -> Invited:
        held = in_hand(actor, at, given.matter)
        if not fills(actor, held.row):
            raise refusals.MatterUnknown(field="matter", matter=given.matter)
        leg = _recommending(held)
        if not _of_the_house(actor) and not given.contact:
            raise refusals.ContactNeeded(field="contact")
        _demand_another(held, leg, given)
        token = secrets.token_urlsafe(24)
        made[:] = [token] if _of_the_house(actor) else []
        row = Invitation.objects.create(
            programme_id=held.row.programme_id, matter=held.row, stage=leg.stage.stage, name=given.name,
            masked=_masked(given.contact), token_hash=hash_of(token), made_at=at,
        )  # fmt: skip
        if given.contact:
            row.sealed = sealing.seal(given.contact, bound=bound_of(row))
            row.save(update_fields=["sealed"])
        note(held, "invited", stage=leg.stage.stage, name=given.name)
        save(held)
        return Invited(held.row.number, given.name, id=row.pk)

    answer = perform(
        "invite_recommender", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=Invited, secret=frozenset({"contact"}), do=do,
    )  # fmt: skip
    return replace(answer, token=made[0]) if made else answer


def renew_invitation(*, actor: Actor, at: datetime, given: NameInvitation, key: str | None = None) -> Invited:
    """Another link for somebody who was asked, told the house this once; the one before opens nothing. Takes `matters`.
    Refuses MatterUnknown, InvitationUnknown (answered, or the matter has gone on)."""
    actor.demand(MATTERS)

    made: list[str] = []

    def do() -> Invited:
        held = in_hand(actor, at, given.matter)
        row = Invitation.objects.select_for_update().filter(matter=held.row, pk=given.invitation).first()
        if row is None or _state(held, row) != WAITING:
            raise refusals.InvitationUnknown(field="invitation")
        token = secrets.token_urlsafe(24)
        contact = sealing.unseal(bytes(row.sealed), bound=bound_of(row)) if row.sealed is not None else ""
        made[:] = [token, contact]
        row.token_hash = hash_of(token)
        row.save(update_fields=["token_hash"])
        note(held, "link_made", inner=True, stage=row.stage, name=row.name)
        save(held)
        return Invited(held.row.number, row.name, id=row.pk)

    answer = perform(
        "renew_invitation", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key, returns=Invited,
        do=do,
    )  # fmt: skip
    return replace(answer, token=made[0], contact=made[1]) if made else answer


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
        if _state(held, row) != WAITING or leg is None:
            raise refusals.InvitationUnknown(field="token")
        row.recommends, row.words, row.answered_at, row.sealed = given.recommends, given.words, at, None
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


def invitation(programme: int, token: str, at: datetime) -> InvitationTold:
    """What somebody with a link is asked: for whom, in which matter, until when. InvitationUnknown."""
    row = Invitation.objects.filter(programme_id=programme, token_hash=hash_of(token)).select_related("matter").first()
    if row is None:
        raise refusals.InvitationUnknown(field="token")
    return told_invitation(handling(system(programme), at, row.matter), row)


def told_invitations(held: Handling, *, house: bool) -> tuple[InvitationTold, ...]:
    """Everybody who was asked in a matter, the first first; what they said is for the house alone."""
    rows = [told_invitation(held, row) for row in Invitation.objects.filter(matter=held.row).order_by("pk")]
    return tuple(row if house else replace(row, words="") for row in rows)


def told_invitation(held: Handling, row: Invitation) -> InvitationTold:
    """How it stands with somebody who was asked."""
    leg = held.course.leg(row.stage)
    state = _state(held, row)
    return InvitationTold(
        id=row.pk, matter=held.row.number, procedure=held.course.title, clause=leg.clause if leg else "",
        stage=leg.title if leg else held.course.title, applicant=held.row.name or held.row.number, name=row.name,
        contact=row.masked, made_at=row.made_at, until=held.row.due_at if state == WAITING else None, state=state,
        recommends=row.recommends, words=row.words, answered_at=row.answered_at,
    )  # fmt: skip


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def bound_of(row: Invitation) -> str:
    return f"invitation:{row.programme_id}:{row.pk}"


def _recommending(held: Handling) -> Leg:
    leg = held.leg
    if held.row.state != OPEN or leg is None or leg.stage.does != "recommend":
        raise refusals.NotRecommended(field="matter")
    return leg


def _demand_another(held: Handling, leg: Leg, given: InviteRecommender) -> None:
    """InvitedBefore where this stage asked somebody of the same name who is reached alike: each answer counts for one."""
    asked = Invitation.objects.filter(matter=held.row, stage=leg.stage.stage)
    if asked.filter(name=given.name, masked=_masked(given.contact)).exists():
        raise refusals.InvitedBefore(field="name", name=given.name)


def _state(held: Handling, row: Invitation) -> str:
    if row.answered_at is not None:
        return ANSWERED
    return WAITING if held.row.state == OPEN and held.row.stage == row.stage else OVER


def _of_the_house(actor: Actor) -> bool:
    return actor.kind not in ("member", "applicant")


def _masked(contact: str) -> str:
    """A phone or mailbox as it may be shown: its beginning and its end."""
    if "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[:1]}***@{host}"[:120]
    return f"{contact[:3]}****{contact[-4:]}" if len(contact) >= 8 else "****" if contact else ""
