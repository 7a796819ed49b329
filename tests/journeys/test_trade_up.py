"""Points and some money for what costs more, ticked at the till; what is limited is refused there by name."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.cli.demo.house import found
from huiguan.cli.demo.story import FIRST, SEED, moment
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, RecordOpening
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS, SCARF, SHIRT, World, set_clock
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey

MORE = f"""
  - id: A8-90
    kind: trade_up
    number: 九1
    title: {{zh: 围巾换购, en: A scarf traded up}}
    text: {{zh: 500 分另付 99 元换购围巾, en: 500 points and 99 yuan for a scarf}}
    unit: points
    goods: [{{sku: "{SCARF}", units: 500, pay: 99.00}}]
  - id: A8-91
    kind: limit
    number: 九2
    title: {{zh: 衬衫限购, en: Shirts}}
    text: {{zh: 每月限购 2 件, en: Two a month}}
    where: {{sku: "{SHIRT}"}}
    quantity: 2
    per: month
"""


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    """One card, with a scarf to be traded up and shirts limited to two a month; 林夕照 holds C-100 and 800 points."""
    settings.HUIGUAN_DEMO = True
    source = source_of("one-card").decode().rstrip() + "\n" + MORE
    at = moment(FIRST, 7)
    house = found(Random(SEED), at, source, Proof(digest_of(source), 1, 1, at))
    given = {"name": "林夕照", "phone": "13800000007", "card": "C-100", "shop": "HB"}
    made = members.enrol_member(actor=house.actor, at=OPENS, given=read(EnrolMember, given))
    opening = {"member": made.number, "bill": "OLD-1", "points": 800, "earned_at": OPENS.isoformat()}
    members.record_opening(actor=house.actor, at=OPENS, given=read(RecordOpening, opening))
    set_clock()
    return World(house.actor, made.number)


def test_a_scarf_is_traded_up_and_a_third_shirt_is_not_sold(come_in: ComeIn, world: World) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        for text in ("C-100", SCARF):
            keys.type(text)
            keys.press("Enter")
        row = page.locator(".bill-rows dt", has_text="换购")
        expect(row).to_contain_text("可以换购：500 分另付 ¥99.00")
        row.get_by_role("checkbox").check()
        expect(page.locator("#due")).to_have_text("¥99.00")
        expect(row).to_contain_text("500 分另付 ¥99.00，省 ")
        page.locator("#take").click()
        expect(page.locator(".said")).to_contain_text("已收 ¥99.00")
        assert world.points() == 399  # 800 less 500, and 99 for the money
        for text in ("C-100", f"3*{SHIRT}"):
            keys.type(text)
            keys.press("Enter")
        expect(page.locator("body")).to_contain_text("每月限 2 件，本月已有 0 件。")
        expect(page.locator("#qty-1")).to_have_value("2")
        assert visiting.complaints == []
