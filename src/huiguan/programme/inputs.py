"""What is given to create a programme, to check and publish its rulebook, and to write one together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from huiguan.kernel.inputs import Input, Line, Word


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Named = Annotated[str, Field(min_length=1, max_length=120)]
LONGEST = 1_000_000  # characters of a rulebook
Source = Annotated[str, Field(min_length=1, max_length=LONGEST)]
# A moment as written: ISO, a local "YYYY-MM-DD HH:MM" in the rulebook's zone, a day, or "YYYY-MM-DD 24:00".
Moment = Annotated[str, Field(min_length=8, max_length=40), BeforeValidator(_written)]


class ProgrammeName(Input):
    zh: Named
    en: Named


class CreateProgramme(Input):
    code: Code
    name: ProgrammeName


class CheckRulebook(Input):
    source: Source


# The resolution by which a version is made, where the one in force asks for it: "理事会 2026-3".
Resolution = Annotated[Line, Field(max_length=120)]


class PublishRulebook(Input):
    """A source, when it takes effect (None for now), by which resolution."""

    source: Source
    effective_from: Moment | None = None
    resolution: Resolution = ""


Number = Annotated[int, Field(ge=1, le=2_000_000_000)]
Reason = Annotated[
    str,
    Field(min_length=1, max_length=2000),
    BeforeValidator(lambda said: said.strip() if isinstance(said, str) else said),
]
Title = Annotated[Word, Field(max_length=120)]


class OpenDraft(Input):
    """`based_on`: a version's number, None for the one in force; `source`: None for that version's own text."""

    title: Title
    based_on: Number | None = None
    source: Source | None = None


class SaveDraft(Input):
    """The whole text anew. `revision`: the one it was written over, so that nobody's work is lost."""

    draft: Number
    revision: Number
    source: Source


def _fractions(value: Any, path: str = "") -> Iterator[str]:
    """Where a figure stands that was written with a fraction: money and rates are text, so that nothing rounds them."""
    if isinstance(value, float):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from _fractions(part, f"{path}.{name}" if path else str(name))


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    wrong = next(_fractions(value), None)
    if wrong is not None:
        zh, en = f'{wrong} 须写成文字，如 "100.00"', f'takes {wrong} as text, like "100.00"'
        raise PydanticCustomError("refused", "{en}", {"zh": zh, "en": en})
    return value


ClauseId = Annotated[str, Field(min_length=1, max_length=40)]
# A clause as the file reads: money and rates as text, `title` and `text` in both languages, its parameters.
Plain = Annotated[dict[str, Any], Field(max_length=100), AfterValidator(_plain)]


class SaveClause(Input):
    """A clause anew. `revision`: the one it was written over; `unfinished`: kept although it cannot be run yet;
    `ordered`: the order of its keys is meant too, else they stay in the file's."""

    draft: Number
    clause: ClauseId
    revision: Number
    value: Plain
    unfinished: bool = False
    ordered: bool = False


class AddClause(Input):
    """Another clause of `kind`, behind the clause `after`. `value`: what it says; None for an empty one."""

    draft: Number
    kind: ClauseId
    after: ClauseId
    value: Plain | None = None
    unfinished: bool = False


class RemoveClause(Input):
    draft: Number
    clause: ClauseId
    revision: Number


class SaveExamples(Input):
    """A draft's own examples, the whole file anew. `number`: the one it was written over, 0 for none yet."""

    draft: Number
    number: Annotated[int, Field(ge=0, le=2_000_000_000)]
    text: Annotated[str, Field(max_length=1_000_000)]


class ExampleNamed(Input):
    """An example by the clause it names and its sentence."""

    clause: Annotated[str, Field(max_length=40)]
    says: Annotated[str, Field(min_length=1, max_length=2000)]


class SetExamplesAside(Input):
    """Examples that come out otherwise because the draft means them to. `number`: that of the draft's examples."""

    draft: Number
    number: Annotated[int, Field(ge=0, le=2_000_000_000)]
    examples: Annotated[list[ExampleNamed], Field(min_length=1, max_length=2000)]
    reason: Reason


class TakeExamplesBack(Input):
    """None is set aside any more."""

    draft: Number
    number: Annotated[int, Field(ge=0, le=2_000_000_000)]


class RebaseDraft(Input):
    """That the draft now takes everything of a later version into account."""

    draft: Number
    based_on: Number


class SubmitDraft(Input):
    """`revision`: the one that is meant; so the latest is not decided on unseen."""

    draft: Number
    revision: Number


class ReturnDraft(SubmitDraft):
    reason: Reason


class ApproveDraft(SubmitDraft):
    pass


class WithdrawDraft(Input):
    draft: Number
    reason: Reason


class PublishDraft(Input):
    """When it takes effect, None for the earliest moment it may; by which resolution."""

    draft: Number
    effective_from: Moment | None = None
    resolution: Resolution = ""


class SetApproval(Input):
    """Whether a new version takes a second person, and why this is changed."""

    second_person: bool
    reason: Reason
