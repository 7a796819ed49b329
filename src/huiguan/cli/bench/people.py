"""A register of people as a shop has one: common surnames the most often, names of two and three characters, a phone and
a card each. The same seed makes the same people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import connection, transaction

from huiguan.cli.bench import loading
from huiguan.cli.bench.house import House
from huiguan.cli.bench.loading import CHUNK
from huiguan.parties import operations as parties
from huiguan.parties.values import NewParty

SEED = 20261212
# The most common surnames with their share of a hundred; the others share the rest.
COMMON = {"王": 7, "李": 7, "张": 7, "刘": 5, "陈": 5, "杨": 3, "赵": 2, "黄": 2, "周": 2, "吴": 2}
OTHERS = "徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红健俊梅雪兰琳莹佳欣怡宇浩然子轩梓涵诗雨思晨嘉瑞博文婷慧颖倩蕾薇"
    "楠鑫鹏飞龙凤云海山川河清和夕照知微禾满棠砚舟安宁远志新建国庆春夏秋冬月星辰曦彤语桐沐阳一诺可心若冰"
)


@dataclass(frozen=True, slots=True)
class Known:
    """One of the people, as somebody at a till may know her."""

    member: int
    name: str
    phone: str


def register(count: int) -> Iterator[Known]:
    """The people 1 to `count`."""
    chance = Random(SEED)
    surnames = [*COMMON, *OTHERS]
    weights = [*COMMON.values(), *[(100 - sum(COMMON.values())) / len(OTHERS)] * len(OTHERS)]
    for member in range(1, count + 1):
        surname = chance.choices(surnames, weights)[0]
        given = "".join(chance.choices(GIVEN, k=2 if chance.random() < 0.85 else 1))
        # Eleven digits, each once: a large step through the numbers of one prefix, prime to their count.
        yield Known(member, surname + given, f"1{38 + member % 60}{member * 7_654_321 % 100_000_000:08d}")


def load_people(house: House, count: int) -> None:
    """Write the register down, in chunks, with memberships and cards; the books stay empty."""
    at = house.now - timedelta(days=400)
    chunk: list[Known] = []
    for known in register(count):
        chunk.append(known)
        if len(chunk) == CHUNK or known.member == count:
            with transaction.atomic():
                given = [NewParty(each.name, each.phone) for each in chunk]
                parties.create_parties(actor=house.actor, at=at, parties=given)
                loading.insert_memberships(house, chunk[0].member, chunk[-1].member, at)
            chunk = []
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
