"""What the pages of the rules are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Mark, Words


@dataclass(frozen=True, slots=True)
class Article:
    """A clause as it is told to members."""

    id: str
    number: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Chapter:
    title: Words
    articles: Sequence[Article]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """`coming`: a version that is published and not in force yet, from when."""

    title: Words
    number: int
    since: datetime
    chapters: Sequence[Chapter]
    versions: int
    coming: tuple[int, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that a version changed, in the words members read; '' where there was or is none."""

    number: str
    title: Words
    mark: Mark
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class Step:
    """A version: since when, what it changed (None: it was the first)."""

    number: int
    since: datetime
    coming: bool
    changed: Sequence[Changed] | None
