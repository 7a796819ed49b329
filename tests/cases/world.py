"""A trade association with its office, its committee and its secretary, made through the public operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.cases import inputs, operations, queries
from huiguan.cases.values import MatterView, SavedMatter, Worklist
from huiguan.identity import operations as identity
from huiguan.identity import queries as people
from huiguan.identity.inputs import Appoint, CreateStaff, FoundHouse, SetPost
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of

ZONE = ZoneInfo("Asia/Shanghai")
SINCE = "2026-01-02 09:00"
# The procedures of an association by themselves: no sorts of members, no papers, nothing but the record.
SOURCE = (Path(__file__).parent / "association.yaml").read_text()
PASSWORD = "guild-hall-2026"
STAFF = {
    "lin": ("林书蕴", "member_office"), "gao": ("高远", "member_office"), "shen": ("沈砚", "member_committee"),
    "tao": ("陶然", "member_committee"), "wei": ("韦思齐", "secretary_general"),
}  # fmt: skip
FORM = {
    "name": "山水茶业有限公司", "sort": "firm", "contact": "王芳", "phone": "13800000001", "email": "tea@example.com",
    "introduction": "制茶卖茶二十年",
}  # fmt: skip
JUDGED = {"sound": {"answer": True}, "repute": {"answer": True}}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Guild:
    """`staff` by username; `do` calls an operation at a moment, by a name of the staff or an actor."""

    owner: Actor
    staff: dict[str, Actor] = field(default_factory=dict)

    @classmethod
    def founded(cls, code: str = "guild", source: str = SOURCE) -> Guild:
        at = moment(SINCE)
        name = {"zh": "临安茶业同业公会", "en": "Lin'an Tea Guild"}
        made = programmes.create_programme(
            actor=system(0), at=at, given=read(CreateProgramme, {"code": code, "name": name})
        )
        house = {"code": "HOUSE", "name": name, "username": f"owner-{code}", "owner_name": "会长", "password": PASSWORD}
        founded = identity.found_house(actor=system(made.id), at=at, given=read(FoundHouse, house))
        guild = cls(people.actor_of_staff(founded.owner, at))
        guild.publish(source, "2026-01-01")
        for post in ("member_office", "member_committee", "secretary_general"):
            powers = {"post": post, "title": {"zh": post, "en": post}, "powers": ["matters"], "held_at": ["house"]}
            identity.set_post(actor=guild.owner, at=at, given=read(SetPost, powers))
        for username, (person, post) in STAFF.items():
            given = {"username": f"{username}.{code}", "name": person, "password": PASSWORD}
            made_one = identity.create_staff(actor=guild.owner, at=at, given=read(CreateStaff, given))
            held = {"username": f"{username}.{code}", "post": post, "node": "HOUSE"}
            identity.appoint(actor=guild.owner, at=at, given=read(Appoint, held))
            guild.staff[username] = people.actor_of_staff(made_one.id, at, post)
        return guild

    @property
    def guest(self) -> Actor:
        return Actor("applicant", 0, "访客", self.owner.programme)

    def publish(self, source: str, since: str) -> None:
        at = moment(f"{since} 00:00")
        given = PublishRulebook(source=source, effective_from=since)
        programmes.publish_rulebook(
            actor=system(self.owner.programme), at=at, given=given, proof=Proof(digest_of(source), 1, 1, at)
        )

    def do(self, deed: str, at: str, by: str | Actor, /, *, key: str | None = None, **given: Any) -> Any:
        actor = self.staff[by] if isinstance(by, str) else by
        record = RECORDS[deed]
        return getattr(operations, deed)(actor=actor, at=moment(at), given=read(record, given), key=key)

    def opened(self, at: str = "2026-03-02 09:00", by: str | Actor | None = None, **form: Any) -> SavedMatter:
        """Handed in by somebody from the street unless another is named."""
        made: SavedMatter = self.do(
            "open_matter", at, by or self.guest, procedure="joining", form={**FORM, **form}, submit=True
        )
        return made

    def passed(self, number: str, at: str, *, upto: str = "collection") -> SavedMatter | None:
        """Passed by everybody in turn, up to the stage named."""
        made = self.do("decide_matter", at, "lin", matter=number, stage="first_review", verdict="pass")
        if upto == "committee":
            return made  # type: ignore[no-any-return]
        for each in ("shen", "tao"):
            made = self.do("decide_matter", at, each, matter=number, stage="committee", verdict="pass", judged=JUDGED)
        return made  # type: ignore[no-any-return]

    def applicant(self, number: str) -> Actor:
        return queries.applicant_acting(self.owner.programme, number)

    def seen(self, number: str, at: str, by: str | Actor | None = None) -> MatterView:
        actor = self.staff[by] if isinstance(by, str) else by or self.owner
        return queries.matter(actor, number, moment(at))

    def box(self, by: str, at: str, box: str = "todo") -> Worklist:
        return queries.worklist(self.staff[by], moment(at), box)


RECORDS: dict[str, Any] = {
    "open_matter": inputs.OpenMatter,
    "save_matter": inputs.SaveMatter,
    "submit_matter": inputs.NameMatter,
    "decide_matter": inputs.DecideMatter,
    "confirm_stage": inputs.ConfirmStage,
    "withdraw_matter": inputs.WithdrawMatter,
    "extend_matter": inputs.ExtendMatter,
    "snooze_matter": inputs.SnoozeMatter,
    "post_notice": inputs.NameMatter,
    "object_to_notice": inputs.ObjectToNotice,
    "answer_objection": inputs.AnswerObjection,
    "invite_recommender": inputs.InviteRecommender,
    "answer_invitation": inputs.AnswerInvitation,
    "resume_matter": inputs.ResumeMatter,
    "reissue_code": inputs.ReissueCode,
}
