"""The rulebooks one may begin with: those that come along, or one's own folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.findings import suggestion
from huiguan.rules.programme import Programme
from huiguan.rules.shelf import RULEBOOK, examples_by_clause, shelf, shipped

_SAID = Text(
    zh="{clauses:count} 条：执行 {acting:count}，保证 {guarantees:count}，说明 {declared:count}；例子 {examples:count} 个",
    en="{clauses:count} {clauses:clause|clauses}: {acting:count} act, {guarantees:count} guarantees, {declared:count} declare;"
    " {examples:count} {examples:example|examples}",
)
_WAITING = Text(
    zh="其中 {count:count} 条等待尚未建成的部分，目前只是文字：{rooms}",
    en="{count:count} wait for rooms that are not built, and are only text until then: {rooms}",
)


class RulebookUnknown(Refusal):
    text = Text(
        zh="没有章程 {given}。{near}自带的有：{known}；或写一个含 rulebook.yaml 与 examples 的文件夹。",
        en="There is no rulebook {given}.{near} There are {known}; or name a folder with rulebook.yaml and examples.",
    )
    status = 404
    rank = "existence"


@dataclass(frozen=True, slots=True)
class Choice:
    """A rulebook before it is published. `waiting`: how many clauses wait for each room."""

    name: str
    source: str
    compiled: Programme
    folder: Path
    clauses: Mapping[str, int]
    waiting: Mapping[str, int]
    examples: int

    @property
    def title(self) -> Text:
        return self.compiled.title

    @property
    def example_files(self) -> Path:
        return self.folder / "examples"

    def told(self, lang: str) -> list[str]:
        """What it holds, in a line, and what of it waits, in another."""
        counted = {**self.clauses, "clauses": len(self.compiled.clauses), "examples": self.examples}
        lines = [_SAID.fill(lang, **counted)]
        if self.waiting:
            rooms = ", ".join(f"{room} {count}" for room, count in sorted(self.waiting.items()))
            lines.append(_WAITING.fill(lang, count=sum(self.waiting.values()), rooms=rooms))
        return lines


def choices() -> tuple[Choice, ...]:
    """The shipped rulebooks, by name."""
    return tuple(_choice(name, shelf() / name) for name in shipped())


def choice_of(given: str) -> Choice:
    """A shipped rulebook by its name, or the one in a folder. Refuses RulebookUnknown, RulebookRefused."""
    if given in shipped():
        return _choice(given, shelf() / given)
    folder = Path(given).expanduser().absolute()
    if (folder / RULEBOOK).is_file():
        return _choice(str(folder), folder)
    known = shipped()
    raise RulebookUnknown(field="rulebook", given=given, known=", ".join(known), near=suggestion(given, known))


def _choice(name: str, folder: Path) -> Choice:
    source = (folder / RULEBOOK).read_text(encoding="utf-8")
    compiled = compile_rulebook(source, f"{name}/{RULEBOOK}")
    clauses = compiled.clauses.values()
    kinds = Counter(
        {"assurance": "guarantees", "statement": "declared"}.get(clause.kind, "acting")
        for clause in clauses
        if clause.waits_for is None
    )
    return Choice(
        name=name,
        source=source,
        compiled=compiled,
        folder=folder,
        clauses={each: kinds[each] for each in ("acting", "guarantees", "declared")},
        waiting=Counter(clause.waits_for for clause in clauses if clause.waits_for is not None),
        examples=sum(map(len, examples_by_clause(folder / "examples").values())),
    )
