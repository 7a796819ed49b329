"""What a member agrees to, and takes back."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.visits.agreements import asked_of
from huiguan.visits.inputs import SetConsent
from huiguan.visits.models import Consent
from huiguan.visits.refusals import ConsentStays, NotSignedIn
from huiguan.visits.values import ConsentAsked, GivenConsent

_CONSENT = Text(zh="同意事项", en="consent")


def set_consent(*, actor: Actor, at: datetime, given: SetConsent, key: str | None = None) -> GivenConsent:
    """The acting member agrees from `at` on, or takes it back; what she agreed to before stays on record.

    Refuses ConsentStays (membership rests on it), NotFound (nobody asks for that here), NotSignedIn.
    """
    if actor.membership is None:
        raise NotSignedIn()
    membership = actor.membership

    def do() -> GivenConsent:
        rulebook = programmes.programme_at(actor.programme, at)
        number = programmes.number_of(rulebook.version or 0)
        asked = next((each for each in asked_of(rulebook, number) if each.what == given.what), None)
        if asked is None:
            raise NotFound(field="what", what=_CONSENT, given=given.what)
        if asked.required and not given.given:
            raise ConsentStays(field="what", title=asked.title)
        write_consent(actor=actor, at=at, membership=membership, asked=asked, given=given.given)
        return GivenConsent(membership, given.what, given.given, at)

    number, _ = members.number_and_name(actor.programme, membership)
    return perform(
        "set_consent", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, returns=GivenConsent, key=key
    )


def write_consent(*, actor: Actor, at: datetime, membership: int, asked: ConsentAsked, given: bool) -> None:
    """One line, inside the caller's transaction."""
    Consent.objects.create(
        programme_id=actor.programme,
        membership_id=membership,
        what=asked.what,
        given=given,
        version=asked.version,
        words={"zh": asked.words.zh, "en": asked.words.en},
        at=at,
        actor=actor.reference,
    )
