"""The applicant's way back in: number and code; a new code where the old one is lost or locked; and the ticket by which
an entrance knows her again."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import codes, forms, letters, refusals
from huiguan.cases.handling import in_hand
from huiguan.cases.holding import Handling, handling, note, save
from huiguan.cases.inputs import RecoverCode, ReissueCode, ResumeMatter
from huiguan.cases.models import AccessCode, Matter
from huiguan.cases.opening import MATTERS, fills, saved, with_code
from huiguan.cases.values import SavedMatter
from huiguan.foundation.performing import in_transaction, perform
from huiguan.identity import operations as identity
from huiguan.identity import queries as identities
from huiguan.identity.inputs import SpendProof
from huiguan.identity.refusals import ProofNotGood
from huiguan.kernel.actors import Actor, system


def resume_matter(
    *, actor: Actor, at: datetime, given: ResumeMatter, wall: datetime | None = None, origin: str = ""
) -> Actor:
    """The applicant who knows the number and the code, as she acts on that one matter. Five wrong codes lock it: then
    even the right one opens nothing. Numbers run on, so that nobody goes through them and locks them all, wrong tries are
    counted by `origin` too, on `wall` time. Refuses CodeWrong (also for a number there is not), CodeLocked,
    SignInMustWait."""
    if wall is not None:
        identity.demand_visitor_may_try(origin=origin, wall=wall)

    def do() -> tuple[Matter | None, bool | None]:
        row = Matter.objects.filter(programme_id=actor.programme, number=given.matter.strip().upper()).first()
        return row, codes.fits(row, given.code) if row is not None else False

    # A wrong code counts in a transaction of its own: the refusal that follows undoes nothing of it.
    row, fits = in_transaction(do)
    if wall is not None and not fits:
        identity.count_wrong_try(origin=origin, wall=wall)
    if row is None or fits is False:
        raise refusals.CodeWrong(field="code")
    if fits is None:
        raise refusals.CodeLocked(field="code")
    return applicant_of(row)


def reissue_code(*, actor: Actor, at: datetime, given: ReissueCode, key: str | None = None) -> SavedMatter:
    """The code opens nothing any more. The applicant is told another one this once. Whoever has `matters` says why, and is
    told one to hand over only where the form names no phone or mailbox of the applicant's own: else nobody is, and a
    letter tells her to get one there by herself. Sealed answers stay hidden under a code the house was told.

    Refuses MatterUnknown, RenewalReasonNeeded.
    """
    house = codes.of_the_house(actor)
    if house:
        actor.demand(MATTERS)

    made: list[str] = []

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        if not fills(actor, held.row):
            raise refusals.MatterUnknown(field="matter", matter=given.matter)
        if house and not given.reason.strip():
            raise refusals.RenewalReasonNeeded(field="reason")
        place = identities.shop(actor.programme, given.shop).name if given.shop else None
        told = not house or not forms.addresses(held.row, held.course)
        code = codes.issue(held.row, at, shut=house or codes.shut(held.row))
        made[:] = [code] if told else []
        if not house:
            note(held, "code_reissued", inner=True)
        else:
            note(held, "code_ended", by=actor.name, reason_given=given.reason)
            letters.renewed(held, given.reason, place, handed=told)
        save(held)
        return saved(held.row)

    answer = perform(
        "reissue_code", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip
    return with_code(answer, made)


def recover_code(*, actor: Actor, at: datetime, given: RecoverCode, wall: datetime) -> SavedMatter:
    """A new code for somebody who has lost hers, or whose is locked, and has answered the one-time code sent to the phone
    or mailbox that is the applicant's own by her form (issued for the purpose `resume` and the subject
    `matter:<number>`). The one before opens nothing. Where the house wrote that address, sealed answers stay hidden.
    Refuses ProofNotGood, MatterUnknown."""

    made: list[str] = []

    def do() -> SavedMatter:
        identity.spend_proof(
            actor=actor, at=at, wall=wall,
            given=SpendProof(
                address=given.address, proof=given.proof, purpose="resume", subject=f"matter:{given.matter}"
            ),
        )  # fmt: skip
        held = in_hand(actor, at, given.matter)
        if not _own(held, given.address):  # another was written since the digits were sent
            raise ProofNotGood(field="proof")
        made[:] = [codes.issue(held.row, at, shut=held.row.house_address)]
        note(held, "code_reissued", inner=True)
        save(held)
        return saved(held.row)

    answer = perform(
        "recover_code", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, returns=SavedMatter,
        secret=frozenset({"proof", "address"}), do=do,
    )  # fmt: skip
    return with_code(answer, made)


def address_fits(programme: int, number: str, address: str) -> bool:
    """Whether a phone or mailbox is the applicant's own by the matter's form. For the entrance that sends a code there and
    tells nobody which it was."""
    row = Matter.objects.filter(programme_id=programme, number=number.strip().upper()).first()
    return row is not None and _own(handling(system(programme), row.opened_at, row), address)


def _own(held: Handling, address: str) -> bool:
    wanted = address.strip().lower()
    return any(value.strip().lower() == wanted for value in forms.addresses(held.row, held.course).values())


def ticket_of(actor: Actor) -> str:
    """By what an entrance knows the applicant of a matter again, until another code is issued. Signed by the entrance."""
    row = Matter.objects.get(pk=actor.id, programme_id=actor.programme)
    held = AccessCode.objects.filter(matter=row, replaced_at=None).values_list("pk", flat=True).first()
    return f"{row.number}:{held or 0}"


def applicant_holding(programme: int, ticket: str) -> Actor | None:
    """The applicant of a ticket; None where another code was issued since."""
    number, _, code = ticket.partition(":")
    if not code.isdecimal():
        return None
    rows = Matter.objects.filter(programme_id=programme, number=number, codes__pk=int(code), codes__replaced_at=None)
    row = rows.first()
    return applicant_of(row) if row is not None else None


def applicant_of(row: Matter) -> Actor:
    """The applicant of one matter."""
    return Actor("applicant", row.pk, row.name or row.number, row.programme_id)


def locked(row: Matter) -> bool:
    """Whether the matter's code is locked."""
    return AccessCode.objects.filter(matter=row, replaced_at=None, failures__gte=codes.TRIES).exists()
