"""What a reviewer should know of members who have to do with each other: the same legal representative, a number in a list
of the form that is a member's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from huiguan.cases.values import Check, KnownMatter
from huiguan.kernel.text import Text
from huiguan.members.models import Membership
from huiguan.members.register import party_of
from huiguan.members.standings import STANDINGS, standing_of
from huiguan.parties import queries as people
from huiguan.parties.names import person_name
from huiguan.programme import queries as programmes
from huiguan.rules.courses import Course, course
from huiguan.rules.listed import rows_of

HEAD = "representative"
HEADS = (HEAD, "legal_representative")  # the fields of a form that name her
_IDENTITIES = ("id_number", "credit_code")
_SAME_HEAD = Text(
    zh="法定代表人 {name} 也是会员 {number} {called}（{standing}）的法定代表人。",
    en="The legal representative {name} is that of member {number} {called} ({standing}) too.",
)
_LISTED = Text(
    zh="{field}是会员 {number} {called}（{standing}）的。",
    en="{field} is that of member {number} {called} ({standing}).",
)


def conflicts(matter: KnownMatter, at: datetime) -> tuple[Check, ...]:
    """Members with the same legal representative, and those whose numbers stand in the form's lists."""
    own = matter.party or (party_of(matter.membership) if matter.membership else None) or 0
    found = course(programmes.version(matter.version), matter.procedure)
    told = [
        _told(_SAME_HEAD, member, at, name=name)
        for name in sorted(_heads(matter, own))
        for member in _members(matter.programme, people.same_named(matter.programme, HEAD, name, own))
    ]
    for title, value in _listed(found, matter) if found is not None else ():
        parties = set(people.holders_of_value(matter.programme, value)) - {own}
        told += [_told(_LISTED, member, at, field=title) for member in _members(matter.programme, parties)]
    return tuple(told)


def _heads(matter: KnownMatter, party: int) -> frozenset[str]:
    """Who the form says is the legal representative, and who is on record as it."""
    said = {person_name(str(matter.form[name])) for name in HEADS if matter.form.get(name)}
    held = people.relations(party) if party else ()
    return frozenset(said | {each.name for each in held if each.role == HEAD and each.until is None})


def _listed(found: Course, matter: KnownMatter) -> Iterator[tuple[Text, str]]:
    """Every identity number and credit code in the form's lists, with what it is called."""
    for _, field in found.fields:
        for part in field.parts:
            if part.type in _IDENTITIES:
                title = found.titled(f"{field.name}.{part.name}")
                rows = rows_of(matter.form.get(field.name))
                yield from ((title, row[part.name]) for row in rows if row.get(part.name))


def _members(programme: int, parties: Collection[int]) -> list[Membership]:
    rows = Membership.objects.filter(programme_id=programme, party__in=list(parties), merged_into=None)
    return list(rows.order_by("number")) if parties else []


def _told(text: Text, member: Membership, at: datetime, **values: object) -> Check:
    name = people.persons([member.party_id])[member.party_id].name
    said = text.both(number=member.number, called=name, standing=STANDINGS[standing_of(member, at)], **values)
    return Check("", True, Text(**said), conflict=True)
