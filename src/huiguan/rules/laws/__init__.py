"""Rules of the land as dated data: one folder a law, one file an edition, from the day it holds.

A change of the law is a new file. An edition may extend an earlier one: it then has all its rules but those it states
anew. Every rule says how its figure was confirmed, so that a reader knows what to have looked at by a lawyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from huiguan.kernel.text import Text
from huiguan.rules.parameters import Bilingual, Positive, Yuan
from huiguan.rules.reading import read_tree

Does = Literal["block", "warn", "off"]
_FOLDER = Path(__file__).resolve().parent


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    rule: str
    does: Does
    checked: Literal["text", "secondary", "assumed"]
    article: Bilingual
    amount: Yuan | None = None
    percent: Positive | None = None
    days: Positive | None = None
    months: Positive | None = None


class _Edition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    law: str
    edition: date
    extends: date | None = None
    title: Bilingual
    rules: list[_Rule]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of an edition: what it `does` unless a clause says otherwise (block, warn, off), how its figure was
    `checked` (text, secondary, assumed), the `article`, and its figure: fen, percent, days or months."""

    rule: str
    does: Does
    checked: str
    article: Text
    amount: int = 0
    percent: int = 0
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """A law as it holds from `since` on; `rules` by name."""

    law: str
    since: date
    title: Text
    rules: dict[str, Rule]


@cache
def editions(law: str) -> tuple[Edition, ...]:
    """The editions of a law, the earliest first; () where there is no such law."""
    files = sorted((_FOLDER / law).glob("*.yaml")) if law in laws() else []
    found: dict[date, Edition] = {}
    for file in files:
        made = _read(file, found)
        found[made.since] = made
    return tuple(found.values())


@cache
def laws() -> tuple[str, ...]:
    """The laws there are."""
    return tuple(sorted(folder.name for folder in _FOLDER.iterdir() if any(folder.glob("*.yaml"))))


def edition(law: str, since: date) -> Edition | None:
    """The edition that begins on `since`; None where there is none."""
    return next((each for each in editions(law) if each.since == since), None)


def _read(file: Path, earlier: dict[date, Edition]) -> Edition:
    root, findings = read_tree(file.read_bytes(), file.name)
    if root is None or findings:
        raise ValueError(f"{file.name} cannot be read: {findings}")
    given = _Edition.model_validate(root.plain())
    rules = dict(earlier[given.extends].rules) if given.extends else {}
    rules |= {each.rule: _rule(each) for each in given.rules}
    return Edition(given.law, given.edition, given.title, rules)


def _rule(given: _Rule) -> Rule:
    figures: dict[str, Any] = {name: getattr(given, name) or 0 for name in ("amount", "percent", "days", "months")}
    return Rule(given.rule, given.does, given.checked, given.article, **figures)
