"""The association's house: its office, its committee, its secretary general, and the rulebook it keeps."""

from __future__ import annotations

from datetime import datetime

from huiguan.cli.demo.association.sheets import template
from huiguan.cli.demo.guild import Association, founded, publish
from huiguan.documents import operations as documents
from huiguan.documents.inputs import KeepTemplate
from huiguan.documents.values import Upload
from huiguan.kernel.inputs import read
from huiguan.programme.inputs import CreateProgramme
from huiguan.programme.values import Proof

RULEBOOK = "association"
NAME = {"zh": "临安茶业同业公会", "en": "Lin'an Tea Guild"}
OWNER = "chengguanlan"
# post, its titles, what it may do
POSTS = (
    (
        "member_office", {"zh": "会员部", "en": "Member office"},
        ["matters", "conduct", "documents", "enrol", "read_members", "edit_members", "read_rulebook", "bill"],
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


def found(at: datetime, source: str, proof: Proof) -> Association:
    """Programme, posts, staff, rulebook (in force since 2026) and the form to download."""
    programme = read(
        CreateProgramme, {"code": "cy", "name": {"zh": "临安茶业公会会员", "en": "Members of the Tea Guild"}}
    )
    owner = {
        "code": "CY",
        "name": NAME,
        "username": OWNER,
        "owner_name": "程观澜",
        "owner_title": {"zh": "会长", "en": "President"},
    }
    house = founded(at, programme, "公会会员部", owner, POSTS, STAFF)
    publish(house, at, source, "2026-01-01", proof)
    form = KeepTemplate(name="application_form", title_zh="入会申请表", title_en="Application form")
    documents.keep_template(actor=house.actor, at=at, given=form, file=Upload("入会申请表.pdf", template()))
    return house
