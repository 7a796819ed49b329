"""What an example may ask of the house itself: its bodies, its calendar, its rulebook's review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiguan.calendar import queries as calendar
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told

Given = dict[str, Any]
Question = Callable[[Stage, Actor, Given], Any]
_UNKNOWN = Text(zh="没有这个字段", en="no such field")


def _body(stage: Stage, actor: Actor, given: Given) -> Any:
    """A body by `name`: its places, who holds them, how many are vacant."""
    name = str(given.pop("name", ""))
    _done(given)
    found = members.body(actor, name, stage.now)
    return {**told(found), "vacant": found.vacant}


def _year(stage: Stage, actor: Actor, given: Given) -> Any:
    """A `year` of the calendar, the step's own where none is named, and whether it is announced."""
    year = int(given.pop("year", stage.now.year))
    _done(given)
    return told(calendar.year_of(actor, year))


def _review(stage: Stage, actor: Actor, given: Given) -> Any:
    """By when the rulebook is looked through again."""
    _done(given)
    return told(programmes.review(actor, stage.now))


def _done(given: Given) -> None:
    for name in given:
        raise InvalidInput(field=name, rule=_UNKNOWN)


HOUSE: dict[str, Question] = {"rulebook_review": _review, "body": _body, "calendar": _year}
