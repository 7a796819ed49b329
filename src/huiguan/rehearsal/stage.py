"""The stage of one example: its programme with house, shops, staff and products, and what came out so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rehearsal.naming import Names
from huiguan.rehearsal.telling import in_yuan, told
from huiguan.rules.effects import Reason
from huiguan.rules.programme import Clause, Programme


@dataclass(frozen=True, slots=True)
class World:
    """What is committed before the first step, and shared by all examples that begin alike. `staff` acts by (post,
    shop), the owner by ("owner", None); `source` is the rulebook in force from `since` on, `members` the answers of
    those the example gives, and `counted` how many numbers they took."""

    programme: int
    source: str
    since: datetime
    zone: ZoneInfo
    shops: tuple[str, ...]
    staff: Mapping[tuple[str, str | None], Actor]
    members: Mapping[str, Any] = field(default_factory=dict)
    counted: int = 0

    @property
    def owner(self) -> Actor:
        return self.staff[("owner", None)]


@dataclass(slots=True)
class Stage:
    """One example being played. `now` is the moment of the step under way, `shop` where its doer stands."""

    world: World
    now: datetime
    shop: str | None = None
    names: Names = field(default_factory=Names)
    counted: int = 0

    @classmethod
    def of(cls, world: World, now: datetime) -> Stage:
        """The stage as an example finds it at its first moment."""
        return cls(world, now, names=Names(world.members), counted=world.counted)

    @property
    def rulebook(self) -> Programme:
        return programmes.programme_at(self.world.programme, self.now)

    def next(self) -> int:
        """A number no earlier step had: for phones, cards and keys."""
        self.counted += 1
        return self.counted

    def membership(self, given: object) -> int:
        """The membership a step names by number, card or phone."""
        reference = ("any", str(given))
        found = members.resolve(self.world.programme, [reference])
        if not found:
            raise NotFound(field="member", what={"zh": "会员", "en": "member"}, given=given)
        return found[reference]

    def reasons(self, told_reasons: Iterable[Any]) -> list[dict[str, Any]]:
        """Reasons by name; amounts their sentences say in yuan are in yuan."""
        rows = [_parts(each) for each in told_reasons]
        clauses = self.rulebook.clauses if rows else {}
        return [_reason(clauses, *row) for row in rows]


def _parts(reason: Any) -> tuple[str, str, bool, Mapping[str, Any]]:
    if isinstance(reason, Mapping):
        return reason["clause"], reason["say"], reason["given"], reason["values"]
    if isinstance(reason, Reason):
        return reason.clause, reason.say, reason.given, reason.values
    clause, say, given, values = reason
    return clause, say, given, values


def _reason(
    clauses: Mapping[str, Clause], clause: str, say: str, given: bool, values: Mapping[str, Any]
) -> dict[str, Any]:
    sentence = clauses[clause].module.SAYS[say] if clause in clauses else None
    return {"clause": clause, "say": say, "given": given, "values": told(in_yuan(sentence, values))}
