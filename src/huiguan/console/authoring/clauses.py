"""One clause to be filled in: its form, what is wrong and where, its words, its examples, and who else speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from huiguan.console.authoring.drafting import Opened
from huiguan.console.authoring.meaning import means_of
from huiguan.console.authoring.overview import chapters_of, rows_of
from huiguan.console.authoring.pages import ClauseForm, Texts
from huiguan.console.rulebook.examples import written_examples
from huiguan.console.rulebook.pages import ExampleRow
from huiguan.console.rulebook.reading import waits_told
from huiguan.design.markup import tongue
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import LANGUAGES, Text
from huiguan.rules.editing import Insert, Move, Take, applied
from huiguan.rules.findings import REFUSE, Finding
from huiguan.rules.kinds import KINDS
from huiguan.rules.programme import Clause
from huiguan.rules.sentences import SENTENCES
from huiguan.rules.sentences.answering import Posted, answered
from huiguan.rules.sentences.carrying import carried
from huiguan.rules.sentences.filling import Line, Rows, fields_of, form_of, is_table, known_kind, viewed

_FILL_IN = Text(zh="这里要填", en="fill this in")
_CLAUSE = Text(zh="条款", en="clause")
_REGISTERED = ("tier", "tier_or_any", "benefit", "grant", "unit")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in: the clause as wanted, its figures the text does not say, and the text as set by itself."""

    wanted: dict[str, Any]
    missed: tuple[str, ...] = ()
    auto: Mapping[str, str] = field(default_factory=dict)


def clause_of(on: Opened, clause: str) -> Mapping[str, Any]:
    """A clause of the draft as plain data; NotFound where there is none with a form."""
    plain = on.plains.get(clause)
    if plain is None or not known_kind(plain.get("kind")):
        raise NotFound(field="clause", what=_CLAUSE, given=clause)
    return plain


def untouched(on: Opened, clause: str) -> Filled:
    plain = dict(clause_of(on, clause))
    return Filled(plain, (), _texts(plain))


def filled(on: Opened, clause: str, posted: Posted, lang: str) -> Filled:
    """What was sent, laid into the clause as saved; the member's text follows its figures until somebody writes it."""
    plain = clause_of(on, clause)
    wanted = answered(str(plain["kind"]), plain, posted, lang)
    text = _texts(plain)
    follows = carried(str(plain["kind"]), Text(**text), plain, wanted)
    auto = {each: follows.text.of(each) for each in LANGUAGES}
    made: dict[str, str] = {}
    for each in LANGUAGES:
        typed = _one_line(posted, f"text.{each}")
        unwritten = typed is None or typed == _one_line(posted, f"auto.{each}")
        made[each] = auto[each] if unwritten or typed is None else typed
    title = carried(str(plain["kind"]), Text(**_texts(plain, "title")), plain, wanted).text
    wanted = _worded(wanted, made, title, posted)
    own = any(made[each] != auto[each] for each in LANGUAGES)
    return Filled(wanted, () if own else follows.missed, auto)


def _worded(wanted: dict[str, Any], text: Mapping[str, str], followed: Text, posted: Posted) -> dict[str, Any]:
    """The clause with its words: what a member reads, its title (`followed` until somebody writes it), number, source."""
    made = {**wanted, "text": {**_mapping(wanted.get("text")), **text}} if text != _texts(wanted) else wanted
    known = _mapping(made.get("title"))
    typed = {each: _one_line(posted, f"title.{each}") for each in LANGUAGES}
    as_it_was = {each for each, value in typed.items() if value is None or value == known.get(each, "")}
    title = {each: followed.of(each) if each in as_it_was else value for each, value in typed.items()}
    if any(value != known.get(each, "") for each, value in title.items()):
        made = {**made, "title": {**known, **title}}
    for name in ("number", "source"):
        value = _one_line(posted, name)
        if value is not None and value != str(made.get(name, "")):
            made = {**made, name: value}
    return made


def _one_line(posted: Posted, name: str) -> str | None:
    values = posted.get(name)
    return " ".join(values[-1].split()) if values else None


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _texts(plain: Mapping[str, Any], name: str = "text") -> dict[str, str]:
    told = _mapping(plain.get(name))
    return {each: str(told.get(each, "")) for each in LANGUAGES}


def done(kind: str, wanted: Mapping[str, Any], deed: str) -> dict[str, Any]:
    """Rows added, taken out or moved: `add:promote`, `drop:promote:1`, `up:promote:1`, on the clause as filled in."""
    what, _, rest = deed.partition(":")
    path, _, place = rest.rpartition(":") if what != "add" else (rest, "", "")
    view = viewed(kind, wanted)
    way = tuple(int(part) if part.isdecimal() else part for part in path.split("."))
    try:
        if what == "add":
            made = applied(view, [Insert(way, 10_000, {})])
        elif what == "drop":
            made = applied(view, [Take((*way, int(place)))])
        else:
            made = applied(view, [Move(way, int(place), max(int(place) - 1, 0))])
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return dict(wanted)
    return made


