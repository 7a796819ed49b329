"""The trading members there were when the year began."""

from __future__ import annotations

from datetime import datetime

from huiguan.cli.demo.association.people import credit_code, person_called
from huiguan.cli.demo.guild import Association
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember

_REGIONS = ("江东", "浦南", "姑苏", "临安", "广陵", "徽州")
FIRMS = tuple(
    f"{name}贵金属有限公司"
    for name in (
        "恒信", "大成", "金谷", "瑞丰", "宝通", "汇源", "永泰", "天衡", "聚鑫", "鸿图", "长盛", "安远",
        "德润", "正和", "华铖", "万象", "新域", "同晖", "立本", "广济", "景明", "道一",
    )
)  # fmt: skip


def phone(i: int) -> str:
    return f"1991{6_000_000 + i:07d}"


def file_of(i: int) -> dict[str, str]:
    """A firm's particulars."""
    return {
        "credit_code": credit_code(500 + i), "representative": person_called(100 + i), "region": _REGIONS[i % len(_REGIONS)],
    }  # fmt: skip


def enrol(house: Association, at: datetime) -> list[str]:
    """All of them written into the roll; their numbers."""
    given = [
        read(
            EnrolMember,
            {"name": name, "phone": phone(i), "at": at.isoformat(), "type": "trading", "profile": file_of(i)},
        )
        for i, name in enumerate(FIRMS)
    ]
    numbers = []
    for answer in members.enrol_members(actor=house.actor, at=at, given=given):
        assert isinstance(answer, EnrolledMember), answer
        numbers.append(answer.number)
    return numbers
