"""What comes in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from huiguan.kernel.inputs import Input, Line, Money, Word
from huiguan.kernel.moments import day_of

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
LocalDay = Annotated[date, BeforeValidator(lambda value: day_of(value, ""))]
Said = Annotated[Line, Field(min_length=1)]


class ReportBreach(Input):
    """A `duty` by its code that `member` is said to have broken `on` a day, in `words`; `person`: which of her people;
    `amount`: what it was about, in yuan; `evidence`: numbers of documents. Of those who work for the house: `staff` by
    username, at a `shop`; where it was about a `sale`, its shop, and what was taken off its prices where no amount is told."""

    member: Word | None = None
    staff: Annotated[list[Word], Field(max_length=20)] = []
    shop: Word | None = None
    sale: Word | None = None
    duty: Slug
    on: LocalDay
    words: Said
    person: Annotated[Line, Field(max_length=120)] = ""
    amount: Money | None = None
    evidence: Annotated[list[Word], Field(max_length=20)] = []


class DismissBreach(Input):
    """Nothing follows, for a `reason`."""

    breach: Word
    reason: Said


class ProposeMeasures(Input):
    """Measures by name, one or several at once, for breaches of one member by their numbers; `words`: why these."""

    breaches: Annotated[list[Word], Field(min_length=1, max_length=20)]
    measures: Annotated[list[Slug], Field(min_length=1, max_length=8)]
    words: Said


class StateCase(Input):
    """What the member says to the measures proposed, by the number of one of them."""

    measure: Word
    words: Said


class AppealMeasure(Input):
    measure: Word
    words: Said


class LiftMeasure(Input):
    """A measure that stands is taken back from now on."""

    measure: Word
    reason: Said


class CompleteTask(Input):
    """What a measure asked for is done; `note`: what was seen of it."""

    measure: Word
    task: int
    note: Said


class NoteEvent(Input):
    """What the house learned of: an `event` by its code, of `member`, that happened `on` a day; `amount`: what it is about,
    in yuan; `words`: how the house knows."""

    member: Word
    obligation: Slug
    event: Slug
    on: LocalDay
    amount: Money | None = None
    words: Said


class WithdrawEvent(Input):
    """An event noted by mistake, by its number."""

    event: Word
    reason: Said


class CompleteObligation(Input):
    """What `member` owed is done `on` a day: `which` of the obligation, by its key as it is told; `words`: what was seen of it."""

    member: Word
    obligation: Slug
    which: Annotated[Word, Field(max_length=60)]
    on: LocalDay
    words: Said


class ProposeAward(Input):
    """A `member` proposed for an `award` by its name, in a `category` where there are any; `words`: her merits. `form`: what
    else the procedure's form asks, by field."""

    member: Word
    award: Slug
    category: Slug | None = None
    words: Said
    form: dict[str, Any] = {}


class WithdrawAward(Input):
    """An award is taken back from now on, with what it brought, for a `reason`."""

    award: Word
    reason: Said
