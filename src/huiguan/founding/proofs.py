"""The proof of the rulebook an installation begins with, run by the worker while its page shows how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.foundation.errands import DONE, Errand, Report, ask_errand, errand
from huiguan.founding.draft import Draft
from huiguan.founding.rulebooks import Choice, choice_of
from huiguan.founding.standing import NAME
from huiguan.founding.steps import demand_agreement
from huiguan.kernel.actors import system
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme.values import Proof, digest_of
from huiguan.rehearsal.proving import rehearsed
from huiguan.rehearsal.values import Outcome

KIND = "founding.prove"
_NOBODY = 0  # there is no programme yet


def ask_proof(draft: Draft, at: datetime) -> None:
    """Have the examples of the draft's rulebook run; kept with the draft."""
    draft.errand = ask_errand(KIND, actor=system(_NOBODY, NAME), at=at, given=_asked(draft))
    draft.aside = False
    draft.keep()


def run_of(draft: Draft) -> Errand | None:
    """The run of the draft's rulebook as it is now; None where none was asked for."""
    if draft.errand is None or "rulebook" not in draft.answers:
        return None
    try:
        run = errand(system(_NOBODY), draft.errand, KIND)
    except NotFound:
        return None
    return run if run.given == _asked(draft) else None


def _asked(draft: Draft) -> dict[str, Any]:
    rulebook = draft.answers["rulebook"]
    return {"rulebook": rulebook, "digest": digest_of(choice_of(rulebook).source)}


def prove_choice(asked: Errand, report: Report) -> dict[str, Any]:
    """The errand itself: how many examples there are, and those that come out otherwise."""
    choice = choice_of(asked.given["rulebook"])
    outcomes = rehearsed([choice.example_files], source=choice.source, report=report)
    failed = [_told(each) for each in outcomes if not each.passed]
    return {"digest": digest_of(choice.source), "examples": len(outcomes), "failed": failed}


def proof_of(draft: Draft, choice: Choice, at: datetime) -> Proof | None:
    """What the draft's run proves, where it has ended and every example agrees or is meant to differ: those of a shipped
    rulebook whose figures were filled in may. Refuses ExamplesDisagree."""
    run = run_of(draft)
    if run is None or run.state != DONE or run.answer is None:
        return None
    failed, examples = run.answer["failed"], run.answer["examples"]
    if failed and not (draft.aside and draft.template is not None):
        demand_agreement(choice.name, examples, [_outcome(each) for each in failed])
    agree = examples - len(failed)
    return Proof(run.answer["digest"], agree, agree, at, len(failed))


def _told(outcome: Outcome) -> dict[str, Any]:
    text = {"zh": outcome.message.zh, "en": outcome.message.en}
    return {"file": outcome.file, "line": outcome.line, "clause": outcome.clause, "says": outcome.says, "text": text}


def _outcome(row: dict[str, Any]) -> Outcome:
    told = {name: row[name] for name in ("file", "line", "clause", "says")}
    return Outcome(**told, passed=False, message=Text(**row["text"]))
