"""Names as people type them."""

from __future__ import annotations

import pytest

from huiguan.parties.names import person_name, plain, reading, typed


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("李梅", "li mei", "lm"),
        ("仇英", "qiu ying", "qy"),
        ("单雄信", "shan xiong xin", "sxx"),
        ("单于明", "chan yu ming", "cym"),
        ("解晓东", "xie xiao dong", "xxd"),
        ("查良镛", "zha liang yong", "zly"),
        ("朴树", "piao shu", "ps"),
        ("曾国藩", "zeng guo fan", "zgf"),
        ("区小姐", "ou xiao jie", "oxj"),
        ("盖叫天", "ge jiao tian", "gjt"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("万俟卨", "mo qi xie", "mqx"),
        ("吕布", "lv bu", "lb"),
        ("任华", "ren hua", "rh"),
        ("Amy 李", "amy li", "al"),
        ("O'Neil", "oneil", "o"),
        ("José", "jose", "j"),
        ("", "", ""),
    ],
)
def test_a_name_is_read_as_it_is_said(name: str, pinyin: str, initials: str) -> None:
    read = reading(name)
    assert (read.pinyin, read.letters, read.initials) == (pinyin, pinyin.replace(" ", ""), initials)


def test_what_is_typed_is_brought_to_letters() -> None:
    assert typed(" Li Mei ") == "limei"
    assert typed("LÜ bu") == typed("lyubu") == typed("lvbu") == "lvbu"
    assert plain("　李　　梅 ") == "李 梅"
    assert plain("１３８") == "138"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\u202d13800000001\u202c", "13800000001"),  # as a chat hands a number on
        ("\ufeff李梅\u200b", "李梅"),
        ("a\x07b\x1b[31m", "ab[31m"),
        ("\u202eevil\u2066", "evil"),
        ("\u200b", ""),
        ("\u200d", ""),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
        ("محمد", "محمد"),
        ("李\n梅", "李 梅"),
    ],
)
def test_what_nobody_sees_is_not_kept(written: str, kept: str) -> None:
    assert plain(written) == kept


def test_blanks_inside_a_chinese_name_only_line_it_up() -> None:
    assert person_name(" 李　梅 ") == "李梅"
    assert person_name("阿依古丽 · 买买提") == "阿依古丽·买买提"
    assert person_name("Amy  Li") == "Amy Li"
    assert person_name("Amy 李") == "Amy 李"
