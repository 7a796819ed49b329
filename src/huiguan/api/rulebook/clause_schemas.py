"""A draft's clauses as programs read and write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiguan.api.rulebook.schemas import FindingAnswer, told_finding
from huiguan.api.schemas import Answer, Both
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.values import KnownDraft
from huiguan.rules.compiling import examined
from huiguan.rules.editing import clauses_in
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import KINDS
from huiguan.rules.programme import Programme
from huiguan.rules.sentences.telling import terms

_CLAUSE = Text(zh="条款", en="clause")


class DraftClauseLine(Answer):
    """A clause in the draft's order. `changed`: new, changed, or null where the version it is based on says the same;
    `faults` of it stand in the way of publishing, `warnings` do not."""

    id: str
    number: str
    kind: str
    title: Both
    changed: str | None
    faults: int
    warnings: int


class DraftClausesPage(Answer):
    """The draft's clauses as of `revision`; all on one page. `gone`: those it took out of the version it is based on."""

    revision: int
    items: list[DraftClauseLine]
    gone: list[str]
    next: str | None


class DraftClauseAnswer(DraftClauseLine):
    """One clause as of `revision`. `value`: as the file reads, money and rates as text; `says`: what it does, in
    sentences, empty where it cannot be read yet; `findings`: what is wrong or unwise in it, `path` the parameter."""

    revision: int
    value: dict[str, Any]
    says: list[Both]
    findings: list[FindingAnswer]


class SavedClauseAnswer(Answer):
    """The clause that was written, and where the draft stands after it."""

    clause: str
    number: int
    revision: int
    digest: str
    state: str
    version: int | None


class KindAnswer(Answer):
    """A kind of clause. `parameters`: the JSON Schema of what such a clause says beside its words."""

    kind: str
    title: Both
    parameters: dict[str, Any]


class KindsPage(Answer):
    """Every kind of clause; all on one page."""

    items: list[KindAnswer]
    next: str | None


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft's clauses by id, beside those of the version it is based on, and what the lint says of them."""

    draft: KnownDraft
    plains: Mapping[str, Mapping[str, Any]]
    base: Mapping[str, Mapping[str, Any]]
    compiled: Programme | None
    findings: Sequence[Finding]

    @classmethod
    def of(cls, draft: KnownDraft, base: str) -> Examined:
        """RulebookRefused where the draft's file cannot be read at all. `base`: the file it is based on, or nothing."""
        compiled, findings = examined(draft.source)
        return cls(draft, clauses_in(draft.source), clauses_in(base) if base else {}, compiled, findings)

    def line(self, id: str) -> dict[str, Any]:
        plain = self.plains[id]
        levels = [finding.level for finding in self.findings if finding.clause == id]
        same = self.base.get(id) == plain
        return {
            "id": id,
            "number": str(plain.get("number", "")),
            "kind": str(plain.get("kind", "")),
            "title": _both(plain.get("title")),
            "changed": None if same else "changed" if id in self.base else "new",
            "faults": levels.count("refuse"),
            "warnings": levels.count("warn"),
        }


def told_clauses(found: Examined) -> dict[str, Any]:
    return {
        "revision": found.draft.revision,
        "items": [found.line(id) for id in found.plains],
        "gone": [id for id in found.base if id not in found.plains],
        "next": None,
    }


def told_draft_clause(found: Examined, id: str) -> dict[str, Any]:
    """One clause; NotFound where the draft has none of that id."""
    if id not in found.plains:
        raise NotFound(field="clause", what=_CLAUSE, given=id)
    return {
        **found.line(id),
        "revision": found.draft.revision,
        "value": found.plains[id],
        "says": _said(found.compiled, id),
        "findings": [told_finding(each) for each in found.findings if each.clause == id],
    }


def told_kinds() -> list[dict[str, Any]]:
    return [
        {"kind": kind, "title": module.TITLE.both(), "parameters": module.Parameters.model_json_schema()}
        for kind, module in sorted(KINDS.items())
    ]


def _said(compiled: Programme | None, id: str) -> list[dict[str, str]]:
    clause = compiled.clauses.get(id) if compiled else None
    if compiled is None or clause is None or clause.waits_for is not None:
        return []
    return [term.text.both(**term.values) for term in terms(compiled, clause)]


def _both(value: Any) -> dict[str, str]:
    told = value if isinstance(value, Mapping) else {}
    return {lang: str(told.get(lang, "")) for lang in ("zh", "en")}
