"""Recommenders: asked by a link that opens one answer. The link goes to the recommender, or is shown to the house; whom she
is to speak for never has it."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from huiguan.cases import refusals
from huiguan.cases.events import RecommenderAsked
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.holding import Handling, handling, note, save
from huiguan.cases.inputs import AnswerInvitation, InviteRecommender, NameInvitation
from huiguan.cases.inviting_refusals import ContactNeeded, InvitedBefore, TooManyInvited
from huiguan.cases.models import Invitation
from huiguan.cases.opening import MATTERS, fills, saved
from huiguan.cases.values import InvitationTold, SavedMatter
from huiguan.foundation import sealing
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.rules.courses import Leg
from huiguan.rules.moving import OPEN, Happening

BESIDE = 4  # how many more than must recommend an applicant may ask in a stage
_MARK = 12
WAITING, ANSWERED, OVER = "waiting", "answered", "over"


@dataclass(frozen=True, slots=True)
class InvitationToCarry:
    """What is sent to somebody who is asked to recommend: her name, for whom, in which matter, the link, until when; to which
    phone or mailbox."""

    name: str
    applicant: str
    procedure: Text
    matter: str
    link: str
    until: datetime | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Invited:
    """A recommender who was asked; `token` of her link is told this once, to the house alone, and kept nowhere; `contact` is
    how she is reached, for whoever hands the link on."""

    matter: str
    name: str
    token: str | None = None
    id: int = 0
    contact: str = ""


def invite_recommender(
    *, actor: Actor, at: datetime, given: InviteRecommender, page: str = "", key: str | None = None
) -> Invited:
    """Somebody is asked to recommend, by the applicant, who says how she is reached, or by staff with `matters`. `page`:
    where the pages of recommenders answer; with it her link is sent to her.

    Refuses MatterUnknown, NotRecommended, ContactNeeded, InvitedBefore, TooManyInvited.
    """

    made: list[str] = []

    def do() -> Invited:
        held = in_hand(actor, at, given.matter)
        if not fills(actor, held.row):
            raise refusals.MatterUnknown(field="matter", matter=given.matter)
        leg = _recommending(held)
        if not _of_the_house(actor) and not given.contact:
            raise ContactNeeded(field="contact")
        _demand_another(held, leg, given)
        token = secrets.token_urlsafe(24)
        made[:] = [token] if _of_the_house(actor) else []
        row = Invitation.objects.create(
            programme_id=held.row.programme_id, matter=held.row, stage=leg.stage.stage, name=given.name,
            masked=_masked(given.contact), token_hash=hash_of(token), made_at=at,
        )  # fmt: skip
        _send(held, row, given.contact, page, token)
        note(held, "invited", stage=leg.stage.stage, name=given.name)
        save(held)
        return Invited(held.row.number, given.name, id=row.pk)

    answer = perform(
        "invite_recommender", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=Invited, secret=frozenset({"contact"}), do=do,
    )  # fmt: skip
    return replace(answer, token=made[0]) if made else answer


def renew_invitation(
    *, actor: Actor, at: datetime, given: NameInvitation, page: str = "", key: str | None = None
) -> Invited:
    """Another link for somebody who was asked, told the house this once; the one before opens nothing. With a `page` it is
    sent to her too. Takes `matters`. Refuses MatterUnknown, InvitationUnknown (answered, or the matter has gone on)."""
    actor.demand(MATTERS)

    made: list[str] = []

    def do() -> Invited:
        held = in_hand(actor, at, given.matter)
        row = Invitation.objects.select_for_update().filter(matter=held.row, pk=given.invitation).first()
        if row is None or _state(held, row) != WAITING:
            raise refusals.InvitationUnknown(field="invitation")
        token = secrets.token_urlsafe(24)
        contact, _ = _reached(row)
        made[:] = [token, contact]
        row.token_hash = hash_of(token)
        row.save(update_fields=["token_hash"])
        _send(held, row, contact, page, token)
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


def invitation_to_carry(programme: int, number: str, invitation: int, link: str) -> InvitationToCarry | None:
    """The link of somebody who was asked, with whom it is for, in clear; None once she answered, the matter has gone on or
    another link was made. For the room that carries letters."""
    row = Invitation.objects.filter(programme_id=programme, matter__number=number, pk=invitation).first()
    if row is None or row.token_hash is None or bytes(row.token_hash).hex()[:_MARK] != link:
        return None
    held = handling(system(programme), row.made_at, row.matter)
    told, (contact, address) = told_invitation(held, row), _reached(row)
    if told.state != WAITING or not contact or not address:
        return None
    zone = held.rulebook.zone
    return InvitationToCarry(
        row.name, told.applicant, told.procedure, number, address, told.until.astimezone(zone) if told.until else None,
        None if "@" in contact else contact, contact if "@" in contact else None,
    )  # fmt: skip


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


def _send(held: Handling, row: Invitation, contact: str, page: str, token: str) -> None:
    """Keep how she is reached, with her link where it is to be sent, until she has answered; and say so to whoever carries
    letters."""
    if not contact:
        return
    told = json.dumps({"contact": contact, "link": f"{page}{token}" if page else ""}, ensure_ascii=False)
    row.sealed = sealing.seal(told, bound=bound_of(row))
    row.save(update_fields=["sealed"])
    if page:
        event = RecommenderAsked(
            membership=None, shop=held.row.shop_id, reference=held.row.number, at=held.at, procedure=held.row.procedure,
            clause=held.leg.clause if held.leg else held.course.head.id, invitation=row.pk,
            link=bytes(row.token_hash).hex()[:_MARK],
        )  # fmt: skip
        tell(held.row.programme_id, [event], held.at)


def _reached(row: Invitation) -> tuple[str, str]:
    """How she is reached, and her link where it was sent."""
    if row.sealed is None:
        return "", ""
    told = sealing.unseal(bytes(row.sealed), bound=bound_of(row))
    if not told.startswith("{"):  # kept before links were sent
        return told, ""
    found: dict[str, str] = json.loads(told)
    return found["contact"], found["link"]


def _demand_another(held: Handling, leg: Leg, given: InviteRecommender) -> None:
    """InvitedBefore where this stage asked somebody of the same name who is reached alike: each answer counts for one.
    TooManyInvited: whoever is asked gets a message."""
    asked = Invitation.objects.filter(matter=held.row, stage=leg.stage.stage)
    most = leg.stage.signers + BESIDE
    if asked.count() >= most and not _of_the_house(held.actor):
        raise TooManyInvited(field="name", most=most)
    if asked.filter(name=given.name, masked=_masked(given.contact)).exists():
        raise InvitedBefore(field="name", name=given.name)


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
