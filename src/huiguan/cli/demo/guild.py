"""A house that lives by procedure, founded for the demonstration: its posts and people, its council, its applicants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.cases import queries as standing
from huiguan.cases.values import SavedMatter
from huiguan.cli.demo.house import PASSWORD, hire
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import FoundHouse, SeatPerson, SetPost
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as rolls
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof

Post = tuple[str, dict[str, str], list[str]]  # its name, its titles, what it may do


@dataclass(frozen=True, slots=True)
class Association:
    """The founded house: its programme, the actor who tells its story, its staff by username, and
    who sits in its council by place."""

    programme: int
    actor: Actor
    staff: dict[str, Actor] = field(default_factory=dict)
    councillors: dict[int, Actor] = field(default_factory=dict)

    @property
    def guest(self) -> Actor:
        """Somebody from the street, who applies or objects."""
        return Actor("applicant", 0, "访客", self.programme)

    def member(self, number: str) -> Actor:
        """A member as she acts herself."""
        key = rolls.membership(self.actor, number)
        return Actor("member", key, rolls.number_and_name(self.programme, key)[1], self.programme, membership=key)


@dataclass(slots=True)
class Applicant:
    """Whoever applies, `i` telling her from the others, `sort` a firm or a person, and where her matter is once it is
    opened."""

    house: Association
    i: int
    name: str
    sort: str = "firm"
    matter: SavedMatter | None = None

    @property
    def number(self) -> str:
        assert self.matter is not None, f"{self.name} has not applied"
        return self.matter.number

    @property
    def herself(self) -> Actor:
        return standing.applicant_acting(self.house.programme, self.number)

    def member(self) -> str:
        """Her member number, once she has one."""
        return rolls.find(self.house.actor, self.name)[0].number


def founded(
    at: datetime,
    programme: CreateProgramme,
    teller: str,
    owner: Mapping[str, object],
    posts: Sequence[Post],
    staff: Sequence[tuple[str, str, str]],
) -> Association:
    """Programme, house and people; `owner` as `FoundHouse` takes it but for the password, `staff` by username, name and
    post. `teller`: who tells the story."""
    made = programmes.create_programme(actor=system(0), at=at, given=programme)
    actor = system(made.id, teller)
    identity.found_house(actor=actor, at=at, given=read(FoundHouse, {**owner, "password": PASSWORD}))
    house = Association(made.id, actor)
    for post, title, powers in posts:
        kept = {"post": post, "title": title, "powers": powers, "held_at": ["house"]}
        identity.set_post(actor=actor, at=at, given=read(SetPost, kept))
    for username, person, post in staff:
        house.staff[username] = _appointed(actor, at, username, person, post, str(owner["code"]))
    return house


def publish(house: Association, at: datetime, source: str, since: str, proof: Proof) -> None:
    """The rulebook it keeps, in force from `since` on."""
    published = PublishRulebook(source=source, effective_from=since)
    programmes.publish_rulebook(actor=house.actor, at=at, given=published, proof=proof)


def seat_council(house: Association, chair: str, numbers: list[str], at: datetime) -> None:
    """The chair, by username, and four members."""
    seat = {"body": "council", "place": 1, "staff": chair}
    members.seat_person(actor=house.actor, at=at, given=read(SeatPerson, seat))
    for place, number in enumerate(numbers[:4], 2):
        given = read(SeatPerson, {"body": "council", "place": place, "member": number})
        members.seat_person(actor=house.actor, at=at, given=given)
        house.councillors[place] = house.member(number)


def _appointed(actor: Actor, at: datetime, username: str, name: str, post: str, node: str) -> Actor:
    hire(actor, at, username, name, post, node)
    found = people.staff_member(actor, username, at)
    return people.actor_of_staff(found.id, at, post)
