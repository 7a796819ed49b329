"""What happened in the mall. An order moves on, so each event carries what was true then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text

READERS = ("sell", "read_members", "catalogue", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Told):
    """Something was had in the mall; `reference` is the order's number, `cash` fen."""

    text: ClassVar[Text] = Text(zh="商城下单", en="An order was placed")
    readers: ClassVar[tuple[str, ...]] = READERS

    item: str
    quantity: int
    unit: str
    units: int
    cash: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMoved(Told):
    """An order went on to `state`: prepared, sent, ready, received, closed, cancelled, returned."""

    text: ClassVar[Text] = Text(zh="兑换单进了一步", en="An order went on")
    readers: ClassVar[tuple[str, ...]] = READERS

    item: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceOffered(Told):
    """A piece is kept for a member who waited, until `until` (ISO); `reference` is the item."""

    text: ClassVar[Text] = Text(zh="候补到货", en="A waited-for piece is kept")
    readers: ClassVar[tuple[str, ...]] = READERS

    item: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BidPlaced(Told):
    """A bid was taken and its units are held; `reference` is the auction."""

    text: ClassVar[Text] = Text(zh="竞拍出价", en="A bid was placed")
    readers: ClassVar[tuple[str, ...]] = READERS

    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BidOutbid(Told):
    """Somebody bid more; what was held of this member is free again."""

    text: ClassVar[Text] = Text(zh="出价被超过", en="A bid was outbid")
    readers: ClassVar[tuple[str, ...]] = READERS

    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuctionClosed(Told):
    """An auction closed; `membership` is who won, nobody where it was not sold."""

    text: ClassVar[Text] = Text(zh="竞拍结束", en="An auction closed")
    readers: ClassVar[tuple[str, ...]] = READERS

    units: int
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawEntered(Told):
    """A member took tickets of a draw; `reference` is the draw."""

    text: ClassVar[Text] = Text(zh="参加抽奖", en="A draw was entered")
    readers: ClassVar[tuple[str, ...]] = READERS

    tickets: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawDrawn(Told):
    """A draw was drawn and its seed revealed."""

    text: ClassVar[Text] = Text(zh="开奖", en="A draw was drawn")
    readers: ClassVar[tuple[str, ...]] = READERS

    tickets: int
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsGiven(Told):
    """A member passed points on to another; `reference` is the gift, `to` who got them, `way` gift or pool."""

    text: ClassVar[Text] = Text(zh="转赠积分", en="Points were passed on")
    readers: ClassVar[tuple[str, ...]] = READERS

    to: str
    unit: str
    units: int
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsExchanged(Told):
    """An exchange with a partner began or ended: `state` asked, disputed, done or refused; `ours` in our units, `theirs`
    in the partner's."""

    text: ClassVar[Text] = Text(zh="积分通兑", en="Points were exchanged")
    readers: ClassVar[tuple[str, ...]] = READERS

    partner: str
    direction: str
    unit: str
    ours: int
    theirs: int
    state: str
