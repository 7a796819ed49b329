"""Bodies as the head office keeps them: who sits where, what is refused, what stays in the form."""

from __future__ import annotations

import pytest

from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS, World
from tests.members.bodies import with_bodies

pytestmark = pytest.mark.django_db
TERM = {"staff": "zhouhe", "resolution": "2026-1", "key": "b-1"}


@pytest.fixture
def council(world: World) -> World:
    text = with_bodies(source_of("designer-wear").decode())
    proof = Proof(digest_of(text), examples=1, passed=1, at=OPENS)
    given = PublishRulebook(source=text)
    programmes.publish_rulebook(actor=world.actor, at=OPENS, given=given, proof=proof)
    return world


def test_without_bodies_the_page_says_how_to_have_them(world: World) -> None:
    assert "章程没有设立机构" in world.client("shenlingyi").get("/bodies/").content.decode()


def test_a_place_is_filled_handed_on_and_given_up(council: World) -> None:
    owner = council.client("shenlingyi")
    assert "缺 3 席" in owner.get("/bodies/").content.decode()
    assert "第 1 席：由谁担任" in owner.get("/bodies/council/?place=1").content.decode()
    assert owner.post("/bodies/council/places/1/terms", TERM).status_code == 302
    assert owner.post("/bodies/council/places/1/terms", TERM).status_code == 302  # pressed twice
    page = owner.get("/bodies/council/?place=1").content.decode()
    assert "2031-12-11 24:00" in page and "第 1 席：交接" in page
    handed = {"member": council.hero, "resolution": "2026-2", "why": "调任", "key": "b-2"}
    assert owner.post("/bodies/council/places/1/handover", handed).status_code == 302
    page = owner.get("/bodies/council/").content.decode()
    assert f"/members/{council.hero}/" in page and "历任 1 人次" in page and "调任" in page
    assert owner.post("/bodies/council/places/1/vacancy", {"why": "辞任"}).status_code == 302
    assert "历任 2 人次" in owner.get("/bodies/council/").content.decode()
    assert council.client("zhouhe").get("/bodies/council/").status_code == 403


def test_what_is_refused_is_said_with_its_clause_and_stays_in_the_form(council: World) -> None:
    owner = council.client("shenlingyi")
    answer = owner.post("/bodies/council/places/1/terms", {**TERM, "resolution": ""})
    page = answer.content.decode()
    assert (answer.status_code, "须写明是哪一份决议" in page, 'value="zhouhe" selected' in page) == (422, True, True)
    answer = owner.post("/bodies/council/places/1/terms", {"resolution": "2026-1", "since": "2026-02-30", "name": "周"})
    assert (answer.status_code, "没有这一天" in answer.content.decode()) == (422, True)
    assert owner.post("/bodies/council/places/1/coup", TERM).status_code == 404
    assert owner.post("/bodies/council/places/9/terms", TERM).status_code == 404
