"""A matter put off by whoever it waits for: until a day it lies aside in her own work list."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiguan.cases.desks import on_desk
from huiguan.cases.inputs import SnoozeMatter
from huiguan.cases.models import Matter, Snooze
from huiguan.cases.opening import MATTERS, saved
from huiguan.cases.refusals import MatterUnknown
from huiguan.cases.values import SavedMatter
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, local_day
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

LONGEST = 90  # days
_PERSON = Text(zh="员工", en="person on the staff")
_LATER = Text(zh="须在明天到 90 天之内", en="must lie between tomorrow and 90 days from now")


class NotOnYourDesk(Refusal):
    text = Text(
        zh="事项 {matter} 没有在等你办，无从搁置。",
        en="Matter {matter} does not wait for you; there is nothing to put off.",
    )
    status = 403
    rank = "permission"


def snooze_matter(*, actor: Actor, at: datetime, given: SnoozeMatter, key: str | None = None) -> SavedMatter:
    """Until the start of the day `until` the matter lies aside in the asking person's work list, unless its time is over
    before; without a day it comes back at once. Nobody else sees any of it. A program with `matters` says it for the
    `person` it names, and nobody else does so for another. Refuses MatterUnknown, NotOnYourDesk, NotFound (person),
    Forbidden, InvalidInput."""

    def do() -> SavedMatter:
        row = Matter.objects.filter(programme_id=actor.programme, number=given.matter).first()
        if row is None:
            raise MatterUnknown(field="matter", matter=given.matter)
        whose = _whose(actor, at, given)
        if not on_desk(whose, at).filter(pk=row.pk).exists():
            raise NotOnYourDesk(field="matter", matter=given.matter)
        _put_off(whose, at, row, given)
        return saved(row)

    return perform(
        "snooze_matter", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, key=key,
        returns=SavedMatter, do=do,
    )  # fmt: skip


def _whose(actor: Actor, at: datetime, given: SnoozeMatter) -> Actor:
    """In whose work list it is put off."""
    if given.person is None:
        return actor
    if actor.kind != "client":
        raise Forbidden(field="person", power=MATTERS)
    actor.demand(MATTERS)
    person = identity.people_by_username(actor.programme, [given.person]).get(given.person.lower())
    found = identity.actor_of_staff(person.id, at) if person is not None and person.active else None
    if found is None:
        raise NotFound(field="person", what=_PERSON, given=given.person)
    return found


def _put_off(actor: Actor, at: datetime, row: Matter, given: SnoozeMatter) -> None:
    if given.until is None:
        Snooze.objects.filter(matter=row, by=actor.reference).delete()
        return
    zone = programmes.programme_at(actor.programme, at).zone
    today = local_day(at, zone)
    if not today < given.until <= today + timedelta(days=LONGEST):
        raise InvalidInput(field="until", rule=_LATER)
    until = at_day(given.until, zone)
    Snooze.objects.update_or_create(
        matter=row, by=actor.reference, defaults={"programme_id": actor.programme, "until": until}
    )
