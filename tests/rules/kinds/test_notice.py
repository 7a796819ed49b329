"""What members are told: by which way, when, in which words, and what a text may not say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules import letters
from huiguan.rules.effects import Decision, Send
from huiguan.rules.kinds import notice
from huiguan.rules.needs import needs
from tests.rules.buying import AT, moment
from tests.rules.writing import compiled, found

SAYS = 'says: {zh: "{name}，好", en: "Hello {name}"}'
WELCOME = ("notice", f"on: member_enrolled, to: [email, sms], {SAYS}")
QUIET = 'quiet: {since: "21:00", until: "08:00"}'
KNOWN: dict[str, Any] = {"name": "李梅", "number": "M1", "house": "馆", "day": date(2026, 6, 15)}


def decide(clause: tuple[str, str], ways: tuple[str, ...] = ("sms",), at: Any = AT, **known: Any) -> Decision:
    programme = compiled(clause)
    (each,) = programme.of("notice")
    member = {"tier": "gold"}
    return notice.decide(programme, each, {**KNOWN, **known}, member=member, reached_by=ways, at=at)


def sent(decision: Decision) -> Send:
    (effect,) = decision.effects
    assert isinstance(effect, Send)
    return effect


def test_the_first_way_there_is() -> None:
    assert sent(decide(WELCOME, ("sms", "email"))).channel == "email"
    assert sent(decide(WELCOME, ("sms",))) == Send("T-01", "sms", "李梅，好", "", AT)
    nobody = decide(WELCOME, ())
    assert (nobody.effects, nobody.reasons[0].say) == ((), "unreachable")


@pytest.mark.parametrize(("tier", "told"), [("gold", True), ("silver", False)])
def test_whom_it_means(tier: str, told: bool) -> None:
    assert bool(decide(("notice", f"on: member_enrolled, to: [sms], {SAYS}, where: {{tier: {tier}}}")).effects) is told


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-06-15 20:59:59", "2026-06-15 20:59:59"),
        ("2026-06-15 21:00:00", "2026-06-16 08:00"),
        ("2026-06-16 00:00:00", "2026-06-16 08:00"),
        ("2026-06-16 07:59:59", "2026-06-16 08:00"),
        ("2026-06-16 08:00:00", "2026-06-16 08:00"),
    ],
)
def test_quiet_hours_over_midnight(at: str, due: str) -> None:
    clause = ("notice", f"on: member_enrolled, to: [sms], {SAYS}, {QUIET}")
    assert sent(decide(clause, at=moment(at))).at == moment(due)


@pytest.mark.parametrize(
    ("at", "due"),
    [("11:59:59", "11:59:59"), ("12:00:00", "14:00"), ("13:59:59", "14:00"), ("14:00:00", "14:00")],
)
def test_quiet_hours_at_noon(at: str, due: str) -> None:
    clause = ("notice", f'on: member_enrolled, to: [sms], {SAYS}, quiet: {{since: "12:00", until: "14:00"}}')
    assert sent(decide(clause, at=moment(f"2026-06-15 {at}"))).at == moment(f"2026-06-15 {due}")


def test_security_never_waits() -> None:
    clause = ("notice", f"on: card_lost, to: [sms], {SAYS}, {QUIET}, purpose: security")
    assert sent(decide(clause, at=moment("2026-06-15 23:00"))).at == moment("2026-06-15 23:00")


def test_variables_read_as_they_are_read_everywhere_and_braces_of_values_stay() -> None:
    says = 'says: {zh: "付 {paid}，{points} 分，{day}，{name}", en: "paid {paid}, {points}, {day}, {name}"}'
    clause = ("notice", f"on: sale_committed, to: [sms], {says}, language: both")
    text = sent(decide(clause, paid=123456, points=1234, name="{李}")).text
    assert text == "付 ¥1,234.56，1,234 分，2026 年 6 月 15 日，{李}\npaid ¥1,234.56, 1,234, 15 Jun 2026, {李}"


def test_values_for_templates_come_in_the_texts_order() -> None:
    programme = compiled(
        ("notice", 'on: sale_committed, to: [sms], says: {zh: "{paid} {name} {paid}", en: "{name} {paid}"}')
    )
    (clause,) = programme.of("notice")
    rule: Any = clause.parameters
    assert letters.values_of(rule.says, {**KNOWN, "paid": 100}, "zh") == [("paid", "¥1.00"), ("name", "李梅")]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ('on: member_enrolled, to: [sms], says: {zh: "{paid}", en: "{name}"}', "unknown_variable"),
        ('on: member_enrolled, to: [sms], says: {zh: "{name", en: "{name}"}', "braces"),
        ('on: member_enrolled, to: [sms], says: {zh: "{name:yuan}", en: "{name}"}', "braces"),
        ('on: member_enrolled, to: [sms], says: {zh: "{name.x}", en: "{name}"}', "braces"),
        ('on: sale_committed, to: [sms], says: {zh: "{name}", en: "{paid}"}', "required_variable"),
        ('on: sale_committed, to: [sms], says: {zh: "{paid}", en: "{name}"}', "required_variable"),
        (f"on: member_enrolled, to: [sms], {SAYS}, before: 3", "not_ahead"),
        ('on: points_expiring, to: [sms], says: {zh: "{points}{day}", en: "{points}{day}"}', "not_ahead"),
        (f'on: card_lost, to: [sms], {SAYS}, quiet: {{since: "08:00", until: "08:00"}}', "never_quiet"),
        (f'on: card_lost, to: [sms], says: {{zh: "{"长" * 501}", en: "x"}}', "too_long"),
        (f"on: card_lost, to: [], {SAYS}", "wrong_value"),
        (f"on: advertising, to: [sms], {SAYS}", "wrong_value"),
        (f'on: card_lost, to: [sms], {SAYS}, at: "25:00"', "wrong_value"),
        (f"on: birthday, to: [sms], {SAYS}, before: 367", "wrong_value"),
    ],
)
def test_what_cannot_be_sent_is_refused(parameters: str, code: str) -> None:
    assert code in {each for level, each, _ in found(("notice", parameters)) if level == "refuse"}


def test_a_text_of_several_messages_is_warned_of() -> None:
    long = ("notice", f'on: card_lost, to: [sms], says: {{zh: "{"长" * 71}", en: "x"}}')
    fits = ("notice", f'on: card_lost, to: [sms], says: {{zh: "{"长" * 70}", en: "x"}}')
    assert found(long) == [("warn", "several_messages", "T-01")]
    assert found(fits) == []


def test_every_occasion_says_what_it_knows() -> None:
    assert set(letters.KNOWN) >= set(letters.REQUIRED)
    for occasion, known in letters.KNOWN.items():
        assert set(known) <= set(letters.VARIABLES)
        assert set(letters.REQUIRED.get(occasion, ())) <= {*known, *letters.ALWAYS}


def test_the_till_reads_nothing_more_for_it() -> None:
    asks = ("notice", f"on: member_enrolled, to: [sms], {SAYS}, where: {{spend_this_year: {{from: 1.00}}}}")
    assert needs(compiled(asks)).days_back == 0
