"""Words that cross the border of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.kernel.refusals import InvalidInput

ERASED = "（已删除）"  # the name of whoever's data was erased


@dataclass(frozen=True, slots=True)
class CheckedProfile:
    """A profile read against its rules: canonical `values`, and the faults, the rulebook's order, none changed."""

    values: Mapping[str, str]
    wrong: tuple[InvalidInput, ...]
    missing: tuple[InvalidInput, ...]

    @property
    def complete(self) -> bool:
        return not self.wrong and not self.missing


@dataclass(frozen=True, slots=True)
class NewParty:
    """A person or organisation to be written down. `fields` canonical values by name; `sensitive` names those to be sealed, a
    part of a list as `contacts.mobile`; `once` those that are hers alone, each with what it is compared by; by `birthday`
    she is compared with others of her name."""

    name: str
    phone: str | None
    fields: Mapping[str, str] = field(default_factory=dict)
    sensitive: frozenset[str] = frozenset()
    birthday: date | None = None
    organisation: bool = False
    once: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One profile value at a moment. `value` is None where it is sealed; `masked` then shows that something is there. A list
    has its sensitive parts hidden in both."""

    name: str
    value: str | None
    masked: str
    sensitive: bool
    since: datetime
    until: datetime | None
    entered_by: str


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of two persons side by side, sealed values masked; None: not known. `same` compares what is kept."""

    name: str
    one: str | None
    other: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two persons who may be one, the earlier key first, and why: id_number, phone (one had the other's), pinyin (the
    same reading and the same tail of the phone)."""

    one: int
    other: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhoneHeld:
    """A phone a person was found by, from `since` until just before `until` (None: still)."""

    tail: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A party found by a search. `rank` 0 is best; `how` says by what: phone, id_number, name, pinyin, initials,
    tail."""

    party: int
    rank: int
    how: str


@dataclass(frozen=True, slots=True)
class Person:
    """A party's name and the tail of its live phone, for lists."""

    party: int
    name: str
    pinyin: str
    phone_tail: str


@dataclass(frozen=True, slots=True)
class RevealedField:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is reached: a mobile number of eleven digits, a mailbox; None where there is none."""

    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class RelationTold:
    """Somebody is `role` to a party from `since` up to and with `until`; `other`: their own party, by key."""

    role: str
    name: str
    since: date
    until: date | None = None
    primary: bool = False
    phone: str = ""
    email: str = ""
    note: str = ""
    other: int | None = None
    id: int = 0
