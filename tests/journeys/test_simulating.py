"""Another rulebook is tried on the year: chosen, watched, and the hero's two stories read."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from huiguan.rules.shelf import source_of
from tests.console.errands import do_waiting
from tests.console.world import World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1440, 390])
def test_a_draft_is_tried_on_recorded_months(come_in: ComeIn, world: World, tmp_path: Path, width: int) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_bytes(source_of("designer-wear").replace(b"    give: 2\n", b"    give: 3\n"))
    with come_in("shenlingyi", width=width) as visiting:
        visiting.go("/rulebook/simulations/")
        page = visiting.page
        page.get_by_label("哪份章程").select_option("file")
        page.set_input_files("#file", str(draft))
        page.fill("#from", "2025-12-01")
        page.fill("#until", "2026-12-11")
        page.get_by_role("button", name="试算").click()
        expect(page.locator("#simulation")).to_contain_text("排着队")
        do_waiting()
        expect(page.locator(".sim-sums")).to_contain_text("发放积分")
        page.locator(".sim-tabs").get_by_role("link", name="受影响的会员").click()
        page.get_by_role("link", name="顾清和").click()
        expect(page.locator(".sim-two.differs").first).to_contain_text("满 ¥100.00 积 3 分")
        assert visiting.sideways() == 0
        assert visiting.complaints == []
