"""What the pages of the mall share: their tabs, how an item, a price and a state read."""

from __future__ import annotations

from django.utils.crypto import get_random_string

from huiguan.console.acting import Acting
from huiguan.console.mall.pages import Choice, Tab
from huiguan.design.values import Mark
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text, either, grouped, yuan
from huiguan.programme import queries as programmes
from huiguan.rewards import queries
from huiguan.rewards.values import CANCELLED, CLOSED, RETURNED, SENT, SORTS, STATES, ItemTold, OrderView
from huiguan.rules.kinds import tier_ladder

CENTRE = Text(zh="中心", en="Centre")
NONE = Text(zh="—", en="—")
MEANS: dict[str, Text] = {
    "wechat": Text(zh="微信", en="WeChat"),
    "alipay": Text(zh="支付宝", en="Alipay"),
    "card": Text(zh="刷卡", en="Bank card"),
    "cash": Text(zh="现金", en="Cash"),
}
SOURCES: dict[str, Text] = {
    "mall": Text(zh="商城", en="Mall"),
    "flash": Text(zh="秒杀", en="Flash sale"),
    "auction": Text(zh="竞拍所得", en="Won at auction"),
    "draw": Text(zh="抽奖所得", en="Won in a draw"),
}
_WITHDRAWN = Mark(Text(zh="已下架", en="Withdrawn"), "stop")
_LOW = Mark(Text(zh="将缺货", en="Running out"), "warn")
_OUT = Mark(Text(zh="缺货", en="Out of stock"), "stop")

LABELS = {
    "code": Text(zh="代号", en="Code"),
    "zh": Text(zh="中文名", en="Chinese name"),
    "en": Text(zh="英文名", en="English name"),
    "points": Text(zh="积分", en="Points"),
    "cash": Text(zh="加现金", en="And money"),
    "worth": Text(zh="价值", en="Worth"),
    "opens": Text(zh="上架", en="From"),
    "closes": Text(zh="下架", en="Until"),
    "most": Text(zh="每人限", en="At most"),
    "low": Text(zh="告警数", en="Watch at"),
    "dispatch": Text(zh="几个工作日发出", en="Leaves in workdays"),
    "voucher": Text(zh="券", en="Coupon"),
    "substitute": Text(zh="替代品", en="Substitute"),
    "pieces": Text(zh="件数", en="Pieces"),
    "counted": Text(zh="盘得", en="Counted"),
    "why": Text(zh="缘由", en="Why"),
    "member": Text(zh="会员", en="Member"),
    "quantity": Text(zh="数量", en="Quantity"),
    "codes": Text(zh="券码", en="Codes"),
    "tender": Text(zh="收款", en="Payment"),
}


def tabs(now: Acting, current: str) -> list[Tab]:
    """The parts of the mall."""
    told = (
        ("desk", Text(zh="兑换单", en="Orders"), "/mall/"),
        ("items", Text(zh="物品", en="Things"), "/mall/items/"),
        ("scarce", Text(zh="秒杀 · 竞拍 · 抽奖", en="Flash sales, auctions, draws"), "/mall/scarce/"),
        ("partners", Text(zh="合作伙伴", en="Partners"), "/mall/partners/"),
    )
    return [Tab(label, href, name == current) for name, label, href in told]


def fresh_key() -> str:
    return f"mall-{get_random_string(22)}"


def state_mark(view: OrderView) -> Mark:
    kinds = {CANCELLED: "stop", RETURNED: "stop", CLOSED: "plain", SENT: "ok"}
    if view.late:
        return Mark(Text(zh="逾期未发", en="Overdue"), "warn")
    return Mark(STATES[view.state], kinds.get(view.state, "ok"))


def item_mark(item: ItemTold) -> Mark | None:
    if item.withdrawn_at is not None:
        return _WITHDRAWN
    if item.left is None:
        return None
    return _OUT if item.left == 0 else _LOW if item.left <= item.low else None


def price_of(item: ItemTold) -> Text:
    """300 分 · 300 分 + ¥5.00 · 值 ¥10.00，积分加现金."""
    if item.mixed:
        return Text(zh=f"值 {yuan(item.worth)}，积分加现金", en=f"worth {yuan(item.worth)}, points and money")
    parts = (
        [(f"{grouped(item.points)} 分", f"{grouped(item.points)} {either(item.points, 'point', 'points')}")]
        if item.points
        else []
    )
    parts += [(yuan(item.cash), yuan(item.cash))] if item.cash else []
    return Text(zh=" + ".join(zh for zh, _ in parts), en=" + ".join(en for _, en in parts))


def zone_choices(now: Acting, chosen: str, none: Text) -> list[Choice]:
    rows: list[Choice] = [("", none, not chosen)]
    return rows + [(z.code, Text(zh=z.zh, en=z.en), z.code == chosen) for z in queries.zones(now.actor)]


def zone_of(now: Acting, code: str | None) -> Text:
    return next((Text(zh=z.zh, en=z.en) for z in queries.zones(now.actor) if z.code == code), NONE)


def shop_choices(now: Acting, chosen: str | None) -> list[Choice]:
    rows: list[Choice] = [("", CENTRE, not chosen)]
    return rows + [(shop.code, shop.name, shop.code == chosen) for shop in now.shops]


def place_title(now: Acting, code: str | None) -> Text:
    if code is None:
        return CENTRE
    return identity.shop(now.actor.programme, code).name


def tier_titles(now: Acting) -> dict[str, Text]:
    """The tiers there are, as people call them."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    return {rung.tier: Text(**tier_ladder.title_of(rulebook, rung.tier)) for rung in tier_ladder.rungs(rulebook)}


def sort_choices(chosen: str) -> list[Choice]:
    return [(name, title, name == chosen) for name, title in SORTS.items()]


def means_choices() -> list[Choice]:
    return [(name, title, name == "wechat") for name, title in MEANS.items()]
