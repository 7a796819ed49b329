"""The fictional brand's house: where it trades, who works there, what hangs on the rails, and its rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import PricesInput, ProductsInput
from huiguan.cli.demo.goods import FIXED, Piece, collection
from huiguan.identity import operations as identity
from huiguan.identity.inputs import Appoint, CreateNode, CreateStaff, FoundHouse
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof

PASSWORD = "danning-2026"
SHOPS = (
    ("HB", "湖滨店", "Lakeside", "EAST"),
    ("XX", "西溪店", "Westbrook", "EAST"),
    ("XW", "玄武店", "Xuanwu", "EAST"),
    ("CW", "朝外店", "Chaowai", "NORTH"),
    ("WL", "五里店", "Wuli", "NORTH"),
)
# username, name, post, where
STAFF = (
    ("hezhiwei", "贺知微", "shop_manager", "HB"),
    ("zhouhe", "周禾", "clerk", "HB"),
    ("luxiaoman", "陆小满", "clerk", "HB"),
    ("tangyue", "唐越", "shop_manager", "XX"),
    ("fangning", "方宁", "clerk", "XX"),
    ("shiqing", "石青", "clerk", "XW"),
    ("baishu", "白术", "clerk", "CW"),
    ("jianan", "纪安", "clerk", "WL"),
    ("wenjian", "闻鉴", "auditor", "DN"),
)
CLERKS = {"HB": ("周禾", "陆小满"), "XX": ("方宁", "唐越"), "XW": ("石青",), "CW": ("白术",), "WL": ("纪安",)}


@dataclass(frozen=True, slots=True)
class House:
    """The founded house: its programme, the actor who tells the story, and the collection."""

    programme: int
    actor: Actor
    pieces: tuple[Piece, ...]


def found(random: Random, at: datetime, source: str, proof: Proof) -> House:
    """Programme, tree, staff, rulebook (in force since 2024) and catalogue."""
    made = programmes.create_programme(
        actor=system(0),
        at=at,
        given=read(CreateProgramme, {"code": "dn", "name": {"zh": "澹宁会员", "en": "Danning members"}}),
    )
    actor = system(made.id, "澹宁会员部")
    owner = {
        "code": "DN", "name": {"zh": "澹宁", "en": "Danning"},
        "username": "shenlingyi", "owner_name": "沈令仪", "password": PASSWORD,
    }  # fmt: skip
    identity.found_house(actor=actor, at=at, given=read(FoundHouse, owner))
    _places(actor, at)
    for person in STAFF:
        hire(actor, at, *person)
    given = PublishRulebook(source=source, effective_from="2024-01-01")
    programmes.publish_rulebook(actor=actor, at=at, given=given, proof=proof)
    return House(made.id, actor, _catalogue(actor, at, random))


def _places(actor: Actor, at: datetime) -> None:
    for code, zh, en in (("EAST", "华东区", "East"), ("NORTH", "华北区", "North")):
        _node(actor, at, {"kind": "region", "code": code, "name": {"zh": zh, "en": en}})
    for code, zh, en, region in SHOPS:
        _node(actor, at, {"kind": "shop", "code": code, "name": {"zh": zh, "en": en}, "parent": region})


def _node(actor: Actor, at: datetime, given: dict[str, object]) -> None:
    identity.create_node(actor=actor, at=at, given=read(CreateNode, given))


def hire(actor: Actor, at: datetime, username: str, name: str, post: str, where: str) -> None:
    """Somebody who works there, with a post."""
    person = read(CreateStaff, {"username": username, "name": name, "password": PASSWORD})
    identity.create_staff(actor=actor, at=at, given=person)
    identity.appoint(actor=actor, at=at, given=read(Appoint, {"username": username, "post": post, "node": where}))


def _catalogue(actor: Actor, at: datetime, random: Random) -> tuple[Piece, ...]:
    pieces = (*FIXED, *collection(random))
    rows = [
        {
            "sku": piece.sku, "name": piece.name, "category": piece.category,
            "list_price": as_yuan(piece.price), "cost": as_yuan(piece.cost),
        }
        for piece in pieces
    ]  # fmt: skip
    checkout.register_products(actor=actor, at=at, given=read(ProductsInput, {"products": rows}))
    checkout.set_prices(actor=actor, at=at, given=read(PricesInput, {"prices": _promotions(random, pieces)}))
    return pieces


def _promotions(random: Random, pieces: tuple[Piece, ...]) -> list[dict[str, str]]:
    """Two seasonal sales everywhere, and the twelfth of December at Lakeside."""
    twelve = {"name": "双十二", "since": "2026-12-10", "until": "2026-12-12 24:00"}
    scarf = {"sku": "DN26W-0907", "kind": "promotion", "amount": "580.00", "shop": "HB", **twelve}
    seasons = (("夏末清仓", "2026-08-20", "2026-09-05"), ("冬末清仓", "2026-02-20", "2026-03-08"))
    prices = [scarf]
    for name, since, until in seasons:
        for piece in random.sample(pieces[len(FIXED) :], 18):
            amount = as_yuan(piece.price // 10000 * 7500 or piece.price)
            prices.append(
                {"sku": piece.sku, "kind": "promotion", "amount": amount, "name": name, "since": since, "until": until}
            )
    return prices
