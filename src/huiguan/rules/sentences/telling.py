"""A clause's parameters read as sentences: what it does, with its figures to be underlined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from huiguan.kernel.text import Text, chooses, either
from huiguan.rules.dossiers import described, part_described
from huiguan.rules.letters import readable
from huiguan.rules.parameters import as_number
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.sentences import SENTENCES
from huiguan.rules.sentences.blanks import (
    CHOICE,
    CHOICES,
    CONDITION,
    DAY,
    MONEY,
    NUMBERS,
    RATE,
    TRUTH,
    WHOLE,
    Blank,
    blank_at,
)
from huiguan.rules.sentences.conditioned import NO_NAMES, Names, condition_told
from huiguan.rules.sentences.registers import named
from huiguan.rules.sentences.wording import FORM, Sentence, pieces, spoken
from huiguan.rules.sentences.words import joined, said

# How a figure reads; what is not named here is put into the sentence as a word.
_WAYS = {MONEY: "yuan", RATE: "discount", DAY: "monthday", NUMBERS: "months", WHOLE: "points"}
_QUIET = ("unit", "stage", "benefit", "measure")  # names of things rather than figures of the clause
LETTER = "letter"  # a text with variables, each read as what it stands for


def _places(rulebook: Programme, role: Any) -> Text:
    return Text(zh=f"{role.title.zh} {role.count} 席", en=f"{role.count} {role.title.en}")


_SUMS: dict[str, Callable[[Any], bool]] = {
    "required": lambda each: each.required,
    "optional": lambda each: not each.required,
    "sealed": lambda each: each.sealed,
    "once": lambda each: each.once,
}
_DESCRIBED: dict[str, Callable[[Programme, Any], Text]] = {
    "papers": described,
    "paper_parts": part_described,
    "places": _places,
}
_WHOLE_LISTS = ("rungs", "required_count", "lists", *_DESCRIBED)


@dataclass(frozen=True, slots=True)
class Term:
    """One sentence of a clause's working; `values` fill its placeholders."""

    text: Text
    values: Mapping[str, Any] = field(default_factory=dict)


def terms(rulebook: Programme, clause: Clause, names: Names = NO_NAMES) -> tuple[Term, ...]:
    """What a clause does, sentence by sentence; () where it only declares or waits. `names`: what the values of facts are
    called outside the rulebook (category -> code -> name)."""
    given = clause.parameters
    found = [
        term
        for sentence in SENTENCES.get(clause.kind, ())
        if sentence.place != FORM and _is_said(sentence, given)
        for term in _told(rulebook, clause.kind, sentence, given, names)
    ]
    return tuple(found)


def _is_said(sentence: Sentence, given: Any) -> bool:
    if sentence.sets:
        return all(getattr(given, name) == value for name, value in sentence.sets.items())
    top = sentence.tops[0]
    return sentence.always or _stands(given, top)


def _stands(given: Any, name: str) -> bool:
    value = getattr(given, name)
    default = type(given).model_fields[name].default
    return value not in (None, [], {}) and value != default


def _told(rulebook: Programme, kind: str, sentence: Sentence, given: Any, names: Names) -> Iterator[Term]:
    if not sentence.rows:
        inside = [path for path in sentence.paths if "." in path]
        left_out = bool(inside) and not sentence.always and any(value_at(given, path) is None for path in inside)
        if not left_out and not _is_empty_sum(sentence, given):
            yield _term(rulebook, kind, sentence, given, names)
        return
    for row in rows_of(getattr(given, sentence.rows)):
        inside = [path for path in sentence.paths if path.startswith(f"{sentence.rows}.")]
        if any(value_at({sentence.rows: row}, path) is None for path in inside):
            continue  # a part of the row that is left out
        yield _term(rulebook, kind, sentence, {sentence.rows: row}, names, "。", ".")


def _is_empty_sum(sentence: Sentence, given: Any) -> bool:
    told = pieces(sentence.text.zh)
    if any(spec in _DESCRIBED and not getattr(given, path) for _, path, spec in told):
        return True
    sums = [(path, spec) for _, path, spec in told if spec in _SUMS]
    return any(not any(map(_SUMS[spec], getattr(given, path))) for path, spec in sums)


def rows_of(value: Any) -> Sequence[Any]:
    """A list's rows, or those of a table: key, key2 and value."""
    if not isinstance(value, Mapping):
        return list(value)
    told: list[dict[str, Any]] = []
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            told += [{"key": key, "key2": key2, "value": each} for key2, each in inner.items()]
        else:
            told.append({"key": key, "value": inner})
    return told


