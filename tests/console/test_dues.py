"""Dues in the console: whose they are."""

from __future__ import annotations

from tests.billing.dues_world import do, with_dues
from tests.console.forms import text_of
from tests.console.world import World


def test_who_owes_is_a_page_without_a_search(world: World) -> None:
    owner = world.client("shenlingyi")
    with_dues(world)
    assert "没有人欠费" in text_of(owner.get("/dues/members/"))
    do(world, "raise_charge", member=world.hero, fee="yearly")
    page = owner.get("/dues/members/")
    assert page.status_code == 200
    assert f'href="/dues/members/{world.hero}/"' in page.content.decode() and "1,000.00" in text_of(page)


def test_a_search_leads_on_or_says_that_nobody_was_found(world: World) -> None:
    owner = world.client("shenlingyi")
    assert owner.get(f"/dues/members/?q={world.hero}")["Location"] == f"/dues/members/{world.hero}/"
    missed = owner.get("/dues/members/?q=nobody")
    assert missed.status_code == 404
    assert 'value="nobody"' in missed.content.decode() and "找一位会员的账" in text_of(missed)
