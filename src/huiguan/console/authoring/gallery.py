"""The shipped rulebooks to choose from, and a draft begun from one of them with its few questions answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from huiguan.checkout.queries import Sampled, sampled
from huiguan.console.acting import Acting
from huiguan.console.authoring.pages import Worth
from huiguan.console.wording import unit_title
from huiguan.design.markup import tongue
from huiguan.design.values import Refused, Words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text, language_of
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import OpenDraft
from huiguan.rules.compiling import RulebookRefused, compile_rulebook
from huiguan.rules.editing import clauses_in, head_in, head_rewritten, rewritten
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.sentences.answering import Posted, answered
from huiguan.rules.sentences.carrying import carried
from huiguan.rules.sentences.filling import FormRow, Line, Piece, Rows, form_of
from huiguan.rules.sentences.summing_up import in_short, sells
from huiguan.rules.sentences.telling import Term
from huiguan.rules.shelf import shelved, shipped, source_of

AMOUNT = 100_000
_TOO_LONG = ("statement", "profile", "procedure", "duty", "body")  # nothing to be answered before one begins
TEMPLATES = "/rulebook/templates/"
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore")
_SHOPS = Text(zh="门店：积分、折扣、储值", en="Shops: points, discounts, stored value")
_HOUSES = Text(zh="协会与组织：入会、会费、办事", en="Associations: joining, dues, procedures")
_TEMPLATE = Text(zh="章程", en="rulebook")
_MEMBER = {"zh": "会员", "en": "A member"}


@dataclass(frozen=True, slots=True)
class Card:
    """A shipped rulebook: `lines` what it does, `worths` a sample sale on each rung (none where nothing is sold by it), and
    how much of it acts."""

    name: str
    title: Text
    source: Words
    lines: Sequence[Term]
    worths: Sequence[Worth]
    acting: int
    waiting: int
    examples: int
    href: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rulebooks of one sort; `name` is the anchor."""

    name: str
    title: Text
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Question:
    """A clause whose figures the source left open; one fills them in before beginning."""

    id: str
    title: Text
    parts: Sequence[Line | Rows]


@dataclass(frozen=True, slots=True)
class BeginPage:
    """The few questions of a template. `drafts`: they begin a draft, which has a name of its own."""

    card: Card
    questions: Sequence[Question]
    name: str
    title_zh: str
    title_en: str
    zone: str
    zones: Sequence[str]
    shops: str
    why: str
    scoped: bool
    refused: Refused | None = None
    drafts: bool = True


def shelves(at: datetime, under: str = TEMPLATES) -> tuple[Shelf, ...]:
    """The shipped rulebooks, by name, each with its page at `under`: first those a till works by."""
    found = [card(at, name, under) for name in shipped()]
    return (
        Shelf("shops", _SHOPS, [each for each in found if each.worths]),
        Shelf("houses", _HOUSES, [each for each in found if not each.worths]),
    )


def card(at: datetime, name: str, under: str = TEMPLATES) -> Card:
    """One of them; NotFound where none is called so."""
    if name not in shipped():
        raise NotFound(field="template", what=_TEMPLATE, given=name)
    rulebook = compile_rulebook(source_of(name))
    clauses = rulebook.clauses.values()
    return Card(
        name=name,
        title=rulebook.title,
        source=rulebook.source or "",
        lines=in_short(rulebook),
        worths=[_worth(rulebook, each) for each in sampled(rulebook, amount=AMOUNT, at=at)] if sells(rulebook) else (),
        acting=sum(1 for each in clauses if each.waits_for is None and each.kind != "statement"),
        waiting=sum(1 for each in clauses if each.waits_for is not None),
        examples=sum(len(each.examples) for each in shelved(name)),
        href=f"{under}{name}/",
    )


def _worth(rulebook: Programme, each: Sampled) -> Worth:
    told = ", ".join(f"{amount:,}" for amount in each.earned.values())
    unit = unit_title(rulebook, next(iter(each.earned), ""))
    earned = Text(zh=f"{told} {unit.zh}", en=f"{told} {unit.en}") if told else Text(zh="不得分", en="nothing")
    tier = tier_ladder.title_of(rulebook, each.tier) if each.tier else _MEMBER
    return Worth(tier, each.due, None, earned, "", each.back, None)


def begin_page(
    at: datetime,
    name: str,
    posted: Posted | None = None,
    refused: Refused | None = None,
    *,
    source: str | None = None,
    drafts: bool = True,
) -> BeginPage:
    """The questions of a template, as they are answered so far: in `posted`, or before in `source`."""
    made = card(at, name)
    text = source or source_of(name).decode()
    rulebook = compile_rulebook(text)
    given = posted or {}
    head = head_in(text)
    answers = {id: _answered(id, plain, given) for id, plain in _open_clauses(text).items()}
    title = cast("Mapping[str, str]", head["title"])
    scope = rulebook.one("scope")
    return BeginPage(
        card=made,
        questions=[
            Question(id, rulebook.clauses[id].title, _prefixed(form_of(rulebook, str(p["kind"]), p, tongue()), id))
            for id, p in answers.items()
        ],
        name=_one(given, "name", str(head["rulebook"])),
        title_zh=_one(given, "title.zh", title["zh"]),
        title_en=_one(given, "title.en", title["en"]),
        zone=_one(given, "zone", str(head["zone"])),
        zones=ZONES,
        shops=_one(given, "shops", ""),
        why=_one(given, "why", ""),
        scoped=scope is not None,
        refused=refused,
        drafts=drafts,
    )


