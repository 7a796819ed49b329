"""The applicant's way back in: number and code; and a new code where the old one is lost or locked."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import codes, refusals
from huiguan.cases.handling import in_hand
from huiguan.cases.holding import note, save
from huiguan.cases.inputs import NameMatter, ResumeMatter
from huiguan.cases.models import AccessCode, Matter
from huiguan.cases.opening import MATTERS, saved, with_code
from huiguan.cases.values import SavedMatter
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor


def resume_matter(*, actor: Actor, at: datetime, given: ResumeMatter) -> Actor:
    """The applicant who knows the number and the code, as she acts on that one matter. Five wrong codes lock it: then
    even the right one opens nothing. Refuses CodeWrong (also for a number there is not), CodeLocked."""

    def do() -> tuple[Matter | None, bool | None]:
        row = Matter.objects.filter(programme_id=actor.programme, number=given.matter.strip().upper()).first()
        return row, codes.fits(row, given.code) if row is not None else False

    # A wrong code counts in a transaction of its own: the refusal that follows undoes nothing of it.
    row, fits = in_transaction(do)
    if row is None or fits is False:
        raise refusals.CodeWrong(field="code")
    if fits is None:
        raise refusals.CodeLocked(field="code")
    return applicant_of(row)


def reissue_code(*, actor: Actor, at: datetime, given: NameMatter, key: str | None = None) -> SavedMatter:
    """A new code for the applicant, told this once; the one before opens nothing. Takes `matters`. MatterUnknown."""
    actor.demand(MATTERS)

    made: list[str] = []

    def do() -> SavedMatter:
        held = in_hand(actor, at, given.matter)
        made[:] = [codes.issue(held.row, at)]
        note(held, "code_reissued", inner=True)
        save(held)
        return saved(held.row)

    answer = perform(
        "reissue_code", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip
    return with_code(answer, made)


def applicant_of(row: Matter) -> Actor:
    """The applicant of one matter."""
    return Actor("applicant", row.pk, row.name or row.number, row.programme_id)


def locked(row: Matter) -> bool:
    """Whether the matter's code is locked."""
    return AccessCode.objects.filter(matter=row, replaced_at=None, failures__gte=codes.TRIES).exists()
