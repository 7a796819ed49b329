"""A stored reason told again: the sentence of its clause's kind, and the clause by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huiguan.kernel.text import Text, language_of
from huiguan.rules.effects import Reason
from huiguan.rules.programme import Programme

_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile(r"[零一二三四五六七八九十]+")
_JOINT = re.compile(r"(?<=[零一二三四五六七八九十])(?=[0-9])")  # 五1 is the first of five, not fifty-one
_UNKNOWN = Text(zh="条款 {clause}", en="Clause {clause}")


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in one language, with the clause it rests on. `given` false: something was not given."""

    clause: str
    label: str
    title: str
    sentence: str
    given: bool


def sentence(programme: Programme, reason: Reason, lang: str) -> str:
    """The reason in `lang`. KeyError where the kind has no such sentence or a value is missing, never a blank."""
    clause = programme.clauses[reason.clause]
    text: Text = clause.module.SAYS[reason.say]
    return text.fill(lang, **reason.values)


def explained(programme: Programme, reason: Reason, lang: str) -> Told:
    """The reason, its clause's label and title, in `lang`."""
    clause = programme.clauses[reason.clause]
    told = sentence(programme, reason, lang)
    return Told(clause.id, label(programme, clause.id, lang), clause.title.of(lang), told, reason.given)


def label(programme: Programme, clause_id: str, lang: str) -> str:
    """A clause by the source's own number: '第 (四)1 条', 'Clause (4)1'; by its id where it has none."""
    clause = programme.clauses.get(clause_id)
    if clause is None or not clause.number:
        return _UNKNOWN.fill(lang, clause=clause_id)
    return f"第 {clause.number} 条" if language_of(lang) == "zh" else f"Clause {western(clause.number)}"


def western(number: str) -> str:
    """Chinese numerals as digits: '(四)1' -> '(4)1', '(十二)' -> '(12)', '五1' -> '5.1'."""
    return _NUMERAL.sub(lambda found: str(_value(found.group())), _JOINT.sub(".", number))


def _value(numeral: str) -> int:
    if "十" not in numeral:
        return int("".join(str(_DIGITS.index(digit)) for digit in numeral))
    tens, _, ones = numeral.partition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
