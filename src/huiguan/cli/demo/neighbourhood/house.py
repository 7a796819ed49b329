"""The neighbourhood shop: two branches, who works there, what stands on the shelves, and its rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import CategoriesInput, PricesInput, ProductsInput
from huiguan.cli.demo.house import PASSWORD, hire
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateNode, FoundHouse
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof

RULEBOOK = "neighbourhood"
SHOPS = (("GY", "桂雨巷店", "Guiyu Lane"), ("HT", "河塘店", "Hetang"))
CLERKS = {"GY": "乔麦", "HT": "纪春"}
# username, name, post, where
STAFF = (
    ("shantong", "单彤", "shop_manager", "GY"),
    ("qiaomai", "乔麦", "clerk", "GY"),
    ("jichun", "纪春", "clerk", "HT"),
)
# What English pages call the categories; in Chinese their codes are their names.
CATEGORIES = (
    ("日用", "household"), ("服务", "services"), ("烘焙", "bakery"), ("生鲜", "fresh food"), ("粮油", "grain and oil"),
    ("茶饮", "tea and coffee"),
)  # fmt: skip
# sku, name, category, list price, cost
GOODS = (
    ("RICE5", "稻花香米 5 kg", "粮油", "59.90", "41.00"),
    ("OIL", "压榨菜籽油 4 L", "粮油", "79.90", "58.00"),
    ("TEA", "明前龙井 50 g", "茶饮", "128.00", "72.00"),
    ("COFFEE", "手冲咖啡", "茶饮", "22.00", "6.50"),
    ("BREAD", "天然酵母乡村包", "烘焙", "26.00", "9.00"),
    ("CAKE", "生日蛋糕 6 寸", "烘焙", "188.00", "76.00"),
    ("EGGS", "散养土鸡蛋 30 枚", "生鲜", "45.00", "31.00"),
    ("MILK", "巴氏鲜奶 950 ml", "生鲜", "16.80", "11.20"),
    ("FRUIT", "当季果篮", "生鲜", "98.00", "61.00"),
    ("SOAP", "桂花手工皂", "日用", "36.00", "12.00"),
    ("TOWEL", "长绒棉毛巾", "日用", "39.00", "15.00"),
    ("LAMP", "床头小灯", "日用", "159.00", "74.00"),
    ("WOK", "熟铁炒锅", "日用", "269.00", "138.00"),
    ("CUT", "剪发", "服务", "68.00", "0.00"),
    ("WASH", "衬衫洗熨", "服务", "25.00", "8.00"),
    ("CLASS", "亲子烘焙课", "服务", "168.00", "60.00"),
)
PROMOTIONS = (
    {"sku": "FRUIT", "kind": "promotion", "amount": "88.00", "name": "冬至果篮", "since": "2026-12-05", "until": "2026-12-22"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The founded house: its programme and the actor who tells its story."""

    programme: int
    actor: Actor


def found(at: datetime, source: str, proof: Proof) -> Neighbourhood:
    """Programme, branches, staff, rulebook (in force since 2025) and shelves."""
    made = programmes.create_programme(
        actor=system(0),
        at=at,
        given=read(CreateProgramme, {"code": "ll", "name": {"zh": "邻里会员", "en": "Neighbours"}}),
    )
    actor = system(made.id, "邻里会员部")
    owner = {
        "code": "LL", "name": {"zh": "邻里生活馆", "en": "Neighbourhood Shop"},
        "username": "linxia", "owner_name": "林夏", "password": PASSWORD,
    }  # fmt: skip
    identity.found_house(actor=actor, at=at, given=read(FoundHouse, owner))
    for code, zh, en in SHOPS:
        node = read(CreateNode, {"kind": "shop", "code": code, "name": {"zh": zh, "en": en}})
        identity.create_node(actor=actor, at=at, given=node)
    for person in STAFF:
        hire(actor, at, *person)
    given = PublishRulebook(source=source, effective_from="2025-01-01")
    programmes.publish_rulebook(actor=actor, at=at, given=given, proof=proof)
    _shelves(actor, at)
    return Neighbourhood(made.id, actor)


def _shelves(actor: Actor, at: datetime) -> None:
    keys = ("sku", "name", "category", "list_price", "cost")
    rows = [dict(zip(keys, row, strict=True)) for row in GOODS]
    checkout.register_products(actor=actor, at=at, given=read(ProductsInput, {"products": rows}))
    named = [{"code": code, "en": en} for code, en in CATEGORIES]
    checkout.name_categories(actor=actor, at=at, given=read(CategoriesInput, {"categories": named}))
    checkout.set_prices(actor=actor, at=at, given=read(PricesInput, {"prices": list(PROMOTIONS)}))
