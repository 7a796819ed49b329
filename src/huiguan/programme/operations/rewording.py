"""Writing a draft clause by clause, as a form does: the rest of its file stays as it is, byte for byte.

A clause is given as plain data, as the file reads: money and rates as text. Whoever writes another clause meanwhile is in
nobody's way; two who write the same one are told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.programme.drafts import latest, lock_draft, write_text
from huiguan.programme.inputs import LONGEST, AddClause, RemoveClause, SaveClause
from huiguan.programme.models import Draft, DraftRevision
from huiguan.programme.refusals import DraftChanged
from huiguan.programme.values import SavedClause, digest_of
from huiguan.rules.compiling import RulebookRefused, examined
from huiguan.rules.editing import clause_in, clauses_in, head_in, in_order_of, rewritten, with_clause, without_clause
from huiguan.rules.findings import REFUSE
from huiguan.rules.growing import new_clause
from huiguan.rules.kinds import KINDS

_CLAUSE = Text(zh="条款", en="clause")
_NO_KIND = Text(zh="没有这种条款", en="is no kind of clause")
_NO_PLACE = Text(zh="没有这一条", en="is no clause of the draft")
_TAKEN = Text(zh="已有这一条", en="is a clause of the draft already")
_OTHER_ID = Text(zh="条款的 id 不能改", en="cannot be changed: a clause keeps its id")
_UNWRITABLE = Text(zh="写不进文件", en="cannot be written in a file")
_TOO_LONG = Text(zh="整份章程太长", en="makes the rulebook too long")
_LAST = Text(zh="最后一条不能删", en="is the only clause; a draft keeps one")


def save_clause(*, actor: Actor, at: datetime, given: SaveClause, key: str | None = None) -> SavedClause:
    """The clause reads as `given.value`; keys left out are taken out. The same again is no revision.

    Takes `write_rulebook`. Refuses NotFound (draft, clause), DraftClosed, DraftChanged where this clause was changed
    since `given.revision`; RulebookRefused with the findings about this clause unless it is `unfinished`, or where the
    file cannot be read at all; InvalidInput for another id.
    """
    wanted = {"id": given.clause, **given.value}
    if wanted["id"] != given.clause:
        raise InvalidInput(field="value.id", rule=_OTHER_ID)

    def write(draft: Draft, before: DraftRevision) -> tuple[str, str]:
        known = clause_in(before.source, given.clause)
        _demand_unmeddled(draft, before, given.clause, given.revision, known)
        value = wanted if given.ordered else in_order_of(known, wanted)
        source = _written(lambda: rewritten(before.source, given.clause, value), wanted)
        if not given.unfinished:
            _demand_sound(source, given.clause)
        return given.clause, source

    return _performed("save_clause", actor, at, given, write, key)


def add_clause(*, actor: Actor, at: datetime, given: AddClause, key: str | None = None) -> SavedClause:
    """A clause behind `given.after`: empty, of `given.kind`, or as `given.value` has it; its id the next of the series
    where none is given. One that comes with its parameters must be sound, unless it is `unfinished`.

    Takes `write_rulebook`. Refuses NotFound, DraftClosed, InvalidInput (kind, after, an id there is), RulebookRefused.
    """
    if given.kind not in KINDS:
        raise InvalidInput(field="kind", rule=_NO_KIND)

    def write(draft: Draft, before: DraftRevision) -> tuple[str, str]:
        plains = clauses_in(before.source)
        if given.after not in plains:
            raise InvalidInput(field="after", rule=_NO_PLACE)
        units = head_in(before.source).get("units")
        empty = new_clause(plains, units if isinstance(units, Mapping) else (), given.kind, given.after)
        wanted = {**empty, **(given.value or {}), "kind": given.kind}
        if wanted["id"] in plains:
            raise InvalidInput(field="value.id", rule=_TAKEN)
        source = _written(lambda: with_clause(before.source, wanted, given.after), wanted)
        if given.value is not None and not given.unfinished:
            _demand_sound(source, wanted["id"])
        return wanted["id"], source

    return _performed("add_clause", actor, at, given, write, key)


def remove_clause(*, actor: Actor, at: datetime, given: RemoveClause, key: str | None = None) -> SavedClause:
    """The clause is taken out of the draft. Takes `write_rulebook`. Refuses NotFound, DraftClosed, DraftChanged where it
    was changed since `given.revision`; InvalidInput for the only clause there is."""

    def write(draft: Draft, before: DraftRevision) -> tuple[str, str]:
        known = clause_in(before.source, given.clause)
        _demand_unmeddled(draft, before, given.clause, given.revision, known)
        if len(clauses_in(before.source)) == 1:
            raise InvalidInput(field="clause", rule=_LAST)
        return given.clause, without_clause(before.source, given.clause)

    return _performed("remove_clause", actor, at, given, write, key)


Writing = Callable[[Draft, DraftRevision], tuple[str, str]]


def _performed(
    name: str,
    actor: Actor,
    at: datetime,
    given: SaveClause | AddClause | RemoveClause,
    write: Writing,
    key: str | None,
) -> SavedClause:
    actor.demand("write_rulebook")

    def do() -> SavedClause:
        draft = lock_draft(actor.programme, given.draft)
        clause, source = write(draft, latest(draft))
        if len(source) > LONGEST:
            raise InvalidInput(field="value", rule=_TOO_LONG)
        saved = write_text(draft, source, actor, at)
        return SavedClause(clause, saved.number, saved.revision, saved.digest, saved.state, saved.version)

    # The text is kept with the draft; the audit row names what was asked by its digest.
    told = given.model_dump(mode="json", exclude={"value"})
    value = getattr(given, "value", None)
    told["digest"] = digest_of(json.dumps(value, ensure_ascii=False)) if value is not None else None
    return perform(
        name,
        actor=actor,
        at=at,
        subject=f"draft:{given.draft}",
        given=told,
        do=do,
        returns=SavedClause,
        key=key,
        scope="drafts",
    )


def _demand_unmeddled(
    draft: Draft, before: DraftRevision, clause: str, revision: int, known: Mapping[str, Any]
) -> None:
    """DraftChanged where somebody saved this clause since `revision`: their work is not written over."""
    if revision == draft.revision:
        return
    then = DraftRevision.objects.filter(draft=draft, revision=revision).first()
    try:
        if then is not None and clause_in(then.source, clause) == known:
            return
    except (NotFound, RulebookRefused):
        pass
    raise DraftChanged(field="revision", by=before.by_name, latest=draft.revision, given=revision)


def _written(write: Callable[[], str], wanted: Mapping[str, Any]) -> str:
    """The file with the clause in it, which reads back as what was wanted."""
    source = write()
    try:
        if clause_in(source, str(wanted["id"])) == wanted:
            return source
    except (NotFound, RulebookRefused):
        pass
    raise InvalidInput(field="value", rule=_UNWRITABLE)


def _demand_sound(source: str, clause: str) -> None:
    """RulebookRefused, naming the first wrong parameter, where something in this clause cannot be run."""
    wrong = tuple(each for each in examined(source)[1] if each.clause == clause and each.level == REFUSE)
    if wrong:
        path = wrong[0].path
        raise RulebookRefused(findings=wrong, field=f"value.{path}" if path else "value")
