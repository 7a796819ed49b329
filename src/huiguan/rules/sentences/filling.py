"""A clause as a form: its sentences with their blanks, and what somebody filled in as plain data again.

A form is drawn from the file's own data, not from the record it compiles to: a half-written clause has its form too. A
form that comes back as it went gives the data it was drawn from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from huiguan.kernel.text import Text
from huiguan.rules.kinds import KINDS
from huiguan.rules.programme import Programme
from huiguan.rules.sentences import SENTENCES, wheres
from huiguan.rules.sentences.blanks import (
    CHOICE,
    CHOICES,
    CONDITION,
    NUMBERS,
    RATE,
    TRUTH,
    WORDS,
    Blank,
    blank_at,
)
from huiguan.rules.sentences.entering import read_out, shown
from huiguan.rules.sentences.registers import REGISTERS
from huiguan.rules.sentences.telling import rows_of
from huiguan.rules.sentences.wording import READING, Sentence, pieces
from huiguan.rules.sentences.words import said
from huiguan.rules.vocabulary import Subject

Option = tuple[str, Text]


@dataclass(frozen=True, slots=True)
class Control:
    """A blank to be filled in. `name` is its field's; `way`: text, pick (one of `options`), chips (any of them), where
    (`wheres`, or `value` as the file writes it where there are none to be had). `before`, `after`: ¥, 折."""

    name: str
    path: str
    way: str
    value: str = ""
    chosen: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    wheres: tuple[wheres.Row, ...] | None = None
    facts: tuple[Option, ...] = ()
    before: str = ""
    after: str = ""
    shape: str = ""
    needed: bool = False

    @property
    def settled(self) -> bool:
        """Whether there is nothing to choose: the only name there is, and a name is needed."""
        return self.needed and self.way == "pick" and [value for value, _ in self.options] == [self.value]

    @property
    def only(self) -> Text:
        return self.options[0][1]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and the blank behind them."""

    words: str
    control: Control | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the form. `field` is the box that says whether it is said, '' where it always is."""

    pieces: tuple[Piece, ...]
    on: bool = True
    field: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a list: its sentence, and the rows of a list within it."""

    place: int
    pieces: tuple[Piece, ...]
    inner: Rows | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A list said row by row. `path` is where a row is put; `count` the field that says how many there are."""

    path: str
    count: str
    rows: tuple[FormRow, ...]
    blank: str


def form_of(rulebook: Programme | None, kind: str, plain: Mapping[str, Any], lang: str) -> tuple[Line | Rows, ...]:
    """A clause's form, in the order of its kind's sentences. `rulebook` gives the names to choose from."""
    return tuple(_Form(rulebook, kind, viewed(kind, plain), lang).parts())


def viewed(kind: str, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The clause with its tables as rows of key, key2 and value."""
    return {name: _listed(kind, name, value) for name, value in plain.items()}


def _listed(kind: str, name: str, value: Any) -> Any:
    return rows_of(value) if is_table(kind, name) and isinstance(value, Mapping) else value


def is_table(kind: str, name: str) -> bool:
    """Whether a parameter is a table: word, colon, value."""
    return any(sentence.rows == name and f"{name}.key" in sentence.paths for sentence in SENTENCES[kind])


def is_on(sentence: Sentence, plain: Mapping[str, Any]) -> bool:
    """Whether a clause says this sentence, as its file stands."""
    if sentence.always:
        return True
    if sentence.sets:
        return all(name in plain and plain[name] == value for name, value in sentence.sets.items())
    return plain.get(sentence.tops[0]) not in (None, [], {}) or any(
        plain.get(top) not in (None, [], {}) for top in sentence.tops if not follows(sentence)
    )


def follows(sentence: Sentence) -> bool:
    """Whether a sentence is said because another parameter stands, and cannot be taken away by itself."""
    return bool(sentence.when) and sentence.when[0] not in {path.partition(".")[0] for path in sentence.paths}


