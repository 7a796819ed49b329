"""A phone that carriers have given to somebody else: whose it is now, and that it never opens the former holder's account.

A number whose holder has not been seen for two years may have a new one. A form that says so (`new_holder`) and tells a
second fact, a birthday or an identity number other than the former holder's, gets the number; the former holder keeps her
account, which her number and card find as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, local_day
from huiguan.kernel.refusals import Refusal
from huiguan.ledger import facts as ledger_facts
from huiguan.members.forms import ID_LENGTH, Known
from huiguan.members.models import Membership
from huiguan.members.refusals import PhoneDormant, PhoneTaken, SecondFactNeeded
from huiguan.members.resolving import resolve
from huiguan.parties import operations as parties
from huiguan.parties import queries as party_queries
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

DORMANT_MONTHS = 24


@dataclass(frozen=True, slots=True)
class PhoneHolder:
    """Whose phone it is; `dormant`: she has not been seen for two years, so it may be another's now."""

    membership: int
    birthday: date | None
    dormant: bool


def phone_holder(programme: int, phone: str, at: datetime) -> PhoneHolder | None:
    """The member a phone belongs to at `at`; None where it is nobody's."""
    found = resolve(programme, [("phone", phone)]).get(("phone", phone))
    if found is None:
        return None
    rulebook = programmes.programme_at(programme, at)
    seen = last_seen(found, rulebook)
    dormant = seen is not None and seen <= add_months(local_day(at, rulebook.zone), -DORMANT_MONTHS)
    return PhoneHolder(found, Membership.objects.get(pk=found).birthday, dormant)


def held_phone(
    actor: Actor, rulebook: Programme, known: Known, holder: tuple[str, str], at: datetime, *, new_holder: bool
) -> Refusal | None:
    """Why a form may not have the phone that `holder` (number, name) has; None where it may (`release_former`)."""
    number, name = holder
    found = resolve(actor.programme, [("phone", known.phone or "")]).get(("phone", known.phone or ""))
    seen = last_seen(found, rulebook) if found is not None else None
    today = local_day(at, rulebook.zone)
    if found is None or seen is None or seen > add_months(today, -DORMANT_MONTHS):
        return PhoneTaken(field="phone", number=number, name=name)
    if not new_holder:
        return PhoneDormant(field="phone", number=number, name=name, seen=seen.isoformat())
    party = party_queries.holders_of(actor.programme, [known.phone or ""])[known.phone or ""]
    if not _another(actor.programme, known, party):
        return SecondFactNeeded(field="new_holder", number=number, name=name)
    return None


def release_former(actor: Actor, phone: str, at: datetime) -> None:
    """From `at` on whoever has the phone is found by it no more."""
    for party in party_queries.holders_of(actor.programme, [phone]).values():
        parties.release_phone(actor=actor, at=at, party=party)


def last_seen(membership: int, rulebook: Programme) -> date | None:
    """The last local day on which anything is known of her: a purchase, or the day she joined."""
    joined = local_day(Membership.objects.get(pk=membership).joined_at, rulebook.zone)
    days = ledger_facts.days([membership], joined)[membership]
    return max([joined, *(day for day, told in days.items() if any(told.values()))])


def _another(programme: int, known: Known, party: int) -> bool:
    """Whether the form tells of another person than the holder: by identity number where both are known, else by
    birthday. Where neither can be compared nobody can tell, and the number stays."""
    given = next((value for value in known.values.values() if _is_identity(value)), None)
    hers = party_queries.has_identity(programme, party, given) if given else None
    if hers is not None:
        return not hers
    born = Membership.objects.filter(party=party).values_list("birthday", flat=True).first()
    return born is not None and known.birthday is not None and born != known.birthday


def _is_identity(value: str) -> bool:
    return len(value) == ID_LENGTH and value[:17].isdecimal()
