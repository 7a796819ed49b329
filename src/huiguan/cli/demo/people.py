"""Fictional people, made from common surnames and given names. Phones lie in a block nobody is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙贺陶顾毛郝龚邵万钱严武戚莫孔向汤"
GIVEN = [
    "清和",
    "知微",
    "令仪",
    "小满",
    "晚舟",
    "若水",
    "思远",
    "明月",
    "听雨",
    "采薇",
    "静姝",
    "语嫣",
    "梓涵",
    "雨桐",
    "佳宁",
    "诗涵",
    "欣怡",
    "梦瑶",
    "子衿",
    "婉清",
    "素心",
    "如是",
    "云舒",
    "念安",
    "芷若",
    "南星",
    "半夏",
    "青黛",
    "白露",
    "谷雨",
    "霜降",
    "立夏",
    "疏影",
    "暗香",
    "沉璧",
    "望舒",
    "羲和",
    "凝香",
    "玉衡",
    "瑶光",
    "初晴",
    "朝颜",
    "夕颜",
    "锦书",
    "尺素",
    "绾绾",
    "岁岁",
    "安歌",
    "惜时",
    "晓棠",
    "落英",
    "秋水",
    "长安",
    "未央",
    "予安",
    "亦心",
    "其华",
    "灼灼",
    "蓁蓁",
    "静",
    "敏",
    "丽",
    "娟",
    "芳",
    "燕",
    "玲",
    "琳",
    "慧",
    "洁",
    "颖",
    "倩",
    "雪",
    "婷",
    "莹",
    "蕾",
    "薇",
    "岚",
    "茜",
    "苒",
    "芸",
    "菁",
    "宁",
    "怡",
    "珊",
    "娜",
    "妍",
    "璐",
    "瑾",
    "瑜",
    "琪",
    "萱",
    "晗",
    "昕",
    "桐",
    "荷",
    "竹",
    "兰",
    "梅",
    "菊",
]
OCCUPATIONS = (
    "教师",
    "设计师",
    "医生",
    "律师",
    "会计",
    "编辑",
    "工程师",
    "策展人",
    "自由职业",
    "企业管理",
    "公务员",
    "花艺师",
)
HOBBIES = ("茶", "书法", "看展", "旅行", "瑜伽", "园艺", "摄影", "古琴", "徒步", "烘焙")
COLOURS = ("墨", "月白", "茶褐", "朱砂", "石绿", "靛青", "驼", "霜", "藕荷", "黛")
STYLES = ("廓形", "极简", "新中式", "通勤", "飘逸", "中性")
SKINS = ("偏白", "自然", "偏暖", "小麦")
OPINIONS = ("剪裁好", "面料舒服", "颜色耐看", "服务细", "价格略高", "款式独特")
STREETS = ("澄湖路", "栖霞里", "白鹭街", "望江路", "青石巷", "云栖路", "半山路", "梅坞路")
CITIES = ("临安市澄湖区", "临安市西山区", "建邺市玄湖区", "北原市朝外区", "北原市五里区")


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional customer. `joined` is the day she joined; `home` the index of her usual shop; `pace` visits a year."""

    name: str
    phone: str
    card: str
    birthday: date
    joined: date
    home: int
    pace: float
    profile: dict[str, str]


def people(random: Random, count: int, first: date, last: date) -> list[Person]:
    """`count` people; two in five joined before `first`, the others spread over the year to `last`."""
    return [_person(random, i, first, last) for i in range(count)]


def _person(random: Random, i: int, first: date, last: date) -> Person:
    old = random.random() < 0.4
    joined = (
        first - timedelta(days=random.randint(1, 700))
        if old
        else first + timedelta(days=random.randint(0, (last - first).days))
    )
    birthday = date(1960, 1, 1) + timedelta(days=random.randint(0, 365 * 42))
    return Person(
        name=random.choice(SURNAMES) + random.choice(GIVEN),
        phone=f"1990{i:07d}",
        card=f"DN{100000 + i}",
        birthday=birthday,
        joined=joined,
        home=random.choices(range(5), weights=(30, 22, 18, 18, 12))[0],
        pace=random.choices((0.6, 1.5, 3, 6, 12), weights=(20, 34, 28, 14, 4))[0],
        profile=_profile(random),
    )


def _profile(random: Random) -> dict[str, str]:
    bust, waist, hips = random.randint(78, 104), random.randint(58, 88), random.randint(82, 108)
    return {
        "sex": "female" if random.random() < 0.93 else "male",
        "occupation": random.choice(OCCUPATIONS),
        "hobbies": "、".join(random.sample(HOBBIES, 2)),
        "colours": "、".join(random.sample(COLOURS, 2)),
        "style": random.choice(STYLES),
        "height": str(random.randint(152, 180)),
        "measurements": f"{bust}-{waist}-{hips}",
        "skin_tone": random.choice(SKINS),
        "address": f"{random.choice(CITIES)}{random.choice(STREETS)}{random.randint(1, 299)} 号",
        "opinion": random.choice(OPINIONS),
    }
