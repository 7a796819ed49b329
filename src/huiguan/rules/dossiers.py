"""A dossier looked at: its lines, which papers serve for each, and what each lacks. Pure; the kind of that name asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from huiguan.kernel.records import record
from huiguan.kernel.text import Text, either
from huiguan.rules.effects import Reason
from huiguan.rules.papers import Handed, Item, Paper, Wrong, due, faults, periods, stands_in
from huiguan.rules.programme import Clause, Programme

State = Literal["complete", "missing", "wrong", "optional"]
_WORDS = {
    "original": Text(zh="正本", en="the original"),
    "duplicate": Text(zh="副本", en="the duplicate"),
    "copy": Text(zh="复印件", en="a copy"),
    "unsaid": Text(zh="未写明的形式", en="something unsaid"),
    "number": Text(zh="编号", en="its number"),
    "issuer": Text(zh="发证机关", en="who issued it"),
    "issued": Text(zh="签发日期", en="when it was issued"),
    "expires": Text(zh="有效期", en="until when it is valid"),
}
# Whose paper it is, by the person's role beside the organisation.
WHOSE = {
    "legal_representative": Text(zh="法定代表人", en="legal representative"),
    "handler": Text(zh="经办人", en="person handling it"),
    "contact": Text(zh="联系人", en="contact"),
    "applicant": Text(zh="申请人", en="applicant"),
    "guardian": Text(zh="监护人", en="guardian"),
}


@record
class Line:
    """How one line of a dossier stands. `state`: complete, missing (nothing serves), wrong (something does, and `reason`
    says what it lacks), optional (nothing there, nothing needed); `blocks` where the dossier is not complete by it.
    `papers` serve for it, `flags` are what the reviewer should see of them all the same."""

    clause: str
    doc: str
    title: Text
    state: State
    blocks: bool
    reason: Reason
    papers: tuple[str, ...] = ()
    flags: tuple[Reason, ...] = ()
    period: str = ""
    whose: str = ""
    template: str | None = None


@record
class Standing:
    """How a dossier stands: every line, and whether all that must be there is."""

    dossier: str
    title: Text
    complete: bool
    lines: tuple[Line, ...]

    @property
    def open(self) -> tuple[Line, ...]:
        """The lines that stand in the way."""
        return tuple(line for line in self.lines if line.blocks)


def _of(clause: Clause) -> Any:
    return clause.parameters


def names(programme: Programme) -> dict[str, Text]:
    """The dossiers there are, and what each is called."""
    found: dict[str, Text] = {}
    for clause in programme.of("dossier"):
        called = _of(clause).called
        if called is not None or _of(clause).dossier not in found:
            found[_of(clause).dossier] = clause.title if called is None else called
    return found


def items(programme: Programme, name: str) -> tuple[tuple[Clause, Item], ...]:
    """The lines of a dossier in the file's order, each with its clause."""
    clauses = [clause for clause in programme.of("dossier") if _of(clause).dossier == name]
    return tuple((clause, item) for clause in clauses for item in _of(clause).items)


def docs(programme: Programme) -> dict[str, Text]:
    """Every paper some dossier asks for, by its word."""
    found: dict[str, Text] = {}
    for clause in programme.of("dossier"):
        for item in _of(clause).items:
            found.setdefault(item.doc, item.title)
    return found


def parts(programme: Programme, name: str, doc: str) -> tuple[Any, ...]:
    clauses = [clause for clause in programme.of("dossier") if _of(clause).dossier == name]
    return tuple(part for clause in clauses for part in _of(clause).parts if part.of == doc)


def every(programme: Programme, name: str) -> frozenset[str]:
    """What is asked of every paper of a dossier."""
    clauses = [clause for clause in programme.of("dossier") if _of(clause).dossier == name]
    return frozenset(each for clause in clauses for each in _of(clause).every)


