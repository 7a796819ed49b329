"""What happened to rulebooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookPublished(Told):
    """A version was published, in force from `effective_from`; `reference` is its number."""

    text: ClassVar[Text] = Text(zh="章程发布", en="A rulebook was published")
    readers: ClassVar[tuple[str, ...]] = ("read_rulebook",)

    number: int
    digest: str
    effective_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMoved(Told):
    """A draft went on: `step` is opened, submitted, returned, approved, withdrawn or published, taken by `by`; `reference`
    is its number."""

    text: ClassVar[Text] = Text(zh="章程草案流转", en="A draft went on")
    readers: ClassVar[tuple[str, ...]] = ("write_rulebook", "approve_rulebook", "publish", "audit")

    title: str
    step: str
    by: str
