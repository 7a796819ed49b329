"""Every sentence of every kind names the same values in both languages, each in a way that can be read."""

from __future__ import annotations

import string

import pytest

from huiguan.kernel.text import Text, chooses
from huiguan.rules.kinds import KINDS

WAYS = {"", "yuan", "plain_yuan", "points", "count", "signed", "discount", "rate", "day", "monthday", "month", "months"}
WAYS |= {"moment", "list"}
SENTENCES = [
    pytest.param(text, id=f"{kind}.{key}") for kind, module in KINDS.items() for key, text in module.SAYS.items()
]


def places(sentence: str) -> set[tuple[str, str]]:
    return {(name, way or "") for _, name, way, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_says_the_same_in_both_languages(text: Text) -> None:
    assert {name for name, _ in places(text.zh)} == {name for name, _ in places(text.en)}
    assert {way for _, way in places(text.zh) | places(text.en) if not chooses(way)} <= WAYS
    assert not any(chooses(way) for _, way in places(text.zh)), "Chinese has no plural"
    assert text.zh.strip() == text.zh and text.en.strip() == text.en
