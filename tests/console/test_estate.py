"""The organisation and its goods as the head office keeps them."""

from __future__ import annotations

import pytest

from huiguan.checkout.models import Price, Product
from huiguan.identity.models import Node
from tests.console.world import COAT, World

pytestmark = pytest.mark.django_db
SHOP = {"kind": "shop", "code": "HZ9", "zh": "运河店", "en": "", "parent": "", "key": "p-1"}


def test_a_shop_is_opened_once_renamed_and_closed(world: World) -> None:
    client = world.client("shenlingyi")
    assert client.post("/places/", SHOP).status_code == 302
    assert client.post("/places/", SHOP).status_code == 302  # pressed twice: the first answer
    node = Node.objects.get(code="HZ9")
    assert (node.name_zh, node.name_en, node.kind) == ("运河店", "运河店", "shop")
    assert "运河店" in client.get("/places/").content.decode()
    assert client.post("/places/HZ9/", {"zh": "大运河店", "en": "Canal"}).status_code == 302
    assert "大运河店" in client.get("/places/HZ9/").content.decode()
    assert client.post("/places/HZ9/closing").status_code == 302
    node.refresh_from_db()
    assert (node.name_en, node.closed_at is not None) == ("Canal", True)
    assert client.post("/places/HZ9/closing").status_code == 409
    assert "已经关闭" in client.get("/places/HZ9/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says", "status"),
    [
        ({"code": "有空 格"}, "Code: ", 422),
        ({"zh": "", "en": ""}, "Name: ", 422),
        ({"parent": "NOWHERE"}, "NOWHERE", 404),
    ],
)
def test_a_wrong_place_is_refused_and_what_was_entered_stays(
    world: World, wrong: dict[str, str], says: str, status: int
) -> None:
    answer = world.client("shenlingyi", "en").post("/places/", {**SHOP, **wrong})
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (status, True)
    assert not Node.objects.filter(code="HZ9").exists()
    if "code" not in wrong:
        assert 'value="HZ9"' in page


def test_the_house_is_never_closed_nor_what_has_open_shops(world: World) -> None:
    client = world.client("shenlingyi")
    house = Node.objects.get(parent=None)
    assert client.post(f"/places/{house.code}/closing").status_code == 409
    assert client.get("/places/NOWHERE/").status_code == 404


def test_a_product_is_registered_priced_withdrawn_and_sold_again(world: World) -> None:
    client = world.client("shenlingyi")
    given = {"sku": "A/1?x", "name": "羊绒披肩", "category": "披肩", "list_price": "880.00", "cost": "", "key": "g-1"}
    assert client.post("/goods/new", given).status_code == 302
    page = client.get("/goods/product", {"sku": "A/1?x"}).content.decode()
    assert "羊绒披肩" in page and "880.00" in page
    price = {
        "sku": "A/1?x", "kind": "promotion", "amount": "700", "shop": "", "since": "2026-12-20T00:00",
        "until": "2026-12-27T00:00", "label": "岁末", "key": "g-2",
    }  # fmt: skip
    assert client.post("/goods/price", price).status_code == 302
    row = Price.objects.get(sku="A/1?x", kind="promotion")
    assert (row.amount, row.name, row.since.isoformat()) == (70000, "岁末", "2026-12-19T16:00:00+00:00")
    assert "未到" in client.get("/goods/product", {"sku": "A/1?x"}).content.decode()
    assert client.post("/goods/product", {"sku": "A/1?x", "name": "羊绒大披肩", "category": ""}).status_code == 302
    assert client.post("/goods/withdrawal", {"sku": "A/1?x"}).status_code == 302
    assert (Product.objects.get(sku="A/1?x").active, Product.objects.get(sku="A/1?x").name) == (False, "羊绒大披肩")
    assert "A/1?x" not in client.get("/goods/").content.decode()
    assert "A/1?x" in client.get("/goods/?state=withdrawn&q=yrdpj").content.decode()
    assert client.post("/goods/withdrawal", {"sku": "A/1?x", "back": "1"}).status_code == 302
    assert 'name="zh"' in client.get("/goods/categories").content.decode()
    named = {"code": ["配饰"], "zh": [""], "en": ["Accessories"], "key": "c1"}
    assert client.post("/goods/categories", named).status_code == 302
    assert "Accessories" in world.client("shenlingyi", "en").get("/goods/").content.decode()
    assert Product.objects.get(sku="A/1?x").active


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"amount": "7.005"}, "Price: "),
        ({"amount": "-1"}, "Price: "),
        ({"until": "2026-12-20T00:00"}, "Until: must be later than the start"),
        ({"since": ""}, "From: "),
    ],
)
def test_a_wrong_price_is_refused_beside_its_form(world: World, wrong: dict[str, str], says: str) -> None:
    price = {"sku": COAT, "kind": "promotion", "amount": "7.00", "shop": "", "since": "2026-12-20T00:00", "until": ""}
    answer = world.client("shenlingyi", "en").post("/goods/price", {**price, **wrong})
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert not Price.objects.filter(sku=COAT, amount=700).exists()


def test_a_product_nobody_knows_is_not_found(world: World) -> None:
    client = world.client("shenlingyi")
    assert client.get("/goods/product", {"sku": "NOPE"}).status_code == 422
    assert client.post("/goods/withdrawal", {"sku": "NOPE"}).status_code == 422


@pytest.mark.parametrize("path", ["/places/", "/goods/", "/goods/new"])
def test_a_clerk_has_no_business_there(world: World, path: str) -> None:
    assert world.client("zhouhe").get(path).status_code == 403
