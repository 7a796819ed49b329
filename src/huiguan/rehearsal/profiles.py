"""A filled-in form for a member nobody cares about: the same every time, another for each member. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stdnum.cn import ric, uscc

from huiguan.rules.kinds import member_type, profile
from huiguan.rules.kinds.profile import Field, Part
from huiguan.rules.listed import written
from huiguan.rules.programme import Programme

_VALUES = {
    "text": "样例",
    "date": "1990-05-05",
    "number": "165",
    "measurements": "84/64/90",
    "id_number": "11010519491231002X",
    "credit_code": "91350100M000100Y43",
    "email": "sample@example.com",
}


def sample(rulebook: Programme, place: int, type: str = "") -> dict[str, str]:
    """A value for every required field of the form of a `type`, fit for the `place`th member of an example."""
    fields = profile.form_of(rulebook, type or member_type.entry(rulebook))[1]
    return {field.name: _value(field, place) for field in fields if field.required}


def _value(field: Part, place: int) -> str:
    if field.type == "list" and isinstance(field, Field):
        row = {part.name: _value(part, place) for part in field.parts if part.required}
        return written([row] * max(1, field.least or 1))
    if isinstance(field, Field) and field.once:
        return _own(field, place)
    if field.choices:
        return field.choices[0].value
    if field.type == "phone":
        return f"139{place:08d}"
    if field.type == "card":
        return f"CARD-{place:04d}"
    if field.name == "name":
        return f"样例{place}"
    return _VALUES[field.type]


def _own(field: Field, place: int) -> str:
    """A value nobody else in the example has: identity numbers and credit codes with their check characters right."""
    match field.type:
        case "id_number":
            number = f"110105{1950 + place // 900}1231{100 + place % 900}"
            return number + str(ric.calc_check_digit(f"{number}0"))
        case "credit_code":
            number = f"91350100M{place:08d}"
            return number + str(uscc.calc_check_digit(number))
        case "email":
            return f"sample{place}@example.com"
    return f"样例{place}"


def filled(rulebook: Programme, given: Mapping[str, Any], fields: frozenset[str], place: int) -> dict[str, Any]:
    """The form of an enrolment step: `given` with what it leaves out taken from the sample.

    `fields` are the operation's own; what is not among them belongs to the profile. `profile: none` fills nothing in
    but the name, `card: none` leaves the card out. A field given as null stays blank.
    """
    own = {name: value for name, value in given.items() if name in fields and name != "profile"}
    asked = {name: value for name, value in given.items() if name not in fields}
    written = given.get("profile", {})
    bare, no_card = written == "none", own.get("card") == "none"
    if isinstance(written, Mapping):
        asked |= written
    proposed = {} if bare else sample(rulebook, place, str(own.get("type") or ""))
    if no_card:
        own.pop("card")
        proposed.pop("card", None)
    kept = {name: value for name, value in proposed.items() if name not in own}
    own.setdefault("name", asked.pop("name", kept.pop("name", f"样例{place}")))
    return {**own, "profile": {name: value for name, value in {**kept, **asked}.items() if name not in own}}
