"""A member's text follows the figures of its clause, where it says them."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.kernel.text import Text
from huiguan.rules.editing import Put, applied, clause_in
from huiguan.rules.sentences.carrying import carried
from huiguan.rules.shelf import source_of


def made(name: str, clause: str, *edits: tuple[tuple[str | int, ...], Any]) -> tuple[Text, tuple[str, ...]]:
    before = clause_in(source_of(name).decode(), clause)
    after = applied(before, [Put(path, value) for path, value in edits])
    found = carried(before["kind"], Text(**before["text"]), before, after)
    return found.text, found.missed


def test_the_points_for_a_hundred() -> None:
    text, missed = made("designer-wear", "B55-13", (("give",), 3))
    assert text.zh == "实付每满 100 元得 3 分，不满 100 元的零头不计；1 分相当于 1 元。"
    assert (
        text.en
        == "Every full 100 yuan you pay earns 3 points, and the remainder earns none. A point stands for one yuan."
    )
    assert missed == ()
    text, missed = made("designer-wear", "B55-13", (("per",), "1200.00"))
    assert text.zh == "实付每满 1,200 元得 2 分，不满 1,200 元的零头不计；1 分相当于 1 元。" and missed == ()


def test_two_figures_changed_into_each_other() -> None:
    text, _ = made("designer-wear", "B55-13", (("give",), 100), (("per",), "2.00"))
    assert text.zh == "实付每满 2 元得 100 分，不满 2 元的零头不计；1 分相当于 1 元。"


@pytest.mark.parametrize(
    ("name", "clause", "path", "value", "zh", "en"),
    [
        ("designer-wear", "B55-03", ("promote", 0, "reach"), "12000.00", "达到 12,000 元", "reaches 12,000 yuan"),
        ("designer-wear", "B55-03", ("promote", 0, "months"), 3, "最近三个月", "last three months"),
        ("designer-wear", "B55-04", ("rates", "member", "diamond_card"), "0.88", "钻卡会员打 8.8 折", "diamond card 12% off"),
        ("designer-wear", "B55-14", ("clears",), "01-31", "当年 1 月 31 日 24 时清零", "midnight of 31 January and"),
        ("designer-wear", "B55-19", ("months",), [5, 12], "可在 5 月和 12 月使用", "in May and in December"),
        ("apparel-cards", "B25-35", ("valid_years",), 3, "起三年内有效", "three years"),
        ("supermarket", "B26-26", ("rewards", 0, "units"), 1800, "1,800 分换 20 元", "1,800 points"),
    ],
)  # fmt: skip
def test_figures_of_every_sort(
    name: str, clause: str, path: tuple[str | int, ...], value: Any, zh: str, en: str
) -> None:
    text, missed = made(name, clause, (path, value))
    assert zh in text.zh and en in text.en, text
    assert missed == ()


def test_what_the_text_does_not_say_is_named() -> None:
    before = clause_in(source_of("designer-wear").decode(), "B55-10")
    assert made("designer-wear", "B55-10", (("worth",), "300.00"))[1] == ()
    found = carried("grant", Text(zh="送一张券。", en="A coupon."), before, {**before, "worth": "300.00"})
    assert found.text == Text(zh="送一张券。", en="A coupon.") and found.missed == ("worth",)


def test_a_figure_that_may_be_another_is_left_alone() -> None:
    before = {"kind": "earn", "unit": "points", "per": "100.00", "give": 100}
    text = Text(zh="每 100 元得 100 分。", en="100 points for 100 yuan.")
    found = carried("earn", text, before, {**before, "give": 200})
    assert found.text == text and found.missed == ("give",)
