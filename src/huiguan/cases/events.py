"""What happened to matters. A matter goes on, so each event carries what was true then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text

READERS = ("matters", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterSubmitted(Told):
    """A matter was handed in, for the first time or corrected; `reference` is its number, `round` how often it was."""

    text: ClassVar[Text] = Text(zh="事项已提交", en="A matter was handed in")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterEntered(Told):
    """A matter came to a stage."""

    text: ClassVar[Text] = Text(zh="事项进入一个环节", en="A matter came to a stage")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterReturned(Told):
    """A matter was given back to its applicant for correction."""

    text: ClassVar[Text] = Text(zh="事项退回补正", en="A matter was given back")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFinished(Told):
    """A matter came to its end: `state` passed, refused, lapsed or withdrawn."""

    text: ClassVar[Text] = Text(zh="事项办结", en="A matter came to its end")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantTold(Told):
    """A letter was written to a matter's applicant: its number `n` there, and what it `told`: submitted, pass, return,
    refuse, passed, lapsed, remind, renewed, handed."""

    text: ClassVar[Text] = Text(zh="告知申请人", en="The applicant was told")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    n: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommenderAsked(Told):
    """Somebody is asked to recommend and is sent her link: the `invitation`, and which `link` of hers by its mark, since a
    link made anew takes the place of the one before. It is of no member: the applicant is told nothing by it."""

    text: ClassVar[Text] = Text(zh="请人推荐", en="Somebody was asked to recommend")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    invitation: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised(Told):
    """Somebody objected to what is on notice; `n` its number there."""

    text: ClassVar[Text] = Text(zh="有人提出异议", en="Somebody objected")
    readers: ClassVar[tuple[str, ...]] = READERS

    procedure: str
    n: int
