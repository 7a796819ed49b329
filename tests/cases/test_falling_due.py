"""A matter whose end the owning room refuses holds nobody else up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.cases import operations
from huiguan.cases.models import Matter
from huiguan.cases.refusals import DoneByTheHouse, NotYourStage, QuotaFull
from huiguan.cases.subjects import register
from tests.cases.choosy import Choosy
from tests.cases.world import SOURCE, Guild, moment

pytestmark = pytest.mark.django_db
LATE = {"n": 1, "upheld": False, "answer": "x"}


def test_one_matter_that_cannot_go_on_by_itself_holds_up_no_other() -> None:
    """When the notices end one of three cannot be entered: it stays where it is; the others are read and go on."""
    register("choosy", Choosy())
    guild = Guild.founded("choosy", SOURCE.replace("of: record", "of: choosy", 1))
    numbers = [guild.opened(name=name).number for name in "甲乙丙"]
    for number in numbers:
        guild.passed(number, "2026-03-02 10:00")
    stages = [guild.seen(number, "2026-03-10 00:00").line.stage for number in numbers]
    assert stages == ["collection", "notice", "collection"]
    assert operations.run_clocks(guild.owner.programme, moment("2026-03-11 03:00")) == 2
    assert [Matter.objects.get(number=number).stage for number in numbers] == stages


@pytest.mark.parametrize(("way", "state"), [("refuse", "refused"), ("withdraw", "withdrawn")])
def test_one_that_cannot_go_on_is_ended_by_hand(way: str, state: str) -> None:
    """The house refuses it, though a notice is nobody's to decide, or the applicant takes it back."""
    register("choosy", Choosy())
    guild = Guild.founded("choosy", SOURCE.replace("of: record", "of: choosy", 1))
    number = guild.opened(name="乙").number
    guild.passed(number, "2026-03-02 10:00")
    with pytest.raises(DoneByTheHouse):
        guild.do(
            "decide_matter", "2026-03-09 10:00", "shen", matter=number, stage="notice", verdict="refuse", reason="x"
        )
    assert "refuse" in guild.seen(number, "2026-03-10 00:00", "shen").may
    for stuck in ("post_notice", "answer_objection"):
        with pytest.raises(QuotaFull):
            guild.do(stuck, "2026-03-10 00:00", "shen", matter=number, **({} if stuck == "post_notice" else LATE))
    if way == "refuse":
        with pytest.raises(NotYourStage):
            asked = replace(guild.staff["lin"], powers=frozenset())
            guild.do(
                "decide_matter", "2026-03-10 10:00", asked, matter=number, stage="notice", verdict="refuse", reason="x"
            )
        made = guild.do(
            "decide_matter", "2026-03-10 10:00", "shen", matter=number, stage="notice", verdict="refuse", reason="同名"
        )
    else:
        made = guild.do("withdraw_matter", "2026-03-10 10:00", guild.applicant(number), matter=number)
    assert made.state == state
    assert operations.run_clocks(guild.owner.programme, moment("2026-03-11 03:00")) == 0
