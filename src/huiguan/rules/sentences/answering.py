"""A filled-in form as the clause's plain data: what was not touched is as it was, what was emptied is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any

from huiguan.rules.heads import Meta
from huiguan.rules.kinds import KINDS
from huiguan.rules.sentences import SENTENCES, wheres
from huiguan.rules.sentences.blanks import CHOICES, CONDITION, NUMBERS, WORDS, blank_at
from huiguan.rules.sentences.entering import alike, meant, meant_list
from huiguan.rules.sentences.filling import follows, is_table, viewed
from huiguan.rules.sentences.wording import READING, Sentence

Posted = Mapping[str, Sequence[str]]
_MOST_ROWS = 200


def answered(kind: str, plain: Mapping[str, Any], posted: Posted, lang: str) -> dict[str, Any]:
    """The clause `plain` with what was filled in. `posted`: field -> what it was sent with."""
    before = viewed(kind, plain)
    made = deepcopy(before)
    said = [(place, each) for place, each in enumerate(SENTENCES[kind]) if each.place != READING]
    on = [each for place, each in said if not each.rows and _is_said(place, each, posted)]
    _silence(kind, made, [each for _, each in said if not each.rows and each not in on], on)
    for sentence in on:
        made |= {name: value for name, value in sentence.sets.items() if made.get(name) != value or name not in made}
        for path in sentence.paths:
            _answer(kind, made, before, path, f"p.{path}", path, posted, lang)
    for path in dict.fromkeys(each.rows for _, each in said if each.rows and "." not in each.rows):
        if f"n.p.{path}" in posted:
            rows = list(_rows(kind, before.get(path), path, f"p.{path}", posted, lang))
            if rows or path in made:
                made[path] = rows
            if not rows and not _needed(kind, path):
                made.pop(path, None)
    return ordered(kind, plain, {name: _untabled(kind, name, value) for name, value in made.items()}, plain)


def _is_said(place: int, sentence: Sentence, posted: Posted) -> bool:
    return sentence.always or follows(sentence) or f"on.{place}" in posted


def _needed(kind: str, name: str) -> bool:
    field = KINDS[kind].Parameters.model_fields.get(name)
    return field is not None and bool(field.is_required())


def _silence(kind: str, made: dict[str, Any], off: Sequence[Sentence], on: Sequence[Sentence]) -> None:
    """Take out what only sentences say that are not said."""
    kept = {path.partition(".")[0] for each in on for path in (*each.paths, *each.sets)}
    for sentence in off:
        for name, value in sentence.sets.items():
            if name not in kept and made.get(name) == value and type(made.get(name)) is type(value):
                del made[name]
        for top in {path.partition(".")[0] for path in sentence.paths} - kept:
            if not _needed(kind, top):
                made.pop(top, None)


def _answer(
    kind: str,
    made: dict[str, Any],
    before: Mapping[str, Any],
    path: str,
    name: str,
    told: str,
    posted: Posted,
    lang: str,
) -> None:
    """Put one blank's answer at `path` of `made`; nothing posted leaves it as it is, save boxes nobody ticked."""
    blank = blank_at(kind, told)
    listed = blank.shape in (CHOICES, NUMBERS, WORDS)
    if blank.shape == CONDITION:
        _put(made, path, _condition(_at(before, path), name, posted))
    elif name in posted or (listed and f"n.{name}" in posted):
        was = _at(before, path)
        given = meant_list(blank, posted.get(name, ())) if listed else meant(blank, posted[name][-1], lang)
        if told == "shops" and listed and given in ([], ["all"]):
            given = "all"
        unsaid = was is None and not blank.needed and given in (blank.default, [], _file_default(blank.default))
        same = given == was if listed else alike(blank, was, given)
        if not same and not unsaid:
            _put(made, path, given if given != [] or blank.needed else None)


def _file_default(default: Any) -> Any:
    """A default of the record as it is typed."""
    if isinstance(default, Fraction):
        return str(default)
    return f"{default[0]:02d}-{default[1]:02d}" if isinstance(default, tuple) else default


def _condition(was: Any, name: str, posted: Posted) -> Any:
    if f"{name}.raw" in posted:
        typed = posted[f"{name}.raw"][-1]
        return was if typed.strip() == wheres.written(was) else wheres.read(typed)
    if f"n.{name}" not in posted:
        return was
    rows = tuple(
        wheres.Row(*(posted.get(f"{name}.{place}.{part}", ("",))[-1] for part in ("fact", "operator", "value")))
        for place in range(_count(posted, f"n.{name}"))
    )
    filled = tuple(row for row in rows if row.fact)
    return was if filled == wheres.rows_of(was) else wheres.plain_of(filled)


def _count(posted: Posted, name: str) -> int:
    text = posted.get(name, ("0",))[-1]
    return min(int(text), _MOST_ROWS) if text.isdecimal() and len(text) < 5 else 0


def _rows(kind: str, was: Any, path: str, name: str, posted: Posted, lang: str) -> Iterator[dict[str, Any]]:
    """The rows of a list as they were filled in; a row with nothing in it is none."""
    known = was if isinstance(was, list) else []
    for place in range(_count(posted, f"n.{name}")):
        row = deepcopy(known[place]) if place < len(known) and isinstance(known[place], dict) else {}
        before = deepcopy(row)
        for told in (each for sentence in SENTENCES[kind] if sentence.rows == path for each in sentence.paths):
            inside = told.removeprefix(f"{path}.")
            _answer(kind, row, before, inside, f"{name}.{place}.{inside}", told, posted, lang)
        for inner in {each.rows for each in SENTENCES[kind] if each.rows.startswith(f"{path}.")}:
            last = inner.rpartition(".")[2]
            if f"n.{name}.{place}.{last}" in posted:
                inners = list(_rows(kind, row.get(last), inner, f"{name}.{place}.{last}", posted, lang))
                row = {**row, last: inners} if inners else {key: each for key, each in row.items() if key != last}
        if place < len(known) or any(value not in (None, "", {}) for value in row.values()):
            yield row


def _put(made: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    here = made
    for part in way:
        inner = here.get(part)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = here[part] = {}
        here = inner
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value


def _at(plain: Mapping[str, Any], path: str) -> Any:
    here: Any = plain
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _untabled(kind: str, name: str, value: Any) -> Any:
    """Rows of a table as the table they are."""
    if not is_table(kind, name) or not isinstance(value, list):
        return value
    made: dict[str, Any] = {}
    for row in value:
        key = str(row.get("key", ""))
        if f"{name}.key2" in {path for each in SENTENCES[kind] for path in each.paths}:
            made.setdefault(key, {})[str(row.get("key2", ""))] = row.get("value", "")
        else:
            made[key] = row.get("value", "")
    return made


def ordered(kind: str, plain: Mapping[str, Any], made: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """The data in the file's order, what is new behind what the kind's record has before it."""
    names = [name for name in plain if name in made]
    record = [*Meta.model_fields, *KINDS[kind].Parameters.model_fields]
    for name in sorted((each for each in made if each not in names), key=_rank(record)):
        before = [
            each for each in names if each in record and name in record and record.index(each) < record.index(name)
        ]
        names.insert(names.index(before[-1]) + 1 if before else len(names), name)
    return {name: made[name] for name in names}


def _rank(record: Sequence[str]) -> Any:
    return lambda name: record.index(name) if name in record else len(record)
