"""The next version: the owner writes, the manager approves, the owner publishes from tomorrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiguan.identity import queries as identity
from huiguan.kernel.actors import system
from huiguan.kernel.inputs import read
from huiguan.programme import operations, queries
from huiguan.programme.inputs import ApproveDraft, OpenDraft, PublishRulebook, SubmitDraft
from huiguan.programme.values import DraftProved, Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS, World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey
DRAFT = "/rulebook/drafts/1/"


def proved(world: World) -> None:
    """As the worker keeps it once the examples are through."""
    actor = system(world.actor.programme)
    known = queries.draft(actor, 1)
    proof = Proof(known.digest, 294, 294, OPENS)
    kept = DraftProved(proof, known.examples_digest, (), "沈令仪")
    operations.keep_proof(actor=actor, at=OPENS, draft=1, proved=kept)


def test_a_rate_is_changed_by_two_people_and_begins_tomorrow(come_in: ComeIn, world: World) -> None:
    with come_in("shenlingyi") as visiting:
        page = visiting.page
        visiting.go("/rulebook/drafts/")
        page.get_by_label("为什么改").fill("每满 100 元得 3 分")
        page.get_by_role("button", name="开始起草").click()
        page.wait_for_url(f"**{DRAFT}")
        visiting.go(f"{DRAFT}source/")
        text = page.locator("#source")
        text.fill(text.input_value().replace("give: 2\n", "give: 3\n"))
        page.get_by_role("button", name="存入草案").click()
        expect(page.locator(".said")).to_be_visible()
        proved(world)
        visiting.go(DRAFT)
        expect(page.locator(".change")).to_contain_text("消费积分")
        page.get_by_role("button", name="提交第 2 稿").click()
        expect(page.locator(".side")).to_contain_text("写过这份草案的人不能核准")
    with come_in("hezhiwei") as visiting:
        visiting.go(DRAFT)
        visiting.page.get_by_role("button", name="核准第 2 稿").click()
        expect(visiting.page.locator(".said")).to_contain_text("已核准")
    with come_in("shenlingyi") as visiting:
        page = visiting.page
        visiting.go(DRAFT)
        expect(page.get_by_label("自何时生效")).to_have_value("2026-12-13T00:00")
        page.get_by_role("button", name="发布").click()
        expect(page.locator(".said")).to_contain_text("第 2 版已发布")
        visiting.go("/rulebook/")
        expect(page.locator(".versions")).to_contain_text("第 2 版")
        expect(page.locator(".versions")).to_contain_text("将行")
        expect(page.locator(".versions")).to_contain_text("第 1 版")
        assert visiting.complaints == []


# The council passes the next version: a body of one, and the clause that asks for its resolution.
COUNCIL = """
  - {id: X-91, kind: body, number: "91", title: {zh: 理事会, en: Council}, text: {zh: 理事会, en: Council}, source: s, body: council, called: {zh: 理事会, en: the council}, places: [{role: member, title: {zh: 理事, en: Member}}]}
  - {id: X-92, kind: amendment, number: "92", title: {zh: 修订, en: Amendment}, text: {zh: 修订, en: Amendment}, source: s, resolved_by: council}
"""


def approved(world: World) -> None:
    """A version that asks for a resolution is in force, and a draft on it is approved."""
    house, text = system(world.actor.programme), source_of("designer-wear").decode() + COUNCIL
    second = read(PublishRulebook, {"source": text, "effective_from": OPENS.isoformat()})
    operations.publish_rulebook(actor=house, at=OPENS, given=second, proof=Proof(digest_of(text), 294, 294, OPENS))
    asked = {"title": "每满 100 元得 3 分", "based_on": 2, "source": text.replace("give: 2\n", "give: 3\n")}
    operations.open_draft(actor=house, at=OPENS, given=read(OpenDraft, asked))
    operations.submit_draft(actor=house, at=OPENS, given=read(SubmitDraft, {"draft": 1, "revision": 1}))
    proved(world)
    manager = identity.people_by_username(world.actor.programme, ["hezhiwei"])["hezhiwei"]
    operations.approve_draft(
        actor=identity.actor_of_staff(manager.id, OPENS),
        at=OPENS,
        given=read(ApproveDraft, {"draft": 1, "revision": 1}),
    )


def test_a_version_the_council_passes_names_its_resolution(come_in: ComeIn, world: World) -> None:
    approved(world)
    with come_in("shenlingyi") as visiting:
        page = visiting.page
        visiting.go(DRAFT)
        expect(page.locator(".side")).to_contain_text("修订须经理事会通过")
        page.get_by_label("哪一份决议").fill("理事会 2026-5")
        page.get_by_role("button", name="发布").click()
        expect(page.locator(".said")).to_contain_text("第 3 版已发布")
        visiting.go("/rulebook/versions/")
        expect(page.get_by_role("row", name="第 3 版")).to_contain_text("理事会 2026-5")
        assert visiting.complaints == []


def test_its_pages_are_within_reach(come_in: ComeIn, world: World) -> None:
    with come_in("shenlingyi", width=390, language="en", theme="dark", policy=False) as visiting:
        visiting.go("/rulebook/drafts/")
        visiting.page.get_by_label("What it is for").fill("Three points")
        visiting.page.get_by_role("button", name="Begin").click()
        visiting.page.wait_for_url(f"**{DRAFT}")
        for where in (
            DRAFT,
            f"{DRAFT}examples/",
            "/rulebook/drafts/",
            "/rulebook/versions/",
            "/rulebook/versions/difference",
        ):
            visiting.go(where)
            assert (where, visiting.barriers(), max(0, visiting.sideways())) == (where, [], 0)
