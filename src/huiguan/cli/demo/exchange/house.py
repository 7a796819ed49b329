"""The exchange's house: who decides what, who sits in its council, and the rulebook it keeps."""

from __future__ import annotations

from datetime import datetime

from huiguan.cli.demo.association.house import Association
from huiguan.cli.demo.house import PASSWORD
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

RULEBOOK = "metals-exchange"
CODE = "jy"
NAME = {"zh": "江东贵金属交易所", "en": "Jiangdong Metals Exchange"}
SINCE = "2025-12-14"
# post, its titles, what it may do
POSTS = (
    (
        "member_office", {"zh": "会员部", "en": "Member office"},
        ["matters", "conduct", "documents", "enrol", "read_members", "edit_members", "read_rulebook"],
    ),
    (
        "review_committee", {"zh": "会员资格审查委员会", "en": "Review committee"},
        ["matters", "read_members", "read_rulebook"],
    ),
    ("finance", {"zh": "财务部", "en": "Finance"}, ["matters", "bill", "read_members", "read_rulebook", "audit"]),
    (
        "compliance", {"zh": "合规部", "en": "Compliance"},
        ["matters", "conduct", "documents", "read_members", "edit_members", "read_rulebook", "audit"],
    ),
)  # fmt: skip
# username, name, post
STAFF = (
    ("songzhi", "宋知", "member_office"),
    ("panyue", "潘越", "review_committee"),
    ("jiangheng", "江衡", "finance"),
    ("yanqing", "严清", "compliance"),
)


def found(at: datetime, source: str, proof: Proof) -> Association:
    """Programme, posts, staff and rulebook."""
    given = read(
        CreateProgramme, {"code": CODE, "name": {"zh": "江东贵金属交易所会员", "en": "Members of the exchange"}}
    )
    made = programmes.create_programme(actor=system(0), at=at, given=given)
    actor = system(made.id, "交易所会员部")
    owner = {"code": "JY", "name": NAME, "username": "guhongyuan", "owner_name": "顾鸿远", "password": PASSWORD}
    identity.found_house(actor=actor, at=at, given=read(FoundHouse, owner))
    house = Association(made.id, actor)
    for post, title, powers in POSTS:
        kept = {"post": post, "title": title, "powers": powers, "held_at": ["house"]}
        identity.set_post(actor=actor, at=at, given=read(SetPost, kept))
    for username, person, post in STAFF:
        given_one = read(CreateStaff, {"username": username, "name": person, "password": PASSWORD})
        identity.create_staff(actor=actor, at=at, given=given_one)
        held = read(Appoint, {"username": username, "post": post, "node": "JY"})
        identity.appoint(actor=actor, at=at, given=held)
        house.staff[username] = people.actor_of_staff(people.staff_member(actor, username, at).id, at, post)
    published = PublishRulebook(source=source, effective_from=SINCE)
    programmes.publish_rulebook(actor=actor, at=at, given=published, proof=proof)
    return house


def seat_council(house: Association, numbers: list[str], at: datetime) -> None:
    """The president and four trading members."""
    chair = {"body": "council", "place": 1, "staff": "guhongyuan"}
    members.seat_person(actor=house.actor, at=at, given=read(SeatPerson, chair))
    for place, number in enumerate(numbers[:4], 2):
        given = read(SeatPerson, {"body": "council", "place": place, "member": number})
        members.seat_person(actor=house.actor, at=at, given=given)
        house.councillors[place] = member(house, number)


def member(house: Association, number: str) -> Actor:
    """A trading member as it acts by itself."""
    key = rolls.membership(house.actor, number)
    name = rolls.number_and_name(house.programme, key)[1]
    return Actor("member", key, name, house.programme, membership=key)
