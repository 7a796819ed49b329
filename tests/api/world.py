"""A house with two shops under the designer-wear rulebook, a few products, members and clients; and callers for them."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client as Browser

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import PricesInput, ProductsInput
from huiguan.foundation.models import DemoClock
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient, CreateNode, FoundHouse
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import CreateProgramme, PublishRulebook
from huiguan.programme.values import Proof, digest_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
FOUNDED = datetime(2026, 1, 1, tzinfo=SHANGHAI)
NOW = datetime(2026, 12, 10, 15, 0, tzinfo=SHANGHAI)  # points may be used in December
RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
POWERS = [
    "sell", "return", "void", "enrol", "read_members", "edit_members", "cards", "suspend", "catalogue", "read_rulebook",
    "publish", "write_rulebook", "correct", "close_day", "invoice",
    "audit", "estimate", "documents",
]  # fmt: skip
PRODUCTS = {"COAT": "1000.00", "SCARF": "500.00", "PIN": "199.00"}
PROFILE = {
    "sex": "female", "birthday": "1990-05-05", "occupation": "会计", "hobbies": "越剧", "colours": "藏青",
    "style": "简约", "height": "165", "measurements": "84/64/90", "skin_tone": "自然", "address": "杭州市某路 1 号",
    "opinion": "很好",
}  # fmt: skip
_numbers = itertools.count(1)


def set_clock(moment: datetime) -> None:
    """Let the domain's clock stand at `moment`, never a breath before it; takes HUIGUAN_DEMO."""
    offset = math.ceil((moment - datetime.now(UTC)).total_seconds())
    DemoClock.objects.update_or_create(pk=1, defaults={"offset_seconds": offset})


def found_world(rulebook: str = "designer-wear") -> World:
    """Everything that stands before the first member, under a shipped rulebook."""
    text = (RULEBOOKS / rulebook / "rulebook.yaml").read_text(encoding="utf-8")
    founder = system(0)
    made = programmes.create_programme(
        actor=founder,
        at=FOUNDED,
        given=read(CreateProgramme, {"code": "dw", "name": {"zh": "设计师女装", "en": "Wear"}}),
    )
    actor = system(made.id)
    programmes.publish_rulebook(
        actor=actor,
        at=FOUNDED,
        given=PublishRulebook(source=text, effective_from="2020-01-01"),
        proof=Proof(digest=digest_of(text), examples=1, passed=1, at=FOUNDED),
    )
    house = {
        "code": "HQ",
        "name": {"zh": "总部", "en": "House"},
        "username": "boss",
        "owner_name": "王",
        "password": None,
    }
    identity.found_house(actor=actor, at=FOUNDED, given=read(FoundHouse, house))
    for code in ("S1", "S2"):
        shop = {"kind": "shop", "code": code, "name": {"zh": f"{code} 店", "en": code}}
        identity.create_node(actor=actor, at=FOUNDED, given=read(CreateNode, shop))
    goods = [{"sku": sku, "name": sku.title(), "list_price": price} for sku, price in PRODUCTS.items()]
    checkout.register_products(actor=actor, at=FOUNDED, given=read(ProductsInput, {"products": goods}))
    promotion = {
        "sku": "PIN",
        "kind": "promotion",
        "amount": "99.00",
        "shop": "S2",
        "since": "2026-01-01",
        "name": "周年",
    }
    checkout.set_prices(actor=actor, at=FOUNDED, given=read(PricesInput, {"prices": [promotion]}))
    return World(actor, make_key(actor, "erp"))


def make_key(
    actor: Actor, name: str, powers: list[str] = POWERS, shops: list[str] | None = None, rate: int = 60_000
) -> str:
    given = {"name": name, "powers": powers, "shops": shops, "rate_per_minute": rate}
    key = identity.create_client(actor=actor, at=FOUNDED, given=read(CreateClient, given)).key
    assert key is not None
    return key


@dataclass
class World:
    """`key` opens everything a program may do."""

    actor: Actor
    key: str
    browser: Browser = field(default_factory=Browser)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        idem: str | None = None,
        **headers: str,
    ) -> Any:
        """One request to /api/v1; `idem` is its Idempotency-Key, made up for writes where none is given."""
        if method != "GET" and idem is None:
            idem = f"k-{next(_numbers)}"
        told = {"Authorization": f"Bearer {key or self.key}", **({"Idempotency-Key": idem} if idem else {})}
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        )
        return self.browser.generic(
            method, f"/api/v1{path}", data, content_type="application/json", headers={**told, **headers}
        )

    def get(self, path: str, **more: Any) -> Any:
        response = self.call("GET", path, **more)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def post(self, path: str, body: Any = None, status: int = 201, **more: Any) -> Any:
        response = self.call("POST", path, body, **more)
        assert response.status_code == status, response.content.decode()
        return response.json()

    def refused(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The problem of a request that must be refused."""
        response = self.call(method, path, body, **more)
        assert response.status_code >= 400, response.content.decode()
        assert response["Content-Type"] == "application/problem+json"
        told = response.json()
        assert told["status"] == response.status_code
        assert told["type"] == f"urn:huiguan:refusal:{told['code']}"
        assert set(told["text"]) == {"zh", "en"}
        return told

    def enrol(
        self, name: str = "李梅", *, at: str = "2026-02-01 10:00", card: str | None = None, **profile: str
    ) -> str:
        """A member with a card; her number."""
        n = next(_numbers)
        phone = profile.pop("phone", f"138{n:08d}")
        body = {
            "name": name, "phone": phone, "shop": "S1", "at": at, "card": card or f"C{n:06d}",
            "profile": {**PROFILE, **profile},
        }  # fmt: skip
        return str(self.post("/members", body)["number"])

    def sell(self, member: str | None, *lines: tuple[str, int], **more: Any) -> Any:
        """A committed sale at S1, the card shown."""
        return self.post("/sales", sale(member, *lines, **more))


def sale(member: str | None, *lines: tuple[str, int], **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"shop": "S1", "lines": [{"sku": sku, "quantity": n} for sku, n in lines or (("COAT", 1),)]}
    if member is not None:
        body |= {"member": member, "presented": "card"}
    return {**body, **more}


def later(days: float = 0, hours: float = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)
