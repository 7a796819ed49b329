"""A member's browser: a cookie of her own, no script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.values import SaleView
from huiguan.kernel.inputs import read
from huiguan.members.values import EnrolledMember
from huiguan.portal.acting import COOKIE
from huiguan.visits import operations as visits
from huiguan.visits.inputs import BeginVisit
from tests.visits.world import AT, MINUTE, World, found_world

BASE = "/m/ll/"


@dataclass(frozen=True)
class Portal(World):
    """`sale` is Lin's: rice and bread, 85.90 paid, 85 points."""

    sale: SaleView

    def browser(self, phone: str, language: str = "zh-hans") -> Client:
        """A browser in which whoever holds `phone` has come in."""
        wall = datetime.now(UTC) - 2 * MINUTE  # another code may be asked for by now
        given = BeginVisit(phone=phone, proof=self.proof(phone, wall), device="Safari")
        visit = visits.begin_visit(actor=self.door, at=AT, given=given, wall=wall)
        client = Client()
        client.cookies[COOKIE] = visit.token
        client.cookies["huiguan_language"] = language
        return client


def sell(world: World, who: EnrolledMember, *skus: str, bill: str = "GY1-1") -> SaleView:
    given = {
        "member": who.number, "presented": "phone", "shop": "GY", "clerk": "乔麦", "number": bill,
        "lines": [{"sku": sku} for sku in skus],
    }  # fmt: skip
    return checkout.commit_sale(actor=world.actor, at=AT, given=read(SaleInput, given), key=bill)


def found_portal() -> Portal:
    made = found_world()
    return Portal(made.actor, made.lin, made.su, sell(made, made.lin, "RICE5", "BREAD"))
