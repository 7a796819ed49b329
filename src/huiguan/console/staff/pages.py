"""What the pages of the staff are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.console.pages import Act
from huiguan.design.values import Mark, Refused, Words

Choice = tuple[str, Words, bool]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person in the list: her posts in one line each, what she signs in with, when she was last here."""

    name: str
    username: str
    href: str
    phone: str
    posts: Sequence[Words]
    factors: Sequence[Words]
    seen_at: datetime | None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class StaffListPage:
    """`asked`: the filters as given; `posts`, `shops`, `states`: value, label, chosen."""

    rows: Sequence[StaffRow]
    asked: dict[str, str]
    posts: Sequence[Choice]
    shops: Sequence[Choice]
    states: Sequence[Choice]
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post of a person's: `end_href` asks whether it ends; `coming`: not begun."""

    title: Words
    href: str
    place: Words
    period: Words
    end_href: str = ""
    coming: bool = False
    acts_now: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a power comes from: the post and the place."""

    post: Words
    place: Words
    period: Words


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A power: what it is, what it opens, whence she has it (nothing: she may not), and the same of whom she is compared
    with."""

    name: Words
    opens: Words
    sources: Sequence[Source]
    other: Sequence[Source] = ()
    differs: bool = False


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person: her marks and facts, what can be done, her posts, her powers held and not held."""

    name: str
    username: str
    marks: Sequence[Mark]
    facts: Sequence[tuple[Words, Words]]
    acts: Sequence[Act]
    posts: Sequence[PostLine]
    held: Sequence[PowerLine]
    lacking: Sequence[PowerLine]
    others: Sequence[Choice]
    compared: str = ""
    sessions: Sequence[SessionRow] = ()
    link: str = ""
    link_ends: datetime | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Somebody signed in: who, at what, where from, how, since when. `end_href` ends it; `here`: the one that looks."""

    who: str
    who_href: str
    device: Words
    address: str
    how: Words
    began_at: datetime
    seen_at: datetime
    end_href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post in the list: its powers in words, where it is held, by how many."""

    title: Words
    name: str
    href: str
    powers: Sequence[Words]
    places: Sequence[Words]
    holders: int
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class WantedPost:
    """A post the rulebook counts on and nobody holds; `there`: it is set up, and somebody has to be appointed."""

    title: Words
    href: str
    there: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """One box of a form. `fixed`: shown and not for this editor to change; `says`: what it opens."""

    value: str
    label: Words
    on: bool
    says: Words = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post to be read or changed. `fresh`: one that is being made; `fixed`: the owner's."""

    name: str
    zh: str
    en: str
    powers: Sequence[Tick]
    places: Sequence[Tick]
    second_factor: bool
    fresh: bool = False
    fixed: bool = False
    usual: bool = False
    changed: bool = False
    holders: Sequence[tuple[str, str]] = ()
    refused: Refused | None = None
