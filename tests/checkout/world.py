"""A small house under the designer-wear rulebook, made through the public operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import PricesInput, ProductsInput, RedeemInput, ReturnInput, SaleInput, SignInput
from huiguan.checkout.values import RedemptionView, ReturnView, SaleView
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateNode, FoundHouse
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.ledger import queries as ledger
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of

ZONE = ZoneInfo("Asia/Shanghai")
SOURCE = (Path(__file__).parents[2] / "rulebooks/designer-wear/rulebook.yaml").read_text(encoding="utf-8")
PROFILE = {
    "sex": "female", "birthday": "1990-06-15", "occupation": "教师", "hobbies": "茶", "colours": "墨",
    "style": "极简", "height": "167", "measurements": "88-66-92", "skin_tone": "自然",
    "address": "临安市澄湖区白鹭街 1 号", "opinion": "剪裁好",
}  # fmt: skip
_numbers = count(1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class World:
    actor: Actor
    profile: dict[str, str] = field(default_factory=lambda: PROFILE)  # what a form says, where a test says nothing

    @classmethod
    def found(cls, code: str = "dn", source: str = SOURCE, profile: dict[str, str] = PROFILE) -> World:
        at = moment("2024-01-02 09:00")
        name = {"zh": "会员", "en": "Members"}
        made = programmes.create_programme(
            actor=system(0), at=at, given=read(CreateProgramme, {"code": code, "name": name})
        )
        actor = system(made.id)
        house = {"code": "HOUSE", "name": name, "username": f"owner-{code}", "owner_name": "主人"}
        identity.found_house(actor=actor, at=at, given=read(FoundHouse, house))
        for shop in ("S1", "S2"):
            node = {"kind": "shop", "code": shop, "name": {"zh": shop, "en": shop}}
            identity.create_node(actor=actor, at=at, given=read(CreateNode, node))
        proof = Proof(digest_of(source), 1, 1, at)
        given = PublishRulebook(source=source, effective_from="2024-01-01")
        programmes.publish_rulebook(actor=actor, at=at, given=given, proof=proof)
        products = [
            {"sku": sku, "name": sku, "list_price": price, "category": "coat"}
            for sku, price in {
                "COAT": "1000.00", "SCARF": "500.00", "PIN": "0.01", "GLOVE": "99.99", "HUNDRED": "100.00",
                "ALMOST": "9999.99", "GOWN": "10000.00",
            }.items()
        ]  # fmt: skip
        checkout.register_products(actor=actor, at=at, given=read(ProductsInput, {"products": products}))
        return cls(actor, profile)

    def publish(self, source: str, since: str) -> None:
        """Another version of the rulebook, in force from the local day `since`."""
        at = moment(f"{since} 00:00")
        given, proof = PublishRulebook(source=source), Proof(digest_of(source), 1, 1, at)
        programmes.publish_rulebook(actor=self.actor, at=at, given=given, proof=proof)

    def price(self, **price: Any) -> None:
        checkout.set_prices(
            actor=self.actor, at=moment("2024-01-02 09:00"), given=read(PricesInput, {"prices": [price]})
        )

    def enrol(self, at: str = "2025-03-01 10:00", **more: Any) -> EnrolledMember:
        n = next(_numbers)
        profile = {**self.profile, **more.pop("profile", {})}
        given = {
            "name": "李梅",
            "phone": f"1990000{n:04d}",
            "card": f"C{n:05d}",
            "shop": "S1",
            "profile": profile,
            **more,
        }
        return members.enrol_member(actor=self.actor, at=moment(at), given=read(EnrolMember, given))

    def asked(self, *skus: str, **more: Any) -> SaleInput:
        lines = [{"sku": sku, "quantity": 1} for sku in skus]
        return read(SaleInput, {"shop": "S1", "lines": lines, **more})

    def sell(self, at: str, *skus: str, now: str | None = None, key: str | None = None, **more: Any) -> SaleView:
        given = self.asked(*skus, **more, **({"at": at} if now else {}))
        return checkout.commit_sale(
            actor=self.actor, at=moment(now or at), given=given, key=key or f"k{next(_numbers)}"
        )

    def quote(self, at: str, *skus: str, **more: Any) -> SaleView:
        return checkout.quote_sale(actor=self.actor, at=moment(at), given=self.asked(*skus, **more))

    def give_back(self, at: str, sale: str, *lines: int, **more: Any) -> ReturnView:
        given: dict[str, Any] = {"sale": sale, **more}
        if lines:
            given["lines"] = [{"line": line, "quantity": 1} for line in lines]
        return checkout.return_sale(actor=self.actor, at=moment(at), given=read(ReturnInput, given))

    def sign(self, at: str, sale: str, *roles: str) -> SaleView:
        given = read(SignInput, {"sale": sale, "signed": list(roles)})
        return checkout.sign_sale(actor=self.actor, at=moment(at), given=given)

    def redeem(self, at: str, member: EnrolledMember, points: int) -> RedemptionView:
        given = read(RedeemInput, {"member": member.number, "points": points, "shop": "S1", "gift": "丝巾"})
        return checkout.redeem_points(actor=self.actor, at=moment(at), given=given)

    def points(self, member: EnrolledMember, at: str) -> int:
        return ledger.balances_at(actor=self.actor, membership=member.membership, at=moment(at)).get("points", 0)
