"""Drafts and versions on their pages: what changes, what is wrong, what may be done next, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.identity import queries as people
from huiguan.kernel.actors import Actor
from huiguan.programme import operations, queries
from huiguan.programme.inputs import OpenDraft, PublishRulebook, SaveDraft, SetApproval
from huiguan.programme.values import DraftProved, Proof
from huiguan.rules.shelf import source_of
from tests.console.forms import text_of
from tests.console.world import OPENS, World

SOURCE = source_of("designer-wear").decode()
THREE = SOURCE.replace("give: 2\n", "give: 3\n")
DRAFT = "/rulebook/drafts/1/"
FAILED = {"file": "a.yaml", "line": 3, "clause": "B55-13", "text": {"zh": "应为 2，实为 3", "en": "2 expected, 3"}}


def person(world: World, name: str) -> Actor:
    found = people.people_by_username(world.actor.programme, [name])[name]
    return people.actor_of_staff(found.id, OPENS)


@pytest.fixture
def draft(world: World) -> World:
    """The owner's draft: three points from now on."""
    given = OpenDraft(title="每满 100 元得 3 分", source=THREE)
    operations.open_draft(actor=person(world, "shenlingyi"), at=OPENS, given=given)
    return world


def prove(world: World, *failed: str) -> None:
    owner = person(world, "shenlingyi")
    known = queries.draft(owner, 1)
    told = tuple({**FAILED, "says": says, "aside": False} for says in failed)
    proof = Proof(known.digest, 9, 9 - len(failed), OPENS)
    proved = DraftProved(proof, known.examples_digest, told, "")
    operations.keep_proof(actor=owner, at=OPENS, draft=1, proved=proved)


def post(world: World, noun: str, name: str = "shenlingyi", **form: Any) -> Any:
    return world.client(name).post(f"{DRAFT}{noun}", {"revision": 1, **form}, follow=True)


def test_a_draft_is_begun_from_the_version_in_force_or_from_a_file(world: World) -> None:
    client = world.client("shenlingyi")
    assert "没有草案" in text_of(client.get("/rulebook/drafts/"))
    page = client.post("/rulebook/drafts/", {"title": "试一试", "based_on": ""}, follow=True)
    assert page.redirect_chain == [(DRAFT, 302)]
    text = text_of(page)
    assert "试一试" in text and "一字不差" in text and "提交第 1 稿" in text
    wrong = client.post("/rulebook/drafts/", {"title": "", "based_on": ""})
    assert (wrong.status_code, "名称：不能为空" in text_of(wrong)) == (422, True)
    assert len(queries.drafts(world.actor)) == 1


def test_what_a_draft_changes_is_told_in_sentences(draft: World) -> None:
    page = draft.client("shenlingyi").get(DRAFT)
    text = text_of(page)
    assert "改动 (四)1 消费积分" in text
    html = page.content.decode()
    assert "<del>2</del>" in html and "<ins>3</ins>" in html
    # The figure changed and the text members read did not.
    assert "会员读到的没有跟着改" in text and "得 2 分，不满 100 元的零头不计" in text
    assert "没有自己写的例子：B55-13" in text
    english = text_of(draft.client("shenlingyi", "en").get(DRAFT))
    assert (
        "What members read does not change along" in english
        and "Every full ¥100.00 paid adds 3 to the points" in english
    )


def test_faults_are_listed_all_at_once_with_line_and_clause(draft: World) -> None:
    broken = THREE.replace("kind: scope", "kind: scoop").replace("give: 3\n", "giv: 3\n")
    given = SaveDraft(draft=1, revision=1, source=broken)
    operations.save_draft(actor=person(draft, "shenlingyi"), at=OPENS, given=given)
    text = text_of(draft.client("shenlingyi").get(DRAFT))
    assert text.count("不能运行") == 3 and "kind: scoop" in text and "giv: 3" in text
    refused = post(draft, "submission", revision=2)
    assert refused.status_code == 422 and "章程有 3 处不能运行" in text_of(refused)
    assert post(draft, "proof").status_code == 422


def test_the_owner_submits_the_manager_approves_the_owner_publishes(draft: World) -> None:
    prove(draft)
    waiting = text_of(post(draft, "submission"))
    assert "待核准" in waiting and "写过这份草案的人不能核准" in waiting and "核准第 1 稿" not in waiting
    assert post(draft, "approval").status_code == 403
    assert "核准第 1 稿" in text_of(draft.client("hezhiwei").get(DRAFT))
    assert "已核准" in text_of(post(draft, "approval", "hezhiwei"))
    twice = post(draft, "approval", "hezhiwei")
    assert twice.status_code == 409 and "已由贺知微核准" in text_of(twice)
    offered = draft.client("shenlingyi").get(DRAFT).content.decode()
    assert 'value="2026-12-13T00:00"' in offered
    late = post(draft, "publication", effective_from="2026-12-11T00:00")
    assert late.status_code == 422 and "早于现在" in text_of(late)
    assert "已发布为 第 2 版" in text_of(post(draft, "publication", effective_from="2026-12-13T00:00"))
    versions = text_of(draft.client("zhouhe").get("/rulebook/versions/"))
    assert "第 2 版 将行" in versions and "2026-12-13 00:00" in versions
    owners = text_of(draft.client("shenlingyi").get("/rulebook/versions/"))
    assert "贺知微" in owners and "草案与经过" in owners
    compared = text_of(draft.client("zhouhe").get("/rulebook/versions/difference?before=1&after=2"))
    assert "第 1 版 → 第 2 版" in compared and "改动 (四)1 消费积分" in compared


