"""What happened: breaches reported, measures proposed, decided, ended and appealed; awards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text

READERS = ("conduct", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachReported(Told):
    """Somebody reported a breach; `reference` is its number, `duty` the code."""

    text: ClassVar[Text] = Text(zh="有人报告违规", en="A breach was reported")
    readers: ClassVar[tuple[str, ...]] = READERS

    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProposed(Told):
    """A measure was proposed; `matter` decides it."""

    text: ClassVar[Text] = Text(zh="提出处分", en="A measure was proposed")
    readers: ClassVar[tuple[str, ...]] = READERS

    measure: str
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDecided(Told):
    """A measure was decided and acts from `at` on."""

    text: ClassVar[Text] = Text(zh="作出处分", en="A measure was decided")
    readers: ClassVar[tuple[str, ...]] = READERS

    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEnded(Told):
    """A measure acts no more: `how` dropped, lifted or overturned."""

    text: ClassVar[Text] = Text(zh="处分终止", en="A measure ended")
    readers: ClassVar[tuple[str, ...]] = READERS

    measure: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAppealed(Told):
    """A member appealed against a measure; `matter` hears it."""

    text: ClassVar[Text] = Text(zh="提出申诉", en="A measure was appealed")
    readers: ClassVar[tuple[str, ...]] = READERS

    measure: str
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardProposed(Told):
    """A member was proposed for an award; `matter` decides it."""

    text: ClassVar[Text] = Text(zh="推荐表彰", en="An award was proposed")
    readers: ClassVar[tuple[str, ...]] = READERS

    award: str
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardGranted(Told):
    """An award was given and is borne from `at` on."""

    text: ClassVar[Text] = Text(zh="授予表彰", en="An award was given")
    readers: ClassVar[tuple[str, ...]] = READERS

    award: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardEnded(Told):
    """It came to nothing or was taken back: `how` dropped or withdrawn."""

    text: ClassVar[Text] = Text(zh="表彰未通过或收回", en="An award was not given, or taken back")
    readers: ClassVar[tuple[str, ...]] = READERS

    award: str
    how: str
