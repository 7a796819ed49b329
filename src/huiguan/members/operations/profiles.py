"""Changing what is known of a member, and looking at what is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import forms, profiling, register
from huiguan.members.admitting import stands
from huiguan.members.alone import demand_alone, once_fields, own_parties
from huiguan.members.events import ProfileChanged
from huiguan.members.facts import bare_facts
from huiguan.members.gifts import NO_GIFTS, give_on_card
from huiguan.members.inputs import ChangeProfile, EnrolMember, ReleasePhone
from huiguan.members.models import Card, Membership
from huiguan.members.numbers import lock_register
from huiguan.members.refusals import NothingToChange, PhoneTaken
from huiguan.members.resolving import by_number, locked_member, membership_of
from huiguan.members.values import ChangedProfile
from huiguan.parties import operations as parties
from huiguan.parties import queries as people
from huiguan.parties.values import RevealedField
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import eligibility
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.listed import rows_of, shown_again, written
from huiguan.rules.programme import Programme


def change_profile(*, actor: Actor, at: datetime, given: ChangeProfile, key: str | None = None) -> ChangedProfile:
    """From `at` on the named fields have new values; the former ones are kept, dated. A profile that becomes complete
    brings what an eligibility clause had kept back at the card.

    Refuses InvalidInput (format, a required field taken away), PhoneTaken, IdentityTaken, RowsNotAsAsked, NothingToChange,
    NotFound, Forbidden.
    """
    actor.demand("edit_members")

    def do() -> ChangedProfile:
        rulebook = programmes.programme_at(actor.programme, at)
        lock_register(actor.programme)
        member = locked_member(actor, given.member)
        changed = _change(actor, at, rulebook, member, given)
        missing = profiling.refresh_completeness(rulebook, [member.pk])[member.pk]
        rights, reasons = NO_GIFTS
        if not missing and not member.profile_complete and _issued_here(member):
            facts = bare_facts(actor.programme, [member.pk])[member.pk]
            rights, reasons = give_on_card(actor.programme, rulebook, [facts], at)[member.pk]
            reasons = reasons if rights else ()
        event = ProfileChanged(
            membership=member.pk, reference=member.number, at=at, changed=changed, profile_complete=not missing
        )
        tell(actor.programme, [event], at)
        return ChangedProfile(member.pk, member.number, changed, not missing, missing, rights, reasons)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "change_profile",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=ChangedProfile,
        key=key,
        secret=frozenset({"phone", "profile"}),
    )


def release_phone(*, actor: Actor, at: datetime, given: ReleasePhone, key: str | None = None) -> ChangedProfile:
    """From `at` on the member is found by her phone no more, and the number is free for another; her account stays, and
    her number and card find it. The phone stays in her history with its dates.

    Refuses NothingToChange (she has none), NotFound, Forbidden.
    """
    actor.demand("edit_members")

    def do() -> ChangedProfile:
        rulebook = programmes.programme_at(actor.programme, at)
        lock_register(actor.programme)
        member = locked_member(actor, given.member)
        if not parties.release_phone(actor=actor, at=at, party=member.party_id):
            raise NothingToChange(field="member")
        missing = profiling.refresh_completeness(rulebook, [member.pk])[member.pk]
        phone = forms.key_names(rulebook)["phone"]
        told = ProfileChanged(at=at, membership=member.pk, changed=(phone,), profile_complete=not missing)
        tell(actor.programme, [told], at)
        return ChangedProfile(member.pk, member.number, (phone,), not missing, missing)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "release_phone",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=ChangedProfile,
        key=key,
    )


def reveal_profile_field(*, actor: Actor, at: datetime, member: str, field: str) -> RevealedField:
    """A sealed profile value, or the whole phone, in the clear; one line in the member's audit.

    Refuses Forbidden without `reveal`, NotFound.
    """
    actor.demand("reveal")
    row = Membership.objects.get(pk=membership_of(actor.programme, member))
    name = "phone" if field == forms.key_names(programmes.programme_at(actor.programme, at))["phone"] else field
    return parties.reveal_field(actor=actor, at=at, party=row.party_id, name=name, subject=f"member:{row.number}")


def _change(
    actor: Actor, at: datetime, rulebook: Programme, member: Membership, given: ChangeProfile
) -> tuple[str, ...]:
    names = forms.key_names(rulebook)
    asked = dict(given.profile)
    for what, answer in (("name", given.name), ("phone", given.phone)):
        if answer is not None:
            asked[names[what]] = answer
    if not asked:
        raise NothingToChange(field="profile")
    write_profile(actor=actor, at=at, rulebook=rulebook, member=member, asked=asked, today=local_day(at, rulebook.zone))
    return tuple(asked)


def write_profile(
    *,
    actor: Actor,
    at: datetime,
    rulebook: Programme,
    member: Membership,
    asked: Mapping[str, str | None],
    today: date,
) -> None:
    """The named fields have these values from `at` on; inside the caller's transaction."""
    names = forms.key_names(rulebook)
    values = _read(rulebook, _unmasked(rulebook, member, asked), today, member.type)
    _demand_alone(rulebook, member, values)
    changed = [field for field in profile_kind.form_of(rulebook, member.type)[1] if field.name in values]
    stands(rulebook, eligibility.counted(rulebook, changed, {n: value for n, value in values.items() if value}))
    if values.get(names["name"]):
        parties.rename_party(actor=actor, at=at, party=member.party_id, name=values.pop(names["name"]) or "")
    if values.get(names["phone"]):
        _change_phone(actor, at, member, values.pop(names["phone"]) or "")
    if values:
        sensitive = forms.sensitive_fields(rulebook)
        parties.change_fields(
            actor=actor, at=at, party=member.party_id, fields=values, sensitive=sensitive, once=once_fields(rulebook)
        )
    born = forms.birthday_name(rulebook)
    if born in values:
        birthday = forms.born_on(values[born])
        parties.change_birthday(actor=actor, at=at, party=member.party_id, birthday=birthday)
        Membership.objects.filter(pk=member.pk).update(birthday=birthday)


