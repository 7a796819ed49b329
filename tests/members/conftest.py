"""A programme under the designer-wear rulebook, with a house and two shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiguan.identity import operations as identity
from huiguan.identity import queries as identity_queries
from huiguan.identity.inputs import CreateNode, FoundHouse
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.members import operations, queries
from huiguan.members.inputs import EnrolMember, IssueCard, RecordOpening
from huiguan.members.values import EnrolledMember, MemberTold, RecordedOpening
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of

ZONE = ZoneInfo("Asia/Shanghai")
RULEBOOK = Path(__file__).parents[2] / "rulebooks" / "designer-wear" / "rulebook.yaml"
CLERK = frozenset({"sell", "enrol", "read_members", "cards"})
MANAGER = CLERK | {"reveal", "edit_members", "suspend", "correct", "import"}
PROFILE = {
    "sex": "女",
    "birthday": "1990-06-15",
    "occupation": "教师",
    "hobbies": "阅读",
    "colours": "米白",
    "style": "简约",
    "height": 165,
    "measurements": "86/64/90",
    "skin_tone": "白皙",
    "address": "上海市徐汇区",
    "opinion": "喜欢",
}


def moment(text: str) -> datetime:
    """A local moment: '2026-03-01 10:00', '2026-05-31 24:00'."""
    if text.endswith("24:00"):
        return datetime.fromisoformat(f"{text[:10]} 00:00").replace(tzinfo=ZONE) + timedelta(days=1)
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


AT = moment("2026-03-01 10:00")


@dataclass(frozen=True)
class Scene:
    """`owner` may do everything, `clerk` and `manager` act at S1."""

    programme: int
    owner: Actor
    clerk: Actor
    manager: Actor
    shops: dict[str, int]

    def form(self, name: str = "李梅", phone: str = "13800000001", **more: Any) -> EnrolMember:
        profile = {**PROFILE, **more.pop("profile", {})}
        given = {"name": name, "phone": phone, "card": f"HB{phone[-5:]}", "profile": profile, "shop": "S1", **more}
        return read(EnrolMember, given)

    def enrol(self, name: str = "李梅", phone: str = "13800000001", at: datetime = AT, **more: Any) -> EnrolledMember:
        return operations.enrol_member(actor=self.clerk, at=at, given=self.form(name, phone, **more))

    def bring(self, *forms: EnrolMember, at: datetime = AT) -> tuple[Any, ...]:
        """Members carried over, incomplete ones too."""
        return operations.enrol_members(actor=self.owner, at=at, given=forms, allow_incomplete=True, carried_over=True)

    def open(self, member: str, at: datetime = AT, **given: Any) -> RecordedOpening:
        return operations.record_opening(
            actor=self.manager, at=at, given=read(RecordOpening, {"member": member, **given})
        )

    def issue(self, member: str, card: str, entered: datetime = AT, **more: Any) -> Any:
        given = read(IssueCard, {"member": member, "card": card, **more})
        return operations.issue_card(actor=self.clerk, at=entered, given=given)

    def page(self, member: str, at: datetime = AT) -> MemberTold:
        return queries.member(self.owner, member, at)


def publish(programme: int, source: str, at: str = "2020-01-01 00:00") -> None:
    proof = Proof(digest_of(source), examples=1, passed=1, at=moment(at))
    programmes.publish_rulebook(
        actor=system(programme), at=moment(at), given=PublishRulebook(source=source), proof=proof
    )


# Beside the designer's own form: contacts row by row, and two fields that are one person's alone.
LISTED = """
  - id: X-1
    kind: profile
    number: X1
    title: {zh: 联系人与证件, en: Contacts and papers}
    text: {zh: 联系人一行一位；证件号和别名一人一个。, en: Contacts row by row; number and alias are one person's alone.}
    source: X
    fields:
      - {name: id_number, title: {zh: 身份证号, en: Identity number}, type: id_number, sensitive: true, once: true}
      - {name: alias, title: {zh: 别名, en: Alias}, once: true}
      - name: contacts
        title: {zh: 联系人, en: Contacts}
        type: list
        most: 3
        parts:
          - {name: name, title: {zh: 姓名, en: Name}, required: true}
          - {name: mobile, title: {zh: 手机, en: Mobile}, type: phone, sensitive: true}
  - id: X-2
    kind: eligibility
    number: X2
    title: {zh: 须有手机, en: With a mobile}
    text: {zh: 至多一位联系人没有手机。, en: One contact at most is without a mobile.}
    source: X
    count: {of: contacts, where: {mobile: {missing: true}}, most: 1}
"""


def publish_lists(scene: Scene) -> None:
    """From February 2020 on the form has contacts and fields that are one person's alone."""
    publish(scene.programme, RULEBOOK.read_text(encoding="utf-8").rstrip() + LISTED, "2020-02-01 00:00")


@pytest.fixture
def scene(db: None) -> Scene:
    founded_at = moment("2020-01-01 00:00")
    named = read(CreateProgramme, {"code": "designer-wear", "name": {"zh": "设计师女装", "en": "Designer Wear"}})
    programme = programmes.create_programme(actor=system(0), at=founded_at, given=named).id
    publish(programme, RULEBOOK.read_text(encoding="utf-8"))
    owner = system(programme, "店主")
    house = {"code": "HQ", "name": {"zh": "总部", "en": "House"}, "username": "boss", "owner_name": "王"}
    identity.found_house(actor=owner, at=founded_at, given=read(FoundHouse, house))
    for code in ("S1", "S2"):
        node = {"kind": "shop", "code": code, "name": {"zh": f"{code} 店", "en": code}}
        identity.create_node(actor=owner, at=founded_at, given=read(CreateNode, node))
    shops = {code: shop.id for code, shop in identity_queries.shops_by_code(programme, ["S1", "S2"]).items()}
    at_first = frozenset({shops["S1"]})
    return Scene(
        programme,
        owner,
        Actor("staff", 7, "小张", programme, CLERK, at_first),
        Actor("staff", 8, "店长", programme, MANAGER, at_first),
        shops,
    )
