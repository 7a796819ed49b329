"""A rulebook compiles whole, or is refused with everything that is wrong at once."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from huiguan.rules.compiling import RulebookRefused, check_source, compile_rulebook
from huiguan.rules.findings import suggestion
from tests.rules.writing import HEAD, TEXTS, book, clause, compiled

EARN = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")


def told(source: str | bytes) -> list[tuple[int, str | None, str, str]]:
    return [(f.line, f.clause, f.code, f.text.en) for f in check_source(source, "r.yaml")]


def test_clauses_are_found_by_id_and_by_kind() -> None:
    programme = compiled(EARN, ("statement", ""), ("scope", "shops: [S1]"))
    assert list(programme.clauses) == ["T-01", "T-02", "T-03"]
    assert [each.id for each in programme.of("earn")] == ["T-01"]
    assert programme.one("scope").parameters.shops == ["S1"]  # type: ignore[union-attr]
    assert programme.clauses["T-01"].number == "(一)1"
    assert programme.clauses["T-01"].line == 6
    assert programme.name == "small"
    assert programme.zone_name == "Asia/Shanghai"
    assert programme.units["points"].zh == "积分"


def test_money_is_fen_and_rates_are_fractions() -> None:
    programme = compiled(
        EARN,
        ("tier_ladder", "rungs: [{tier: gold, title: {zh: 金, en: Gold}}]"),
        ("benefit", "rates: {member: {gold: 0.95}}, apply: {member: always}"),
    )
    assert programme.clauses["T-01"].parameters.per == 10000  # type: ignore[attr-defined]
    rate = programme.clauses["T-03"].parameters.rates["member"]["gold"]  # type: ignore[attr-defined]
    assert rate == Fraction(19, 20)


def test_the_digest_is_of_the_bytes() -> None:
    source = book(EARN)
    assert compile_rulebook(source).digest == hashlib.sha256(source.encode()).hexdigest()
    assert compile_rulebook(source.encode()).digest == compile_rulebook(source).digest
    assert compile_rulebook(source + "\n").digest != compile_rulebook(source).digest


def test_a_waiting_clause_is_kept_and_never_acts() -> None:
    programme = compiled(("statement", "waits_for: campaigns"), ("statement", ""))
    assert programme.clauses["T-01"].waits_for == "campaigns"
    assert [each.id for each in programme.of("statement")] == ["T-02"]


def test_a_clause_that_waited_for_a_room_that_came_still_reads() -> None:
    """What was published before the room was there stays in force; who writes a new version is told."""
    programme = compiled(("statement", "waits_for: messaging"), ("statement", "waits_for: campaigns"))
    assert programme.clauses["T-01"].waits_for == "messaging"
    source = book(("statement", "waits_for: messaging"), ("statement", "waits_for: campaigns"))
    assert [(f.level, f.code, f.clause) for f in check_source(source)] == [("warn", "room_there", "T-01")]


def test_everything_wrong_is_told_at_once() -> None:
    source = (
        HEAD
        + clause(1, "ern", "unit: points")
        + clause(2, "earn", "unit: points, pre: 100.00, give: -1, worth: 1.005")
        + clause(2, "statement")
        + f"  - {{id: T-03, kind: statement, number: 三, {TEXTS}, nothing: 1}}\n"
        + "  - {id: t 4, kind: statement, number: 四, title: {zh: 标题}, text: 正文}\n"
        + "  - just words\n"
    )
    assert told(source) == [
        (6, "T-01", "unknown_kind", "There is no kind ern. Did you mean earn?"),
        (7, "T-02", "missing_key", "per is missing."),
        (7, "T-02", "wrong_value", "give: must not be below 1"),
        (7, "T-02", "wrong_value", "worth: money has at most two decimals"),
        (7, "T-02", "unknown_key", "There is no pre here. Did you mean per?"),
        (9, "T-03", "unknown_key", "There is no nothing here."),
        (10, "t 4", "wrong_value", "id: has the wrong form"),
        (10, "t 4", "wrong_value", "title: takes zh and en, both languages and nothing else"),
        (10, "t 4", "wrong_value", "text: takes zh and en, both languages and nothing else"),
        (11, None, "not_a_mapping", "Here stands a list of word: value."),
    ]


def test_a_refusal_carries_every_finding() -> None:
    source = book(("earn", "unit: points, per: 0.00, give: 2, worth: 1.00"), ("expiry", "unit: pionts, clears: 12-31"))
    with pytest.raises(RulebookRefused) as refused:
        compile_rulebook(source, "r.yaml")
    assert refused.value.code == "RulebookRefused"
    assert refused.value.field == "source"
    assert refused.value.clause == "T-01"
    assert refused.value.values["count"] == 2
    assert [(f["code"], f["line"], f["text"]["zh"]) for f in refused.value.values["findings"]] == [
        ("no_step", 6, "“per”不能为 0。"),
        ("unknown_unit", 7, "没有 pionts 这种单位。是不是 points？"),
    ]
    assert refused.value.say("en") == "The rulebook cannot be run; faults: 2. r.yaml:6 T-01: per cannot be 0."


def test_an_id_used_twice_names_the_first() -> None:
    source = HEAD + clause(1, "statement") + clause(1, "statement")
    assert told(source) == [(7, "T-01", "id_twice", "The id T-01 is used twice (first in line 6).")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("clauses: []", ["no_clauses", "missing_key", "missing_key", "missing_key"]),
        ("- a\n- b", ["not_a_mapping", "no_clauses"]),
        ("just words", ["not_a_mapping", "no_clauses"]),
        (book(EARN).replace("Asia/Shanghai", "Asia/Nowhere"), ["wrong_value"]),
        (book(EARN).replace("zone:", "zoen:"), ["unknown_key", "missing_key"]),
        (book(EARN).replace("rulebook: small", "rulebook: Small Book"), ["wrong_value"]),
        (book(EARN).replace("give: 2", "give: true"), ["wrong_value"]),
        (book(EARN).replace("give: 2", "give: 1000000000000000000000"), ["wrong_value"]),
        (book(EARN).replace("per: 100.00", "per: 1e2"), ["wrong_value"]),
        (book(EARN).replace("per: 100.00", "per: -100.00"), ["wrong_value"]),
        (book(EARN).replace("per: 100.00", "per: 99999999999999999.00"), ["wrong_value"]),
        (book(("statement", "waits_for: campagns")), ["wrong_value"]),
        (book(("statement", "waits_for: checkout")), ["wrong_value"]),
        (book(("expiry", "unit: points, clears: 02-30")), ["wrong_value"]),
        (book(("redemption", "unit: points, months: [6, 13], ways: [gift]")), ["wrong_value"]),
        (book(("redemption", "unit: points, ways: [gifts]")), ["wrong_value"]),
    ],
)
def test_wrong_rulebooks_are_answered(source: str, expected: list[str]) -> None:
    assert sorted(finding.code for finding in check_source(source)) == sorted(expected)


def test_the_finding_names_the_place_inside_a_clause() -> None:
    source = HEAD + (
        "  - id: T-01\n    kind: profile\n    number: 一\n    title: {zh: 标题, en: Title}\n    text: {zh: 正文, en: Text}\n"
        "    fields:\n      - {name: age, title: {zh: 年龄, en: Age}}\n      - {name: sex, title: {zh: 性别, en: Sex}, typ: text}\n"
    )
    (finding,) = check_source(source)
    assert (finding.line, finding.path, finding.text.en) == (
        13,
        "fields.1.typ",
        "There is no typ here. Did you mean type?",
    )


def test_a_near_miss_of_a_value_is_suggested() -> None:
    (finding,) = check_source(book(("statement", "waits_for: campagns")))
    assert finding.text.en == "waits_for: names no room that is still to come: campagns. Did you mean campaigns?"


def test_a_lone_surrogate_is_not_text() -> None:
    assert [finding.code for finding in check_source(book(EARN) + "# \ud800")] == ["not_utf8"]


def test_a_word_like_two_is_the_one_that_begins_alike() -> None:
    assert suggestion("earm", ("term", "earn")).en == " Did you mean earn?"
    assert suggestion("nothing", ("term", "earn")).en == ""
