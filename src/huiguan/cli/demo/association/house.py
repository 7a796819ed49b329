"""The association's house: its office, its committee, its secretary general, and the rulebook it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from huiguan.cli.demo.association.sheets import template
from huiguan.cli.demo.house import PASSWORD
from huiguan.documents import operations as documents
from huiguan.documents.inputs import KeepTemplate
from huiguan.documents.values import Upload
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import Appoint, CreateStaff, FoundHouse, SeatPerson, SetPost
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as rolls
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof

RULEBOOK = "association"
NAME = {"zh": "临安茶业同业公会", "en": "Lin'an Tea Guild"}
# post, its titles, what it may do
POSTS = (
    (
        "member_office", {"zh": "会员部", "en": "Member office"},
        ["matters", "conduct", "documents", "enrol", "read_members", "edit_members", "read_rulebook"],
    ),
    (
        "member_committee", {"zh": "会员委员会", "en": "Member committee"},
        ["matters", "read_members", "read_rulebook"],
    ),
    (
        "secretary_general", {"zh": "秘书长", "en": "Secretary general"},
        ["matters", "conduct", "documents", "read_members", "read_rulebook", "audit"],
    ),
)  # fmt: skip
# username, name, post
STAFF = (
    ("linshuyun", "林书蕴", "member_office"),
    ("gaoyuan", "高远", "member_office"),
    ("shenyan", "沈砚", "member_committee"),
    ("taoran", "陶然", "member_committee"),
    ("gubei", "顾北", "member_committee"),
    ("weisiqi", "韦思齐", "secretary_general"),
)


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


def found(at: datetime, source: str, proof: Proof) -> Association:
    """Programme, posts, staff and rulebook (in force since 2026)."""
    name = {"zh": "临安茶业公会会员", "en": "Members of the Tea Guild"}
    given = read(CreateProgramme, {"code": "cy", "name": name})
    made = programmes.create_programme(actor=system(0), at=at, given=given)
    actor = system(made.id, "公会会员部")
    owner = {"code": "CY", "name": NAME, "username": "chengguanlan", "owner_name": "程观澜", "password": PASSWORD}
    identity.found_house(actor=actor, at=at, given=read(FoundHouse, owner))
    house = Association(made.id, actor)
    for post, title, powers in POSTS:
        kept = {"post": post, "title": title, "powers": powers, "held_at": ["house"]}
        identity.set_post(actor=actor, at=at, given=read(SetPost, kept))
    for username, person, post in STAFF:
        house.staff[username] = _appointed(actor, at, username, person, post)
    published = PublishRulebook(source=source, effective_from="2026-01-01")
    programmes.publish_rulebook(actor=actor, at=at, given=published, proof=proof)
    file = Upload("入会申请表.pdf", template())
    form = KeepTemplate(name="application_form", title_zh="入会申请表", title_en="Application form")
    documents.keep_template(actor=actor, at=at, given=form, file=file)
    return house


def seat_council(house: Association, numbers: list[str], at: datetime) -> None:
    """The president and four of the founders."""
    chair = {"body": "council", "place": 1, "staff": "chengguanlan"}
    members.seat_person(actor=house.actor, at=at, given=read(SeatPerson, chair))
    for place, number in enumerate(numbers[:4], 2):
        given = read(SeatPerson, {"body": "council", "place": place, "member": number})
        members.seat_person(actor=house.actor, at=at, given=given)
        key = rolls.membership(house.actor, number)
        name = rolls.number_and_name(house.programme, key)[1]
        house.councillors[place] = Actor("member", key, name, house.programme, membership=key)


def _appointed(actor: Actor, at: datetime, username: str, name: str, post: str) -> Actor:
    given = read(CreateStaff, {"username": username, "name": name, "password": PASSWORD})
    identity.create_staff(actor=actor, at=at, given=given)
    held = read(Appoint, {"username": username, "post": post, "node": "CY"})
    identity.appoint(actor=actor, at=at, given=held)
    found = people.staff_member(actor, username, at)
    return people.actor_of_staff(found.id, at, post)
