"""A frozen card: nothing is done around it, and what goes on meanwhile goes on."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden
from huiguan.members import operations, queries
from huiguan.members.inputs import (
    ConfirmReview,
    FreezeCard,
    MergeMembers,
    PrintCards,
    ReleaseCard,
    ReplaceCard,
    ReportCardLost,
    UnmergeMembers,
)
from huiguan.members.refusals import CardFrozen, CardNotActive, NothingToReview

from .conftest import Scene, moment

LATER = moment("2026-04-01 10:00")


def freeze(scene: Scene, member: str = "DW000001", **more: Any) -> Any:
    given = read(FreezeCard, {"member": member, "reason": "来电说被偷", **more})
    return operations.freeze_card(actor=scene.clerk, at=LATER, given=given)


def release(scene: Scene, member: str = "DW000001") -> Any:
    given = read(ReleaseCard, {"member": member, "reason": "本人来过"})
    return operations.release_card(actor=scene.manager, at=LATER, given=given)


def statuses(scene: Scene) -> list[str]:
    return [card.status for card in queries.cards(scene.owner, "DW000001")]


def test_frozen_released_and_told_from_the_beginning(scene: Scene) -> None:
    scene.enrol()
    assert freeze(scene).card == "HB00001"
    assert statuses(scene) == ["frozen"]
    assert release(scene).decision == "released"
    assert statuses(scene) == ["active"]
    turns = queries.card_history(scene.owner, "DW000001", "HB00001", LATER)
    assert [(turn.what, turn.actor, turn.why["zh"]) for turn in turns] == [
        ("active", "staff:8", "本人来过"),
        ("frozen", "staff:7", "来电说被偷"),
        ("issued", "staff:7", "首次发卡"),
    ]
    (told,) = queries.reviews(scene.owner, LATER, decided=True)
    assert (told.member, told.decision, told.reason, told.opened_by) == ("DW000001", "released", "本人来过", "staff:7")


def test_nothing_is_done_around_it(scene: Scene) -> None:
    scene.enrol()
    scene.enrol("王芳", "13800000002")
    freeze(scene)
    replace = read(ReplaceCard, {"member": "DW000001", "card": "NEW1"})
    with pytest.raises(CardFrozen):
        operations.replace_card(actor=scene.clerk, at=LATER, given=replace)
    with pytest.raises(CardFrozen):
        freeze(scene)
    with pytest.raises(CardFrozen) as printing:
        operations.print_cards(actor=scene.clerk, at=LATER, given=read(PrintCards, {"cards": ["HB00002", "HB00001"]}))
    assert printing.value.field == "cards.1"
    for keep, absorb, field in (("DW000001", "DW000002", "keep"), ("DW000002", "DW000001", "absorb")):
        given = read(MergeMembers, {"keep": keep, "absorb": absorb, "reason": "同一人"})
        with pytest.raises(CardFrozen) as merging:
            operations.merge_members(actor=scene.owner, at=LATER, given=given)
        assert merging.value.field == field


def test_a_merge_is_not_undone_while_a_card_is_frozen(scene: Scene) -> None:
    """The card could have come along: it would go back without its review, and the one voided for it be good again."""
    scene.enrol()
    scene.enrol("王芳", "13800000002")
    merge = read(MergeMembers, {"keep": "DW000001", "absorb": "DW000002", "reason": "同一人"})
    operations.merge_members(actor=scene.owner, at=LATER, given=merge)
    freeze(scene)
    undo = read(UnmergeMembers, {"member": "DW000002", "reason": "认错了"})
    with pytest.raises(CardFrozen):
        operations.unmerge_members(actor=scene.owner, at=LATER, given=undo)
    assert statuses(scene) == ["frozen", "active"]
    release(scene)
    assert operations.unmerge_members(actor=scene.owner, at=LATER, given=undo).absorb == "DW000002"


def test_lost_while_frozen_stays_lost(scene: Scene) -> None:
    scene.enrol()
    freeze(scene)
    operations.report_card_lost(actor=scene.clerk, at=LATER, given=read(ReportCardLost, {"member": "DW000001"}))
    replace = read(ReplaceCard, {"member": "DW000001", "card": "NEW1"})
    with pytest.raises(CardFrozen):
        operations.replace_card(actor=scene.clerk, at=LATER, given=replace)
    release(scene)
    assert statuses(scene) == ["lost"]
    operations.replace_card(actor=scene.clerk, at=LATER, given=replace)
    assert statuses(scene) == ["active", "replaced"]
    with pytest.raises(CardNotActive):
        operations.report_card_lost(
            actor=scene.clerk, at=LATER, given=read(ReportCardLost, {"member": "DW000001", "card": "HB00001"})
        )


def test_who_may_decide_and_what_there_is_to_decide(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(NothingToReview):
        release(scene)
    freeze(scene)
    given = read(ConfirmReview, {"member": "DW000001", "reason": "转借"})
    with pytest.raises(Forbidden):
        operations.confirm_review(actor=scene.clerk, at=LATER, given=given)
    operations.confirm_review(actor=scene.manager, at=LATER, given=given)
    assert (statuses(scene), queries.waiting_reviews(scene.owner)) == (["frozen"], 0)
    with pytest.raises(CardFrozen):
        freeze(scene)
    assert release(scene).decision == "released"
    assert statuses(scene) == ["active"]
