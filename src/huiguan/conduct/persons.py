"""Whom a breach or a measure is of: a member, or some who work for the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.checkout import queries as checkout
from huiguan.conduct.inputs import ReportBreach
from huiguan.conduct.models import Breach
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.rules.kinds import duty
from huiguan.rules.programme import Clause

_ONE = Text(zh="写明会员，或本会工作人员", en="names a member, or some who work for the house")
_PERSON = Text(zh="员工", en="person on the staff")


@dataclass(frozen=True, slots=True)
class Broke:
    """Who is said to have broken a duty: a membership, or keys of the staff; the `sale` by its number and the `amount` in
    fen it was about."""

    membership: int | None
    staff: tuple[int, ...] = ()
    sale: str = ""
    amount: int | None = None


def who_broke(actor: Actor, at: datetime, given: ReportBreach, clause: Clause) -> Broke:
    """The member named; of staff those named, and the holders of the posts that answer beside them at the shop then.
    NotFound, InvalidInput."""
    if (given.member is None) == (not given.staff):
        raise InvalidInput(field="member", rule=_ONE)
    if given.member is not None:
        return Broke(members.membership(actor, given.member), amount=given.amount)
    shop, moment, sale, amount = given.shop, at, "", given.amount
    if given.sale is not None:
        sold = checkout.sale(system(actor.programme, actor.name), given.sale)
        shop, moment, sale = given.shop or sold.shop, sold.at, sold.number
        amount = amount if amount is not None else checkout.taken_off(sold)
    found = identity.people_by_username(actor.programme, given.staff)
    for username in given.staff:
        if username.lower() not in found:
            raise NotFound(field="staff", what=_PERSON, given=username)
    named = [found[username.lower()].id for username in given.staff]
    return Broke(None, tuple(dict.fromkeys([*named, *_beside(actor, clause, shop, moment)])), sale, amount)


def _beside(actor: Actor, clause: Clause, shop: str | None, at: datetime) -> list[int]:
    if shop is None:
        return []
    place = identity.shop(actor.programme, shop).id
    return [
        person.id
        for post in duty.rule(clause).beside
        for person in identity.post_holders(actor.programme, post, place, at)
    ]


def called(programme: int, membership: int | None, staff: Sequence[int]) -> tuple[str, str]:
    """Member number and name; of staff usernames and names, listed."""
    if membership is not None:
        return members.number_and_name(programme, membership)
    people = identity.people_by_id(programme, staff)
    known = [people[key] for key in staff if key in people]
    return "、".join(person.username for person in known), "、".join(person.name for person in known)


def called_in(row: Breach) -> tuple[str, str]:
    return called(row.programme_id, row.membership_id, row.staff)
