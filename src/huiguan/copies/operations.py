"""A copy taken away: by a member, by somebody of the house for her, by an applicant. Each is on record."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from huiguan.cases import queries as cases
from huiguan.copies.accounts import account_parts
from huiguan.copies.courses import conduct_parts, matter_parts, paper_parts
from huiguan.copies.inputs import TakeCopy
from huiguan.copies.persons import person_parts
from huiguan.copies.values import Contents, CopyMade
from huiguan.copies.writing import write_copy
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.listed import rows_of
from huiguan.visits import operations as visits

_TITLE = Text(zh="{name} 的数据", en="The data of {name}")


def copy_member(*, actor: Actor, at: datetime, given: TakeCopy, wall: datetime, out: IO[bytes]) -> CopyMade:
    """Everything that is kept of a member, written into `out` as an archive: pages to read in both languages, the data as
    JSON, ledgers as tables, her papers. By herself, or with `read_members`, `reveal` and `documents` for her. What lies
    sealed is opened for it, each time with a line of who did. `wall`: devices live on wall time. Refuses NotFound,
    Forbidden."""
    if actor.membership is None:
        for power in ("read_members", "reveal", "documents"):
            actor.demand(power)
    membership = actor.membership or members.membership(actor, given.member)
    number, name = members.number_and_name(actor.programme, membership)

    def do() -> CopyMade:
        rulebook = programmes.programme_at(actor.programme, at)
        powers = frozenset({"read_rulebook"})
        herself = Actor("member", membership, name, actor.programme, powers, membership=membership)
        told = members.member(herself, number, at)
        listed = {each.name for each in told.profile if each.rows is not None}
        plain = _profile(actor, at, number)
        profile = {name: rows_of(value) if name in listed else value for name, value in plain.items()}
        lives = cases.traces(actor.programme, members.lives_of(membership))
        holders = (members.papers_holder(actor.programme, membership), *lives.holders)
        parts = [
            *person_parts(herself, at, wall, rulebook, told, profile),
            *account_parts(herself, at, rulebook, told),
            *matter_parts(herself, at),
            *conduct_parts(herself, at),
            *paper_parts(herself, rulebook, tuple(dict.fromkeys(holders))),
        ]
        facts = {
            "as_of": at, "rulebook": rulebook.version,
            "member": {"number": number, "name": name, "tier": told.tier, "standing": told.standing,
                       "joined_at": told.joined_at, "formerly": told.formerly},
        }  # fmt: skip
        contents = Contents(Text(**_TITLE.both(name=name)), facts, parts, profile)
        return write_copy(out, contents, actor, at, rulebook.zone, number)

    return perform("copy_member", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, returns=CopyMade)


def copy_applicant(*, actor: Actor, at: datetime, out: IO[bytes]) -> CopyMade:
    """The same of an applicant who is no member: her matter, its letters, what was signed and her papers. `actor` is the
    applicant of one matter. Refuses MatterUnknown."""
    lines = cases.matters(actor, at)
    number = lines[0].number if lines else ""

    def do() -> CopyMade:
        rulebook = programmes.programme_at(actor.programme, at)
        holders = cases.holders_of(actor, number, at)
        parts = [*matter_parts(actor, at), *paper_parts(actor, rulebook, holders)]
        name = lines[0].name or number
        facts = {"as_of": at, "rulebook": rulebook.version, "matter": number}
        contents = Contents(Text(**_TITLE.both(name=name)), facts, parts)
        return write_copy(out, contents, actor, at, rulebook.zone, number)

    given = TakeCopy(member=number or "-")
    return perform(
        "copy_applicant", actor=actor, at=at, subject=f"matter:{number}", given=given, do=do, returns=CopyMade
    )


def _profile(actor: Actor, at: datetime, number: str) -> dict[str, str]:
    """Her form in the clear; a line for every sealed value, by who asks."""
    if actor.membership is not None:
        return visits.copy_profile(actor=actor, at=at)
    found = {}
    told = members.member(actor, number, at)
    if told.phone_tail and not any(field.name == "phone" for field in told.profile):  # no form asks for it
        shown = member_operations.reveal_profile_field(actor=actor, at=at, member=number, field="phone")
        found["phone"] = shown.value
    for field in told.profile:
        if field.value is not None:
            found[field.name] = field.value
        elif field.shown:
            shown = member_operations.reveal_profile_field(actor=actor, at=at, member=number, field=field.name)
            found[field.name] = shown.value
    return found
