"""Chinese names as people type them: pinyin, run together and initials; surnames read as surnames."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from huiguan.kernel.pinyin import syllables as read_aloud

# Surnames whose everyday reading is another one; two characters are tried before one.
SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "长孙": "zhang sun", "单于": "chan yu", "乐正": "yue zheng",
    "仇": "qiu", "单": "shan", "解": "xie", "查": "zha", "朴": "piao", "曾": "zeng", "区": "ou", "盖": "ge",
    "员": "yun", "乐": "yue", "覃": "qin", "召": "shao", "缪": "miao", "么": "yao", "折": "she", "洗": "xian",
    "宓": "fu", "翟": "zhai", "薄": "bo", "卜": "bu", "郗": "chi", "种": "chong", "秘": "bi", "隗": "wei",
    "祭": "zhai", "黑": "he", "繁": "po", "句": "gou", "佴": "nai", "阚": "kan", "角": "jue", "牟": "mu",
    "能": "nai", "藏": "zang", "重": "chong", "都": "du", "郇": "xun", "适": "kuo", "乜": "nie",
}  # fmt: skip


# What no reader sees but every comparison does: control characters, marks of width and direction. They come along
# from spreadsheets and chats, and turn what stands beside them around. The joiners inside emoji stay.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_JOINERS = "\u200c\u200d"
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·•]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name is read: 'shan xiong xin', 'shanxiongxin', 'sxx'."""

    pinyin: str
    letters: str
    initials: str


def plain(text: str) -> str:
    """One way of writing a text: full-width forms narrowed, spaces single, none at the ends, nothing unseen."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split()).strip(_JOINERS)


def tidy(text: str) -> str:
    """A text as it was written, its own punctuation and widths kept: spaces single, none at the ends, nothing unseen."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split()).strip(_JOINERS)


def person_name(text: str) -> str:
    """A name as it is kept: a Chinese one without the blanks that line it up in lists, "李　梅" as 李梅."""
    name = plain(text)
    closed = name.replace(" ", "")
    return closed if _HAN.fullmatch(closed) else name


def reading(name: str) -> Reading:
    """How `name` is read, lower case without tones; ü is v. Names in Latin letters read as they are written."""
    name = plain(name)
    surname = next((length for length in (2, 1) if name[:length] in SURNAMES), 0)
    syllables = SURNAMES[name[:surname]].split() if surname else []
    for part in read_aloud(name[surname:]):
        syllables += part.lower().split()
    syllables = [kept for kept in (_letters(syllable) for syllable in syllables) if kept]
    return Reading(" ".join(syllables), "".join(syllables), "".join(syllable[0] for syllable in syllables))


def _letters(syllable: str) -> str:
    """Only letters and digits: marks and points inside a foreign name are not typed."""
    bare = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    return "".join(each for each in bare if each.isascii() and each.isalnum())


def typed(text: str) -> str:
    """What somebody typed into a search box, as letters are kept: lower case, no spaces, ü and lyu as v."""
    return _letters(plain(text).lower().replace(" ", "")).replace("lyu", "lv")
