"""Awards and measures in the console: what their matters' forms hold by name reads in both languages."""

from __future__ import annotations

from huiguan.conduct import inputs, operations
from huiguan.kernel.inputs import read
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.forms import text_of
from tests.console.world import OPENS, World

NAMED = "{name: %s, title: {zh: 名目, en: What for}}"
BY_OWNER = "stages: [{stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]"
CLAUSES = f"""
  - {{id: X-01, kind: procedure, number: 九1, title: {{zh: 评选, en: Choosing}}, text: {{zh: 由店主决定, en: By the owner}}, name: honours, of: award, opened_by: [staff], fields: [{NAMED % "award"}, {NAMED % "category"}], {BY_OWNER}}}
  - {{id: X-02, kind: award, number: 九2, title: {{zh: 热心, en: Helpful}}, text: {{zh: 热心会员, en: Helpful members}}, award: helpful, called: {{zh: 热心会员, en: helpful member}}, procedure: honours, categories: [{{category: shop, called: {{zh: 店里, en: in the shop}}}}]}}
  - {{id: X-03, kind: procedure, number: 九3, title: {{zh: 处分, en: Sanction}}, text: {{zh: 由店主决定, en: By the owner}}, name: sanction, of: measure, opened_by: [staff], fields: [{NAMED % "measures"}], {BY_OWNER}}}
  - {{id: X-04, kind: measure_taken, number: 九4, title: {{zh: 警告, en: Warning}}, text: {{zh: 警告, en: A warning}}, measure: warning, called: {{zh: 警告, en: a warning}}, procedure: sanction}}
  - {{id: X-05, kind: measure_taken, number: 九5, title: {{zh: 通报, en: Notice}}, text: {{zh: 通报, en: A notice}}, measure: notice, called: {{zh: 通报, en: a public notice}}, procedure: sanction}}
  - {{id: X-06, kind: duty, number: 九6, title: {{zh: 爱护, en: Care}}, text: {{zh: 守规矩, en: Good conduct}}, duty: care, called: {{zh: 守规矩, en: good conduct}}}}
"""


def _ruled(world: World) -> None:
    source = source_of("designer-wear").decode().rstrip() + "\n" + CLAUSES
    given, proof = PublishRulebook(source=source), Proof(digest_of(source), 1, 1, OPENS)
    programmes.publish_rulebook(actor=world.actor, at=OPENS, given=given, proof=proof)


def _reads(world: World, matter: str) -> tuple[str, str]:
    zh, en = (text_of(world.client("shenlingyi", lang).get(f"/matters/{matter}/")) for lang in ("zh-hans", "en"))
    return zh, en


def test_an_award_is_named_in_the_readers_language(world: World) -> None:
    _ruled(world)
    asked = {"member": world.hero, "award": "helpful", "category": "shop", "words": "x"}
    made = operations.propose_award(actor=world.actor, at=OPENS, given=read(inputs.ProposeAward, asked))
    zh, en = _reads(world, made.matter)
    assert "热心会员" in zh and "店里" in zh
    assert "helpful member" in en and "in the shop" in en
    assert "热心会员" not in en and "店里" not in en


def test_measures_are_named_in_the_readers_language(world: World) -> None:
    _ruled(world)
    broken = {"member": world.hero, "duty": "care", "on": OPENS.date().isoformat(), "words": "x"}
    breach = operations.report_breach(actor=world.actor, at=OPENS, given=read(inputs.ReportBreach, broken))
    asked = {"breaches": [breach.number], "measures": ["warning", "notice"], "words": "x"}
    made, *_ = operations.propose_measures(actor=world.actor, at=OPENS, given=read(inputs.ProposeMeasures, asked))
    zh, en = _reads(world, made.matter)
    assert "警告、通报" in zh
    assert "a warning, a public notice" in en and "警告" not in en
