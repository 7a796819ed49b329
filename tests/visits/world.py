"""A small shop whose members come in by phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huiguan.cli.demo.neighbourhood.house import found
from huiguan.identity import operations as identities
from huiguan.identity import queries as identity
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from huiguan.visits import operations as visits
from huiguan.visits.inputs import BeginVisit
from huiguan.visits.values import OpenVisit

AT = datetime(2026, 12, 12, 6, 36, tzinfo=UTC)
WALL = datetime(2031, 1, 1, 12, 0, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
HERS, LONG_GONE, NOBODYS = "13800000001", "13800000002", "13800000003"


@dataclass(frozen=True)
class World:
    """`actor` is the house; `lin` joined this year, `su` in 2023 and was not seen since."""

    actor: Actor
    lin: EnrolledMember
    su: EnrolledMember

    @property
    def door(self) -> Actor:
        return Actor("guest", 0, "会员页", self.actor.programme)

    def proof(self, phone: str, wall: datetime = WALL, purpose: str = "sign_in", subject: str = "") -> str:
        """The proof that the code sent to `phone` came back."""
        given = read(IssueCode, {"purpose": purpose, "address": phone, "subject": subject})
        identities.issue_code(actor=self.door, at=AT, given=given, wall=wall)
        code = identity.codes_to_send(wall)[-1].code
        checked = read(CheckCode, {"purpose": purpose, "address": phone, "code": code, "subject": subject})
        return identities.check_code(actor=self.door, at=AT, given=checked, wall=wall).proof

    def come_in(self, phone: str, wall: datetime = WALL, at: datetime = AT) -> OpenVisit:
        given = BeginVisit(phone=phone, proof=self.proof(phone, wall), device="Safari")
        return visits.begin_visit(actor=self.door, at=at, given=given, wall=wall)

    def member(self, who: EnrolledMember) -> Actor:
        return Actor("member", who.membership, who.name, self.actor.programme, membership=who.membership)

    def clerk(self, username: str = "qiaomai") -> Actor:
        person = identity.people_by_username(self.actor.programme, [username])[username]
        return identity.actor_of_staff(person.id, AT)


def _enrol(actor: Actor, name: str, phone: str, at: str, birthday: str) -> EnrolledMember:
    form = {"name": name, "phone": phone, "shop": "GY", "form_date": at[:10], "profile": {"birthday": birthday}}
    when = datetime.fromisoformat(f"{at}+08:00")
    return members.enrol_member(actor=actor, at=when, given=read(EnrolMember, form))


def found_world() -> World:
    begins = datetime(2023, 1, 1, tzinfo=UTC)
    source = source_of("neighbourhood").decode()
    house = found(begins, source, Proof(digest_of(source), 1, 1, begins))
    lin = _enrol(house.actor, "林溪", HERS, "2026-03-01 10:00", "1990-05-05")
    su = _enrol(house.actor, "苏叶", LONG_GONE, "2025-01-02 10:00", "1985-01-02")
    return World(house.actor, lin, su)
