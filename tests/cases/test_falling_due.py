"""A matter whose end the owning room refuses holds nobody else up."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.cases import operations
from huiguan.cases.models import Matter
from huiguan.cases.refusals import QuotaFull
from huiguan.cases.subjects import Subject, register
from huiguan.cases.values import KnownMatter
from huiguan.kernel.text import Text
from tests.cases.world import SOURCE, Guild, moment

pytestmark = pytest.mark.django_db


class Choosy(Subject):
    """Enters nobody in its register under a name that is there already."""

    def entered(self, matter: KnownMatter, stage: str, standing: str, **more: Any) -> None:
        if stage == "collection" and matter.name == "乙":
            raise QuotaFull(field="name", why=Text(zh="已有", en="is there already"))


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
