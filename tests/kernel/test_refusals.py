"""Refusals, who may do what, and inputs refused by field."""

from __future__ import annotations

import json
from typing import Annotated

import pytest
from pydantic import Field

from huiguan.kernel.actors import POWERS, Actor, system
from huiguan.kernel.inputs import Count, Input, Line, Money, Points, Word, read
from huiguan.kernel.refusals import (
    PRECEDENCE,
    Forbidden,
    InvalidInput,
    NotFound,
    Refusal,
    all_refusals,
    first_of,
)
from huiguan.kernel.text import Text


class CardMissing(Refusal):
    text = Text(zh="没有会员卡：{card}", en="No card: {card}")
    rank = "credential"


class TooLate(Refusal):
    text = Text(zh="过了时候。", en="Too late.")
    rank = "window"


def test_a_refusal_is_a_problem_with_code_field_clause_and_both_languages() -> None:
    refusal = CardMissing(field="presented.card", clause="B55-07", card="C000123")
    assert refusal.as_problem() == {
        "code": "CardMissing",
        "status": 409,
        "field": "presented.card",
        "clause": "B55-07",
        "values": {"card": "C000123"},
        "text": {"zh": "没有会员卡：C000123", "en": "No card: C000123"},
    }
    assert str(refusal) == "No card: C000123"
    assert json.loads(json.dumps(refusal.as_problem())) == refusal.as_problem()


def test_a_text_among_the_values_is_told_in_the_reader_s_language() -> None:
    refusal = NotFound(field="shop", what=Text(zh="门店", en="shop"), given="S9")
    assert refusal.say("zh") == "没有这个门店：S9。"
    assert refusal.say("en-US") == "No such shop: S9."
    assert refusal.as_problem()["values"]["what"] == {"zh": "门店", "en": "shop"}


def test_the_first_by_precedence_is_told() -> None:
    standing = type("Suspended", (TooLate,), {"rank": "standing"})()
    assert first_of([TooLate(), CardMissing(card="x"), standing]) is standing
    assert PRECEDENCE.index("standing") < PRECEDENCE.index("credential") < PRECEDENCE.index("window")
    assert PRECEDENCE.index("window") < PRECEDENCE.index("limit") < PRECEDENCE.index("balance")


def test_every_refusal_is_found() -> None:
    assert {CardMissing, TooLate, InvalidInput, Forbidden} <= set(all_refusals())


def test_an_actor_may_what_its_powers_and_shops_allow() -> None:
    clerk = Actor("staff", 7, "Mei", 1, frozenset({"sell"}), frozenset({3}))
    assert clerk.may("sell") and clerk.may("sell", 3)
    assert not clerk.may("sell", 4)
    assert not clerk.may("void", 3)
    assert clerk.reference == "staff:7"
    clerk.demand("sell", 3)
    with pytest.raises(Forbidden) as refused:
        clerk.demand("void", 3)
    assert refused.value.say("zh") == "作废销售单须另有权限。"
    assert refused.value.status == 403
    everywhere = Actor("client", 1, "ERP", 1, frozenset({"sell"}), None)
    assert everywhere.may("sell", 99)


def test_nobody_may_anything_by_default_and_the_house_may_all() -> None:
    assert not any(Actor("member", 5, "Li", 1).may(power) for power in POWERS)
    assert all(system(1).may(power, 8) for power in POWERS)


class Sold(Input):
    sku: Word
    quantity: Count
    price: Money
    points: Points | None = None
    note: Line = ""


class Bill(Input):
    lines: Annotated[list[Sold], Field(min_length=1, max_length=2)]


def test_an_input_is_read_from_values_and_from_json_alike() -> None:
    given = {"lines": [{"sku": " COAT ", "quantity": 2, "price": "478.50", "note": "a\x00b"}]}
    line = read(Bill, given).lines[0]
    assert (line.sku, line.quantity, line.price, line.points) == ("COAT", 2, 47850, None)
    assert line.note == "ab"
    assert read(Bill, json.dumps(given).encode()) == read(Bill, given)


GOOD = {"sku": "COAT", "quantity": 1, "price": "1.00"}


@pytest.mark.parametrize(
    ("line", "field", "zh", "en"),
    [
        ({**GOOD, "price": 1.5}, "lines.0.price", None, None),
        ({**GOOD, "price": "1.005"}, "lines.0.price", "金额至多两位小数", "money has at most two decimals"),
        ({**GOOD, "price": "1,000"}, "lines.0.price", "金额写作 478.50", "money is written 478.50"),
        ({**GOOD, "price": "-1"}, "lines.0.price", "不能小于 0.00", "must not be below 0.00"),
        ({**GOOD, "price": 10**18}, "lines.0.price", "数太大", "is too large"),
        ({**GOOD, "quantity": 0}, "lines.0.quantity", "不能小于 1", "must not be below 1"),
        ({**GOOD, "quantity": -3}, "lines.0.quantity", "不能小于 1", "must not be below 1"),
        ({**GOOD, "quantity": 10**18}, "lines.0.quantity", "不能大于 100,000", "must not be above 100,000"),
        ({**GOOD, "quantity": "1"}, "lines.0.quantity", "须为整数", "must be a whole number"),
        ({**GOOD, "quantity": 1.0}, "lines.0.quantity", "须为整数", "must be a whole number"),
        ({**GOOD, "quantity": True}, "lines.0.quantity", "须为整数", "must be a whole number"),
        ({**GOOD, "points": 0}, "lines.0.points", "不能小于 1", "must not be below 1"),
        ({**GOOD, "sku": "  "}, "lines.0.sku", "不能为空", "must not be empty"),
        ({**GOOD, "sku": 5}, "lines.0.sku", "须为文字", "must be text"),
        ({**GOOD, "colour": "red"}, "lines.0.colour", "没有这个字段", "no such field"),
        ({"sku": "COAT", "price": "1"}, "lines.0.quantity", "必填", "is required"),
        ("COAT", "lines.0", "须为对象", "must be an object"),
    ],
)
def test_the_wrong_field_is_named_with_its_rule(line: object, field: str, zh: str | None, en: str | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(Bill, {"lines": [line]})
    assert refused.value.field == field
    if zh and en:
        assert refused.value.as_problem()["text"] == {"zh": f"{field}：{zh}", "en": f"{field}: {en}"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"not json", "body"),
        (b"[]", "body"),
        (b"null", "body"),
        (b'{"lines": []}', "lines"),
        (b'{"lines": {}}', "lines"),
        (b"\xff\xfe", "body"),
    ],
)
def test_a_body_that_is_no_record_is_refused(body: bytes, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(Bill, body)
    assert refused.value.field == field


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        read(Bill, {"lines": [GOOD] * 3}, within="sales.4")
    assert refused.value.field == "sales.4.lines"
    assert refused.value.say("zh") == "sales.4.lines：至多 2 项"
