"""A compiled rulebook: its clauses by id and by kind, ready to be asked. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import zone
from huiguan.kernel.text import Text
from huiguan.rules.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: `number` is the source's own numbering ("(四)1"), `waits_for` the room that does not exist yet."""

    id: str
    kind: str
    number: str
    title: Text
    text: Text
    source: str
    parameters: Parameters
    module: ModuleType
    missing: bool = False
    waits_for: str | None = None
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)  # parameter -> line


class Clauses(dict[str, Clause]):
    """The clauses of a version by id. Those of earlier versions that it dropped are found by their id alone: a coupon
    given under one still says whence it came. They are in no list and act no more."""

    def __init__(self, own: Mapping[str, Clause], retired: Mapping[str, Clause]) -> None:
        super().__init__(own)
        self.retired = retired

    def __missing__(self, id: str) -> Clause:
        return self.retired[id]


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """The rulebook as the rooms run it. `version` is the published version's key, 0 for a draft; `digest` the SHA-256
    of the file; `source` the document the rules come from; `units` what the units are called;
    `chapters` what the source calls its chapters, by their number ("(四)")."""

    name: str
    title: Text
    zone_name: str
    clauses: Mapping[str, Clause]
    by_kind: Mapping[str, tuple[Clause, ...]]
    version: int = 0
    digest: str = ""
    source: Text | None = None
    units: Mapping[str, Text] = field(default_factory=dict)
    chapters: Mapping[str, Text] = field(default_factory=dict)
    file: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.zone_name)

    def of(self, kind: str) -> tuple[Clause, ...]:
        """The clauses of a kind, in the file's order; those that wait for a room are never among them."""
        return self.by_kind.get(kind, ())

    def one(self, kind: str) -> Clause | None:
        """The only clause of a kind, or None."""
        return next(iter(self.of(kind)), None)

    def first_of(self, kind: str, **wanted: Any) -> Clause | None:
        """The first clause of a kind whose parameters have these values."""
        for clause in self.of(kind):
            if all(getattr(clause.parameters, name, None) == value for name, value in wanted.items()):
                return clause
        return None
