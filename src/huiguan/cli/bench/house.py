"""The house the benchmark sells in: one shop, a shipped rulebook (designer-wear as a rule), three products, one client.

Points may be used in every month here, so that the figures do not depend on the day they are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as questions
from huiguan.checkout.inputs import ProductsInput, SaleInput
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient, CreateNode, FoundHouse
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.countersigned import signers
from huiguan.rules.shelf import source_of

PRODUCTS = (("COAT", "2380.00"), ("SCARF", "480.00"), ("BELT", "328.00"))
POINTS = 20
DUE = "3009.60"  # (2380 + 480 + 328 - 20) at 95 %
UNPAID = "3028.60"  # the same without points
SHOP = "S1"
USUAL = "designer-wear"


@dataclass(frozen=True, slots=True)
class House:
    actor: Actor
    key: str
    now: datetime
    shop: int
    tier: str = "points_card"
    usual: bool = True
    signed: tuple[str, ...] = ()  # who signs the record of a purchase, so that it counts at once


def rulebook(name: str = USUAL) -> str:
    """A shipped rulebook; that of the usual house with its redemption open all the year."""
    return source_of(name).decode().replace("months: [6, 12]", f"months: {list(range(1, 13))}")


def found(name: str = USUAL) -> House:
    """The house under a shipped rulebook, empty of members, who come in the first tier that earns anything."""
    now = datetime.now(UTC)
    at = now - timedelta(days=800)
    source = rulebook(name)
    made = programmes.create_programme(
        actor=system(0),
        at=at,
        given=read(CreateProgramme, {"code": "bench", "name": {"zh": "压测", "en": "Benchmark"}}),
    )
    actor = system(made.id)
    programmes.publish_rulebook(
        actor=actor,
        at=at,
        given=PublishRulebook(source=source, effective_from="2020-01-01"),
        proof=Proof(digest=digest_of(source), examples=0, passed=0, at=at),  # nothing here is kept or shown to anybody
    )
    house = {"code": "HQ", "name": {"zh": "总部", "en": "House"}, "username": "bench", "owner_name": "压测"}
    identity.found_house(actor=actor, at=at, given=read(FoundHouse, house))
    shop = {"kind": "shop", "code": SHOP, "name": {"zh": "一店", "en": "Shop one"}}
    place = identity.create_node(actor=actor, at=at, given=read(CreateNode, shop))
    goods = [{"sku": sku, "name": f"{sku.title()} 商品", "list_price": price} for sku, price in PRODUCTS]
    checkout.register_products(actor=actor, at=at, given=read(ProductsInput, {"products": goods}))
    client = {"name": "till", "powers": ["sell", "read_members"], "rate_per_minute": 1_000_000}
    key = identity.create_client(actor=actor, at=at, given=read(CreateClient, client)).key
    assert key is not None
    compiled = compile_rulebook(source)
    tried = questions.sampled(compiled, amount=100_000, at=now)
    tier = next((each.tier for each in tried if each.earned), None) or ""
    return House(actor, key, now, place.id, tier, name == USUAL, signers(compiled))


def due_of(house: House, member: dict[str, object]) -> str:
    """What the sale of the benchmark comes to under this house's rulebook, for its first member."""
    if house.usual:
        return DUE
    seen = checkout.quote_sale(actor=house.actor, at=house.now, given=read(SaleInput, {**member, "tenders": []}))
    return as_yuan(seen.paid)