def test_what_follows_from_the_change_is_set_aside_and_taken_back(draft: World) -> None:
    prove(draft, "A coat earns twenty.", "A scarf earns ten.")
    text = text_of(draft.client("shenlingyi").get(DRAFT))
    assert "2 例不符" in text and "A coat earns twenty." in text and "应为 2，实为 3" in text
    assert "搁置勾选的" not in text_of(draft.client("hezhiwei").get(DRAFT))
    one = {"number": 0, "example": "B55-13 A coat earns twenty.", "reason": "改为三分"}
    text = text_of(post(draft, "aside", **one))
    assert "1 例不符" in text and "搁置 1 例" in text and "改为三分" in text
    text = text_of(post(draft, "aside", number=1, all="1", reason="改为三分"))
    assert "7 例全部相符" in text and "搁置 2 例" in text
    text = text_of(post(draft, "aside/return", number=2))
    assert "2 例不符" in text
    assert post(draft, "aside", number=3, example="B55-13 Nothing.", reason="x").status_code == 409


def test_a_draft_is_given_back_and_withdrawn_with_a_reason(draft: World) -> None:
    prove(draft)
    post(draft, "submission")
    assert post(draft, "return", "hezhiwei", reason="").status_code == 422
    assert "太大方了" in text_of(post(draft, "return", "hezhiwei", reason="太大方了"))
    text = text_of(post(draft, "withdrawal", reason="明年再说"))
    assert "已撤回，留作记录" in text and "明年再说" in text
    assert post(draft, "submission").status_code == 409


def test_two_who_write_examples_at_once(draft: World) -> None:
    client = draft.client("shenlingyi")
    saved = client.post(f"{DRAFT}examples/", {"text": "- mine\r\n", "token": "0"})
    assert (saved.status_code, queries.draft(draft.actor, 1).examples) == (302, "- mine\n")
    assert "没有自己写的例子" in text_of(client.get(DRAFT))
    late = client.post(f"{DRAFT}examples/", {"text": "- hers\n", "token": "0"})
    text = text_of(late)
    assert late.status_code == 409 and "没有覆盖" in text and "- mine" in text and "- hers" in text
    assert 'name="token" value="0"' in late.content.decode()
    assert client.post(f"{DRAFT}examples/", {"text": "x", "token": "zero"}).status_code == 422


def test_one_person_does_without_the_second_and_says_why(draft: World) -> None:
    client = draft.client("shenlingyi")
    assert client.post("/rulebook/versions/", {"second_person": "no", "reason": ""}).status_code == 422
    page = client.post("/rulebook/versions/", {"second_person": "no", "reason": "只有我一人"}, follow=True)
    assert "已免" in text_of(page) and "只有我一人" in text_of(page)
    assert draft.client("hezhiwei").post("/rulebook/versions/", {"second_person": "yes"}).status_code in (403, 422)
    prove(draft)
    assert "发布" in text_of(post(draft, "submission"))
    assert "第 2 版" in text_of(post(draft, "publication", effective_from=""))


def test_a_version_published_meanwhile_is_taken_in_first(draft: World) -> None:
    owner = person(draft, "shenlingyi")
    other = SOURCE.replace("give: 2\n", "give: 4\n")
    operations.open_draft(actor=owner, at=OPENS, given=OpenDraft(title="四分", source=other))
    operations.set_approval(actor=draft.actor, at=OPENS, given=SetApproval(second_person=False, reason="test"))
    proof = Proof(queries.draft(owner, 2).digest, 1, 1, OPENS)
    given = PublishRulebook(source=other)
    operations.publish_rulebook(actor=owner, at=OPENS, given=given, proof=proof)
    page = text_of(draft.client("shenlingyi").get(DRAFT))
    assert "其后已发布第 2 版" in page and "第 2 版已并入" in page
    assert post(draft, "submission").status_code == 409
    assert "其后已发布" not in text_of(post(draft, "base", based_on=2))


def test_drafts_are_for_those_who_decide(draft: World) -> None:
    clerk = draft.client("zhouhe")
    for where in ("/rulebook/drafts/", DRAFT, f"{DRAFT}examples/", f"{DRAFT}proof"):
        assert clerk.get(where).status_code == 403
    assert post(draft, "submission", "zhouhe").status_code == 403
    assert "/rulebook/drafts/" not in clerk.get("/rulebook/").content.decode()
    assert draft.client("shenlingyi").get("/rulebook/drafts/99/").status_code == 404
    assert draft.client("shenlingyi").get(f"{DRAFT}revisions/7").status_code == 404
    assert draft.client("wenjian").get(DRAFT).status_code == 200  # the auditor reads
