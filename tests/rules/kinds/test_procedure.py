"""Procedures: what a course is made of, and every way a matter moves, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.rules.courses import course
from huiguan.rules.effects import MoveMatter, PostNotice, RaiseTask, SetClock
from huiguan.rules.kinds.procedure import SAYS
from huiguan.rules.moving import Happening, MatterFacts, Standing, step
from tests.rules.writing import compiled, found

HEAD = "name: joining, of: record, opened_by: [applicant], answer_within: 10 days"
FIELD = "{name: sort, title: {zh: 类别, en: Sort}}"


def stage(name: str, rest: str = "by: {post: clerk}") -> str:
    return f"{{stage: {name}, title: {{zh: {name}, en: {name}}}, {rest}}}"


def book(*stages: str, head: str = HEAD) -> Any:
    return compiled(("procedure", f"{head}, fields: [{FIELD}], stages: [{', '.join(stages)}]"))


def went(given: Any, standing: Standing, happening: Happening, **facts: Any) -> tuple[list[Any], list[str]]:
    """The effects without their clause, and what was said."""
    whole = course(given, "joining")
    assert whole is not None
    decided = step(whole, standing, happening, MatterFacts(**facts))
    told: list[Any] = []
    for effect in decided.effects:
        match effect:
            case MoveMatter():
                told.append((effect.state, effect.stage, effect.ball))
            case SetClock():
                told.append((effect.count, effect.unit, effect.since))
            case RaiseTask():
                told.append(effect.post or effect.body or effect.who)
            case PostNotice():
                told.append(("notice", effect.count, effect.unit))
    return told, [reason.say for reason in decided.reasons]


TWO = book(stage("first", "by: {post: clerk}, within: 15 workdays, since: complete_file"), stage("second"))


def test_handed_in_it_comes_to_the_first_stage_with_its_clock_and_task() -> None:
    assert went(TWO, Standing("draft"), Happening("submitted")) == (
        [("open", "first", "house"), (15, "workday", "complete_file"), "clerk"],
        ["entered"],
    )


def test_corrected_it_comes_back_to_where_it_was_given_back() -> None:
    effects, _ = went(TWO, Standing("returned", "second"), Happening("submitted"))
    assert effects == [("open", "second", "house"), "clerk"]


@pytest.mark.parametrize(
    ("verdict", "standing", "effects", "said"),
    [
        ("pass", "first", [("open", "second", "house"), "clerk"], ["passed_stage", "entered"]),
        ("pass", "second", [("passed", "second", "nobody")], ["passed_stage", "done"]),
        ("return", "first", [("returned", "first", "applicant"), (10, "day", "stage")], ["returned"]),
        ("refuse", "first", [("refused", "first", "nobody")], ["refused"]),
    ],
)
def test_a_verdict(verdict: str, standing: str, effects: list[Any], said: list[str]) -> None:
    assert went(TWO, Standing("open", standing), Happening("decided", verdict), passes=1) == (effects, said)


@pytest.mark.parametrize(
    ("passes", "awaited", "said"),
    [(1, 0, ["signed"]), (2, 1, ["signed"]), (2, 0, ["passed_stage", "done"]), (3, 0, ["passed_stage", "done"])],
)
def test_as_many_as_must_agree_and_those_that_were_added(passes: int, awaited: int, said: list[str]) -> None:
    given = book(stage("only", "by: {post: clerk}, signers: 2"))
    told = went(given, Standing("open", "only"), Happening("decided", "pass"), passes=passes, awaited=awaited)
    assert told[1] == said


@pytest.mark.parametrize(
    ("late", "effects", "said"),
    [
        ("escalate", [], "late_escalate"),
        ("escalate, escalate_to: owner", ["owner"], "late_escalate"),
        ("lapse", [("lapsed", "first", "nobody")], "late_lapse"),
        ("refuse", [("refused", "first", "nobody")], "late_refuse"),
        ("pass", [("open", "second", "house"), "clerk"], "late_pass"),
    ],
)
def test_lateness(late: str, effects: list[Any], said: str) -> None:
    given = book(stage("first", f"by: {{post: clerk}}, within: 1 day, late: {late}"), stage("second"))
    told = went(given, Standing("open", "first"), Happening("ran_out"))
    assert (told[0], told[1][0]) == (effects, said)


@pytest.mark.parametrize(("silence", "state"), [("lapse", "lapsed"), ("refuse", "refused")])
def test_silence_after_a_return(silence: str, state: str) -> None:
    given = book(stage("first"), head=f"{HEAD}, unanswered: {silence}")
    assert went(given, Standing("returned", "first"), Happening("ran_out")) == (
        [(state, "first", "nobody")],
        [f"unanswered_{silence}"],
    )


NOTICED = book(stage("shown", "does: notice, within: 7 days"), stage("second"))


@pytest.mark.parametrize(
    ("over", "objected", "goes_on"), [(False, False, False), (True, True, False), (True, False, True)]
)
def test_a_notice_ends_without_open_objections(over: bool, objected: bool, goes_on: bool) -> None:
    for what in ("ran_out", "looked"):
        told = went(NOTICED, Standing("open", "shown"), Happening(what), over=over, objected=objected)
        assert bool(told[0]) is goes_on


def test_a_notice_is_posted_by_itself_or_by_hand() -> None:
    assert ("notice", 7, "day") in went(NOTICED, Standing("draft"), Happening("submitted"))[0]
    by_hand = book(stage("shown", "does: notice, within: 7 days, posted: by_hand, by: {post: clerk}"))
    assert went(by_hand, Standing("draft"), Happening("submitted"))[0] == [("open", "shown", "house"), "clerk"]
    assert went(by_hand, Standing("open", "shown"), Happening("posted"))[0] == [("notice", 7, "day")]


@pytest.mark.parametrize(("upheld", "state"), [("refuse", "refused"), ("return", "returned")])
def test_an_objection_that_stands(upheld: str, state: str) -> None:
    given = book(stage("shown", f"does: notice, within: 7 days, upheld: {upheld}"))
    told = went(given, Standing("open", "shown"), Happening("answered", upheld=True))
    assert (told[0][0][0], told[1]) == (state, ["upheld"])
    assert went(given, Standing("open", "shown"), Happening("answered")) == ([], ["dismissed"])


@pytest.mark.parametrize(
    ("fails", "failed", "state"),
    [
        ("return", True, "returned"),
        ("refuse", True, "refused"),
        ("note", True, "passed"),
        ("return", False, "passed"),
    ],
)
def test_a_check_by_the_house(fails: str, failed: bool, state: str) -> None:
    given = book(stage("looked", f"does: check, fails: {fails}"))
    told = went(given, Standing("open", "looked"), Happening("looked"), failed=failed)
    assert told[0][0][0] == state


@pytest.mark.parametrize(("unmet", "effects"), [(True, []), (False, [("passed", "paid", "nobody")])])
def test_a_settlement_waits_until_nothing_is_owed(unmet: bool, effects: list[Any]) -> None:
    given = book(stage("paid", "does: settle, needs: [dues]"))
    assert went(given, Standing("open", "paid"), Happening("looked"), unmet=unmet)[0] == effects


def test_a_stage_only_for_some_answers_is_passed_over() -> None:
    given = book(stage("firms", "by: {post: clerk}, when: {field: sort, answer: firm}"), stage("second"))
    for answer, first in (("firm", "firms"), ("person", "second")):
        assert went(given, Standing("draft"), Happening("submitted"), form={"sort": answer})[0][0][1] == first


def test_without_a_place_left_the_end_is_a_refusal() -> None:
    full = {"title": "类别", "answer": "firm", "most": 10}
    told = went(TWO, Standing("open", "second"), Happening("decided", "pass"), passes=1, full=full)
    assert told == ([("refused", "second", "nobody")], ["passed_stage", "quota_full"])
    assert SAYS["quota_full"].fill("en", **full) == "Of 类别 “firm”, 10 places in all, none is free."


def test_nothing_happens_to_what_has_ended() -> None:
    for what in ("decided", "ran_out", "looked", "answered"):
        assert went(TWO, Standing("passed", "second"), Happening(what, "pass")) == ([], [])


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ([("procedure", f"name: joining, stages: [{stage('a')}]")], "no_head"),
        ([("procedure", HEAD)], "no_stage"),
        ([("procedure", f"name: joining, of: record, stages: [{stage('a')}]")], "nobody_opens"),
        ([("procedure", f"{HEAD}, stages: [{stage('a')}]"), ("procedure", HEAD)], "two_heads"),
        ([("procedure", f"{HEAD}, stages: [{stage('a')}, {stage('a')}]")], "stage_twice"),
        ([("procedure", f"{HEAD}, stages: [{stage('a', 'within: 1 day')}]")], "nobody_decides"),
        ([("procedure", f"{HEAD}, stages: [{stage('a', 'by: {post: clrk}')}]")], "unknown_post"),
        ([("procedure", f"{HEAD}, compared: [code], stages: [{stage('a')}]")], "unknown_field"),
        ([("procedure", f"{HEAD}, fields: [{FIELD}, {FIELD}], stages: [{stage('a')}]")], "field_twice"),
        ([("procedure", f"{HEAD}, follows: {{procedure: other}}, stages: [{stage('a')}]")], "unknown_procedure"),
        ([("procedure", f"{HEAD.replace('record', 'tier')}, only: core, stages: [{stage('a')}]")], "unknown_segment"),
        # The room that keeps records knows no members' segments.
        (
            [
                ("segment", "name: core, where: {years_a_member: {from: 1}}"),
                ("procedure", f"{HEAD}, only: core, stages: [{stage('a')}]"),
            ],
            "unknown_segment",
        ),
        (
            [("procedure", f"{HEAD}, stages: [{stage('a', 'by: {post: clerk}, within: 1 day, since: posting_day')}]")],
            "never_posted",
        ),
    ],
)
def test_what_cannot_be_run(clauses: list[tuple[str, str]], code: str) -> None:
    assert code in {each[1] for each in found(*clauses)}


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (stage("a", "by: {post: clerk, body: council}"), "stages.0.by"),
        (stage("a", "by: {post: clerk}, within: 15 work days"), "stages.0.within"),
        (stage("a", "does: notice"), "stages.0"),
        (stage("a", "by: {post: clerk}, passes_at: 5, judge: [{item: x, asks: {zh: 甲, en: X}, most: 4}]"), "stages.0"),
    ],
)
def test_what_cannot_be_read(written: str, path: str) -> None:
    assert ("refuse", "wrong_value", "T-01") in found(("procedure", f"{HEAD}, stages: [{written}]")), path
