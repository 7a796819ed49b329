"""Named sets of members, computed when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from huiguan.rules.effects import Reason
from huiguan.rules.explaining import sentence
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import segment
from tests.rules.writing import compiled, designer_wear, findings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MEMBER = MemberFacts(1, "M1", "active", NOW, "gold", NOW, None, None, profile_complete=True)
BOUGHT = replace(MEMBER, days={date(2026, 3, 31): {"visits": 1}})


def test_one_purchase_in_the_quarter_is_inside_to_its_last_day() -> None:
    programme = designer_wear()
    clause = programme.clauses["B55-41"]
    named = {"segment": {"zh": "常客", "en": "Regulars"}}
    assert segment.decide(programme, clause, BOUGHT, date(2026, 3, 31)).reasons == (
        Reason("B55-41", "inside", True, named),
    )
    (reason,) = segment.decide(programme, clause, BOUGHT, date(2026, 4, 1)).reasons
    assert (reason.say, reason.given) == ("short", False)
    assert sentence(programme, reason, "zh") == "本季购物次数为 0，满 1 即属于常客，还差 1。"
    assert sentence(programme, reason, "en") == (
        "purchases this quarter: 0; from 1 the member belongs to: Regulars. 1 missing."
    )


def test_where_no_single_number_decides_it_is_only_told() -> None:
    programme = compiled(
        ("segment", "name: s, where: {standing: {not_in: [active]}, visits_this_year: {from: 1}}"), ("statement", "")
    )
    (reason,) = segment.decide(programme, programme.clauses["T-01"], BOUGHT, date(2026, 3, 31)).reasons
    assert (reason.say, reason.given) == ("outside", False)


def test_a_condition_that_cannot_be_read_is_told_at_its_line() -> None:
    (finding,) = findings(("segment", "name: s, where: {visits: {from: 1}}"))
    assert (finding.code, finding.clause, finding.line, finding.path) == ("wrong_value", "T-01", 6, "where")
    assert finding.text.en == "where: there is no fact visits."


def test_a_name_means_one_segment() -> None:
    same = ("segment", "name: s, where: {visits_this_year: {from: 1}}")
    (finding,) = findings(same, same)
    assert finding.text.zh == "分群 s 已由 T-01 定义。"
