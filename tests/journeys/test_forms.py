"""A rulebook changed in its sentence: the member's text follows, the lint warns, and one line of the file is new."""

from __future__ import annotations

from playwright.sync_api import expect

from huiguan.programme import operations as programmes
from huiguan.programme import queries
from huiguan.programme.inputs import OpenDraft
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS, World
from tests.journeys.conftest import ComeIn

CLAUSE = "/rulebook/drafts/1/clauses/B55-13/"


def test_the_earning_rate_is_changed_in_its_sentence(world: World, come_in: ComeIn) -> None:
    programmes.open_draft(actor=world.actor, at=OPENS, given=OpenDraft(title="积分改三分"))
    with come_in("shenlingyi") as visiting:
        page = visiting.page
        visiting.go(CLAUSE)
        page.fill("#p-give", "50")
        expect(page.locator("#notes")).to_contain_text("返还过半")
        expect(page.locator("#made ins").first).to_have_text("50")
        page.fill("#p-give", "二")
        expect(page.locator("#e-p-give")).to_contain_text("须为整数")
        page.fill("#p-give", "3")
        expect(page.locator("#worths")).to_contain_text("27 积分")
        expect(page.locator("#e-p-give")).to_have_text("")
        page.get_by_role("button", name="存入草案").click()
        expect(page.locator(".saids")).to_contain_text("已存入草案")
        expect(page.locator("#p-give")).to_have_value("3")
        assert visiting.complaints == [] and visiting.sideways() == 0
    before, after = source_of("designer-wear").decode().splitlines(), queries.draft(world.actor, 1).source.splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new][-1] == (
        "    give: 2",
        "    give: 3",
    )
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 3  # the figure, and its two texts


def test_the_form_on_a_phone_and_for_everybody(world: World, come_in: ComeIn) -> None:
    programmes.open_draft(actor=world.actor, at=OPENS, given=OpenDraft(title="积分改三分"))
    with come_in("shenlingyi", width=390, language="en", policy=False) as visiting:
        for address in (CLAUSE, "/rulebook/drafts/1/form/", "/rulebook/templates/designer-wear/"):
            visiting.go(address)
            assert visiting.sideways() == 0, address
            assert visiting.barriers() == [], address
