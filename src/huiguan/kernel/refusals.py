"""A refusal: something asked for that will not be done, by name, with the field, the clause and both languages.

A refusal changes nothing; the few that are worth looking at by themselves say so (`recorded`). Its class name is its
stable code. Rooms define theirs beside the operation that refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from huiguan.kernel.text import Text

# Where several clauses would refuse, the first of these wins. Published: examples of one clause rely on it.
PRECEDENCE = ("input", "permission", "existence", "standing", "credential", "window", "limit", "balance", "state")


class Refusal(Exception):
    """The base of all refusals.

    Class attributes: `text` (both languages, placeholders filled from `values`), `status` (HTTP), `rank` (one of
    PRECEDENCE), `recorded` (that it was asked and refused is written down, for a person to look at). Instance: `field` (name of the input at fault, dotted, or None), `clause` (id or None), `values`
    (JSON-able arguments of the text).
    """

    text: ClassVar[Text] = Text(zh="不能办理。", en="This cannot be done.")
    status: ClassVar[int] = 409
    rank: ClassVar[str] = "state"
    recorded: ClassVar[bool] = False

    def __init__(self, *, field: str | None = None, clause: str | None = None, **values: Any) -> None:
        self.field = field
        self.clause = clause
        self.values: Mapping[str, Any] = values
        super().__init__(self.say("en"))

    @property
    def code(self) -> str:
        return type(self).__name__

    def say(self, lang: str) -> str:
        return self.text.fill(lang, **{**self.values, "field": self.field or "", "clause": self.clause or ""})

    def as_problem(self) -> dict[str, Any]:
        """The refusal as JSON: code, status, field, clause, values, and `text` in both languages."""
        return {
            "code": self.code,
            "status": self.status,
            "field": self.field,
            "clause": self.clause,
            "values": {name: _plain(value) for name, value in self.values.items()},
            "text": {"zh": self.say("zh"), "en": self.say("en")},
        }


def _plain(value: Any) -> Any:
    return {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value


class InvalidInput(Refusal):
    """The input itself is wrong: type, format, range. `field` is always named."""

    text = Text(zh="{field}：{rule}", en="{field}: {rule}")
    status = 422
    rank = "input"


class Forbidden(Refusal):
    text = Text(zh="{power}须另有权限。", en="{power} takes a permission you do not hold.")
    status = 403
    rank = "permission"


class NotFound(Refusal):
    text = Text(zh="没有这个{what}：{given}。", en="No such {what}: {given}.")
    status = 404
    rank = "existence"


class KeyReused(Refusal):
    """The same idempotency key came with another input."""

    text = Text(
        zh="这个幂等键已用于另一份内容，未作任何改动。",
        en="This idempotency key was used with a different body. Nothing was changed.",
    )
    status = 422
    rank = "input"


class MomentInFuture(Refusal):
    """`given` and `now` in the rulebook's zone, as ISO text."""

    text = Text(
        zh="时刻 {given:moment} 晚于现在 {now:moment}。",
        en="The moment {given:moment} is later than now, {now:moment}.",
    )
    status = 422
    rank = "input"


def all_refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for each in root.__subclasses__():
        yield each
        yield from all_refusals(each)


def first_of(refusals: list[Refusal]) -> Refusal:
    """The one refusal that is told, by the published precedence."""
    return min(refusals, key=lambda refusal: PRECEDENCE.index(refusal.rank))
