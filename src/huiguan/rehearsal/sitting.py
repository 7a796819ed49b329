"""Bodies in examples: their places filled before the first step, and whoever holds a place acting in it."""

from __future__ import annotations

from datetime import datetime

from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import CreateStaff, SeatPerson
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.rehearsal.values import Doer, Example, Fault


def seat_all(owner: Actor, at: datetime, example: Example) -> None:
    """`given: {bodies: {council: 9}}`: the first nine places are held from `at` on, each by somebody on the staff who has
    no post."""
    for body, count in example.given.get("bodies", {}).items():
        for place in range(1, int(count) + 1):
            username, name = f"{body}.{place}.{owner.programme}".lower(), f"{body} {place}"
            given = read(CreateStaff, {"username": username, "name": name})
            identity.create_staff(actor=owner, at=at, given=given)
            term = {"body": body, "place": place, "staff": username, "resolution": "example"}
            members.seat_person(actor=owner, at=at, given=read(SeatPerson, term))


def sitting(programme: int, doer: Doer, at: datetime) -> Actor:
    """Whoever holds the place at `at`; a Fault where nobody does, or nobody who can act here."""
    held = people.seats_of(programme, doer.body or "", at)
    found = next((each for each in held if each.place == (doer.seat or 1)), None)
    if found is None:
        raise Fault(f"{doer.body} 第 {doer.seat or 1} 席空着。", f"place {doer.seat or 1} of {doer.body} is vacant")
    if found.staff is not None:
        return people.actor_of_staff(found.staff, at)
    if found.membership is not None:
        return Actor("member", found.membership, found.name, programme, membership=found.membership)
    raise Fault(f"{found.name} 不登录，不能自己办。", f"{found.name} never signs in and cannot act")