def clause_form(
    on: Opened, clause: str, given: Filled, *, view: Mapping[str, Any] | None = None, part: bool = False
) -> ClauseForm:
    """The page of one clause. `view`: the clause with rows as they are on the page, where one was just added;
    `part`: only what changes while somebody types."""
    plain, lang = clause_of(on, clause), tongue()
    kind = str(plain["kind"])
    means, findings = means_of(on, clause, given.wanted, given.missed)
    parts = form_of(on.rulebook, kind, view if view is not None else given.wanted, lang)
    errors, loose = placed(kind, given.wanted, parts, [e for e in findings if e.clause == clause])
    rows = rows_of(on, clause)
    place = [row.id for row in rows].index(clause)
    speaking = set() if part else set(_speaking(on, clause, given.wanted))
    compiled = _compiled(on, clause)
    return ClauseForm(
        draft=on.head,
        id=clause,
        number=str(plain.get("number") or clause),
        title=rows[place].title,
        kind=KINDS[kind].TITLE,
        parts=parts,
        texts=_texts_of(kind, given),
        means=means,
        chapters=chapters_of(on, rows),
        errors=errors,
        loose=loose,
        examples=() if part else _examples(on, clause),
        others=[row for row in rows if row.id in speaking],
        before=rows[place - 1] if place else None,
        after=rows[place + 1] if place + 1 < len(rows) else None,
        waits=waits_told(compiled) if compiled and compiled.waits_for else "",
        file_line=compiled.line if compiled else next((e.line for e in findings if e.clause == clause), 0),
        lang=lang,
        blanks=len(parts),
    )


def _examples(on: Opened, clause: str) -> list[ExampleRow]:
    """The examples of the clause, each with how it came out where the draft as saved was proved."""
    rows = written_examples(on.rulebook.name if on.rulebook else "", clause)
    if on.draft.proof is None:
        return rows
    # What was set aside with a reason neither agrees nor stands in the way.
    failed = {each["says"]: each["text"] for each in on.draft.proof.failed if each["clause"] == clause}
    aside = {each["says"] for each in on.draft.proof.aside if each["clause"] == clause}
    judged = (None if row.says in aside else row.says not in failed for row in rows)
    return [
        replace(row, passed=passed, message=failed.get(row.says, "")) for row, passed in zip(rows, judged, strict=True)
    ]


def _compiled(on: Opened, clause: str) -> Clause | None:
    return on.examined[0].clauses.get(clause) if on.examined[0] else None


def _texts_of(kind: str, given: Filled) -> Texts:
    wanted = given.wanted
    title, text = _texts(wanted, "title"), _texts(wanted)
    titled = not any("title.zh" in sentence.paths for sentence in SENTENCES[kind])
    return Texts(
        title["zh"], title["en"], text["zh"], text["en"], given.auto.get("zh", ""), given.auto.get("en", ""),
        str(wanted.get("number", "")), str(wanted.get("source", "")), titled,
    )  # fmt: skip


def placed(
    kind: str, wanted: Mapping[str, Any], parts: Sequence[Line | Rows], findings: Sequence[Finding]
) -> tuple[dict[str, Text], list[Text]]:
    """What is wrong by the field it is wrong in, and what has no field."""
    names = [control.name for control in fields_of(parts)]
    errors: dict[str, Text] = {}
    loose: list[Text] = []
    for finding in findings:
        if finding.level != REFUSE:
            continue
        path = _viewed_path(kind, wanted, finding.path)
        near = [name for name in names if name == f"p.{path}"] or [
            name for name in names if path and (name.startswith(f"p.{path}.") or f"p.{path}".startswith(f"{name}."))
        ]
        if near:
            errors.setdefault(near[0], _at_the_blank(finding))
        else:
            loose.append(finding.text)
    return errors, loose


def _at_the_blank(finding: Finding) -> Text:
    """A finding where its blank is: nobody needs to be told the parameter's name."""
    if finding.code == "missing_key":
        return _FILL_IN
    key = finding.path
    return Text(zh=finding.text.zh.removeprefix(f"“{key}”"), en=finding.text.en.removeprefix(f"{key}: "))


def _viewed_path(kind: str, wanted: Mapping[str, Any], path: str) -> str:
    """A path of the file as a path of the form: a table's words are its rows."""
    name, *rest = path.split(".")
    if not is_table(kind, name) or not rest:
        return path
    rows = viewed(kind, wanted)[name]
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        if row.get("key") == rest[0] and (len(rest) < 2 or row.get("key2") == rest[1]):
            return f"{name}.{place}.value"
    return name


def _speaking(on: Opened, clause: str, wanted: Mapping[str, Any]) -> Iterator[str]:
    """Clauses that name a tier, a benefit, a coupon or, of the same kind, a unit that this one names."""
    mine = set(_names(on, str(wanted["kind"]), wanted))
    for id, plain in on.plains.items():
        if id == clause or not known_kind(plain.get("kind")):
            continue
        shared = set(_names(on, str(plain["kind"]), plain)) & mine
        if any(register != "unit" or plain["kind"] == wanted["kind"] for register, _ in shared):
            yield id


def _names(on: Opened, kind: str, plain: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if kind == "grant":
        yield "grant", str(plain.get("name"))
    if kind == "tier_ladder":
        yield from (("tier", str(rung.get("tier"))) for rung in plain.get("rungs") or () if isinstance(rung, Mapping))
    registers = {path: each for sentence in SENTENCES[kind] for path, each in sentence.registers if each in _REGISTERED}
    for control in fields_of(form_of(on.rulebook, kind, plain, "en")):
        register = registers.get(control.path)
        if register:
            told = "tier" if register == "tier_or_any" else register
            yield from ((told, word) for word in (control.chosen or (control.value,)) if word and word != "any")
