"""A neighbourhood shop with a mall, made through the public operations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import SaleInput
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, MergeMembers
from huiguan.members.values import EnrolledMember
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.inputs import partners
from huiguan.rewards.values import Kept, OrderView
from tests.checkout.world import World, moment

SOURCE = (Path(__file__).parents[2] / "rulebooks/neighbourhood/rulebook.yaml").read_text(encoding="utf-8")
NOON = "2026-06-15 12:00"


@dataclass
class Mall(World):
    """`do` calls an operation by its name at a moment; the actor is the house unless a member or clerk is named."""

    @classmethod
    def made(cls, code: str = "mall", source: str = SOURCE) -> Mall:
        world = World.found(code, source, {"birthday": "1990-01-15"})
        mall = cls(world.actor, world.profile)
        for zone in ("everyday", "scarce"):
            mall.do("keep_zone", NOON, code=zone, zh=zone, en=zone)
        return mall

    def do(self, name: str, at: str, *, actor: Actor | None = None, key: str | None = None, **given: Any) -> Any:
        record = RECORDS[name]
        operation = getattr(operations, name)
        return operation(actor=actor or self.actor, at=moment(at), given=read(record, given), key=key)

    def item(self, code: str = "CUP", stock: int = 0, **more: Any) -> Kept:
        told = {"zh": f"{code}杯", "en": code, "points": 100, **more}
        made: Kept = self.do("keep_item", NOON, code=code, **told)
        if stock:
            self.do("move_stock", NOON, item=code, pieces=stock, why="进货")
        return made

    def member(self, points: int = 1000, at: str = "2026-01-05 12:00") -> EnrolledMember:
        """A neighbour whose balance is `points`: a yuan a point."""
        li = self.enrol(at="2026-01-05 10:00", card=None)
        if points:
            fen = [min(100_000, points * 100 - before) for before in range(0, points * 100, 100_000)]
            self.sell(at, lines=[{"sku": "PIN", "quantity": each} for each in fen], member=li.number)
        return li

    def crowd(self, size: int) -> list[EnrolledMember]:
        """So many members with a point each, enrolled and sold to in one go."""
        at = moment("2026-01-05 12:00")
        forms = [
            read(EnrolMember, {"name": "王芳", "phone": f"1880000{n:04d}", "profile": self.profile, "shop": "S1"})
            for n in range(size)
        ]
        made = members.enrol_members(actor=self.actor, at=at, given=forms)
        crowd = [each for each in made if isinstance(each, EnrolledMember)]
        line = {"sku": "PIN", "quantity": 100}
        rows = [{"shop": "S1", "member": each.number, "lines": [line], "key": each.number} for each in crowd]
        checkout.commit_sales(actor=self.actor, at=at, sales=[read(SaleInput, row) for row in rows])
        return crowd

    def herself(self, li: EnrolledMember) -> Actor:
        return Actor("member", li.membership, li.name, self.actor.programme, membership=li.membership)

    def order(self, li: EnrolledMember, at: str = NOON, **given: Any) -> OrderView:
        """Ordered at the counter of S1, to be collected there unless something else is said."""
        asked = {"item": "CUP", "member": li.number, "way": "delivery", **given}
        order: OrderView = self.do("place_order", at, **asked)
        return order

    def left(self, code: str = "CUP") -> int | None:
        return queries.item(self.actor, code).left


def merged(mall: Mall, keep: EnrolledMember, absorb: EnrolledMember, at: str) -> None:
    """The two are one from `at` on."""
    told = {"keep": keep.number, "absorb": absorb.number, "reason": "同一人"}
    members.merge_members(actor=mall.actor, at=moment(at), given=read(MergeMembers, told))


RECORDS = {
    "keep_zone": inputs.KeepZone,
    "keep_item": inputs.KeepItem,
    "withdraw_item": inputs.WithdrawItem,
    "move_stock": inputs.StockInput,
    "count_stock": inputs.CountStock,
    "transfer_stock": inputs.TransferStock,
    "add_codes": inputs.AddCodes,
    "place_order": inputs.PlaceOrder,
    "pay_order": inputs.PayOrder,
    "prepare_order": inputs.PrepareOrder,
    "send_order": inputs.SendOrder,
    "receive_order": inputs.ReceiveOrder,
    "cancel_order": inputs.EndOrder,
    "return_order": inputs.EndOrder,
    "substitute_item": inputs.Substitute,
    "join_wait_list": inputs.JoinWaitList,
    "leave_wait_list": inputs.JoinWaitList,
    "open_flash": inputs.OpenFlash,
    "close_flash": inputs.Withdraw,
    "open_auction": inputs.OpenAuction,
    "place_bid": inputs.PlaceBid,
    "withdraw_auction": inputs.Withdraw,
    "open_draw": inputs.OpenDraw,
    "enter_draw": inputs.EnterDraw,
    "withdraw_draw": inputs.Withdraw,
    "join_pool": partners.JoinPool,
    "leave_pool": partners.LeavePool,
    "gather_points": partners.GatherPoints,
}
