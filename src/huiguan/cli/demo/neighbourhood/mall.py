"""The points mall at the neighbourhood shop: what stands in it, who orders, who waits, bids and draws."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiguan.cli.demo.neighbourhood.days import FIRST, SHOPS_OF, Told
from huiguan.cli.demo.story import LAST, moment
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.refusals import Refusal
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.values import PLACED, PREPARED, READY, SENT

ZONES = (
    ("everyday", "天天小礼", "Everyday", 1),
    ("home", "品质生活", "For the home", 2),
    ("scarce", "限量", "Scarce", 3),
)
# code, sort, zone, names, points, worth, stock at the centre, at each shop, ground and disc of its picture
GIFTS: tuple[tuple[str, str, str, str, str, int, str, int, int, str, str], ...] = (
    ("SOAP", "gift", "everyday", "桂花手工皂", "Osmanthus soap", 60, "12.00", 30, 12, "f3e7cf", "d99a2b"),
    ("TOTE", "gift", "everyday", "买菜布袋", "Shopping bag", 90, "15.00", 40, 15, "dfe6da", "5d7a55"),
    ("MUG", "gift", "home", "搪瓷杯", "Enamel mug", 180, "29.00", 18, 6, "e4ecf1", "2f5d7c"),
    ("APRON", "gift", "home", "亚麻围裙", "Linen apron", 260, "49.00", 3, 2, "efe6dd", "8a5a3c"),
    ("TRAY", "goods", "home", "竹编茶盘", "Bamboo tray", 420, "79.00", 8, 0, "ece6d3", "7a6a2d"),
    ("VASE", "goods", "scarce", "手作花瓶", "Handmade vase", 600, "168.00", 4, 0, "e9e0ea", "6a4a78"),
    ("BOX", "gift", "scarce", "新年礼盒", "New Year box", 300, "88.00", 6, 0, "f4dedb", "b0322a"),
)
TITLES = {
    "MUG": "白底蓝边，容量 400 毫升，耐摔。",
    "VASE": "邻里陶艺社每季只烧几只。",
    "BOX": "腊八之后开始换，先到先得。",
}


@dataclass(slots=True)
class Mall:
    """Its own chance, so that the other parts tell the same."""

    random: Random = field(default_factory=lambda: Random(52))

    def __call__(self, told: Told, day: date, closing: datetime) -> None:
        if day == FIRST:
            self.random = Random(52)
            self._fill(told, moment(day, 9))
        days_left = (LAST - day).days
        for _ in range(self.random.choice((0, 1, 1, 2)) if days_left else 0):
            self._order(told, moment(day, 12) + timedelta(minutes=self.random.randint(0, 240)))
        if days_left > 0 and day.weekday() < 5:
            self._desk(told, moment(day, 17), hurried=days_left > 6)
        self._scarce(told, day, days_left)

    def _do(self, told: Told, name: str, record: type[Input], at: datetime, **given: Any) -> bool:
        try:
            getattr(operations, name)(actor=told.actor, at=at, given=read(record, given))
        except Refusal:
            return False
        return True

    def _fill(self, told: Told, at: datetime) -> None:
        for code, zh, en, place in ZONES:
            self._do(told, "keep_zone", inputs.KeepZone, at, code=code, zh=zh, en=en, place=place)
        for code, sort, zone, zh, en, points, worth, centre, each, ground, disc in GIFTS:
            opens = {"opens": "2026-12-15 10:00"} if code == "BOX" else {}
            item = {"code": code, "sort": sort, "zone": zone, "zh": zh, "en": en, "points": points, "worth": worth}
            more = {"low": 4, "everyday": zone == "everyday", "about_zh": TITLES.get(code, ""), **opens}
            self._do(told, "keep_item", inputs.KeepItem, at, **item, **more)
            self._do(told, "move_stock", inputs.StockInput, at, item=code, pieces=centre, why="开业备货")
            for shop in SHOPS_OF if each else ():
                self._do(told, "move_stock", inputs.StockInput, at, item=code, shop=shop, pieces=each, why="开业备货")
            operations.keep_picture(actor=told.actor, at=at, item=code, content=drawn(ground, disc))
        voucher = {"name": "mall_five", "worth": "5.00", "days": 60}
        self._do(told, "keep_item", inputs.KeepItem, at, code="FIVE", sort="voucher", zone="everyday",
                 zh="5 元购物券", en="5 yuan coupon", points=450, worth="5.00", voucher=voucher)  # fmt: skip
        self._do(told, "keep_item", inputs.KeepItem, at, code="BUS", sort="code", zone="everyday",
                 zh="10 元公交充值码", en="10 yuan bus credit", points=800, worth="10.00", low=3)  # fmt: skip
        self._do(told, "add_codes", inputs.AddCodes, at, item="BUS", codes=[f"BUS-{n:04d}-LINLI" for n in range(1, 7)])
        self._do(told, "keep_item", inputs.KeepItem, at, code="WOK", sort="goods", zone="home", zh="熟铁炒锅",
                 en="Iron wok", worth="9.90", mixed=True)  # fmt: skip
        self._do(told, "move_stock", inputs.StockInput, at, item="WOK", pieces=5, why="开业备货")
        operations.keep_picture(actor=told.actor, at=at, item="WOK", content=drawn("e2e2df", "3c3c3a"))

    def _order(self, told: Told, at: datetime) -> None:
        code = self.random.choice(("SOAP", "SOAP", "TOTE", "TOTE", "MUG", "APRON", "TRAY", "FIVE", "BUS", "WOK"))
        asked: dict[str, Any] = {"item": code, "member": self.random.choice(told.numbers)}
        if code in ("SOAP", "TOTE", "MUG", "APRON"):
            asked |= {"way": "pickup", "shop": self.random.choice(SHOPS_OF)}
        elif code in ("TRAY", "WOK"):
            where = {"name": "收件人", "phone": "19910000000", "where": "临安市澄湖区桂雨巷 12 号"}
            asked |= {"way": "delivery", "address": where}
        if not self._do(told, "place_order", inputs.PlaceOrder, at, **asked) and code == "APRON":
            waits = {name: asked[name] for name in ("item", "member", "shop")}
            self._do(told, "join_wait_list", inputs.JoinWaitList, at, **waits)

    def _desk(self, told: Told, at: datetime, *, hurried: bool) -> None:
        """What the desk gets done by five o'clock; in the last week some of it stays."""
        for view in queries.desk(told.actor, at):
            if not hurried and self.random.random() < 0.6:
                continue
            if view.owed:
                amount = f"{view.owed // 100}.{view.owed % 100:02d}"
                tender = {"means": "wechat", "amount": amount}
                self._do(told, "pay_order", inputs.PayOrder, at, order=view.number, tender=tender)
            elif view.state == PLACED:
                self._do(told, "prepare_order", inputs.PrepareOrder, at, order=view.number)
            elif view.state == PREPARED:
                sent = {"carrier": "邻里同城", "tracking": f"LL{view.number[2:]}"} if view.way == "delivery" else {}
                self._do(told, "send_order", inputs.SendOrder, at, order=view.number, **sent)
            elif view.state in (READY, SENT):
                self._do(told, "receive_order", inputs.ReceiveOrder, at, order=view.number, signed="本人")

    def _scarce(self, told: Told, day: date, days_left: int) -> None:
        at = moment(day, 10)
        if days_left == 20:
            self._open(told, at, "autumn-vase", "autumn", day + timedelta(days=8))
        if days_left == 4:
            self._open(told, at, "winter-vase", "winter", LAST + timedelta(days=5))
            self._do(told, "open_flash", inputs.OpenFlash, at, code="mug-noon", item="MUG", points=90, quantity=6,
                     opens=f"{LAST + timedelta(days=1)} 12:00", closes=f"{LAST + timedelta(days=1)} 13:00")  # fmt: skip
        for auction, draw, first, last in (("autumn-vase", "autumn", 19, 12), ("winter-vase", "winter", 3, 1)):
            if last <= days_left <= first:
                self._take_part(told, moment(day, 15), auction, draw)

    def _open(self, told: Told, at: datetime, auction: str, draw: str, last: date) -> None:
        span = {"opens": at.isoformat(), "closes": f"{last} 20:00"}
        self._do(told, "open_auction", inputs.OpenAuction, at, code=auction, item="VASE", reserve=150, **span)
        names = {"zh": "秋收抽奖" if draw == "autumn" else "冬至抽奖", "en": f"The {draw} draw"}
        prizes = [{"item": "TRAY", "pieces": 1}, {"item": "TOTE", "pieces": 3}, {"item": "FIVE", "pieces": 5}]
        self._do(told, "open_draw", inputs.OpenDraw, at, code=draw, **names, points=20, prizes=prizes, **span)

    def _take_part(self, told: Told, at: datetime, auction: str, draw: str) -> None:
        chance = self.random
        least = queries.auction(told.actor, auction, at).least
        bid = {"points": least + 10 * chance.randint(0, 3), "member": chance.choice(told.numbers)}
        self._do(told, "place_bid", inputs.PlaceBid, at, auction=auction, **bid)
        for _ in range(3):
            taken = {"member": chance.choice(told.numbers), "tickets": chance.randint(1, 3)}
            self._do(told, "enter_draw", inputs.EnterDraw, at, draw=draw, **taken)


def drawn(ground: str, disc: str, side: int = 240) -> bytes:
    """A PNG of a disc on a ground: a picture of nothing anybody owns."""
    back, front = bytes.fromhex(ground), bytes.fromhex(disc)
    middle, radius = side // 2, side * 3 // 10
    rows = []
    for y in range(side):
        half = radius * radius - (y - middle) ** 2
        width = int(half**0.5) if half > 0 else 0
        rows.append(b"\x00" + back * (middle - width) + front * (2 * width) + back * (side - middle - width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    )
    told = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)
