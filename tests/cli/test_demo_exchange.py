"""The demonstration's exchange: members in all stages, what each owes by a day, and what was missed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from huiguan.billing import queries as billing
from huiguan.cases import queries as cases
from huiguan.cli.demo.exchange.house import RULEBOOK, found
from huiguan.cli.demo.exchange.people import FIRMS
from huiguan.cli.demo.exchange.telling import tell
from huiguan.cli.demo.guild import Association
from huiguan.cli.demo.story import FIRST, OPENS, moment
from huiguan.conduct import queries as conduct
from huiguan.members import queries as members
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of


@pytest.fixture
def told(db: None) -> Association:
    source, at = source_of(RULEBOOK).decode(), moment(FIRST, 7)
    house = found(at, source, Proof(digest_of(source), 1, 1, at))
    tell(house)
    return house


STOOD = {
    ("joining", "draft"): 1, ("joining", "review"): 2, ("joining", "returned"): 1, ("joining", "council"): 1,
    ("joining", "signing"): 1, ("joining", "settlement"): 2, ("joining", "passed"): 2, ("joining", "refused"): 1,
    ("joining", "lapsed"): 1, ("inspection", "passed"): 20, ("reporting", "passed"): 3, ("reporting", "acceptance"): 2,
    ("sanction", "passed"): 1, ("leaving", "papers"): 1, ("publicity", "review"): 1,
}  # fmt: skip


def test_a_year_at_the_exchange(told: Association, settings: Any) -> None:
    lines = cases.matters(told.actor, OPENS)
    stood = Counter((line.procedure, line.stage if line.state == "open" else line.state) for line in lines)
    assert stood == STOOD
    owed = Counter((each.obligation, each.state) for each in conduct.obligations(told.actor, OPENS))
    assert owed == {
        ("inspection", "done"): 20, ("inspection", "overdue"): 2, ("paying", "done"): 20, ("paying", "overdue"): 2,
        ("margin_calls", "done"): 7, ("margin_calls", "overdue"): 1, ("reports", "done"): 4, ("reports", "late"): 1,
        ("reports", "open"): 2, ("reports", "overdue"): 1,
    }  # fmt: skip
    broken = Counter((each.duty, each.state) for each in conduct.breaches(told.actor, OPENS))
    assert broken == {
        ("inspection", "found"): 1, ("inspection", "open"): 1, ("charging", "open"): 2, ("margin", "open"): 1,
        ("reporting", "open"): 2,
    }  # fmt: skip
    active = members.belonging(told.programme, OPENS)
    assert len(active) == len(FIRMS) + 2
    fees = [each for each in billing.charges(told.actor, OPENS) if each.fee == "membership"]
    assert sorted((each.state, each.amount) for each in fees) == [
        ("open", 10000000), ("paid", 10000000), ("paid", 10000000), ("paid", 10000000),
    ]  # fmt: skip

    settings.HUIGUAN_DEMO = True
    page = Client().get("/sign-in", headers={"accept-language": "zh-hans"}).content.decode()
    assert [each in page for each in ("江东贵金属交易所", "交易所</span>", "顾鸿远", "严清")] == [True] * 4
