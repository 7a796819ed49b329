"""What a member pays is added up, purchase by purchase, and what comes back is taken off (B26-08)."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.ledger import facts as ledger
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def spent(member: EnrolledMember) -> dict[date, int]:
    days = ledger.days([member.membership], date(2026, 1, 1))[member.membership]
    return {day: values["spend"] for day, values in days.items() if values.get("spend")}


def test_every_purchase_is_added_on_its_day(world: World) -> None:
    li = world.enrol()
    world.sell("2026-03-02 10:00", "HUNDRED", member={"number": li.number})
    world.sell("2026-03-02 12:00", "GLOVE", member={"number": li.number})
    world.sell("2026-03-03 10:00", "PIN", member={"number": li.number})
    assert spent(li) == {date(2026, 3, 2): 19999, date(2026, 3, 3): 1}


def test_what_comes_back_is_taken_off_its_day(world: World) -> None:
    li = world.enrol()
    sale = world.sell("2026-03-02 10:00", "HUNDRED", "GLOVE", member={"number": li.number})
    world.give_back("2026-03-20 10:00", sale.id, 1)
    assert spent(li) == {date(2026, 3, 2): 9999}
    world.give_back("2026-03-21 10:00", sale.id)
    assert spent(li) == {}
