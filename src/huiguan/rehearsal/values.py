"""An example as it was read, and how it came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

UNSAID = object()  # what an example does not say; null is something it can say


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts: somebody in a `post` at a shop (or at the house), a member for herself (`$name` or a number), the applicant
    of a matter (`guest` for none yet), or whoever holds the place `seat` of a `body`. `person`: another one in the same
    post."""

    post: str | None = None
    shop: str | None = None
    member: str | None = None
    applicant: str | None = None
    person: str | None = None
    body: str | None = None
    seat: int | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """What a step is to come to. `expect` is part of the answer, `exactly` all of it, UNSAID where neither is said;
    `count` the number of items of an answer that is a list."""

    expect: Any = UNSAID
    exactly: Any = UNSAID
    in_order: bool = False
    only: bool = False
    refused: str | None = None
    because: tuple[str, ...] = ()
    field: str | None = None
    lint: Any = UNSAID
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the transcript: an operation (`do`) or a question (`ask`) by its public name, at a moment."""

    line: int
    name: str
    asks: bool
    at: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    label: str | None = None
    checks: Checks = Checks()
    by: Doer | None = None
    each: tuple[Any, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A transcript with a clock. `given` holds shops, products and members; `parameters` what is changed in the
    rulebook for this example only; `file` is the name told to people."""

    file: str
    line: int
    rulebook: str
    clause: str
    says: str
    steps: tuple[Step, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    by: Doer = Doer()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    calendar: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one example came out. `message` is empty where it passed; finished in both languages otherwise."""

    file: str
    line: int
    clause: str
    says: str
    passed: bool
    message: Text

    def as_row(self, lang: str) -> dict[str, Any]:
        """The outcome as a program reads it."""
        return {"file": self.file, "clause": self.clause, "passed": self.passed, "message": self.message.of(lang)}


class Fault(Exception):
    """The example did not come out as it says, or cannot be read. `line` is the step's."""

    def __init__(self, zh: str, en: str, line: int = 0) -> None:
        self.text = Text(zh=zh, en=en)
        self.line = line
        super().__init__(en)

    def at_step(self, step: Step) -> Fault:
        """The fault as one of `step`."""
        return Fault(f"{step.name}：{self.text.zh}", f"{step.name}: {self.text.en}", self.line or step.line)


class NoExamples(Refusal):
    text = Text(zh="{path} 里没有例子。", en="There are no examples in {path}.")
    status = 404
    rank = "existence"
