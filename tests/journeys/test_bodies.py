"""A council, from empty places to a matter it decides: the owner seats two, both vote, one of them on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiguan.cases import operations as cases
from huiguan.cases.inputs import OpenMatter
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.test_ballots import VOTING
from tests.console.world import OPENS, World
from tests.journeys.conftest import ComeIn
from tests.members.bodies import with_bodies

pytestmark = pytest.mark.journey


def begin(world: World) -> str:
    """The council's clauses in force, and a matter before it."""
    text = with_bodies(source_of("designer-wear").decode()) + VOTING
    proof = Proof(digest_of(text), examples=1, passed=1, at=OPENS)
    programmes.publish_rulebook(actor=world.actor, at=OPENS, given=PublishRulebook(source=text), proof=proof)
    asked = read(OpenMatter, {"procedure": "expulsion", "form": {"name": "某会员"}, "submit": True})
    return cases.open_matter(actor=world.actor, at=OPENS, given=asked).number


def test_seated_and_voting(world: World, come_in: ComeIn) -> None:
    matter = begin(world)
    with come_in("shenlingyi") as owner:
        page = owner.page
        for place, username in (("1", "hezhiwei"), ("2", "zhouhe")):
            owner.go(f"/bodies/council/?place={place}")
            page.select_option("#staff", username)
            page.fill("#resolution", "大会 2026-1")
            owner.press("F8")
            expect(page.locator(".said")).to_contain_text(f"任第 {place} 席")
        expect(page.locator(".places-of")).to_contain_text("2031-12-11 24:00")
        owner.go("/bodies/")
        expect(page.locator("table")).to_contain_text("缺 1 席")
        assert owner.complaints == []
    with come_in("hezhiwei") as manager:
        manager.go(f"/matters/{matter}/")
        expect(manager.page.locator(".ballot")).to_contain_text("2 票中须 2 票同意")
        manager.page.get_by_role("button", name="同意", exact=True).click()
        expect(manager.page.locator(".ballot")).to_contain_text("表决中")
    with come_in("zhouhe", width=390, policy=False) as clerk:
        clerk.go(f"/matters/{matter}/")
        assert (clerk.sideways(), clerk.barriers()) == (0, [])
        clerk.page.get_by_role("button", name="同意", exact=True).click()
        expect(clerk.page.locator(".ballot")).to_contain_text("通过")
