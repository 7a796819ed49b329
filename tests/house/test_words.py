"""Every sentence a person may read is there in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.source import calls, modules, templates

HAN = re.compile(r"[\u3400-\u9fff]")
# Its stops too: wide, they tear an English line apart.
CHINESE = re.compile(r"[\u3400-\u9fff，。：；、（）「」《》！？]")
GUESSED = re.compile(r"\b([Ss]he|[Hh]ers?|herself|himself|[Hh]is|[Hh]im|he)\b|她")
PLACEHOLDER = re.compile(r"\{(\w+)")
SAY = re.compile(r"""\{%\s*say\s+("[^"]*"|'[^']*'|[^\s"']\S*)\s+("[^"]*"|'[^']*'|[^\s"']\S*)""")

# The page that shows every component, filled with names of nobody.
SPECIMENS = ("src/huiguan/design/templates/design/gallery.html",)

# Chinese that is a name in either language: the house's own, and each language's name for itself.
NAMES = ("会馆", "简体中文", "中文")


def _literal(node: ast.AST) -> str | None:
    """A string as written; what an f-string fills in counts as a word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def _texts() -> Iterator[tuple[str, str, str]]:
    """Every sentence written in the source: where, in Chinese, in English."""
    for module in modules():
        for name, call in calls(module):
            if name == "Text" and call.keywords:
                said = {keyword.arg: _literal(keyword.value) for keyword in call.keywords}
                zh, en = said.get("zh"), said.get("en")
                if zh is not None and en is not None:
                    yield f"{module.path}:{call.lineno}", zh, en
    for path, text in templates():
        for found in SAY.finditer(text):
            zh, en = (part[1:-1] for part in found.groups() if part[0] in "\"'") if _both(found) else ("", "")
            if zh or en:
                yield f"{path}:{text[: found.start()].count(chr(10)) + 1}", zh, en


def _both(found: re.Match[str]) -> bool:
    return all(part[0] in "\"'" for part in found.groups())


def _without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text


def test_every_sentence_is_there_in_both_languages() -> None:
    wrong = []
    for where, zh, en in _texts():
        bare = re.sub(r"\{[^}]*\}", "", zh)
        says_something = re.search(r"\w", re.sub(r"\{[^}]*\}", "", en))
        if bool(zh) != bool(en):
            wrong.append(f"{where}: one language is empty")
        elif zh != en and says_something and not HAN.search(bare) and re.search(r"[A-Za-z]{3}.*\s", bare):
            wrong.append(f"{where}: no Chinese in {zh!r}")
        elif CHINESE.search(_without_names(en)):
            wrong.append(f"{where}: Chinese in the English {en!r}")
    assert wrong == []


def test_both_languages_fill_in_the_same_values() -> None:
    differing = [
        f"{where}: {zh!r} {en!r}"
        for where, zh, en in _texts()
        if set(PLACEHOLDER.findall(zh)) != set(PLACEHOLDER.findall(en)) and (zh, en) != ("{zh}", "{en}")
    ]
    assert differing == []


def test_nobody_is_guessed_to_be_a_woman_or_a_man() -> None:
    """The name, the member, the applicant; or nothing."""
    assert [(where, zh, en) for where, zh, en in _texts() if GUESSED.search(en) or GUESSED.search(zh)] == []


def test_templates_say_nothing_outside_say() -> None:
    """Chinese in a template stands inside a tag that also has the English, or in a comment."""
    bare = []
    for path, text in templates():
        if path in SPECIMENS:
            continue
        stripped = re.sub(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", _blank, text, flags=re.DOTALL)
        stripped = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", _blank, stripped, flags=re.DOTALL)
        for number, line in enumerate(stripped.splitlines(), 1):
            if CHINESE.search(_without_names(line)):
                bare.append(f"{path}:{number}: {line.strip()}")
    assert bare == []


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def test_there_are_sentences() -> None:
    assert len(list(_texts())) > 100


# Nouns that are counted all over the house; the last word of what a page, slip or refusal says of a number.
COUNTED = re.compile(
    r"(?:\{\w+(?::(?:points|count|signed))?\}|…) (?:more |whole |calendar )?"
    r"(points|pts|coupons|days|months|hours|workdays|sales|rows|tickets|members)\b"
)
# What is never one (a bound of the house's own, a picture's size, what a bench loads) and a name before a noun.
NEVER_ONE = ("api/sales/taking", "calendar/sheets", "calendar/views", "cli/bench/", "cli/demo/", "judging/pictures")
NOT_A_NUMBER = "{name} members"


def test_no_sentence_says_one_points() -> None:
    """A number of one takes the singular: `{n:points} {n:point|points}`, or `either` where a sentence is put together."""
    wrong = [f"{where}: {en!r}" for where, _, en in _texts() if COUNTED.search(en) and en != NOT_A_NUMBER]
    wrong = [each for each in wrong if not any(part in each for part in NEVER_ONE)]
    assert wrong == []
