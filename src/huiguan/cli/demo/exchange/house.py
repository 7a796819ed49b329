"""The exchange's house: who decides what, who sits in its council, and the rulebook it keeps."""

from __future__ import annotations

from datetime import datetime

from huiguan.cli.demo.guild import Association, founded, publish
from huiguan.kernel.inputs import read
from huiguan.programme.inputs import CreateProgramme
from huiguan.programme.values import Proof

RULEBOOK = "metals-exchange"
CODE = "jy"
NAME = {"zh": "江东贵金属交易所", "en": "Jiangdong Metals Exchange"}
SINCE = "2025-12-14"
OWNER = "guhongyuan"
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
    name = {"zh": "江东贵金属交易所会员", "en": "Members of the exchange"}
    programme = read(CreateProgramme, {"code": CODE, "name": name})
    owner = {
        "code": "JY",
        "name": NAME,
        "username": OWNER,
        "owner_name": "顾鸿远",
        "owner_title": {"zh": "总经理", "en": "Chief executive"},
    }
    house = founded(at, programme, "交易所会员部", owner, POSTS, STAFF)
    publish(house, at, source, SINCE, proof)
    return house
