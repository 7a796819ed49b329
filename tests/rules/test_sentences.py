"""Every kind has its sentences, in both languages, and a blank for whatever a clause of the kind may say."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.kinds import KINDS
from huiguan.rules.sentences import SENTENCES
from huiguan.rules.sentences.blanks import (
    CHOICE,
    CHOICES,
    CONDITION,
    DAY,
    MONEY,
    NUMBERS,
    RATE,
    TEXT,
    TRUTH,
    WHOLE,
    WORDS,
    Blank,
    blank_at,
    paths_of,
)
from huiguan.rules.sentences.registers import REGISTERS
from huiguan.rules.sentences.telling import terms
from huiguan.rules.sentences.wording import FORM, READING, blanks_agree, pieces
from huiguan.rules.shelf import shipped, source_of

SUMS = {
    "letter",
    "required",
    "required_count",
    "optional",
    "sealed",
    "once",
    "lists",
    "rungs",
    "shop",
    "papers",
    "paper_parts",
    "places",
}


def test_every_kind_has_its_sentences() -> None:
    assert set(SENTENCES) == set(KINDS)
    assert all(SENTENCES[kind] for kind in KINDS if kind != "statement")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_both_languages_have_the_same_blanks(kind: str) -> None:
    for sentence in SENTENCES[kind]:
        assert blanks_agree(sentence), sentence.text
        for _, path, register in pieces(sentence.text.zh):
            assert register in {"", *REGISTERS, *SUMS}
            if path and not (path == "title" and sentence.place == READING):
                assert isinstance(blank_at(kind, path), Blank) or register in SUMS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_whatever_a_clause_may_say_has_a_place_in_its_form(kind: str) -> None:
    shown = [sentence for sentence in SENTENCES[kind] if sentence.place != READING]
    covered = {path for sentence in shown for path in (*sentence.paths, *sentence.sets)}
    bilingual = {f"{path}.{lang}" for path in paths_of(KINDS[kind]) for lang in ("zh", "en")}
    missing = {
        path
        for path in paths_of(KINDS[kind])
        if path not in covered and not {f"{path}.zh", f"{path}.en"} <= covered & bilingual
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("kind", "path", "shape", "choices", "needed", "default"),
    [
        ("earn", "per", MONEY, (), False, None),
        ("earn", "give", WHOLE, (), False, None),
        ("earn", "group", CHOICE, ("sale", "line", "category"), False, "sale"),
        ("earn", "unit", TEXT, (), True, None),
        ("earn", "where", CONDITION, (), False, None),
        ("earn", "without", CHOICES, ("points", "voucher"), False, []),
        ("expiry", "clears", DAY, (), False, None),
        ("expiry", "cycle.since", DAY, (), True, None),
        ("redemption", "months", NUMBERS, tuple(range(1, 13)), False, []),
        ("redemption", "last_days.of", CHOICE, ("month", "quarter", "year"), True, None),
        ("redemption", "rewards.worth", MONEY, (), True, None),
        ("benefit", "rates.key", TEXT, (), True, None),
        ("benefit", "rates.key2", TEXT, (), True, None),
        ("benefit", "rates.value", RATE, (), True, None),
        ("benefit", "apply.value", CHOICE, ("always", "asked"), True, None),
        ("benefit", "together", TRUTH, (), False, False),
        ("discount", "benefits", WORDS, (), True, None),
        ("tier_ladder", "promote.months", WHOLE, (), False, None),
        ("profile", "fields.choices.value", TEXT, (), True, None),
    ],
)
def test_a_blank_is_read_off_the_record(
    kind: str, path: str, shape: str, choices: tuple[Any, ...], needed: bool, default: Any
) -> None:
    found = blank_at(kind, path)
    assert (found.shape, found.choices, found.needed) == (shape, choices, needed)
    if not needed:
        assert found.default == default


@pytest.mark.parametrize("name", shipped())
def test_every_clause_is_told_whole(name: str) -> None:
    rulebook = compile_rulebook(source_of(name))
    for clause in rulebook.clauses.values():
        told = terms(rulebook, clause)
        if clause.waits_for is None and clause.kind != "statement":
            assert told, clause.id
        for term in told:
            for lang in ("zh", "en"):
                said = term.text.fill(lang, **term.values)
                assert "{" not in said and "None" not in said and "[" not in said, said
                assert lang == "zh" or said[0] == said[0].upper(), said


def told(name: str, clause: str, lang: str) -> str:
    rulebook = compile_rulebook(source_of(name))
    return " ".join(term.text.fill(lang, **term.values) for term in terms(rulebook, rulebook.clauses[clause]))


def test_the_kinds_that_had_none() -> None:
    assert told("phone-vip", "B22-07", "zh") == "会员生日当天所得的积分按 2 倍计。"
    assert told("phone-vip", "B22-12", "en") == (
        "A member’s authorised users may buy on the member’s account."
        " Those who may be named: colleagues, friends, relatives."
    )
    assert told("supermarket", "B26-07", "zh") == (
        "会员享有会员价。 须出示会员卡。 须在扫描商品之前出示；已经扫过的按原价。"
    )
    assert told("supermarket", "B26-10", "en") == (
        "Only these goods earn points: is not at promotion price. Group orders, promotion orders earn no points."
    )
    assert told("apparel-cards", "B25-11", "zh") == "普通卡在卡的一年里实付不满 ¥2,000.00，降为登记顾客，卡作废。"
    assert told("designer-wear", "B55-25", "zh").startswith("14 项必填：卡号、姓名、性别、")


def test_what_is_only_for_the_form_is_not_read() -> None:
    assert {sentence.place for kind in SENTENCES.values() for sentence in kind} == {"both", FORM, READING}
    assert "sticky" not in told("designer-wear", "B55-41", "zh")


def test_what_is_read_of_one_is_not_said_of_many() -> None:
    """`{months} {months:month|months}`: the word goes with the figure; beside a field it is the plural."""
    sentence = next(each for each in SENTENCES["package"] if "months" in each.paths)
    assert sentence.text.fill("en", months=1) == "To be used within 1 month."
    assert "".join(words + path for words, path, _ in pieces(sentence.text.en)) == "To be used within months months."
    assert sentence.paths == ("months",)
