"""Cards issued, lost and replaced, and the moments around them."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.entitlements import queries as entitlements
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound
from huiguan.members import operations, queries
from huiguan.members.facts import bare_facts
from huiguan.members.inputs import ReplaceCard, ReportCardLost, SuspendMember
from huiguan.members.models import Card
from huiguan.members.refusals import CardHeld, CardNotActive, CardTaken, MemberSuspended, NoCardHeld

from .conftest import AT, Scene, moment

LATER = moment("2026-04-01 10:00")


def lose(scene: Scene, **more: Any) -> Any:
    given = read(ReportCardLost, {"member": "DW000001", **more})
    return operations.report_card_lost(actor=scene.clerk, at=LATER, given=given)


def replace(scene: Scene, card: str = "NEW1", **more: Any) -> Any:
    given = read(ReplaceCard, {"member": "DW000001", "card": card, **more})
    return operations.replace_card(actor=scene.clerk, at=LATER, given=given)


def cardless(scene: Scene) -> str:
    """A member carried over without a card, her profile full otherwise."""
    form = scene.form().model_copy(update={"card": None})
    (made,) = scene.bring(form)
    assert (made.profile_complete, made.missing) == (False, ("card",))
    return str(made.number)


def test_a_first_card_completes_the_profile_and_brings_the_voucher(scene: Scene) -> None:
    number = cardless(scene)
    issued = scene.issue(number, "hb-1", LATER)
    assert (issued.card, issued.member, issued.replaces, issued.entered_late) == ("HB-1", number, None, False)
    assert [(right.name, right.valid_from) for right in issued.rights] == [("opening_voucher", LATER)]
    assert scene.page(number).profile_complete


def test_an_incomplete_profile_gets_the_card_and_not_the_gift(scene: Scene) -> None:
    (made,) = scene.bring(scene.form(profile={"style": None}).model_copy(update={"card": None}))
    issued = scene.issue(made.number, "HB1", LATER)
    assert issued.rights == ()
    assert [(reason.clause, reason.given) for reason in issued.reasons] == [("B55-26", False)]
    assert entitlements.rights_of([made.membership]) == {}


def test_a_card_handed_out_yesterday_is_entered_late(scene: Scene) -> None:
    number = cardless(scene)
    issued = scene.issue(number, "HB1", moment("2026-04-02 00:00"), at="2026-04-01 23:59")
    assert issued.entered_late
    assert issued.issued_at == moment("2026-04-01 23:59")
    assert queries.cards(scene.owner, number)[0].clause == "B55-30"


def test_a_further_card_replaces(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(CardHeld) as refused:
        scene.issue("DW000001", "HB9", LATER)
    assert refused.value.values["number"] == "HB00001"


def test_a_lost_card_stands_lost_and_the_new_one_in_its_place(scene: Scene) -> None:
    scene.enrol()
    lost = lose(scene)
    assert (lost.card, lost.lost_at) == ("HB00001", LATER)
    card = bare_facts(scene.programme, [lost.membership])[lost.membership].card
    assert card is not None
    assert (card.number, card.status) == ("HB00001", "lost")
    with pytest.raises(CardNotActive):
        lose(scene)
    issued = replace(scene)
    assert (issued.card, issued.replaces, issued.rights) == ("NEW1", "HB00001", ())
    told = [(each.number, each.status, each.lost_at, each.replaced_by) for each in queries.cards(scene.owner, "NEW1")]
    assert told == [("NEW1", "active", None, None), ("HB00001", "replaced", LATER, "NEW1")]
    facts = bare_facts(scene.programme, [lost.membership])[lost.membership]
    assert facts.card is not None
    assert (facts.card.number, facts.card.status, facts.opened_at) == ("NEW1", "active", AT)
    history = [(each.before, each.after, each.values) for each in queries.changes(scene.owner, "NEW1")][:2]
    assert history == [("lost", "replaced", {"card": "HB00001"}), ("active", "lost", {"card": "HB00001"})]


def test_the_voucher_comes_once_however_many_cards(scene: Scene) -> None:
    made = scene.enrol()
    replace(scene, "NEW1")
    replace(scene, "NEW2")
    assert len(entitlements.rights_of([made.membership])[made.membership]) == 1


def test_the_old_card_still_finds_its_holder(scene: Scene) -> None:
    made = scene.enrol()
    replace(scene)
    assert queries.resolve(scene.programme, [("card", "HB00001"), ("card", "new1")]) == {
        ("card", "HB00001"): made.membership,
        ("card", "new1"): made.membership,
    }


@pytest.mark.parametrize("number", ["HB00001", "NEW1"])
def test_no_number_is_given_twice(scene: Scene, number: str) -> None:
    scene.enrol()
    replace(scene)
    with pytest.raises(CardTaken):
        replace(scene, number)
    assert Card.objects.count() == 2


def test_refusals_around_cards(scene: Scene) -> None:
    number = cardless(scene)
    with pytest.raises(NoCardHeld):
        replace(scene)
    with pytest.raises(NoCardHeld):
        lose(scene)
    with pytest.raises(NotFound) as unknown:
        scene.issue("DW999999", "HB1")
    assert unknown.value.field == "member"
    with pytest.raises(InvalidInput):
        scene.issue(number, "!")
    with pytest.raises(Forbidden):
        scene.issue(number, "HB1", shop="S2")
    suspension = SuspendMember(member=number, reason="冒用")
    operations.suspend_member(actor=scene.manager, at=AT, given=suspension)
    with pytest.raises(MemberSuspended) as refused:
        scene.issue(number, "HB1", LATER)
    assert refused.value.say("zh") == "会员 DW000001 已暂停：冒用。"
    assert not Card.objects.exists()


def test_the_same_key_issues_once(scene: Scene) -> None:
    scene.enrol()
    given = read(ReplaceCard, {"member": "DW000001", "card": "NEW1"})
    first = operations.replace_card(actor=scene.clerk, at=LATER, given=given, key="k")
    assert operations.replace_card(actor=scene.clerk, at=LATER, given=given, key="k") == first
    assert Card.objects.count() == 2