def _unmasked(rulebook: Programme, member: Membership, asked: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Rows of lists that came back with what nobody sees still hidden have what they had before."""
    fields = profile_kind.form_of(rulebook, member.type)[1]
    lists = [field.name for field in fields if field.hidden and asked.get(field.name)]
    before = people.kept_in_clear(member.party_id, lists) if lists else {}
    again = {
        name: written(shown_again(rows_of(asked[name]), rows_of(before.get(name))))
        for name in lists
        if rows_of(asked[name])
    }
    return {**asked, **again}


def _demand_alone(rulebook: Programme, member: Membership, values: Mapping[str, str | None]) -> None:
    """IdentityTaken where what is changed is another's alone; what stays as it was is not looked at again."""
    asked = {name: value for name in once_fields(rulebook) if (value := values.get(name))}
    before = people.kept_in_clear(member.party_id, list(asked)) if asked else {}
    changed = {name: value for name, value in asked.items() if before.get(name) != value}
    demand_alone(member.programme_id, rulebook, changed, but=own_parties(member))


def _read(rulebook: Programme, asked: Mapping[str, str | None], today: date, type: str) -> dict[str, str | None]:
    """The named fields, each in the one way it is kept; None for one that is taken away."""
    names = forms.key_names(rulebook)
    clause, fields = profile_kind.form_of(rulebook, type)
    required = {field.name for field in fields if field.required} | {names["name"], names["phone"]}
    blank = {name for name, answer in asked.items() if answer is None or not answer.strip()}
    for fault in forms.missing_faults(rulebook, tuple(name for name in asked if name in blank & required), type):
        raise fault
    if names["card"] in asked:
        rule = Text(zh="卡号在补卡时更换", en="The card number changes with the card.")
        raise InvalidInput(field=f"profile.{names['card']}", clause=clause.id if clause else None, rule=rule)
    form = EnrolMember(profile={name: answer for name, answer in asked.items() if name not in blank}, type=type or None)
    known, faults = forms.read_known(rulebook, form, today)
    for fault in faults:
        raise fault
    values: dict[str, str | None] = {**known.values, **dict.fromkeys(blank)}
    if names["name"] in asked:
        values[names["name"]] = known.name
    if names["phone"] in asked:
        values[names["phone"]] = known.phone
    return values


def _change_phone(actor: Actor, at: datetime, member: Membership, phone: str) -> None:
    holder = register.holders_of_phones(actor.programme, [phone]).get(phone)
    if holder is not None and holder[0] == member.number:
        return
    if holder is not None:
        raise PhoneTaken(field="phone", number=holder[0], name=holder[1])
    parties.change_phone(actor=actor, at=at, party=member.party_id, phone=phone)


def _issued_here(member: Membership) -> bool:
    """Whether the first card was issued under this system: cards carried over had their gifts long ago."""
    first = Card.objects.filter(membership_id=member.pk).order_by("seq").first()
    return first is not None and not first.carried_over