def _term(
    rulebook: Programme, kind: str, sentence: Sentence, given: Any, names: Names, zh: str = "", en: str = ""
) -> Term:
    values: dict[str, Any] = {}
    made = {"zh": "", "en": ""}
    for lang, ending in (("zh", zh), ("en", en)):
        for words, path, register in spoken(sentence.text.of(lang)):
            made[lang] += words
            if chooses(register):
                made[lang] += f"{{{path.replace('.', '_')}:{register}}}"
            elif path:
                made[lang] += _filled(rulebook, kind, path, register, given, values, lang, names)
        made[lang] += ending if sentence.rows and not made[lang].endswith(ending) else ""
    return Term(Text(zh=made["zh"], en=_capital(made["en"], values)), values)


def _capital(said: str, values: dict[str, Any]) -> str:
    """An English sentence begins with a capital, also where a blank begins it."""
    opens = said.startswith("{")
    first = values.get(said[1 : said.index("}")].partition(":")[0]) if opens else None
    if isinstance(first, Text):
        values[said[1 : said.index("}")]] = Text(zh=first.zh, en=first.en[:1].upper() + first.en[1:])
    return said if opens else said[:1].upper() + said[1:]


def _filled(
    rulebook: Programme,
    kind: str,
    path: str,
    register: str,
    given: Any,
    values: dict[str, Any],
    lang: str,
    names: Names,
) -> str:
    """A blank of a sentence that is read: a placeholder and its value, or the name of a thing itself."""
    value = value_at(given, path)
    if register in _SUMS or register in _WHOLE_LISTS:
        told, way = _summed(rulebook, register, value), ""
    else:
        told, way = value_told(rulebook, blank_at(kind, path), path, register, value, names)
    if register in _QUIET and isinstance(told, Text):
        return told.of(lang)
    name = "_".join([*path.split("."), *((register,) if register in _SUMS else ())])
    values[name] = told
    return f"{{{name}:{way}}}" if way else f"{{{name}}}"


def value_told(
    rulebook: Programme, blank: Blank, path: str, register: str, value: Any, names: Names = NO_NAMES
) -> tuple[Any, str]:
    """A parameter's value as it is read, and the way it is said."""
    if blank.shape == DAY and value is not None:
        return value.of(2000).isoformat(), _WAYS[DAY]
    if blank.shape in _WAYS and value is not None:
        return str(value) if blank.shape == RATE else value, _WAYS[blank.shape]
    if blank.shape == CONDITION and value is not None:
        return condition_told(value, names), ""
    if register == LETTER and value is not None:
        return readable(value), ""
    if isinstance(value, list | tuple):
        return joined([named(rulebook, register, path, each) for each in value]), ""
    if register or blank.shape in (CHOICE, CHOICES, TRUTH):
        return named(rulebook, register, path, value) if register else said(path, value), ""
    if isinstance(value, Fraction):
        return as_number(value), ""
    return Text(zh=value.zh, en=value.en) if hasattr(value, "zh") else value, ""


def _rows_told(field: Any) -> Text:
    """A list as a form asks for it: what each row says, and how many there may be."""
    parts = joined([Text(zh=part.title.zh, en=part.title.en) for part in field.parts])
    most = (
        Text(zh=f"，至多 {field.most} 行", en=f", {field.most} {either(field.most, 'row', 'rows')} at most")
        if field.most
        else Text(zh="", en="")
    )
    return Text(zh=f"{field.title.zh}（{parts.zh}{most.zh}）", en=f"{field.title.en} ({parts.en}{most.en})")


def _summed(rulebook: Programme, register: str, value: Any) -> Any:
    if register == "required_count":
        return sum(1 for each in value if each.required)
    if register in _DESCRIBED:
        return joined([_DESCRIBED[register](rulebook, each) for each in value], "；", "; ")
    if register == "lists":
        return joined([_rows_told(each) for each in value if each.parts], "；", "; ")
    if register == "rungs":
        return joined([Text(zh=each.title.zh, en=each.title.en) for each in value])
    return joined([Text(zh=each.title.zh, en=each.title.en) for each in value if _SUMS[register](each)])


def value_at(given: Any, path: str) -> Any:
    """What a record or a row has at a path; None where something on the way is missing."""
    for part in path.split("."):
        if given is None:
            return None
        given = given.get(part) if isinstance(given, Mapping) else getattr(given, part)
    return given
