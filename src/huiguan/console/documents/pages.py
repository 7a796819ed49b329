"""What the pages of papers are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.design.values import Mark, Refused, Words
from huiguan.documents.values import DocumentView, ReadingView, SignedView, TemplateView, VersionView


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper in a list. `about`: form, whose, year; `until` its last day, `over` where that has passed."""

    href: str
    title: Words
    about: Words
    mark: Mark
    seen: bool
    until: date | None
    over: bool
    file: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SignRow:
    """Something to sign: who has not, or by whom and when it was."""

    name: str
    edition: str
    title: Words
    words: Words
    mark: Mark
    why: Words
    role: str = ""
    signed: Sequence[tuple[Words, SignedView]] = ()


@dataclass(frozen=True, slots=True)
class MemberPapers:
    """The papers of a member, what may be handed in (`docs`), and what is to be signed."""

    number: str
    name: str
    href: str
    rows: Sequence[PaperRow]
    docs: Sequence[tuple[str, Words]]
    whose: Sequence[tuple[str, Words]]
    signs: Sequence[SignRow]
    key: str
    refused: Refused | None = None
    told: dict[str, str] | None = None
    most: int = 10


@dataclass(frozen=True, slots=True)
class OnePaper:
    """One paper: what was told of it, what was found, its versions, who read it. `picture`: it can be shown here."""

    view: DocumentView
    title: Words
    mark: Mark
    facts: Sequence[tuple[Words, Words]]
    versions: Sequence[VersionView]
    readings: Sequence[ReadingView]
    picture: bool
    name: str
    href: str
    key: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The templates in use."""

    rows: Sequence[TemplateView]
    key: str
    refused: Refused | None = None