def begun(now: Acting, name: str, posted: Posted) -> int:
    """A draft begun from the template with the answers in it; its number. Refuses InvalidInput, RulebookRefused."""
    source = source_begun(name, posted)
    title = _one(posted, "why", "") or _one(posted, "title.zh", name)
    opened = programmes.open_draft(
        actor=now.actor, at=now.at, given=read(OpenDraft, {"title": title, "source": source})
    )
    return opened.number


def source_begun(name: str, posted: Posted) -> str:
    """A template's file with its questions answered. Refuses NotFound, and InvalidInput where it cannot be run so."""
    if name not in shipped():
        raise NotFound(field="template", what=_TEMPLATE, given=name)
    source = filled_in(source_of(name).decode(), posted)
    try:
        compile_rulebook(source)
    except RulebookRefused as wrong:
        raise InvalidInput(field="template", rule=wrong.findings[0].text) from wrong
    return source


def filled_in(source: str, posted: Posted) -> str:
    """A template's file with its questions answered."""
    head = head_in(source)
    title = cast("Mapping[str, str]", head["title"])
    both = {lang: _one(posted, f"title.{lang}", title[lang]) for lang in ("zh", "en")}
    name, zone = _one(posted, "name", str(head["rulebook"])), _one(posted, "zone", str(head["zone"]))
    source = head_rewritten(source, {"rulebook": name, "title": both, "zone": zone})
    for id, plain in _open_clauses(source).items():
        source = rewritten(source, id, _followed(plain, _answered(id, plain, posted)))
    shops = [code for code in re.split(r"[,，、;；\s]+", _one(posted, "shops", "")) if code]
    for id, plain in clauses_in(source).items():
        if plain["kind"] == "scope" and shops:
            source = rewritten(source, id, {**plain, "shops": shops})
    return source


def _followed(plain: Mapping[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The clause with its title and text brought in line with the figures that were filled in."""
    made = dict(wanted)
    for name in ("title", "text"):
        said = carried(str(plain["kind"]), Text(**plain[name]), plain, wanted).text
        made[name] = {"zh": said.zh, "en": said.en}
    return made


def _open_clauses(source: str) -> dict[str, dict[str, Any]]:
    """The clauses with a gap a figure fills, and the one that says what is earned."""
    known = clauses_in(source)
    rate = next((id for id, plain in known.items() if plain["kind"] == "earn" and "per" in plain), None)
    return {
        id: plain
        for id, plain in known.items()
        if id == rate or (plain.get("missing") and plain["kind"] not in _TOO_LONG)
    }


def _answered(id: str, plain: Mapping[str, Any], posted: Posted) -> dict[str, Any]:
    mine: dict[str, Sequence[str]] = {}
    for field, values in posted.items():
        before, tilde, rest = field.partition("~")
        if tilde and before.removeprefix("n.") == id:
            mine[f"n.{rest}" if before.startswith("n.") else rest] = values
    lang = language_of(_one(posted, "lang", tongue()))
    return answered(str(plain["kind"]), plain, mine, lang) if mine else dict(plain)


def _one(posted: Posted, name: str, otherwise: str) -> str:
    values = posted.get(name)
    return " ".join(values[-1].split()) if values and values[-1].strip() else otherwise


def _prefixed(parts: Sequence[Line | Rows], id: str) -> list[Line | Rows]:
    """A form whose fields bear their clause's id, so that several stand on one page; without what may be added."""
    made: list[Line | Rows] = []
    for part in parts:
        if isinstance(part, Rows):
            made.append(_rows(part, id))
        elif part.on:
            made.append(
                replace(part, pieces=_pieces(part.pieces, id), field=f"{id}~{part.field}" if part.field else "")
            )
    return made


def _pieces(pieces: Sequence[Piece], id: str) -> tuple[Piece, ...]:
    return tuple(
        replace(piece, control=replace(piece.control, name=f"{id}~{piece.control.name}")) if piece.control else piece
        for piece in pieces
    )


def _rows(rows: Rows, id: str) -> Rows:
    made = tuple(
        FormRow(row.place, _pieces(row.pieces, id), _rows(row.inner, id) if row.inner else None) for row in rows.rows
    )
    return replace(rows, count=f"n.{id}~{rows.count.removeprefix('n.')}", rows=made)
