"""The demonstration's association: a roll, a desk with matters in every stage, and what its rules were kept by."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from huiguan.cases import queries as cases
from huiguan.cli.demo.association.house import found
from huiguan.cli.demo.association.people import FIRMS, PERSONS
from huiguan.cli.demo.association.telling import tell
from huiguan.cli.demo.guild import Association
from huiguan.cli.demo.story import FIRST, OPENS, moment
from huiguan.conduct import queries as conduct
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of


@pytest.fixture
def told(db: None) -> Association:
    source, at = source_of("association").decode(), moment(FIRST, 7)
    house = found(at, source, Proof(digest_of(source), 1, 1, at))
    tell(house)
    return house


STOOD = {
    ("joining", "draft"): 2, ("joining", "first_review"): 4, ("joining", "returned"): 1, ("joining", "committee"): 2,
    ("joining", "notice"): 3, ("joining", "collection"): 2, ("joining", "passed"): 2, ("joining", "refused"): 2,
    ("joining", "withdrawn"): 1, ("joining", "lapsed"): 1, ("joining_appeal", "fresh_review"): 1,
    ("lecturer", "recommended"): 1, ("lecturer", "appointment"): 1, ("sanction", "passed"): 2, ("sanction", "decision"): 1,
    ("honours", "passed"): 2, ("honours", "approval"): 1,
}  # fmt: skip


def test_an_autumn_at_the_association(told: Association, settings: Any) -> None:
    lines = cases.matters(told.actor, OPENS)
    stood = Counter((line.procedure, line.stage if line.state == "open" else line.state) for line in lines)
    assert stood == STOOD
    late = [line.number for line in cases.worklist(told.staff["weisiqi"], OPENS, "todo").lines if line.late]
    assert len(late) == 1  # nobody looked at it for fifteen workdays: it came up to the secretary general
    assert sorted(each.state for each in conduct.breaches(told.actor, OPENS)) == ["found", "found", "open", "proposed"]
    assert {(each.measure, each.state) for each in conduct.measures(told.actor, OPENS)} == {
        ("criticism", "decided"), ("warning", "decided"), ("suspension", "proposed"),
    }  # fmt: skip
    assert len(FIRMS) + PERSONS == 40
    assert [(each.award, each.borne) for each in conduct.awards(told.actor, OPENS)] == [
        ("yearly", False), ("master", True), ("yearly", True),
    ]  # fmt: skip

    # The door of a demonstration names the house, what sort it is, and its people.
    settings.HUIGUAN_DEMO = True
    page = Client().get("/sign-in", headers={"accept-language": "zh-hans"}).content.decode()
    assert [each in page for each in ("临安茶业同业公会", "公会</span>", "程观澜", "林书蕴", "韦思齐")] == [True] * 5
