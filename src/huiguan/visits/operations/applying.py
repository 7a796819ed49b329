"""An application begun by oneself: what is agreed to first, then the matter."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import operations as cases
from huiguan.cases import queries as matters
from huiguan.cases.inputs import OpenMatter
from huiguan.cases.values import SavedMatter
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.programme import queries as programmes
from huiguan.visits import begun
from huiguan.visits.agreements import asked_of_applicants
from huiguan.visits.inputs import BeginApplication
from huiguan.visits.models import ApplicantConsent
from huiguan.visits.refusals import ConsentNeeded
from huiguan.visits.values import ConsentAsked


def begin_application(
    *,
    actor: Actor,
    at: datetime,
    given: BeginApplication,
    wall: datetime,
    guest: str = "",
    origin: str = "",
    key: str | None = None,
) -> SavedMatter:
    """A matter saved, nothing handed in: by a guest (the applicant of no matter yet), who agrees to what is asked of
    applicants, or by a member. The `code` is told this once. A guest's device is known by `guest`, hers alone and hard to
    guess: her key is no other's; `origin` is the caller's network address.

    Refuses ConsentNeeded, TooManyBegun, TooManyDrafts, and what `cases.open_matter` refuses.
    """

    rulebook = programmes.programme_at(actor.programme, at)
    outside = actor.kind == "applicant"
    asked = asked_of_applicants(rulebook, given.procedure) if outside else ()
    for each in asked:
        if each.what not in given.consents:
            raise ConsentNeeded(field=each.what, title=each.title)
    key = begun.scoped(guest, key) if outside else key
    counted = begun.reserve(actor.programme, guest, origin, key, wall) if outside else None
    # In a transaction of its own: a wrong code of the matter before is counted though the rest is refused. Asked again with
    # the same key the matter is the same, and what was agreed to is written once.
    told = OpenMatter(**given.model_dump(exclude={"consents"}))
    made = cases.open_matter(actor=actor, at=at, given=told, key=key)
    matter = matters.applicant_acting(actor.programme, made.number).id
    if counted is not None:
        in_transaction(lambda: begun.note_begun(counted, matter))
    in_transaction(lambda: _agreed(actor.programme, matter, asked, at))
    return made


def _agreed(programme: int, matter: int, asked: tuple[ConsentAsked, ...], at: datetime) -> None:
    rows = [
        ApplicantConsent(
            programme_id=programme, matter_id=matter, what=each.what, version=each.version, at=at,
            words={"zh": each.words.zh, "en": each.words.en},
        )
        for each in asked
    ]  # fmt: skip
    ApplicantConsent.objects.bulk_create(rows, ignore_conflicts=True)
