"""Pages: who sees them, what a browser keeps of them, what is typed into them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.console.world import World, found_world

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "'; DROP TABLE x; --")


@pytest.fixture
def brand(db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    return found_world()


def test_a_page_is_left_on_no_shared_computer(brand: World) -> None:
    client = brand.client("zhouhe")
    for path in ("/", f"/members/{brand.hero}/", "/till/", "/members/NOBODY/"):
        assert client.get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_wherever_it_stands(brand: World, name: str) -> None:
    number = brand.enrol(name, "13900007777", "CHOSTILE").number
    client = brand.client("shenlingyi")
    client.post("/shop", {"shop": "HB", "next": "/"})
    client.get(f"/till/?member={number}")
    for path in ("/till/", "/members/?q=CHOSTILE", f"/members/{number}/", "/search?q=CHOSTILE", "/members/faults"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", ["/search?q=", "/members/?q=", "/sales/?q=", "/sales/returns?q=", "/till/?scan="])
def test_what_is_searched_for_is_text(brand: World, path: str, query: str) -> None:
    client = brand.client("zhouhe")
    page = client.get(f"{path}{query}", follow=True)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "<img src=x" not in page.content.decode()


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_way_on_stays_in_the_house(brand: World, to: str) -> None:
    client = brand.client("zhouhe")
    for path, more in (("/shop", {"shop": "HB"}), ("/design/choices", {"language": "en"})):
        assert client.post(path, {**more, "next": to})["Location"] == "/"
    assert client.get("/sign-in", {"next": to})["Location"] == "/"


@pytest.mark.parametrize("token", ["a" * 300, "a" * 5000, "..", "%2e%2e", "A" * 32, "王" * 32, "0" * 31])
def test_what_is_no_name_of_an_upload_is_not_found(brand: World, token: str) -> None:
    assert brand.client("hezhiwei").get(f"/import/{token}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/members/?after=", "/members/?tier=", "/sales/?q=", "/sales/returns?q=", "/search?q=", "/till/?scan=",
     "/books/audit?by=", "/sales/{}/", "/members/{}/"],
)  # fmt: skip
def test_no_page_takes_what_no_database_keeps(brand: World, path: str) -> None:
    answer = brand.client("shenlingyi", "en").get(path.format("%00") if "{" in path else f"{path}%00")
    assert answer.status_code == 422
    assert "must not contain the NUL character" in answer.content.decode()


@pytest.mark.parametrize("path", ["/till/sale", "/members/new"])
@pytest.mark.parametrize("key", ["a\x00b", "k" * 121])
def test_no_form_takes_it_either(brand: World, path: str, key: str) -> None:
    answer = brand.client("zhouhe").post(path, {"key": key, "sku": "DN26W-0118", "quantity": "1"})
    assert answer.status_code == 422


def test_the_last_day_there_is_is_no_day_to_search_to(brand: World) -> None:
    assert brand.client("shenlingyi").get("/books/audit?until=9999-12-31").status_code < 500
