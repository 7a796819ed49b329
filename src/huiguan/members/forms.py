"""A member's form against the rulebook: what is wrong, what is missing, what will be kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.kernel.moments import day_of, demand_not_ahead, local_day, moment_of
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.members.inputs import EnrolMember
from huiguan.parties import formats
from huiguan.parties.names import person_name
from huiguan.parties.profiles import check_profile
from huiguan.rules.kinds import member_type
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.programme import Programme

NAME_LENGTH = 60
ID_LENGTH = 18  # characters of a resident identity number; the seventh to fourteenth are the day of birth
_REQUIRED = Text(zh="必填", en="is required")
_FORM_AHEAD = Text(zh="填表日期不能晚于录入日期", en="The form cannot be dated after the day it is entered.")
_TOO_LONG = Text(zh=f"至多 {NAME_LENGTH} 个字", en=f"has at most {NAME_LENGTH} characters")


@dataclass(frozen=True, slots=True)
class Known:
    """What the form says of a person, each in the one way it is kept. `values` are the fields kept with the profile."""

    name: str
    phone: str | None
    card: str | None
    birthday: date | None
    values: Mapping[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that may be entered. `late`: on a later day than it was filled in, where the rulebook minds."""

    known: Known
    number: str | None
    shop: str | None
    joined_at: datetime
    form_date: date
    late: bool
    type: str = ""


def sensitive_fields(rulebook: Programme) -> frozenset[str]:
    """The fields kept sealed, and of lists the parts that are: `contacts.mobile`."""
    fields = profile_kind.form(rulebook)[1]
    listed = (f"{field.name}.{part}" for field in fields for part in field.hidden)
    return frozenset((*(field.name for field in fields if field.sensitive), *listed))


def read_form(rulebook: Programme, given: EnrolMember, at: datetime, *, allow_incomplete: bool) -> Form:
    """The form as it may be entered at `at`. InvalidInput for the first wrong field, then the first missing one,
    naming `profile.<field>` and the clause; MomentInFuture where she is said to join later than now."""
    joined_at = moment_of(given.at, "at", rulebook.zone) if given.at else at
    demand_not_ahead(joined_at, at, rulebook.zone)
    form_date = day_of(given.form_date, "form_date") if given.form_date else local_day(joined_at, rulebook.zone)
    entered = local_day(at, rulebook.zone)
    if form_date > entered:
        raise InvalidInput(field="form_date", rule=_FORM_AHEAD)
    known, faults = read_known(rulebook, given, entered)
    if not allow_incomplete or not known.name:
        faults += missing_faults(
            rulebook, known.missing if not allow_incomplete else ("name",), type_asked(rulebook, given)
        )
    if faults:
        raise faults[0]
    number = formats.card_number(given.number, "number") if given.number else None
    late = bool(profile_kind.entry(rulebook, filled_in=form_date, entered=entered).effects)
    return Form(known, number, given.shop, joined_at, form_date, late, type_asked(rulebook, given))


def all_faults(rulebook: Programme, given: EnrolMember, at: datetime) -> tuple[Refusal, ...]:
    """Everything wrong with a form at once, for a screen that shows it beside its fields."""
    known, faults = read_known(rulebook, given, local_day(at, rulebook.zone))
    faults += missing_faults(rulebook, known.missing, type_asked(rulebook, given))
    if not faults:
        try:
            read_form(rulebook, given, at, allow_incomplete=False)
        except Refusal as other:
            return (other,)
    return tuple(faults)


def read_known(rulebook: Programme, given: EnrolMember, today: date) -> tuple[Known, list[Refusal]]:
    """What is known after reading every field by its type, and what is wrong."""
    clause, fields = profile_kind.form_of(rulebook, type_asked(rulebook, given))
    names = key_names(rulebook)
    answers: dict[str, object] = dict(given.profile)
    for what, answer in (("name", given.name), ("phone", given.phone), ("card", given.card)):
        answers[names[what]] = answer if answer is not None else answers.get(names[what])
    listed = {field.name for field in fields}
    loose = {name: answers.pop(name) for name in names.values() if name not in listed}
    checked = check_profile(fields, answers, today=today, clause=clause.id if clause else None)
    faults: list[Refusal] = list(checked.wrong)
    values = {**checked.values, **_loose_values(loose, names, faults)}
    name = person_name(values.pop(names["name"], ""))
    if len(name) > NAME_LENGTH:
        faults.append(InvalidInput(field="name", rule=_TOO_LONG))
    phone, card = values.pop(names["phone"], None), values.pop(names["card"], None)
    born = born_on(values.get(birthday_name(rulebook) or ""))
    missing = tuple((fault.field or "").removeprefix("profile.") for fault in checked.missing)
    if not name and names["name"] not in missing:
        missing = (names["name"], *missing)
    return Known(name, phone, card, born, values, missing), faults


def _loose_values(loose: Mapping[str, object], names: Mapping[str, str], faults: list[Refusal]) -> dict[str, str]:
    """Name, phone and card of a rulebook whose form does not list them: read all the same."""
    readers = {names["name"]: formats.text, names["phone"]: formats.mobile, names["card"]: formats.card_number}
    values = {}
    for name, answer in loose.items():
        if answer is None or not str(answer).strip():
            continue
        try:
            values[name] = readers[name](str(answer), name)
        except InvalidInput as fault:
            faults.append(fault)
    return values


def type_asked(rulebook: Programme, given: EnrolMember) -> str:
    """The type of member a form is for: named, or the first anybody may apply for; '' where there are none."""
    return given.type if given.type is not None else member_type.entry(rulebook)


def missing_faults(rulebook: Programme, missing: tuple[str, ...], type: str = "") -> list[Refusal]:
    """One InvalidInput for each missing field of the type's form, in its order."""
    clause, fields = profile_kind.form_of(rulebook, type)
    titles = {field.name: field.title for field in fields}
    by_card = rulebook.first_of("credential", what="card", makes_member=True)
    card = key_names(rulebook)["card"]
    faults: list[Refusal] = []
    for name in missing:
        title, says = titles.get(name), profile_kind.SAYS["missing"]
        rule = Text(zh=says.fill("zh", title=title.zh), en=says.fill("en", title=title.en)) if title else _REQUIRED
        said = by_card if by_card is not None and name == card else clause if title else None
        faults.append(InvalidInput(field=f"profile.{name}", clause=said.id if said else None, rule=rule))
    return faults


def key_names(rulebook: Programme) -> dict[str, str]:
    """Under which field names the form asks for the name, the phone and the card."""
    names = {"name": "name", "phone": "phone", "card": "card"}
    for field in profile_kind.form(rulebook)[1]:
        if field.type in ("phone", "card"):
            names[field.type] = field.name
    return names


def birthday_name(rulebook: Programme) -> str | None:
    """The field that holds the birthday; where the form asks for none, the identity number, which tells it."""
    fields = profile_kind.form(rulebook)[1]
    asked = next((field.name for field in fields if field.type == "date" and "birth" in field.name), None)
    return asked or next((field.name for field in fields if field.type == "id_number"), None)


def born_on(kept: str | None) -> date | None:
    """The birthday in what the birthday's field keeps: an ISO day, or an identity number with the day inside."""
    if not kept:
        return None
    return date.fromisoformat(kept[6:14] if len(kept) == ID_LENGTH else kept)
