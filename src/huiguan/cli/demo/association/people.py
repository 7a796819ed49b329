"""The founding members, firms and persons, and how any of them is written into the roll."""

from __future__ import annotations

from datetime import datetime
from random import Random

from huiguan.cli.demo.guild import Association
from huiguan.cli.demo.people import GIVEN, SURNAMES
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember

SEED = 1911
PERSONS = 12
FIRMS = tuple(
    f"{name}{kind}"
    for kind, names in (
        ("茶业有限公司", ("天目", "径山", "大涤", "玲珑", "浮玉", "青山湖", "双溪", "昌化", "於潜")),
        ("茶行", ("裕泰", "同春", "万和", "恒源", "四时", "永兴", "和记")),
        ("茶叶合作社", ("东坑", "指南村", "太湖源", "百丈岭", "高虹")),
        ("茶器工坊", ("听松", "一盏", "陶石", "半闲")),
        ("茶馆", ("听雨楼", "湖心", "清晖")),
    )
    for name in names
)
# The check character of a credit code: GB 32100-2015.
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FAMILY = "周沈陆许唐秦罗郑梁宋谢韩冯邓曹彭"
_GIVEN = ("怀瑾", "伯年", "知行", "令仪", "望舒", "敬亭", "秋实")


def enrol(house: Association, names: list[str], at: datetime, begins: int) -> list[str]:
    """Names written into the roll at `at`; their numbers. `begins`: how many are there already."""
    given = [
        read(
            EnrolMember,
            {
                "name": name,
                "phone": phone(begins + i),
                "at": at.isoformat(),
                "type": "firm" if name in FIRMS else "person",
            },
        )
        for i, name in enumerate(names)
    ]
    numbers = []
    for answer in members.enrol_members(actor=house.actor, at=at, given=given):
        assert isinstance(answer, EnrolledMember), answer
        numbers.append(answer.number)
    return numbers


def founders() -> list[str]:
    """Who founded it: the firms, then persons."""
    random = Random(SEED)
    return [*FIRMS, *(random.choice(SURNAMES) + random.choice(GIVEN) for _ in range(PERSONS))]


def phone(i: int) -> str:
    return f"1991{5_000_000 + i:07d}"


def person_called(i: int) -> str:
    """The `i`th of a hundred and twelve names."""
    return f"{_FAMILY[i % 16]}{_GIVEN[i % 7]}"


def credit_code(i: int) -> str:
    """A credit code that reads as one and is nobody's: the number of a firm that does not exist, well-formed."""
    body = f"91330185MA{i:07d}"
    total = sum(_LETTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _LETTERS[-total % 31]