def standing(programme: Programme, name: str, handed: Handed, day: date) -> Standing:
    """How the dossier `name` stands on local `day` with what was `handed` in."""
    lines = tuple(_Judge(programme, name, handed, day).lines())
    title = names(programme).get(name, Text(zh=name, en=name))
    return Standing(name, title, not any(line.blocks for line in lines), lines)


@record
class _Asked:
    """One line being looked at: the clause's item, the papers that serve for it, and what is wrong with each."""

    clause: Clause
    item: Item
    title: Text
    period: str
    whose: str
    papers: tuple[Paper, ...]
    wrong: dict[str, tuple[Wrong, ...]]  # by the paper's reference

    @property
    def good(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if not self.wrong[paper.reference])


class _Judge:
    """A dossier looked at: its lines, one after the other."""

    def __init__(self, programme: Programme, name: str, handed: Handed, day: date) -> None:
        self.programme, self.name, self.handed, self.day = programme, name, handed, day
        self.every = every(programme, name)
        self.listed = items(programme, name)

    def lines(self) -> Iterator[Line]:
        """One line of each item that is asked for; one a fiscal year, or a person, where the item says so."""
        for clause, item in self.listed:
            if due(item, self.handed):
                for period in periods(item, self.handed) if item.each_of else ("",):
                    for whose in item.whose or ("",):
                        yield self._line(self._asked(clause, item, period, whose))

    def _asked(self, clause: Clause, item: Item, period: str = "", whose: str = "") -> _Asked:
        """Papers of the item itself, and of those that satisfy it: each is judged as what it was handed in as."""
        giving = [item, *(each for _, each in self.listed if item.doc in each.satisfies)]
        found = [
            (each, paper)
            for each in giving
            for paper in self.handed.papers
            if paper.doc == each.doc and (each is item or stands_in(each, paper))
            if (paper.period == period or not item.each_of) and (paper.whose == whose or not item.whose)
        ]
        wrong = {
            paper.reference: tuple(faults(each, self.every, paper, self.handed.applied, self.day))
            for each, paper in found
        }
        told = _titled(item.title, period, whose)
        return _Asked(clause, item, told, period, whose, tuple(paper for _, paper in found), wrong)

    def _line(self, asked: _Asked) -> Line:
        item = asked.item
        say, values = self._verdict(asked)
        state = _STATES.get(say, "wrong")
        flags = tuple(
            _reason(asked, each.say, each.values) for of in asked.wrong.values() for each in of if each.say != say
        )
        return Line(
            asked.clause.id, item.doc, asked.title, state, state in ("missing", "wrong") and not item.optional,
            _reason(asked, say, values), tuple(paper.reference for paper in asked.papers), flags, asked.period,
            asked.whose, item.template,
        )  # fmt: skip

    def _verdict(self, asked: _Asked) -> tuple[str, Mapping[str, Any]]:
        """What is said of the line: complete, or what it lacks most."""
        several = parts(self.programme, self.name, asked.item.doc)
        if several and asked.papers:
            return _of_parts(several, asked.good)
        have, want = len(asked.good), asked.item.min or 1
        if asked.item.pairs_with is not None and asked.papers:
            have, companion = self._pairs(asked)
            if len(asked.good) >= want > have:
                return "unpaired", {"with": _both(companion), "have": have, "want": want}
        if have >= want:
            return "complete", {}
        if not asked.papers:
            return ("optional", {}) if asked.item.optional else ("missing", {})
        if len(asked.papers) < want:
            return "too_few", {"have": have, "want": want}
        first = (of[0] for of in asked.wrong.values() if of)
        nearest = max(first, key=lambda each: each.place)
        return nearest.say, nearest.values

    def _pairs(self, asked: _Asked) -> tuple[int, Text]:
        """How many good papers have a good companion, and what that is called."""
        for clause, other in self.listed:
            if other.doc == asked.item.pairs_with:
                beside = Counter(paper.pair for paper in self._asked(clause, other).good if paper.pair)
                own = Counter(paper.pair for paper in asked.good if paper.pair)
                return (own & beside).total(), other.title
        return 0, asked.title


