"""Every shipped example, lived through, then its sales judged again by the very rulebook that judged them: nothing differs.

So a simulation follows whatever the examples know: cards that are collected, years that are judged, members' prices, gifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huiguan.checkout.simulating.replaying import replay
from huiguan.checkout.simulating.settings import gatherer
from huiguan.programme.models import Version
from huiguan.rehearsal import running
from huiguan.rehearsal.rehearsing import rehearse
from huiguan.rehearsal.values import Step
from huiguan.rules.shelf import shelf
from tests.rehearsal.selling import sells

pytestmark = pytest.mark.django_db
SOLD = "SELECT min(at)::date, max(at)::date FROM checkout_sale WHERE membership_id > 0 AND programme_id = %s"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "folder", sorted(each.parent for each in shelf().glob("*/examples") if sells(each)), ids=lambda each: each.name
)
def test_the_examples_come_out_the_same_when_judged_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    differing: list[Any] = []
    judged: list[int] = []
    live = running._Play.through

    def live_and_judge_again(play: Any, steps: Sequence[Step]) -> None:
        live(play, steps)
        programme = play.stage.world.programme
        with connection.cursor() as cursor:
            cursor.execute(SOLD, [programme])
            first, last = cursor.fetchone()
        versions = Version.objects.filter(programme_id=programme)
        if first is None or len(versions) != 1:
            return
        for since in (first - 40 * DAY, first + (last - first) / 2):
            reader = gatherer(programme, versions[0].source, since, last + DAY, play.stage.now + DAY)
            outcomes = [replay(reader.setting, life) for life in reader.lives(0, 2**62)]
            judged.append(len(outcomes))
            differing.extend((play.example.says, str(since), each.real, each.draft) for each in outcomes if each.moved)

    monkeypatch.setattr(running._Play, "through", live_and_judge_again)
    outcomes = rehearse(sorted((folder / "examples").glob("*.yaml")))
    assert [f"{each.file}:{each.line}: {each.message.en}" for each in outcomes if not each.passed] == []
    assert judged
    assert differing == []
