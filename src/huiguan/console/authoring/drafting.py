"""A draft as its forms need it: its text examined once, beside the version it is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.authoring.pages import DraftHead
from huiguan.design import markup
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.programme import operations as programmes
from huiguan.programme import queries
from huiguan.programme.inputs import AddClause, RemoveClause, SaveClause, SaveDraft
from huiguan.programme.values import CLOSED, KnownDraft
from huiguan.rules.compiling import RulebookRefused, examined
from huiguan.rules.editing import clauses_in
from huiguan.rules.findings import REFUSE, Finding
from huiguan.rules.programme import Programme


@dataclass(frozen=True)
class Opened:
    """A draft that somebody looks at. `base` is the compiled version it is based on, with its source; None at first."""

    now: Acting
    draft: KnownDraft
    base: Programme | None
    base_source: str

    @cached_property
    def examined(self) -> tuple[Programme | None, tuple[Finding, ...]]:
        return _examined(self.draft.source)

    @property
    def rulebook(self) -> Programme | None:
        """What of the draft can be read, else the version before: names to choose from there must be."""
        return self.examined[0] or self.base

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.examined[1]

    @cached_property
    def readable(self) -> bool:
        """Whether the file can be read as a file, so that it has forms."""
        try:
            _clauses(self.draft.source)
        except RulebookRefused:
            return False
        return True

    @cached_property
    def plains(self) -> Mapping[str, Mapping[str, Any]]:
        """The draft's clauses as plain data by id."""
        return _clauses(self.draft.source) if self.readable else {}

    @cached_property
    def base_plains(self) -> Mapping[str, Mapping[str, Any]]:
        return _clauses(self.base_source) if self.base_source else {}

    @property
    def head(self) -> DraftHead:
        draft = self.draft
        return DraftHead(
            number=draft.number,
            title=draft.title,
            revision=draft.revision,
            base=draft.based_on,
            open=draft.state not in CLOSED,
            href=f"/rulebook/drafts/{draft.number}/",
            saved=str(markup.moment(draft.saved_at)),
            writes=self.now.actor.may("write_rulebook"),
        )


@lru_cache(maxsize=32)
def _examined(source: str) -> tuple[Programme | None, tuple[Finding, ...]]:
    # A draft is looked at again with every letter that is typed; what was examined once does not change.
    return examined(source)


@lru_cache(maxsize=32)
def _clauses(source: str) -> Mapping[str, Mapping[str, Any]]:
    return MappingProxyType(clauses_in(source))


def opened(now: Acting, number: int) -> Opened:
    """A draft for its forms; NotFound otherwise."""
    draft = queries.draft(now.actor, number)
    book = queries.rulebook_of(now.actor, draft.based_on) if draft.based_on else None
    return Opened(now, draft, book.compiled if book else None, book.source if book else "")


def posted_revision(text: str) -> int:
    """The revision a page was opened with, as it came back; 0, which none is, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def save_source(now: Acting, number: int, revision: int, source: str) -> None:
    """The whole file anew."""
    given = SaveDraft(draft=number, revision=revision, source=source)
    programmes.save_draft(actor=now.actor, at=now.at, given=given)


def save_clause(on: Opened, clause: str, revision: int, wanted: Mapping[str, Any]) -> None:
    """One clause anew, in the latest text. What others saved meanwhile in other clauses stays; in this one it is
    refused, and nobody's work is lost."""
    where = {"draft": on.draft.number, "clause": clause, "revision": revision}
    asked = {**where, "value": dict(wanted), "unfinished": True, "ordered": True}
    programmes.save_clause(actor=on.now.actor, at=on.now.at, given=read(SaveClause, asked))


def remove_clause(on: Opened, clause: str) -> None:
    """The clause taken out of the draft, as it was looked at."""
    given = RemoveClause(draft=on.draft.number, clause=clause, revision=on.draft.revision)
    programmes.remove_clause(actor=on.now.actor, at=on.now.at, given=given)


def add_clause(on: Opened, kind: str, after: str) -> str:
    """An empty clause behind another; its id."""
    given = read(AddClause, {"draft": on.draft.number, "kind": kind, "after": after})
    return programmes.add_clause(actor=on.now.actor, at=on.now.at, given=given).clause


def is_refused(findings: tuple[Finding, ...]) -> bool:
    return any(finding.level == REFUSE for finding in findings)


def failing(refusal: Refusal) -> int:
    return refusal.status if refusal.status != 200 else 409
