"""The proof of a draft: its examples run in a process of their own, and the outcome kept with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiguan.foundation.errands import errand, run_errand
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.programme import operations, queries
from huiguan.programme.inputs import CreateProgramme, OpenDraft, SaveExamples, WithdrawDraft
from huiguan.programme.refusals import DraftClosed
from huiguan.rehearsal.draft_proofs import KIND, OWN, ask_proof, prove_draft, template_of
from huiguan.rehearsal.values import NoExamples
from huiguan.rules.compiling import RulebookRefused
from huiguan.rules.shelf import source_of
from tests.rules.writing import book

AT = datetime(2026, 3, 2, tzinfo=UTC)
SOURCE = book(("earn", "unit: points, per: 100.00, give: 2, group: sale"))
EXAMPLES = """rulebook: small
given: {products: {COAT: 1000.00}, members: {li: {}}}
---
clause: T-01
says: A thousand yuan earn twenty points.
steps:
  - {at: 2026-03-02 10:00, ask: quote, with: {member: $li, lines: [{sku: COAT}]}, expect: {earned: {points: 20}}}
---
clause: T-01
says: Or are they thirty?
steps:
  - {at: 2026-03-02 10:00, ask: quote, with: {member: $li, lines: [{sku: COAT}]}, expect: {earned: {points: 30}}}
---
clause: T-01
say: Nothing of the kind.
"""


@pytest.fixture
def actor(db: None) -> Actor:
    given = read(CreateProgramme, {"code": "small", "name": {"zh": "小", "en": "Small"}})
    return system(operations.create_programme(actor=system(0), at=AT, given=given).id, "Wang")


def opened(actor: Actor, source: str = SOURCE) -> int:
    return operations.open_draft(actor=actor, at=AT, given=OpenDraft(title="t", source=source)).number


def test_a_draft_is_proved_by_its_own_examples_and_says_how_each_came_out(actor: Actor) -> None:
    draft = opened(actor)
    given = SaveExamples(draft=draft, number=0, text=EXAMPLES)
    operations.save_examples(actor=actor, at=AT, given=given)
    number = ask_proof(actor=actor, at=AT, draft=draft)
    run_errand(number, prove_draft)
    run = errand(actor, number, KIND)
    assert (run.state, run.done, run.total) == ("done", 3, 3), run.answer
    proved = queries.draft(actor, draft).proof
    assert proved is not None
    assert (proved.proof.examples, proved.proof.passed, proved.by) == (3, 1, "Wang")
    differs, unread = proved.failed
    assert (differs["file"], differs["clause"], differs["says"]) == (OWN, "T-01", "Or are they thirty?")
    assert "30" in differs["text"]["en"] and "20" in differs["text"]["zh"]
    assert (unread["says"], unread["line"]) == ("", 15)


def test_what_cannot_be_run_or_has_no_examples_is_not_begun(actor: Actor) -> None:
    draft = opened(actor)
    with pytest.raises(NoExamples):
        ask_proof(actor=actor, at=AT, draft=draft)
    broken = opened(actor, SOURCE.replace("earn", "urn"))
    with pytest.raises(RulebookRefused):
        ask_proof(actor=actor, at=AT, draft=broken)
    operations.withdraw_draft(actor=actor, at=AT, given=WithdrawDraft(draft=draft, reason="x"))
    with pytest.raises(DraftClosed):
        ask_proof(actor=actor, at=AT, draft=draft)


def test_a_draft_knows_the_template_it_came_from(actor: Actor) -> None:
    source = source_of("phone-vip").decode()
    assert template_of(actor, queries.draft(actor, opened(actor, source))) == "phone-vip"
    own = source.replace("rulebook: phone-vip", "rulebook: our-own")
    assert template_of(actor, queries.draft(actor, opened(actor, own))) is None