_STATES: dict[str, State] = {"complete": "complete", "optional": "optional", "missing": "missing"}


def _of_parts(several: Sequence[Any], good: Sequence[Paper]) -> tuple[str, Mapping[str, Any]]:
    have = {paper.part for paper in good}
    lacking = [_both(part.title) for part in several if part.part not in have]
    values = {"have": len(several) - len(lacking), "want": len(several), "lacking": lacking}
    return ("parts" if lacking else "complete"), values


def _titled(title: Text, period: str, whose: str) -> Text:
    """The line's title with the year or the person it is of."""
    of_year = Text(zh=f"{period} 年度{title.zh}", en=f"{title.en} for {period}") if period else title
    person = WHOSE.get(whose, Text(zh=whose, en=whose))
    return Text(zh=f"{person.zh}的{of_year.zh}", en=f"{of_year.en} of the {person.en}") if whose else of_year


def _reason(asked: _Asked, say: str, values: Mapping[str, Any]) -> Reason:
    told = {name: _word(name, value) for name, value in values.items()}
    return Reason(asked.clause.id, say, say == "complete", {"title": _both(asked.title), **told})


def _word(name: str, value: Any) -> Any:
    """A word of the record as people read it."""
    if name in ("form", "given") and value in _WORDS:
        return _both(_WORDS[value])
    return [_both(_WORDS[each]) for each in value] if name == "wants" else value


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def described(programme: Programme, item: Item) -> Text:
    """A line of a dossier in a few words: its name, and in brackets what is asked of it."""
    asked = list(_demands(programme, item))
    zh, en = "，".join(each.zh for each in asked), ", ".join(each.en for each in asked)
    return Text(zh=f"{item.title.zh}（{zh}）", en=f"{item.title.en} ({en})") if asked else item.title


def _demands(programme: Programme, item: Item) -> Iterator[Text]:
    if item.form is not None:
        yield _WORDS[item.form]
    if item.stamp:
        yield Text(zh="盖公章", en="stamped")
    if item.copies is not None:
        yield Text(zh=f"纸质件 {item.copies} 份", en=f"{item.copies} on paper")
    if item.whose:
        people = [WHOSE.get(each, Text(zh=each, en=each)) for each in item.whose]
        yield Text(
            zh="、".join(each.zh for each in people) + "各一份", en="of the " + " and the ".join(e.en for e in people)
        )
    if item.each_of is not None:
        yield Text(
            zh=f"近 {item.each_of} 个会计年度各一份",
            en=f"one for each of the last {item.each_of} fiscal {either(item.each_of, 'year', 'years')}",
        )
    if item.within is not None:
        yield Text(zh=f"申请前 {_span_zh(item.within)}以内", en=f"of the {item.within} before the application")
    if item.min is not None:
        yield Text(zh=f"至少 {item.min} 份", en=f"{item.min} or more")
    if item.if_field is not None:
        answers = [_answer(programme, item.if_field, each) for each in item.if_is]
        yield Text(zh="、".join(each.zh for each in answers) + "才要", en="where " + " or ".join(e.en for e in answers))
    if item.optional:
        yield Text(zh="有就交", en="only where there is one")


def _span_zh(span: str) -> str:
    count, _, unit = span.partition(" ")
    return f"{count} {({'d': '天', 'm': '个月', 'y': '年'})[unit[0]]}"


def _answer(programme: Programme, field: str, value: str) -> Text:
    """An answer of the form as people read it."""
    listing = (*programme.of("profile"), *programme.of("procedure"))
    fields = [each for clause in listing for each in _of(clause).fields if each.name == field]
    choices: dict[str, Text] = {choice.value: choice.title for each in fields for choice in each.choices}
    return choices.get(value, Text(zh=value, en=value))


def part_described(programme: Programme, part: Any) -> Text:
    """One of the papers that make up a line."""
    return Text(zh=part.title.zh, en=part.title.en)