@dataclass
class _Form:
    """One form being drawn. A blank is a field where it is said first, and words where it is said again."""

    rulebook: Programme | None
    kind: str
    plain: dict[str, Any]
    lang: str

    def __post_init__(self) -> None:
        self.drawn: set[str] = set()

    def parts(self) -> Iterator[Line | Rows]:
        listed: set[str] = set()
        sentences = [(place, each) for place, each in enumerate(SENTENCES[self.kind]) if each.place != READING]
        for wanted in (True, False):  # those that are said draw their blanks first
            for place, sentence in sentences:
                if sentence.rows:
                    if wanted and sentence.rows not in listed and "." not in sentence.rows:
                        listed.add(sentence.rows)
                        yield self.rows(sentence.rows, self.plain.get(sentence.rows))
                elif is_on(sentence, self.plain) == wanted and (wanted or not follows(sentence)):
                    free = not (sentence.always or follows(sentence))
                    yield Line(tuple(self.pieces(sentence, "p", self.plain)), wanted, f"on.{place}" if free else "")

    def rows(self, path: str, value: Any, prefix: str = "p") -> Rows:
        name = path.rpartition(".")[2]
        rows = value if isinstance(value, list) else []
        made = tuple(self.row(path, f"{prefix}.{name}.{place}", place, row) for place, row in enumerate(rows))
        sentence = next(each for each in SENTENCES[self.kind] if each.rows == path and each.place != READING)
        return Rows(
            f"{prefix}.{name}".removeprefix("p."), f"n.{prefix}.{name}", made, _bare(sentence.text.of(self.lang))
        )

    def row(self, path: str, prefix: str, place: int, row: Any) -> FormRow:
        inside = row if isinstance(row, Mapping) else {}
        told: list[Piece] = []
        for sentence in SENTENCES[self.kind]:
            if sentence.rows == path and sentence.place != READING:
                told += [Piece("，" if self.lang == "zh" else ", ")] if told else []
                told += self.pieces(sentence, prefix, inside, path)
        within = dict.fromkeys(each.rows for each in SENTENCES[self.kind] if each.rows.rpartition(".")[0] == path)
        inner = next((rows for rows in within if _has_rows(rows.rpartition(".")[2], inside)), None)
        nested = self.rows(inner, inside.get(inner.rpartition(".")[2]), prefix) if inner else None
        return FormRow(place, tuple(told), nested)

    def pieces(self, sentence: Sentence, prefix: str, plain: Mapping[str, Any], rows: str = "") -> Iterator[Piece]:
        for words, path, register in pieces(sentence.text.of(self.lang)):
            if not path:
                yield Piece(words)
                continue
            inside = path.removeprefix(f"{rows}.") if rows else path
            name = f"{prefix}.{inside}"
            again = name in self.drawn
            self.drawn.add(name)
            control = self.control(name, path, register, _at(plain, inside))
            yield Piece(words + _said(control, self.lang)) if again else Piece(words, control)

    def control(self, name: str, path: str, register: str, value: Any) -> Control:
        blank = blank_at(self.kind, path)
        if blank.shape == CONDITION:
            return _where(name, path, blank, value)
        if value is None and not blank.needed:
            value = _plain_default(blank.default)
        options = self.options(blank, path, register, value)
        if blank.shape in (CHOICES, NUMBERS) or (blank.shape == WORDS and options):
            chosen = tuple(str(each) for each in value) if isinstance(value, list) else ()
            return Control(name, path, "chips", chosen=chosen, options=options, shape=blank.shape, needed=blank.needed)
        text = shown(blank, value, self.lang)
        before, after = _units(blank, self.lang, text)
        way = "pick" if options else "text"
        return Control(
            name, path, way, text, options=options, before=before, after=after, shape=blank.shape, needed=blank.needed
        )

    def options(self, blank: Blank, path: str, register: str, value: Any) -> tuple[Option, ...]:
        known: dict[str, Text] = {}
        if blank.shape == NUMBERS:
            known = {str(each): Text(zh=f"{each} 月", en=_MONTHS[each - 1]) for each in blank.choices}
        elif blank.shape in (CHOICE, CHOICES):
            known = {str(each): said(path, each) for each in blank.choices}
        elif blank.shape == TRUTH:
            known = {each: said(path, each) for each in ("true", "false")}
        elif register in REGISTERS:
            known = dict(REGISTERS[register](self.rulebook)) if self.rulebook else {}
        for each in value if isinstance(value, list) else [value]:
            text = shown(Blank(blank.shape), each, self.lang) if not isinstance(each, list | dict) else ""
            if known and text and text not in known:
                known[text] = Text(zh=text, en=text)
        return tuple(known.items())


_ROWS_OF = {"choices": "choice", "parts": "list"}  # the type of a field that has such rows


def _has_rows(name: str, row: Mapping[str, Any]) -> bool:
    """Whether a row has rows of its own of this name: choices where there is something to choose, parts where it is a
    list, anything else always."""
    wanted = _ROWS_OF.get(name)
    return wanted is None or row.get("type") == wanted or bool(row.get(name))


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _where(name: str, path: str, blank: Blank, value: Any) -> Control:
    rows = wheres.rows_of(value)
    facts = tuple(wheres.comparisons_for(cast(Subject, blank.subject)).items())
    return Control(name, path, "where", wheres.written(value), wheres=rows, facts=facts, shape=CONDITION)


def _units(blank: Blank, lang: str, text: str) -> tuple[str, str]:
    if blank.shape == "money":
        return "¥", ""
    plain = text.replace(".", "").isdecimal() or not text
    return ("", "折" if lang == "zh" else "% off") if blank.shape == RATE and plain else ("", "")


def _plain_default(default: Any) -> Any:
    """A default of the record as the file would write it."""
    if isinstance(default, tuple):
        return f"{default[0]:02d}-{default[1]:02d}"
    return default if default != 0 or isinstance(default, bool) else None


def _said(control: Control, lang: str) -> str:
    """A blank that is said again: its words."""
    known = {value: text.of(lang) for value, text in control.options}
    between = "、" if lang == "zh" else ", "
    if control.way == "chips":
        return between.join(known.get(each, each) for each in control.chosen) or "…"
    return known.get(control.value, read_out(control.shape, control.value)) or "…"


def _at(plain: Mapping[str, Any], path: str) -> Any:
    here: Any = plain
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _bare(text: str) -> str:
    """A sentence with its blanks left open, to name what may be added."""
    return "".join(words + ("…" if path else "") for words, path, _ in pieces(text))


def known_kind(kind: Any) -> bool:
    return isinstance(kind, str) and kind in KINDS


def fields_of(parts: Sequence[Line | Rows]) -> Iterator[Control]:
    """Every blank of a form."""
    for part in parts:
        lines = [part] if isinstance(part, Line) else []
        yield from (piece.control for line in lines for piece in line.pieces if piece.control)
        if isinstance(part, Rows):
            for row in part.rows:
                yield from (piece.control for piece in row.pieces if piece.control)
                if row.inner:
                    yield from fields_of((row.inner,))
